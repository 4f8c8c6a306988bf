"""The editor around every line edit that reads shorthand: times, days, numbers, lengths, money."""

from typing import Any

from oost_desktop.models.drafts import Unread
from oost_desktop.models.fields import FieldSpec
from oost_desktop.models.values import Value
from oost_desktop.views.forms.binding import Editor
from oost_desktop.views.widgets.typed_edit import TypedEdit


class TypedEditor(Editor):
    """Binds a `TypedEdit`, whose value is the field's value."""

    def __init__(self, spec: FieldSpec, line: TypedEdit[Any]) -> None:
        self.line = line
        super().__init__(spec, line)
        line.textChanged.connect(self.note_edit)
        line.problem_changed.connect(self.problem_changed)

    def show(self, value: Value) -> None:
        """Write the value out."""
        self.line.set_value(value)
        self.line.setCursorPosition(0)

    def read(self) -> Value | Unread:
        """The value of what is typed now, whether or not the field was left."""
        return read_typed(self.line)

    def show_typed(self, typed: str) -> None:
        """Put words back."""
        self.line.setText(typed)

    def settle(self) -> None:
        """Write shorthand out."""
        self.line.settle()

    def caret(self) -> int:
        """Where the caret is."""
        return self.line.cursorPosition()

    def set_caret(self, place: int) -> None:
        """Put the caret back."""
        self.line.setCursorPosition(place)


def read_typed(line: TypedEdit[Any]) -> Value | Unread:
    """What is typed in a line, as a value if it can be read."""
    typed = line.text()
    if not typed.strip():
        return None
    value: Value = line.read(typed.strip())
    return Unread(typed, line.advice()) if value is None else value
