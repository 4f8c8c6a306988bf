"""A short list of rows to act on: each is one thing, Enter opens it.

For the dozen rows of a home page, not for tables: every row is a widget. Guarantees that each row
is one button to a screen reader, with all its words as its name, and that cells line up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from oost_desktop.views import look
from oost_desktop.views.widgets.pill import Pill, State
from oost_desktop.views.widgets.styled import Role, Strong, label, rule, sentence

_ROW = 38
_HEADING = 32
_CELL = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One thing. A cell is words, words with `Strong` parts, or a `State`; `key` comes back."""

    key: str
    cells: tuple[str | tuple[str, ...] | State, ...]


class RowList(QWidget):
    """Rows under optional headings.

    `stretches` gives each column's share of the room; without them it goes by the longest words.

    `activated` carries the key of the row that was pressed, by Enter, Space or a click.
    """

    activated = Signal(str)

    def __init__(
        self,
        headings: Sequence[str] = (),
        *,
        stretches: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._stretches = tuple(stretches)
        self._content: tuple[Row, ...] = ()
        self._rows: list[_RowButton] = []
        self._folded = False
        self._least = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows instead."""
        self._content = tuple(rows)
        self._folded = False
        self._lay_out()
        self._least = self._grid.minimumSize().width()
        self._fold()

    def row_buttons(self) -> tuple[QAbstractButton, ...]:
        """The rows as buttons, top to bottom."""
        return tuple(self._rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from row to row."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        focused = [place for place, row in enumerate(self._rows) if row.hasFocus()]
        if step and focused:
            target = max(0, min(len(self._rows) - 1, focused[0] + step))
            self._rows[target].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its longest word: cells then stand under each other."""
        if not self._folded:
            cells = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            return QSize(max((cell.minimumSizeHint().width() for cell in cells), default=0), 0)
        return super().minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold."""
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        """Measure rows once they are on show: until then a layout counts them as nothing."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and not self._folded:
            self._least = self._grid.minimumSize().width()
            self._fold()
        return handled

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._content:
            self.set_rows(self._content)

    def _fold(self) -> None:
        folded = 0 < self.width() < self._least
        if folded != self._folded:
            self._folded = folded
            self._lay_out()

    def _lay_out(self) -> None:
        self._clear()
        below = 0
        if self._headings and not self._folded:
            self._add_headings()
            below = 1
        for number, row in enumerate(self._content, start=1):
            below = self._add_row(below, row, last=number == len(self._content))
        stretches: Sequence[int] = (1,)
        if not self._folded:
            stretches = self._stretches or _natural_widths(self._content, self.font())
        for column, stretch in enumerate(stretches):
            self._grid.setColumnStretch(column, stretch)
        self._grid.setRowStretch(below, 1)

    def _clear(self) -> None:
        focused = any(row.hasFocus() for row in self._rows)
        self._rows = []
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place in range(self._grid.columnCount()):
            self._grid.setColumnStretch(place, 0)
        for place in range(self._grid.rowCount()):
            self._grid.setRowStretch(place, 0)
        if focused:
            self.setFocus()

    def _add_headings(self) -> None:
        for column, words in enumerate(self._headings):
            heading = _cell(words, "small-strong")
            heading.setMinimumHeight(look.current().px(_HEADING))
            self._grid.addWidget(heading, 0, column)
        bottom = Qt.AlignmentFlag.AlignBottom
        self._grid.addWidget(rule(), 0, 0, 1, len(self._headings), bottom)

    def _add_row(self, line: int, row: Row, *, last: bool) -> int:
        """Put a row at a line of the grid; gives the line below it."""
        button = _RowButton(row.key, last=last, parent=self)
        button.setAccessibleName(_spoken(row))
        button.clicked.connect(self._on_clicked)
        self._rows.append(button)
        count = len(row.cells)
        high, wide = (count, 1) if self._folded else (1, count)
        self._grid.addWidget(button, line, 0, high, wide)
        for place, cell in enumerate(row.cells):
            down, across = (place, 0) if self._folded else (0, place)
            self._grid.addWidget(_cell(cell, ""), line + down, across)
        return line + high

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _RowButton):
            self.activated.emit(sender.key)


class _RowButton(QAbstractButton):
    """The ground of a row: a line under it, a tint under the pointer or the keyboard."""

    def __init__(self, key: str, *, last: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self._last = last
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", False)

    def sizeHint(self) -> QSize:
        """As high as a row."""
        return QSize(0, look.current().px(_ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, line, ring."""
        tokens = look.current().tokens
        painter = QPainter(self)
        box = self.rect()
        if self.hasFocus() or self.underMouse():
            painter.fillRect(box, QColor(tokens.selected if self.hasFocus() else tokens.hover))
        if not self._last:
            painter.fillRect(box.adjusted(0, self.height() - 1, 0, 0), QColor(tokens.line))
        if self.hasFocus():
            ring = QColor(tokens.focus)
            for inset in (0, 1):
                painter.setPen(ring)
                painter.drawRect(box.adjusted(inset, inset, -1 - inset, -1 - inset))


def _cell(cell: str | tuple[str, ...] | State, role: Role) -> QWidget:
    if isinstance(cell, State):
        shown = QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(_CELL, 4, _CELL, 4)
        row.addWidget(Pill(cell))
        row.addStretch(1)
    else:
        shown = label(cell, role, wrap=True) if isinstance(cell, str) else sentence(cell, role)
        shown.setContentsMargins(_CELL, 4, _CELL, 4)
    shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return shown


def _natural_widths(rows: Sequence[Row], font: QFont) -> list[int]:
    """The longest words of each column in pixels; a column of states takes only what it needs."""
    bold = QFont(font)
    bold.setBold(True)
    plain_words, bold_words = QFontMetrics(font), QFontMetrics(bold)

    def width(cell: str | tuple[str, ...] | State) -> int:
        if isinstance(cell, State):
            return 0
        runs = (cell,) if isinstance(cell, str) else cell
        advances = (
            (bold_words if isinstance(run, Strong) else plain_words).horizontalAdvance(run)
            for run in runs
        )
        return 2 * _CELL + sum(advances)

    return [max(map(width, column)) for column in zip(*(row.cells for row in rows), strict=True)]


def _words(cell: str | tuple[str, ...] | State) -> str:
    if isinstance(cell, State):
        return cell.word
    return cell if isinstance(cell, str) else "".join(cell)


def _spoken(row: Row) -> str:
    return ", ".join(words for cell in row.cells if (words := _words(cell)))
