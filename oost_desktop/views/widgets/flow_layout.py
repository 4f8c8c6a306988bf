"""A layout that fills lines like words on a page: buttons, pills, tiles and headings in a row.

Guarantees that what does not fit beside moves below, so that nothing is clipped at 200 % text.
Items on a line are centred against each other; items with a stretch share the room that is left.
"""

from typing import NamedTuple

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget


class _Placed(NamedTuple):
    item: QLayoutItem
    stretch: int
    width: int


class FlowLayout(QLayout):
    """Lines of items. `gap` lies between items, `row_gap` between lines, in pixels.

    With `fill`, everything on a line is as tall as the tallest; else it is centred against it.
    `folded_gap` takes the place of `gap` once there is more than one line.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 8,
        row_gap: int | None = None,
        fill: bool = False,
        folded_gap: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._folded_gap = gap if folded_gap is None else folded_gap
        self._fill = fill
        self._items: list[QLayoutItem] = []
        self._stretches: list[int] = []
        self._gap = gap
        self._row_gap = gap if row_gap is None else row_gap
        self._next_stretch = 0
        self.setContentsMargins(QMargins())

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget; with a stretch it grows into what its line has left."""
        self._next_stretch = stretch
        self.addWidget(widget)
        self._next_stretch = 0

    def add_stretch(self) -> None:
        """Push what follows to the right end of its line."""
        expanding = QSizePolicy.Policy.Expanding
        self._next_stretch = 1
        self.addItem(QSpacerItem(0, 0, expanding, QSizePolicy.Policy.Minimum))
        self._next_stretch = 0

    def addItem(self, item: QLayoutItem) -> None:
        """Called by Qt for each widget added."""
        self._items.append(item)
        self._stretches.append(self._next_stretch)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        if not 0 <= index < len(self._items):
            return None
        self._stretches.pop(index)
        return self._items.pop(index)

    def expandingDirections(self) -> Qt.Orientation:
        """It takes the width it is given and no more height than it needs."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at this width."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place every item."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """Everything on one line."""
        shown = [item for item in self._items if not item.isEmpty() or item.spacerItem()]
        width = sum(_natural_width(item) for item in shown)
        width += self._gap * max(0, sum(1 for item in shown if not item.spacerItem()) - 1)
        height = max((item.sizeHint().height() for item in shown), default=0)
        return QSize(width, height).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """The widest single item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _fits(self, room: int) -> bool:
        """Whether everything stands side by side in this room."""
        margins = self.contentsMargins()
        return self.sizeHint().width() - margins.left() - margins.right() <= room

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        top = area.top()
        gap = self._gap if self._fits(area.width()) else self._folded_gap
        lines = self._lines(area.width(), gap)
        for number, line in enumerate(lines):
            if number:
                top += self._row_gap
            top += self._set_line(line, QRect(area.left(), top, area.width(), 0), gap, place=place)
        return top - rect.top() + margins.bottom()

    def _lines(self, room: int, wanted: int) -> list[list[_Placed]]:
        lines: list[list[_Placed]] = [[]]
        used = 0
        for item, stretch in zip(self._items, self._stretches, strict=True):
            if item.isEmpty() and item.spacerItem() is None:
                continue
            spacer = item.spacerItem() is not None
            least = item.minimumSize().width()
            width = min(_natural_width(item), max(room, least))
            gap = 0 if spacer or not lines[-1] else wanted
            if used + gap + width > room and any(one.item.widget() for one in lines[-1]):
                lines.append([])
                used = gap = 0
            lines[-1].append(_Placed(item, stretch, width))
            used += gap + width
        return [line for line in lines if line]

    def _set_line(self, line: list[_Placed], area: QRect, gap: int, *, place: bool) -> int:
        widths = self._widths(line, area.width(), gap)
        heights = [_height(one.item, width) for one, width in zip(line, widths, strict=True)]
        tallest = max(heights)
        left = area.left()
        for one, width, height in zip(line, widths, heights, strict=True):
            if place:
                high = tallest if self._fill else height
                down = (tallest - high) // 2
                one.item.setGeometry(QRect(left, area.top() + down, width, high))
            left += width + (0 if one.item.spacerItem() else gap)
        return tallest

    def _widths(self, line: list[_Placed], room: int, gap: int) -> list[int]:
        widgets = sum(1 for one in line if one.item.spacerItem() is None)
        spare = room - sum(one.width for one in line) - gap * max(0, widgets - 1)
        shares = sum(one.stretch for one in line)
        widths = []
        for one in line:
            extra = spare * one.stretch // shares if shares and spare > 0 else 0
            spare, shares = spare - extra, shares - one.stretch
            most = one.item.maximumSize().width()
            widths.append(min(one.width + extra, max(most, one.width)))
        return widths


def _natural_width(item: QLayoutItem) -> int:
    """The width an item would like: a label's words on one line."""
    widget = item.widget()
    if isinstance(widget, QLabel) and widget.wordWrap():
        margins = widget.contentsMargins()
        words = widget.accessibleName() or widget.text()
        advance = widget.fontMetrics().horizontalAdvance(words)
        return advance + margins.left() + margins.right() + 2 * widget.margin() + 2
    return max(item.sizeHint().width(), item.minimumSize().width())


def _height(item: QLayoutItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return item.sizeHint().height()
