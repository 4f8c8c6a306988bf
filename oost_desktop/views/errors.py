"""Shows what went wrong: the only place that does.

What the person can put right becomes a notice; damage and bugs become a dialog with details to
copy. Guarantees that details hold types, places and codes and never a value that was typed or
stored. Installs nothing: the program points its exception hooks here.
"""

import platform
import traceback
from types import TracebackType

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from oost_desktop.errors import BugError, CancelledError, DamageError, OostError
from oost_desktop.views import look
from oost_desktop.views.icons import Icon
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.notice_bar import NoticeBar
from oost_desktop.views.widgets.styled import label

UNEXPECTED = "Something in the program went wrong."
# Nothing of what was typed: whether it is kept depends on where it was typed, and when.
TELL = "Copy the details and give them to whoever looks after OOST."


class ErrorDialog(QDialog):
    """A title, what to do, and details that can be copied."""

    def __init__(
        self, title: str, advice: str, details: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("OOST Desktop")
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setAccessibleName("Details")
        self._copy = secondary("Copy details", Icon.COPY)
        close = secondary("Close")
        close.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 20)
        column.setSpacing(10)
        column.addWidget(label(title, "heading", wrap=True))
        column.addWidget(label(advice, wrap=True))
        column.addWidget(self._details, 1)
        row = FlowLayout(gap=10)
        row.add(self._copy)
        row.add_stretch()
        row.add(close)
        column.addLayout(row)
        self.resize(look.current().gap(560), look.current().gap(380))
        self._copy.clicked.connect(self._on_copy)
        close.clicked.connect(self.accept)
        close.setFocus()

    def details(self) -> str:
        """What can be copied."""
        return self._details.toPlainText()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details())
        self._copy.setText("Copied")


class ErrorPresenter:
    """Shows errors over one window, by its notice bar or a dialog."""

    def __init__(self, window: QWidget, notices: NoticeBar) -> None:
        self._window = window
        self._notices = notices

    def show(self, error: BaseException) -> ErrorDialog | None:
        """Show an error. Gives the dialog, if it needed one."""
        if isinstance(error, OostError) and not isinstance(error, DamageError | BugError):
            tone = Tone.NEUTRAL if isinstance(error, CancelledError) else Tone.DANGER
            seconds = 10 if isinstance(error, CancelledError) else 0
            self._notices.tell(str(error), tone=tone, seconds=seconds)
            return None
        return show_dialog(self._window, error)


def show_dialog(window: QWidget, error: BaseException) -> ErrorDialog:
    """Show an error over a window: also where there is no notice bar yet."""
    title, advice = UNEXPECTED, TELL
    if isinstance(error, OostError) and not isinstance(error, BugError):
        title, advice = error.title, error.advice
    dialog = ErrorDialog(title, advice, details_of(error), window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def details_of(error: BaseException) -> str:
    """Types and places of an error and its causes: no message, because messages hold values."""
    lines = [f"{platform.system()} · Python {platform.python_version()} · Qt {qVersion()}"]
    step: BaseException | None = error
    while step is not None:
        lines.append(f"{type(step).__module__}.{type(step).__qualname__}")
        lines.extend(_places(step.__traceback__))
        step = step.__cause__ or step.__context__
    return "\n".join(lines)


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"  {frame.f_globals.get('__name__', '?')}.{frame.f_code.co_name}, line {number}"
        for frame, number in traceback.walk_tb(trace)
    ]
