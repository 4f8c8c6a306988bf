"""Days, times of day, and moments: a day and a time side by side, in Derbyshire's clock.

Guarantees that a moment shown and not touched keeps its seconds, and its hour on the night the
clocks go back.
"""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from oost_desktop.clock import LONDON, london
from oost_desktop.models.drafts import Unread
from oost_desktop.models.fields import FieldSpec
from oost_desktop.models.values import Value
from oost_desktop.views.forms.binding import Editor, FormContext
from oost_desktop.views.forms.editors.typed import TypedEditor, read_typed
from oost_desktop.views.widgets.day_edit import DayEdit
from oost_desktop.views.widgets.time_edit import TimeEdit

SECOND_PART = 1000
"""Added to the caret's place when it is in the time and not in the day."""


class MomentEditor(Editor):
    """A day and a time of day. An empty day beside a time means today."""

    def __init__(self, spec: FieldSpec, context: FormContext) -> None:
        self._today = context.today
        self.day = DayEdit(context.today)
        self.time = TimeEdit()
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.day)
        row.addWidget(self.time)
        super().__init__(spec, pair)
        pair.setFocusProxy(self.day)
        self.day.setAccessibleName(f"{spec.label}: day")
        self.time.setAccessibleName(f"{spec.label}: time")
        for line in (self.day, self.time):
            line.textChanged.connect(self.note_edit)
            line.problem_changed.connect(self.problem_changed)

    def show_day(self, *, shown: bool) -> None:
        """Show the day, or leave it to be said elsewhere; the keyboard then goes to the time."""
        self.day.setVisible(shown)
        # To a hidden day nothing leads: Tab would stop in front of it for ever.
        self.widget.setFocusProxy(self.day if shown else self.time)

    def parts(self) -> Sequence[QWidget]:
        """The day, then the time."""
        return (self.day, self.time)

    def show(self, value: Value) -> None:
        """Write the moment out as a clock in Derbyshire shows it."""
        local = value.astimezone(LONDON) if isinstance(value, datetime) else None
        self.day.set_value(None if local is None else local.date())
        self.time.set_value(None if local is None else f"{local:%H:%M}")

    def read(self) -> Value | Unread:
        """The moment in UTC."""
        day, time = read_typed(self.day), read_typed(self.time)
        for part in (day, time):
            if isinstance(part, Unread):
                return Unread(self._typed(), part.advice)
        if time is None:
            if day is None:
                return None
            return Unread(self._typed(), "Say at what time, too.")
        hours, minutes = str(time).split(":")
        return london(day or self._today(), int(hours), int(minutes))  # type: ignore[arg-type]

    def show_typed(self, typed: str) -> None:
        """Put both parts back."""
        day, _, time = typed.partition("\t")
        self.day.setText(day)
        self.time.setText(time)

    def settle(self) -> None:
        """Write shorthand out; a time alone is today's."""
        self.day.settle()
        self.time.settle()
        if self.time.value() is not None and not self.day.text().strip():
            self.day.set_value(self._today())

    def caret(self) -> int:
        """Where the caret is, in whichever part has the keyboard."""
        if self.time.hasFocus():
            return SECOND_PART + self.time.cursorPosition()
        return self.day.cursorPosition()

    def set_caret(self, place: int) -> None:
        """Put the keyboard into the part it was in, and the caret back."""
        line: QLineEdit = self.time if place >= SECOND_PART else self.day
        if place >= SECOND_PART:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.setCursorPosition(place % SECOND_PART)

    def _typed(self) -> str:
        return f"{self.day.text()}\t{self.time.text()}"


def day_editor(spec: FieldSpec, context: FormContext) -> Editor:
    """A day."""
    return TypedEditor(spec, DayEdit(context.today))


def clock_editor(spec: FieldSpec, _context: FormContext) -> Editor:
    """A time of day."""
    return TypedEditor(spec, TimeEdit())


def moment_editor(spec: FieldSpec, context: FormContext) -> Editor:
    """A day and a time of day."""
    return MomentEditor(spec, context)
