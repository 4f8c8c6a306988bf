"""The form that follows from a declaration: its sections as headings, its fields in reading order.

Guarantees what `BoundForm` does; only the layout is here. A record that deserves better has a
form of its own, made of the same rows.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.models.registry import RecordType
from oost_desktop.views.forms.binding import FormContext
from oost_desktop.views.forms.bound_form import BoundForm
from oost_desktop.views.forms.two_columns import TwoColumns
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.styled import label

SECTION_GAP = 26


class RecordForm(BoundForm):
    """A generated form. Only the fields that the declaration lays out are on it."""

    def __init__(
        self, record_type: RecordType, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(record_type, context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        card = Card()
        card.body.setSpacing(12)
        column.addWidget(card)
        for number, (heading, names) in enumerate(self._sections()):
            if number:
                card.body.addSpacing(SECTION_GAP - card.body.spacing())
            if heading and not self._says_the_same(heading, names):
                card.body.addWidget(label(heading, "heading", wrap=True))
            card.body.addWidget(TwoColumns(map(self.field_row, names)))
        column.addStretch(1)

    def _sections(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        laid_out = self.record_type.about.sections
        return laid_out or (("", tuple(self.record_type.fields)),)

    def _says_the_same(self, heading: str, names: tuple[str, ...]) -> bool:
        """A section of one field that is called as the section is needs no heading."""
        return [self.record_type.fields[name].label for name in names] == [heading]
