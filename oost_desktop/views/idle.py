"""Watches for keys and the mouse, and says when the desk has been left alone for long enough.

A jump of the clock (a closed lid, a suspended machine) counts as time away. Locks nothing itself.
"""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from oost_desktop.clock import Clock

_SIGNS_OF_LIFE = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})
_LOOK_EVERY_MS = 1000


class IdleWatch(QObject):
    """`left` carries the seconds left, once a second; `expired` comes once, at the end."""

    expired = Signal()
    left = Signal(int)

    def __init__(self, minutes: int, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._allowed_ms = minutes * 60_000
        self._clock = clock
        self._last_ms = clock.wall_ms()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._on_tick)

    def allow(self, minutes: int) -> None:
        """Expire after so many minutes from now on."""
        self._allowed_ms = minutes * 60_000

    def start(self) -> None:
        """Begin to watch."""
        self._last_ms = self._clock.wall_ms()
        self._timer.start()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a sign of life; nothing is held back."""
        if event.type() in _SIGNS_OF_LIFE:
            self._last_ms = self._clock.wall_ms()
        return super().eventFilter(watched, event)

    def _on_tick(self) -> None:
        # A clock put back must not keep the desk open for ever.
        away = abs(self._clock.wall_ms() - self._last_ms)
        if away >= self._allowed_ms:
            self.stop()
            self.expired.emit()
        else:
            self.left.emit((self._allowed_ms - away) // 1000)
