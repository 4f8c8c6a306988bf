"""Draws one cell: the row's ground, a soft line under it, and words in the column's manner.

Guarantees one ground for a whole row, whether chosen or under the pointer, and that what does not
fit is elided and said in full by a tool tip. Edits nothing.
"""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from oost_desktop.views import look
from oost_desktop.views.fonts import interface_font
from oost_desktop.views.look import Look
from oost_desktop.views.tables.columns import Cell, Display, Quiet, words
from oost_desktop.views.tables.row_model import LOADING, Role

Index = QModelIndex | QPersistentModelIndex
TYPE = 14
INSET = 11
ROW = 38


class CellDelegate(QStyledItemDelegate):
    """Draws the columns of words. `hovered` is the row under the pointer, -1 for none."""

    def __init__(self, display: Display, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._display = display
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line, words."""
        shown = look.current()
        box = _rect(option)
        painter.save()
        painter.fillRect(box, QColor(self._ground(shown, option, index)))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(shown.tokens.line))
        self.paint_cell(painter, _inset(box), index.data(Role.CELL), _side(index))
        painter.restore()

    def paint_cell(
        self, painter: QPainter, box: QRect, cell: Cell | None, side: Qt.AlignmentFlag
    ) -> None:
        """Draw the words of a cell; None is a row that is still on its way."""
        tokens = look.current().tokens
        muted = cell is None or isinstance(cell, Quiet) or self._display is Display.MUTED
        font = cell_font(strong=self._display is Display.STRONG)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted if muted else tokens.text))
        text = LOADING if cell is None else words(cell)
        fitted = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, side | Qt.TextFlag.TextSingleLine, fitted)

    def width_of(self, cell: Cell) -> int:
        """The pixels a cell needs to be shown whole, with the room at both ends."""
        font = cell_font(strong=self._display is Display.STRONG)
        inset = look.current().gap(INSET)
        return QFontMetrics(font).horizontalAdvance(words(cell)) + 2 * inset + 1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as every row."""
        cell = index.data(Role.CELL)
        return QSize(0 if cell is None else self.width_of(cell), row_height())

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Words that are cut off are said in full."""
        cell = index.data(Role.CELL)
        if event.type() != QEvent.Type.ToolTip or cell is None:
            return False
        if self.width_of(cell) <= _rect(option).width():
            QToolTip.hideText()
            return False
        QToolTip.showText(event.globalPos(), words(cell), view)
        return True

    def _ground(self, shown: Look, option: QStyleOptionViewItem, index: Index) -> str:
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            return shown.tokens.selected
        return shown.tokens.hover if index.row() == self.hovered else shown.tokens.base


def row_height() -> int:
    """The height of a row in pixels: at least 30, and more with bigger text."""
    return look.current().px(ROW)


def cell_font(*, strong: bool = False) -> QFont:
    """The type of table cells."""
    font = interface_font(look.current().points(TYPE))
    if strong:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def _rect(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect
    return rect


def _inset(box: QRect) -> QRect:
    inset = look.current().gap(INSET)
    return box.adjusted(inset, 0, -inset, -1)


def _side(index: Index) -> Qt.AlignmentFlag:
    side = index.data(Qt.ItemDataRole.TextAlignmentRole)
    return Qt.AlignmentFlag(side)
