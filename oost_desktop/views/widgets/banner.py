"""Bands that must be read: the red panel that says whom to ring first, the amber PRACTICE band.

Guarantees words and an icon beside the colour. They cannot be closed.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oost_desktop.views import look
from oost_desktop.views.icons import Icon, pixmap
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.card import Surface
from oost_desktop.views.widgets.pill import TINTS
from oost_desktop.views.widgets.styled import label, sentence, show_sentence


class Banner(Surface):
    """A tinted panel: an icon, a sentence with `Strong` parts, and a quieter one under it."""

    def __init__(
        self,
        tone: Tone,
        meaning: Icon,
        words: Sequence[str],
        quieter: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tinted=tone, parent=parent)
        self._tone = tone
        self._meaning = meaning
        self._icon = label("")
        self._words = sentence(words)
        self._quieter = label(quieter, "muted", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 12, 18, 12)
        row.setSpacing(14)
        row.addWidget(self._icon)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(self._words)
        column.addWidget(self._quieter)
        row.addLayout(column, 1)
        # Only now: a label without a parent would be shown as a window of its own.
        self._quieter.setVisible(bool(quieter))
        self._draw_icon()

    def set_words(self, words: Sequence[str], quieter: str = "") -> None:
        """Say something else."""
        show_sentence(self._words, words)
        self._quieter.setText(quieter)
        self._quieter.setVisible(bool(quieter))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours and the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_icon()

    def _draw_icon(self) -> None:
        side = look.current().px(24)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(pixmap(self._meaning, TINTS[self._tone], side, ratio))


class Band(QWidget):
    """A line across the window: PRACTICE, not real."""

    def __init__(self, tone: Tone, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._words = sentence(words)
        self._words.setProperty("tone", tone.value)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._words, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The tint with a line of its tone under it."""
        tokens = look.current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.tint_of(self._tone)))
        edge = self.rect().adjusted(0, self.height() - 2, 0, 0)
        painter.fillRect(edge, QColor(tokens.of(self._tone)))
