"""The line along the bottom: saved when, drafts, when it locks; what has not reached the office.

Guarantees words only, no names of pupils, and that what is urgent is said as well as coloured.
"""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from oost_desktop.views import look
from oost_desktop.views.icons import Icon, Tint, pixmap
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.styled import label, style


class StatusLine(QWidget):
    """Four places for short words; an empty place takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tick = label("")
        self._saved = label("", "small")
        self._drafts = label("", "small")
        self._locks = label("", "small")
        self._transfer = label("", "small")
        saved = QWidget()
        pair = QHBoxLayout(saved)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(6)
        pair.addWidget(self._tick)
        pair.addWidget(self._saved)
        row = FlowLayout(self, gap=20, row_gap=2)
        row.setContentsMargins(22, 6, 22, 6)
        for part in (saved, self._drafts, self._locks):
            row.add(part)
        row.add_stretch()
        row.add(self._transfer)
        for words in (self._saved, self._drafts, self._locks, self._transfer):
            words.hide()
        self._tick.hide()

    def set_saved(self, words: str, *, tick: bool = True) -> None:
        """`Saved 11:42`, with a tick when everything typed is safe."""
        self._say(self._saved, words, None)
        self._tick.setVisible(tick and bool(words))
        self._draw()

    def set_drafts(self, words: str) -> None:
        """`1 draft`."""
        self._say(self._drafts, words, None)

    def set_locks(self, words: str, tone: Tone | None = None) -> None:
        """`Locks in 4 min`; amber in the last half minute."""
        self._say(self._locks, words, tone)

    def set_transfer(self, words: str, tone: Tone | None = None) -> None:
        """`12 changes not yet at the office · last bundle Friday 20 November`."""
        self._say(self._transfer, words, tone)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours and the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line above it."""
        line = QColor(look.current().tokens.line)
        QPainter(self).fillRect(0, 0, self.width(), 1, line)

    def _say(self, place: QLabel, words: str, tone: Tone | None) -> None:
        place.setText(words)
        place.setVisible(bool(words))
        style(place, "tone", "" if tone is None else tone.value)

    def _draw(self) -> None:
        side = look.current().px(16)
        self._tick.setPixmap(pixmap(Icon.OK, Tint.OK, side, self.devicePixelRatioF()))
