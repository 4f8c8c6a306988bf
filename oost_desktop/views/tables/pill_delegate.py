"""Draws a column of states: each a pale pill with a word, and an icon where it has one.

Guarantees that the word is always there; colour and icon only help. Plain words in such a column
are drawn as words.
"""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from oost_desktop.views import look
from oost_desktop.views.fonts import interface_font
from oost_desktop.views.icons import icon
from oost_desktop.views.look import Look
from oost_desktop.views.tables.cell_delegate import INSET, CellDelegate
from oost_desktop.views.tables.columns import Cell
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.pill import TINTS, State

TYPE = 13
END = 8
ICON = 14
ICON_GAP = 5


class PillDelegate(CellDelegate):
    """Draws cells that are a `State` as pills."""

    def paint_cell(
        self, painter: QPainter, box: QRect, cell: Cell | None, side: Qt.AlignmentFlag
    ) -> None:
        """A pill, or words."""
        if isinstance(cell, State):
            _paint_pill(painter, box, cell)
        else:
            super().paint_cell(painter, box, cell, side)

    def width_of(self, cell: Cell) -> int:
        """The pixels a cell needs to be shown whole, with the room at both ends."""
        if not isinstance(cell, State):
            return super().width_of(cell)
        shown = look.current()
        word = QFontMetrics(_font(shown)).horizontalAdvance(cell.word)
        return word + 2 * shown.gap(END) + _icon_room(shown, cell) + 2 * shown.gap(INSET) + 1


def _paint_pill(painter: QPainter, box: QRect, state: State) -> None:
    shown = look.current()
    tokens, tone = shown.tokens, state.tone
    font = _font(shown)
    metrics = QFontMetrics(font)
    end, room = shown.gap(END), _icon_room(shown, state)
    text = metrics.elidedText(state.word, Qt.TextElideMode.ElideRight, box.width() - 2 * end - room)
    height = metrics.height() + 6
    width = metrics.horizontalAdvance(text) + 2 * end + room
    # Its word starts where the words of other rows start, as far as the round end lets it.
    pill = QRectF(box.left(), box.center().y() - height / 2 + 1, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(tokens.line if tone is Tone.NEUTRAL else tokens.tint_of(tone)))
    painter.setBrush(QColor(tokens.tint_of(tone)))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    if state.meaning is not None:
        side = shown.px(ICON)
        top = round(pill.center().y() - side / 2)
        icon(state.meaning, TINTS[tone]).paint(painter, round(pill.left()) + end, top, side, side)
    painter.setFont(font)
    painter.setPen(QColor(tokens.of(tone)))
    inner = pill.adjusted(end + room, 0, -end + 1, 0)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def _font(shown: Look) -> QFont:
    font = interface_font(shown.points(TYPE))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _icon_room(shown: Look, state: State) -> int:
    return shown.px(ICON) + ICON_GAP if state.meaning is not None else 0
