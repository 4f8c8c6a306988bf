"""The concern form: the child's words first, facts before opinion, whom you told before you leave.

The order is fixed (`docs/decisions/0009-concern-form.md`; KCSIE): it never asks what
kind of harm it is before what was said.
"""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oost_desktop.models import RECORDS, Concern
from oost_desktop.models.drafts import Draft
from oost_desktop.views.forms.binding import Editor, FormContext
from oost_desktop.views.forms.bound_form import BoundForm
from oost_desktop.views.forms.editors.text import BoxEditor
from oost_desktop.views.forms.field_row import FieldRow
from oost_desktop.views.forms.two_columns import TwoColumns
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.segmented import Choice, Segmented
from oost_desktop.views.widgets.styled import label

TOLD = ("told_whom", "told_how", "told_at", "told_reference")
ONE_LINE = frozenset({"asked", "did", "injuries", "opinion"})
YES, NOT_YET = "yes", "not_yet"


class ConcernForm(BoundForm):
    """A concern being written."""

    says_needed = False

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(RECORDS.of(Concern), context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.summary)
        card = Card()
        card.body.setSpacing(16)
        self.pupil_row = self.field_row("pupil")
        for part in (
            self.pupil_row,
            self.field_row("verbatim"),
            self._facts(),
        ):
            card.body.addWidget(part)
        column.addWidget(card)
        self.told = Segmented(
            "Have you told a safeguarding lead?",
            (Choice(YES, "Yes"), Choice(NOT_YET, "Not yet")),
        )
        self._told_rows = TwoColumns(self.field_row(name) for name in TOLD)
        self._not_told = self.field_row("not_told_because")
        column.addWidget(self._told_card())
        self.told.value_changed.connect(self._on_told)
        self._on_told("")

    def make_editor(self, name: str) -> Editor:
        """Boxes of one line that grow, so that the whole form stays in sight."""
        if name in ONE_LINE or name == "verbatim":
            return BoxEditor(self.record_type.fields[name], 1 if name in ONE_LINE else 2)
        return super().make_editor(name)

    def _facts(self) -> TwoColumns:
        rows: list[QWidget] = [self.field_row("asked"), self.field_row("present"), self._when()]
        rows.extend(self.field_row(name) for name in ("did", "injuries", "opinion"))
        for row in rows:
            if isinstance(row, FieldRow):
                row.wide = False
        return TwoColumns(rows)

    def _when(self) -> QWidget:
        """When and where it happened, beside each other."""
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.field_row("happened_at"))
        row.addWidget(self.field_row("place"), 1)
        return made

    def load(self, draft: Draft) -> None:
        """Show a draft; what was said about telling decides what is asked."""
        super().load(draft)
        values = draft.values
        told = YES if values["told_whom"] else NOT_YET if values["not_told_because"] else ""
        self.told.set_value(told)

    def _told_card(self) -> Card:
        card = Card()
        row = FlowLayout(gap=12)
        words = label("Have you told a safeguarding lead (DSL)?", "strong", wrap=True)
        words.setBuddy(self.told)
        row.add(words)
        row.add(self.told)
        card.body.addLayout(row)
        card.body.addWidget(self._told_rows)
        card.body.addWidget(self._not_told)
        return card

    def _on_told(self, value: str) -> None:
        self._told_rows.setVisible(value == YES)
        self._not_told.setVisible(value == NOT_YET)
