"""F12: hides everything at once. Any key or click brings it back within a minute; then it locks.

Guarantees that what is behind cannot be read or typed into, and that the keyboard goes back to
where it was. It asks for no passphrase: locking is another act.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from oost_desktop.views import look
from oost_desktop.views.widgets.styled import label

SECONDS = 60


class BlankOverlay(QWidget):
    """Covers its parent. `expired` says that nobody came back in time."""

    expired = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self._on_expired)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)
        self.setAccessibleName("Hidden. Press any key to come back.")
        words = label("Hidden. Press any key to come back.", "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(words)
        parent.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Hide what is behind, now."""
        self._before = QApplication.focusWidget()
        self.setGeometry(self._ground().rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.repaint()
        self._timer.start()

    def uncover(self) -> None:
        """Show what is behind, with the keyboard where it was."""
        self._timer.stop()
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Take every key for itself, so that no command runs behind it."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what it covers."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._ground().rect())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        """Come back."""
        self.uncover()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Come back."""
        self.uncover()

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Keep the keyboard here."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plain ground."""
        QPainter(self).fillRect(self.rect(), QColor(look.current().tokens.window))

    def _ground(self) -> QWidget:
        return self.parentWidget() or self

    def _on_expired(self) -> None:
        self.expired.emit()
