"""A box for several lines that grows as it is typed into.

Guarantees that Tab leaves it (WCAG 2.2, 2.1.2: no keyboard trap), that the caret can be read and
put back, and that pasted text is taken as plain words.
"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget


class GrowText(QPlainTextEdit):
    """Grows from `lines` to `most_lines`, then scrolls.

    `text_edited` carries the words after each change by typing; `caret_moved` the caret's place.
    """

    text_edited = Signal(str)
    caret_moved = Signal(int)

    def __init__(
        self, *, lines: int = 3, most_lines: int = 14, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._most_lines = most_lines
        self._quiet = False
        self.setTabChangesFocus(True)
        self.setPlaceholderText(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(3)
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)

    def value(self) -> str:
        """The words as typed."""
        return self.toPlainText()

    def set_value(self, text: str | None) -> None:
        """Put words in without telling `text_edited`."""
        self._quiet = True
        self.setPlainText(text or "")
        self._quiet = False

    def caret(self) -> int:
        """Where the caret is, counted in UTF-16 units from 0."""
        return self.textCursor().position()

    def set_caret(self, place: int) -> None:
        """Put the caret back; beyond the end means at the end."""
        cursor = self.textCursor()
        length = self.document().characterCount() - 1
        cursor.setPosition(max(0, min(place, length)), QTextCursor.MoveMode.MoveAnchor)
        self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:
        """As high as its words, within its limits."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Never lower than its words or its limit."""
        return QSize(super().minimumSizeHint().width(), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower means more lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def _height(self) -> int:
        wrapped = round(self.document().size().height())
        lines = max(self._lines, min(wrapped, self._most_lines))
        frame = self.height() - self.viewport().height()
        margins = 2 * round(self.document().documentMargin())
        return lines * self.fontMetrics().lineSpacing() + margins + max(frame, 2) + 2

    def _on_text_changed(self) -> None:
        self.updateGeometry()
        if not self._quiet:
            self.text_edited.emit(self.toPlainText())

    def _on_cursor_moved(self) -> None:
        if not self._quiet:
            self.caret_moved.emit(self.caret())
