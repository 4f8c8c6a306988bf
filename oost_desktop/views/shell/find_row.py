"""How one line of the find panel is drawn: icon, title, quieter detail, key."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from oost_desktop.views import look
from oost_desktop.views.fonts import interface_font
from oost_desktop.views.icons import Icon, Tint, icon

FOUND = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a list item carries its `FindRow`."""


@dataclass(frozen=True, slots=True)
class FindRow:
    """What a line shows."""

    title: str
    detail: str = ""
    key: str = ""
    meaning: Icon | None = None
    heading: bool = False


class FoundDelegate(QStyledItemDelegate):
    """Draws `FindRow`s."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """One line."""
        row = index.data(FOUND)
        shown = look.current()
        tokens = shown.tokens
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            self._words(painter, box.adjusted(8, 4, -8, 0), row.title, tokens.muted, 13, bold=True)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.selected))
            painter.drawRoundedRect(box, 6, 6)
        side = shown.px(18)
        if row.meaning is not None:
            top = box.top() + (box.height() - side) // 2
            icon(row.meaning, Tint.MUTED).paint(painter, box.left() + 8, top, side, side)
        words = box.adjusted(8 + side + 10, 0, -10, 0)
        used = self._words(painter, words, row.title, tokens.text, 14.4)
        detail = words.adjusted(used + 12, 0, 0, 0)
        self._words(painter, detail, row.detail, tokens.muted, 13)
        self._words(painter, words, row.key, tokens.muted, 13, right=True)
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        box: QRect,
        words: str,
        colour: str,
        pixels: float,
        *,
        bold: bool = False,
        right: bool = False,
    ) -> int:
        font = interface_font(look.current().points(pixels))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, cut)
        return metrics.horizontalAdvance(cut)
