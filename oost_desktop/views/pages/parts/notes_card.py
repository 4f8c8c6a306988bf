"""What to know of a pupil that is no list: where, who must be there, what to do, the note.

Says of a confidential address that it is one. Shows only what there is.
"""

from oost_desktop.services.documents import CONFIDENTIAL_ON_SCREEN
from oost_desktop.services.pupil_file import PupilFile
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.fact_list import FactList


class NotesCard(Card):
    """Facts of one file."""

    def __init__(self) -> None:
        super().__init__()
        self._facts = FactList()
        self._empty = EmptyState("Nothing is noted", "“Change…” is where the office writes it.")
        self.body.addWidget(self._facts)
        self.body.addWidget(self._empty)
        self.body.addStretch(1)

    def show_file(self, file: PupilFile) -> None:
        """Show what this file says."""
        facts = [(name, words) for name, words in _facts(file) if words]
        self._facts.set_facts(facts)
        self._facts.setVisible(bool(facts))
        self._empty.setVisible(not facts)


def _facts(file: PupilFile) -> tuple[tuple[str, str], ...]:
    address = file.address
    if address and file.is_address_confidential:
        address = f"{address}\n{CONFIDENTIAL_ON_SCREEN}"
    return (
        ("Address", address),
        ("Who must be present", file.who_is_in),
        ("In an emergency", file.emergency),
        ("Medication", file.medication),
        ("Note", file.note),
    )
