"""The session form: what a tutor fills in at the kitchen table, in the order it is told.

Made of the same rows as every form; only the layout and four editors are its own.
"""

from datetime import datetime

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from oost_desktop.models import RECORDS, Session
from oost_desktop.models.codes import code_list
from oost_desktop.models.drafts import Draft, Unread
from oost_desktop.models.fields import FieldSpec
from oost_desktop.models.values import Value
from oost_desktop.services import wording
from oost_desktop.views.forms.binding import Editor, FormContext
from oost_desktop.views.forms.bound_form import BoundForm
from oost_desktop.views.forms.editors.choice import DropList, SegmentEditor
from oost_desktop.views.forms.editors.text import BoxEditor
from oost_desktop.views.forms.editors.time import MomentEditor
from oost_desktop.views.forms.two_columns import TwoColumns
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.segmented import Choice, Segmented
from oost_desktop.views.widgets.styled import label

FIRST_OUTCOMES = 4
FIRST_VENUES = 4
MORE = "more"
COLUMNS = (13, 14)  # the outcomes need a little more room than the times beside them
SHORT = ("own_words", "next_step")


class SessionForm(BoundForm):
    """A session being written up, filled in as planned."""

    says_needed = False

    def __init__(self, context: FormContext, parent: QWidget | None = None) -> None:
        super().__init__(RECORDS.of(Session), context, parent)
        self._planned: tuple[Value, Value] = (None, None)
        self._length = label("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.summary)
        card = Card()
        card.body.setSpacing(16)
        self._who = TwoColumns((self.field_row("pupil"), self.field_row("subject")))
        card.body.addWidget(self._who)
        card.body.addWidget(self._fields())
        column.addWidget(card)
        self.edited.connect(self._on_edited)

    def _fields(self) -> TwoColumns:
        rows: list[QWidget] = [self._when()]
        for name in ("outcome", "venue", "adult", "covered", "target", "engagement", *SHORT):
            row = self.field_row(name)
            row.wide = name == "covered"
            rows.append(row)
        return TwoColumns(rows, stretches=COLUMNS)

    def make_editor(self, name: str) -> Editor:
        """Our own editors for the outcome, the place, the engagement and the short boxes."""
        spec = self.record_type.fields[name]
        match name:
            case "outcome":
                return FewThenListEditor(spec, FIRST_OUTCOMES, numbered=True)
            case "venue":
                return FewThenListEditor(spec, FIRST_VENUES)
            case "engagement":
                return EngagementEditor(spec)
            case "own_words" | "next_step":
                return BoxEditor(spec, 1)
        return super().make_editor(name)

    def load(self, draft: Draft) -> None:
        """Show a draft; the length is worked out anew."""
        super().load(draft)
        self._show_length()

    def choose_day_and_pupil(self, *, wanted: bool) -> None:
        """A planned hour has its pupil and day; an unplanned one is asked for them."""
        self._who.setVisible(wanted)
        start = self.editor("starts")
        assert isinstance(start, MomentEditor)
        start.show_day(shown=wanted)

    def _when(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for name in ("starts", "ends"):
            row.addWidget(self.field_row(name))
        end = self.editor("ends")
        assert isinstance(end, MomentEditor)
        end.show_day(shown=False)
        row.addWidget(self._length, 1)
        return made

    def _on_edited(self, name: str) -> None:
        if name == "starts":
            self._carry_day()
        if name in ("starts", "ends"):
            self._show_length()

    def _carry_day(self) -> None:
        """A session ends on the day it began."""
        start, end = self.editor("starts"), self.editor("ends")
        assert isinstance(start, MomentEditor)
        assert isinstance(end, MomentEditor)
        if end.day.text() != start.day.text():
            end.day.setText(start.day.text())

    def _show_length(self) -> None:
        start, end = self.draft.values["starts"], self.draft.values["ends"]
        words = ""
        if isinstance(start, datetime) and isinstance(end, datetime) and end > start:
            words = wording.hours(int((end - start).total_seconds()) // 60)
            words += ", as planned" if self._planned == (start, end) else ""
        self._length.setText(words)

    def planned_times(self, start: Value, end: Value) -> None:
        """What the timetable says, so that the form can say "as planned"."""
        self._planned = (start, end)
        self._show_length()


class FewThenListEditor(Editor):
    """The first few codes of a list side by side, by number if need be; the others in a list."""

    def __init__(self, spec: FieldSpec, few: int, *, numbered: bool = False) -> None:
        codes = tuple(code_list(spec.codes))
        first = [Choice(c.code, c.extra.get("short") or c.label) for c in codes[:few]]
        self.row = Segmented(spec.label, [*first, Choice(MORE, "More…")], numbered=numbered)
        self.list: QComboBox = DropList()
        for code in codes[few:]:
            self.list.addItem(code.label, code.code)
        self._first = {choice.value for choice in first}
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        flow.add(self.row)
        flow.add(self.list)
        super().__init__(spec, box)
        box.setSizePolicy(self.row.sizePolicy())
        self.list.hide()
        self.row.value_changed.connect(self._on_row)
        self.list.currentIndexChanged.connect(self.note_edit)

    def parts(self) -> tuple[QWidget, ...]:
        """The row, then the list of the rarer ones."""
        return (self.row, self.list)

    def show(self, value: Value) -> None:
        """Choose by number, or from the list."""
        rare = value is not None and value not in self._first
        self.list.setVisible(rare)
        if rare:
            if self.list.findData(value) < 0:
                self.list.addItem(code_list(self.spec.codes).label(str(value)), value)
            self.list.setCurrentIndex(self.list.findData(value))
        self.row.set_value(MORE if rare else None if value is None else str(value))

    def read(self) -> Value | Unread:
        """The code chosen."""
        chosen = self.row.value()
        return self.list.currentData() if chosen == MORE else chosen or None

    def show_typed(self, typed: str) -> None:
        """Nothing can be typed here."""

    def _on_row(self, value: str) -> None:
        self.list.setVisible(value == MORE)
        self.note_edit()


class EngagementEditor(SegmentEditor):
    """1 to 5, with what each means said to screen readers and on hovering."""

    def __init__(self, spec: FieldSpec) -> None:
        codes = tuple(code_list("engagement"))
        super().__init__(spec, [Choice(code.code, code.code) for code in codes])
        meanings = "; ".join(code.label for code in codes)
        self.row.setToolTip(meanings)
        self.row.setAccessibleDescription(meanings)

    def read(self) -> Value | Unread:
        """A whole number."""
        return int(self.row.value()) if self.row.value() else None
