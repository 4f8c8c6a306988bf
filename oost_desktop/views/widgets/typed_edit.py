"""The line edit behind times and days: reads shorthand when it is left, shows it written out.

Guarantees that typed words are never thrown away: what cannot be read stays as it is, marked,
with a sentence saying what would be understood.
"""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from oost_desktop.views import look
from oost_desktop.views.widgets.styled import style

Value = TypeVar("Value")


class TypedEdit(QLineEdit, Generic[Value]):
    """A line edit with a value. Empty means None.

    `value_changed` carries the new value or None; `problem_changed` a sentence, or "" when mended.
    """

    value_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, widest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widest = widest
        self._value: Value | None = None
        self._problem = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self.settle)

    def read(self, text: str) -> Value | None:
        """The value of what was typed, or None. Subclasses say how."""
        raise NotImplementedError

    def show_value(self, value: Value) -> str:
        """A value written out. Subclasses say how."""
        raise NotImplementedError

    def advice(self) -> str:
        """What would be understood, in a sentence."""
        raise NotImplementedError

    def stepped(self, value: Value | None, steps: int) -> Value:
        """The value some steps up or down, by the arrow keys."""
        raise NotImplementedError

    def value(self) -> Value | None:
        """The last value that was understood."""
        return self._value

    def set_value(self, value: Value | None) -> None:
        """Show a value. Tells `value_changed` if it is another."""
        self.setText("" if value is None else self.show_value(value))
        self._mark("")
        self._keep(value)

    def problem(self) -> str:
        """What is wrong with what is typed, or ""."""
        return self._problem

    def settle(self) -> None:
        """Read what is typed: on leaving the field, on Enter, or when a form is saved."""
        typed = self.text().strip()
        value = self.read(typed) if typed else None
        if typed and value is None:
            self._mark(self.advice())
            return
        self.set_value(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down step the value."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if steps and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.settle()
            if not self._problem:
                self.set_value(self.stepped(self._value, steps))
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for the widest value."""
        words = self.fontMetrics().horizontalAdvance(self._widest)
        return QSize(words + 2 * look.current().gap(10) + 16, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never narrower than the widest value."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def _mark(self, problem: str) -> None:
        if problem == self._problem:
            return
        self._problem = problem
        style(self, "invalid", bool(problem))
        self.setAccessibleDescription(f"Error: {problem}" if problem else "")
        self.problem_changed.emit(problem)

    def _keep(self, value: Value | None) -> None:
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)
