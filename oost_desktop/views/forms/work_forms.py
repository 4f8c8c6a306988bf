"""The two forms about work: setting a piece, and marking one that came back.

Both write a piece of work and show only their own half of it. Marking asks for the mark and then
the feedback, so that most pieces need two fields.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.models import RECORDS, Work
from oost_desktop.models.drafts import Draft, Unread
from oost_desktop.models.fields import FieldSpec
from oost_desktop.models.values import Value
from oost_desktop.views.forms.binding import Editor, FormContext
from oost_desktop.views.forms.bound_form import BoundForm
from oost_desktop.views.forms.editors.choice import SegmentEditor
from oost_desktop.views.forms.two_columns import TwoColumns
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.segmented import Choice
from oost_desktop.views.widgets.styled import label

MOST_EFFORT = 5


class MarkingForm(BoundForm):
    """Mark, feedback, out of, effort, under what the pupil was asked to do."""

    says_needed = False

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(RECORDS.of(Work), context, parent)
        self._task = label("", "muted", wrap=True)
        self._asked = Card("What to do")
        self._asked.body.addWidget(self._task)
        card = Card()
        names = ("mark", "feedback", "out_of", "effort")
        rows = [self.field_row(name) for name in names]
        for row in rows:
            row.wide = False
        card.body.addWidget(TwoColumns(rows, stretches=(1, 2)))
        _lay_out(self, self.summary, self._asked, card)

    def make_editor(self, name: str) -> Editor:
        """Effort is chosen, not typed."""
        if name == "effort":
            return EffortEditor(self.record_type.fields[name])
        return super().make_editor(name)

    def load(self, draft: Draft) -> None:
        """Show a draft under its instructions."""
        super().load(draft)
        task = draft.values["instructions"]
        self._task.setText(str(task or ""))
        self._asked.setVisible(bool(task))


class SetWorkForm(BoundForm):
    """Title first, then when it is due: what is known of the pupil is filled in."""

    says_needed = False

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(RECORDS.of(Work), context, parent)
        card = Card()
        names = ("pupil", "subject", "title", "due_on", "instructions")
        rows = [self.field_row(name) for name in names]
        for row in rows:
            row.wide = row.editor.spec.name == "instructions"
        card.body.addWidget(TwoColumns(rows))
        _lay_out(self, self.summary, card)


class EffortEditor(SegmentEditor):
    """1 to 5."""

    def __init__(self, spec: FieldSpec) -> None:
        steps = (str(number) for number in range(1, MOST_EFFORT + 1))
        super().__init__(spec, [Choice(step, step) for step in steps])

    def read(self) -> Value | Unread:
        """A whole number."""
        return int(self.row.value()) if self.row.value() else None


def _lay_out(form: QWidget, *parts: QWidget) -> None:
    column = QVBoxLayout(form)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for part in parts:
        column.addWidget(part)
