"""A line that says what was just done and, for ten seconds, offers to undo it.

Guarantees that it takes no focus away, is said aloud, and does not vanish while the pointer or the
keyboard is on it. One notice at a time: a newer one replaces the older.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oost_desktop.views import look
from oost_desktop.views.icons import Icon, pixmap
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.announce import announce
from oost_desktop.views.widgets.buttons import Button, IconButton
from oost_desktop.views.widgets.card import Surface
from oost_desktop.views.widgets.pill import TINTS
from oost_desktop.views.widgets.styled import label, style

SECONDS = 10

_ICONS = {
    Tone.NEUTRAL: Icon.INFO,
    Tone.ACCENT: Icon.INFO,
    Tone.OK: Icon.OK,
    Tone.WARN: Icon.WARNING,
    Tone.DANGER: Icon.CONCERN,
}


class NoticeBar(QWidget):
    """Hidden until told something. `closed` says that the notice has gone."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surface = Surface()
        self._act: Callable[[], None] | None = None
        self._tone = Tone.OK
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._is_new = QTimer(self)
        self._is_new.setSingleShot(True)
        self._is_new.setInterval(0)
        self._icon = label("")
        self._words = label("", wrap=True)
        self._button = Button("Undo")
        self._close = IconButton(Icon.CLOSE, "Close this notice")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 12)
        outer.addWidget(self._surface)
        row = QHBoxLayout(self._surface)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._timer.timeout.connect(self._on_timeout)
        self._button.clicked.connect(self._on_pressed)
        self._close.clicked.connect(self.dismiss)
        self.hide()

    def tell(
        self,
        words: str,
        *,
        tone: Tone = Tone.OK,
        act: str = "",
        on_act: Callable[[], None] | None = None,
        seconds: int = SECONDS,
    ) -> None:
        """Show `words`; with `act`, a button that calls `on_act`. 0 seconds: until closed."""
        self._act = on_act
        self._tone = tone
        self._words.setText(words)
        style(self._words, "tone", "" if tone is Tone.OK else tone.value)
        self._button.setText(act)
        self._button.setVisible(bool(act))
        self._surface.set_bar(tone)
        self._draw_icon()
        self.show()
        self._is_new.start()
        self._timer.stop()
        if seconds:
            self._timer.start(seconds * 1000)
        urgent = tone is Tone.DANGER
        announce(self, f"{words} {act}".strip(), urgent=urgent)

    def go_on(self) -> None:
        """Another page comes: a success goes, unless it was told in the same breath.

        What offers an act keeps its ten seconds, and what is to be closed waits for that.
        """
        is_success = self._tone is Tone.OK and self._timer.isActive()
        if is_success and self._button.isHidden() and not self._is_new.isActive():
            self.dismiss()

    def words(self) -> str:
        """What it says, or "" when it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def act_button(self) -> Button:
        """The button, for the key that presses it (Ctrl+Z)."""
        return self._button

    def dismiss(self) -> None:
        """Take the notice away."""
        self._timer.stop()
        self._act = None
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is here."""
        super().enterEvent(event)
        if self._timer.isActive():
            self._timer.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours and the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_icon()

    def _draw_icon(self) -> None:
        side = look.current().px(20)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(pixmap(_ICONS[self._tone], TINTS[self._tone], side, ratio))

    def _on_timeout(self) -> None:
        if self.underMouse() or self._button.hasFocus() or self._close.hasFocus():
            self._timer.start()
            return
        self.dismiss()

    def _on_pressed(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()
