"""What ties one field of a draft to one editor on screen.

Guarantees that a form never changes what nobody touched: an editor that was only shown gives back
the very value it was given, whatever it could show of it. Decides nothing about layout.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from oost_desktop.models.drafts import Unread
from oost_desktop.models.fields import FieldSpec
from oost_desktop.models.values import Value
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.widgets.styled import style


@dataclass(frozen=True, slots=True)
class Option:
    """One record that a field may point to: its id, and how people call it."""

    id: str
    label: str


Options = Callable[[FieldSpec, Mapping[str, Value]], Sequence[Option]]
"""The records a field may point to, given what the form holds now. Runs on the "db" lane."""


def no_options(_spec: FieldSpec, _values: Mapping[str, Value]) -> Sequence[Option]:
    """For forms whose references are all set by the page."""
    return ()


@dataclass(frozen=True)
class FormContext:
    """What every form needs from outside: work off the main thread, records to choose, the day."""

    jobs: Jobs
    today: Callable[[], date]
    options: Options = no_options


class Editor(QObject):
    """The base of our editors: knows what it was given and whether anybody has touched it.

    Subclasses say how to `show` a value and how to `read` it back, and call `note_edit`.
    `problem_changed` carries advice about what was typed, when the field is left.
    """

    edited = Signal()
    problem_changed = Signal(str)

    def __init__(self, spec: FieldSpec, widget: QWidget) -> None:
        super().__init__(widget)
        self.spec = spec
        self.widget = widget
        self._last: Value = None
        self._touched = False
        self._quiet = False
        widget.setObjectName(spec.name)
        for part in self.parts():
            part.setAccessibleName(spec.label)
            part.setAccessibleDescription(spec.help)

    def parts(self) -> Sequence[QWidget]:
        """The widgets that hold what is typed, the one to go to first."""
        return (self.widget,)

    def show(self, value: Value) -> None:
        """Put a value on screen."""
        raise NotImplementedError

    def read(self) -> Value | Unread:
        """What is on screen."""
        raise NotImplementedError

    def show_typed(self, typed: str) -> None:
        """Put back words that are no value."""
        raise NotImplementedError

    def load(self, value: Value) -> None:
        """Show a value, without `edited`."""
        self._quiet = True
        self.show(value)
        self._quiet = False
        self._last = value
        self._touched = False

    def load_unread(self, unread: Unread) -> None:
        """Put back what was typed and is no value."""
        self._quiet = True
        self.show_typed(unread.text)
        self._quiet = False
        self._touched = True

    def value(self) -> Value:
        """The value shown; while what is typed is none, the last one that was."""
        if self._touched:
            read = self.read()
            if not isinstance(read, Unread):
                self._last = read
        return self._last

    def unread(self) -> Unread | None:
        """What is typed and is no value, if it is so."""
        read = self.read() if self._touched else None
        return read if isinstance(read, Unread) else None

    def settle(self) -> None:
        """Read shorthand as on leaving the field: a form does this before it is checked."""

    def note_edit(self) -> None:
        """Subclasses connect their widgets' signals to this."""
        if not self._quiet:
            self._touched = True
            self.edited.emit()

    def show_problem(self, text: str, *, warning: bool = False) -> None:
        """Mark the editor and tell screen readers; "" takes the mark away."""
        said = f"{'Warning' if warning else 'Error'}: {text}" if text else ""
        for part in self.parts():
            style(part, "invalid", bool(text) and not warning)
            part.setAccessibleDescription(" ".join(filter(None, (said, self.spec.help))))

    def take_focus(self) -> None:
        """Put the keyboard here: into the first part that is on show."""
        shown = (part for part in self.parts() if part.isVisibleTo(self.widget))
        next(shown, self.widget).setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Whether the keyboard is here."""
        held = cast(QWidget | None, self.widget.window().focusWidget())
        return held is not None and (held is self.widget or self.widget.isAncestorOf(held))

    def caret(self) -> int:
        """Where the caret is; 0 where there is none."""
        return 0

    def set_caret(self, place: int) -> None:
        """Put the caret back."""
