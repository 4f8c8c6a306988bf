"""The rail at the left: an icon, a word and a count for each page; the current one marked.

Guarantees that the current page is marked by a bar and bold words as well as by colour. One stop
for Tab; the arrow keys go from page to page.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from oost_desktop.views import look
from oost_desktop.views.fonts import interface_font
from oost_desktop.views.icons import Icon, Tint, icon, pixmap
from oost_desktop.views.shell.page_spec import PageSpec
from oost_desktop.views.widgets.styled import label

_WIDTH = 187
_ITEM = 38
_ICON = 20
_TYPE = 14.4
_BAR = 3


class NavRail(QScrollArea):
    """The pages. `chosen` carries the id of the page that was asked for."""

    chosen = Signal(str)

    def __init__(
        self, pages: Sequence[PageSpec], who: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._group = QButtonGroup(self)
        self._items: dict[str, _NavItem] = {}
        self._brand = _Brand()
        inside = QWidget()
        inside.setProperty("page", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(10, 10, 10, 12)
        column.setSpacing(2)
        column.addWidget(self._brand)
        for page in pages:
            column.addWidget(self._add_item(page))
        column.addStretch(1)
        for line in who:
            words = label(line, "small", wrap=True)
            words.setContentsMargins(10, 0, 0, 0)
            column.addWidget(words)
        self.setWidget(inside)
        self._group.buttonClicked.connect(self._on_clicked)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        self.setAccessibleName("Pages")

    def set_current(self, page: str) -> None:
        """Mark a page as the one on show."""
        self._items[page].setChecked(True)

    def set_count(self, page: str, count: int | None) -> None:
        """Show how many things wait there; None or 0 shows nothing."""
        self._items[page].set_count(count or 0)

    def sizeHint(self) -> QSize:
        """As wide as its widest entry."""
        return QSize(self._rail_width(), 300)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its entries; low windows scroll."""
        return QSize(self._rail_width(), 120)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def _rail_width(self) -> int:
        items = self._items.values()
        widest = max((item.sizeHint().width() for item in items), default=0)
        bar = self.verticalScrollBar()
        room = bar.sizeHint().width() if bar.maximum() > 0 else 0
        return max(_WIDTH, widest) + 20 + room

    def _add_item(self, page: PageSpec) -> QWidget:
        item = _NavItem(page)
        self._items[page.id] = item
        self._group.addButton(item)
        return item

    def _on_range_changed(self) -> None:
        """Make room for the scroll bar that has come, or give back the room of one that went."""
        self.updateGeometry()

    def _on_clicked(self, item: "_NavItem") -> None:
        self.chosen.emit(item.page_id)


class _NavItem(QPushButton):
    """One page: drawn here because it is nothing like a button to look at."""

    def __init__(self, page: PageSpec) -> None:
        super().__init__(page.title)
        self.page_id = page.id
        self._icon = page.icon
        self._count = 0
        self.setCheckable(True)
        self.setAutoDefault(True)  # Enter presses it, as Space does
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(page.title)

    def set_count(self, count: int) -> None:
        """How many things wait there."""
        self._count = count
        self.setAccessibleDescription(str(count) if count else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Icon, word in bold, count."""
        shown = look.current()
        words = QFontMetrics(_type(bold=True)).horizontalAdvance(self.text())
        count = QFontMetrics(_type(bold=True)).horizontalAdvance("0000")
        width = shown.px(_ICON) + 10 + shown.gap(11) + words + count + 20
        return QSize(width, shown.px(_ITEM))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and bar if current, icon, word, count."""
        shown = look.current()
        tokens = shown.tokens
        current = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current or self.underMouse():
            self._paint_ground(painter, tokens.selected if current else tokens.hover)
        side = shown.px(_ICON)
        tint = Tint.ACCENT if current else Tint.TEXT
        icon(self._icon, tint).paint(painter, 10, (self.height() - side) // 2, side, side)
        painter.setPen(QColor(tokens.focus if current else tokens.text))
        painter.setFont(_type(bold=current))
        left = 10 + side + shown.gap(11)
        words = QRect(left, 0, self.width() - left, self.height())
        upright = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, upright | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._count:
            painter.setPen(QColor(tokens.focus if current else tokens.muted))
            painter.setFont(_type(bold=current, pixels=13))
            right = self.rect().adjusted(0, 0, -10, 0)
            painter.drawText(right, upright | Qt.AlignmentFlag.AlignRight, f"{self._count:,}")

    def _paint_ground(self, painter: QPainter, colour: str) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 6, 6)
        painter.fillPath(shape, QColor(colour))
        if self.isChecked():
            bar = QPainterPath()
            bar.addRect(0, 0, _BAR, self.height())
            accent = QColor(look.current().tokens.accent)
            painter.fillPath(shape.intersected(bar), accent)


class _Brand(QWidget):
    """The program's sign and name at the top of the rail."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = label("")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 0, 14)
        row.setSpacing(9)
        row.addWidget(self._sign)
        row.addWidget(label("OOST", "brand"), 1)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours and the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw()

    def _draw(self) -> None:
        side = look.current().px(24)
        self._sign.setPixmap(pixmap(Icon.HOME, Tint.BRAND, side, self.devicePixelRatioF()))


def _type(*, bold: bool, pixels: float = _TYPE) -> QFont:
    font = interface_font(look.current().points(pixels))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
