"""The emergency card on the screen: large facts for the doorway, and whom to ring.

What it says is the paper card's (`services/documents.py`), so screen and paper agree.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from oost_desktop.services import documents
from oost_desktop.services.documents import Contact, EmergencyCard
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.layout import line, stack
from oost_desktop.views.printing import Printing
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.banner import Banner
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.styled import Role, Strong, label

FIRST = (Strong("In an emergency ring 999 first"), " and say where you are.")
NOBODY = "Nobody is recorded: ring the office."


class EmergencyPage(Page):
    """Comes for a pupil, by id. Reads again whenever something of the card changes."""

    shows = ("pupil", "contact", "school", "setting")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pupil: str | None = None
        self.head = PageHead("Emergency card", " ", stacked=True)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._file = secondary("Pupil’s file", Icon.PERSON)
        self._print = secondary("Print the card…", Icon.PRINT)
        self.printing = Printing(context, self)
        first = Banner(Tone.DANGER, Icon.RING, FIRST)
        self.head.add_act(line(self._file, self._print))
        stack(self, self.head, first, self._body)
        self.setFocusProxy(self._file)
        self._file.clicked.connect(self._on_file)
        self._print.clicked.connect(self._on_print)

    def show_for(self, subject: object) -> None:
        """Show this pupil's card."""
        self._pupil = subject if isinstance(subject, str) else None
        self.refresh()

    def pupil_on_show(self) -> str | None:
        """The pupil whose card this is."""
        return self._pupil

    def refresh(self) -> None:
        """Read the card again."""
        if self._pupil is None:
            return
        self.context.jobs.run(
            "db",
            partial(documents.emergency_card, on_screen=True),
            self.context.desk,
            self._pupil,
            owner=self,
            done=self._show,
            key="card",
        )

    def _show(self, card: EmergencyCard) -> None:
        self.head.set_title(card.pupil)
        born = f" · born {card.date_of_birth}" if card.date_of_birth else ""
        self.head.set_subtitle(f"Emergency card{born}")
        while (old := self._column.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for part in (
            _facts(card),
            _numbers("Ring", card.contacts),
            _numbers("If you are worried about a child’s safety", card.safeguarding),
        ):
            self._column.addWidget(part)

    def _on_file(self) -> None:
        self.context.go("pupil", self._pupil)

    def _on_print(self) -> None:
        if self._pupil is not None:
            make = partial(documents.render, self.context.desk, "emergency", self._pupil)
            self.context.jobs.run("db", make, owner=self, done=self._on_made, key="paper")

    def _on_made(self, pdf: bytes) -> None:
        self.printing.print_out("Print the emergency card", pdf)


def _facts(card: EmergencyCard) -> Card:
    made = Card()
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 7)
    facts = (
        ("Where you are", ", ".join(card.address.splitlines())),
        ("Getting in", card.getting_in),
        ("Who must be present", card.must_be_present or "Not recorded: ask the office."),
        ("Medication, allergies, what to do", card.medical or "Nothing is recorded."),
    )
    for row, (name, value) in enumerate(facts):
        if value:
            grid.addWidget(_said(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_said(value, "heading", name), row, 1)
    made.body.addLayout(grid)
    return made


def _numbers(title: str, contacts: Sequence[Contact]) -> Card:
    made = Card(title)
    if not contacts:
        made.body.addWidget(_said(NOBODY, "muted"))
        return made
    grid = QGridLayout()
    grid.setHorizontalSpacing(26)
    grid.setVerticalSpacing(8)
    for row, contact in enumerate(contacts):
        number = contact.telephone or "no number"
        spoken = f"{contact.name}, {contact.relation}"
        grid.addWidget(_said(number, "heading", spoken), row, 0)
        grid.addWidget(_said(contact.name, "strong"), row, 1)
        grid.addWidget(_said(contact.relation, "muted"), row, 2)
    for column, share in enumerate((3, 4, 4)):
        grid.setColumnStretch(column, share)
    made.body.addLayout(grid)
    return made


def _said(words: str, role: Role, name: str = "") -> QLabel:
    made = label(words, role, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if name:
        made.setAccessibleName(f"{name}: {words}")
    return made
