"""A state in a word: a pale pill with an icon, a word and a colour.

Guarantees that the word is always there; colour and icon only help. Takes no focus.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from oost_desktop.views import look
from oost_desktop.views.icons import Icon, Tint, icon
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.styled import style

TINTS = {
    Tone.NEUTRAL: Tint.MUTED,
    Tone.ACCENT: Tint.ACCENT,
    Tone.OK: Tint.OK,
    Tone.WARN: Tint.WARN,
    Tone.DANGER: Tint.DANGER,
}


@dataclass(frozen=True, slots=True)
class State:
    """What a pill says."""

    word: str
    tone: Tone = Tone.NEUTRAL
    meaning: Icon | None = None


class Pill(QLabel):
    """Shows one `State`."""

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "pill")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state)

    def state(self) -> State:
        """What it says now."""
        return self._state

    def set_state(self, state: State) -> None:
        """Say something else."""
        self._state = state
        self.setText(state.word)
        style(self, "tone", state.tone.value)
        self._fit()

    def sizeHint(self) -> QSize:
        """The word on one line with room at both ends."""
        margins = self.contentsMargins()
        words = self.fontMetrics().size(0, self.text())
        return QSize(words.width() + margins.left() + margins.right() + 1, words.height() + 6)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its word."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pale shape, the icon, then the word."""
        tokens = look.current().tokens
        tone = self._state.tone
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.line if tone is Tone.NEUTRAL else tokens.tint_of(tone)
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(tokens.tint_of(tone)))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if self._state.meaning is not None:
            side = self._icon_side()
            top = (self.height() - side) // 2
            shape = icon(self._state.meaning, TINTS[tone])
            shape.paint(painter, look.current().gap(8), top, side, side)
        painter.end()
        super().paintEvent(event)

    def _icon_side(self) -> int:
        return look.current().px(14)

    def _fit(self) -> None:
        end = look.current().gap(8)
        icon_room = self._icon_side() + 5 if self._state.meaning is not None else 0
        self.setContentsMargins(end + icon_room, 0, end, 0)
        self.updateGeometry()
