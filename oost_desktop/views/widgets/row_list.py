"""A short list of rows to act on: each is one thing, Enter opens it.

For the dozen rows of a home page, not for tables: every row is a widget. Guarantees that each row
is one button to a screen reader, with all its words as its name, and that cells line up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from oost_desktop.views import look
from oost_desktop.views.widgets.pill import Pill, State
from oost_desktop.views.widgets.styled import Role, label, rule, sentence

_ROW = 38
_HEADING = 32
_CELL = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One thing. A cell is words, words with `Strong` parts, or a `State`; `key` comes back."""

    key: str
    cells: tuple[str | tuple[str, ...] | State, ...]


class RowList(QWidget):
    """Rows under optional headings. `stretches` gives each column's share of the room.

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
        self._rows: list[_RowButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows instead."""
        self._clear()
        if self._headings:
            self._add_headings()
        for number, row in enumerate(rows, start=1):
            self._add_row(number, row, last=number == len(rows))
        for column, stretch in enumerate(self._stretches):
            self._grid.setColumnStretch(column, stretch)
        self._grid.setRowStretch(len(rows) + 1, 1)

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

    def _clear(self) -> None:
        self._rows = []
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add_headings(self) -> None:
        for column, words in enumerate(self._headings):
            heading = _cell(words, "small-strong")
            heading.setMinimumHeight(look.current().px(_HEADING))
            self._grid.addWidget(heading, 0, column)
        bottom = Qt.AlignmentFlag.AlignBottom
        self._grid.addWidget(rule(), 0, 0, 1, len(self._headings), bottom)

    def _add_row(self, number: int, row: Row, *, last: bool) -> None:
        button = _RowButton(row.key, last=last, parent=self)
        button.setAccessibleName(_spoken(row))
        button.clicked.connect(self._on_clicked)
        self._rows.append(button)
        self._grid.addWidget(button, number, 0, 1, len(row.cells))
        for column, cell in enumerate(row.cells):
            self._grid.addWidget(_cell(cell, ""), number, column)

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


def _spoken(row: Row) -> str:
    words = (
        cell.word if isinstance(cell, State) else cell if isinstance(cell, str) else "".join(cell)
        for cell in row.cells
    )
    return ", ".join(word for word in words if word)
