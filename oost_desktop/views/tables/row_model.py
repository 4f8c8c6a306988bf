"""What all our table models share: rows known by id, cells as plain values, rows in words.

Guarantees that a change of the id list is told to the view as precisely as it can be: rows put in
or taken out in one place are inserted or removed, so that selection and scrolling stay; anything
else is a reset, after which the view finds its place again by id. Fetches nothing.
"""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from oost_desktop.views.tables.columns import CellRow, ColumnSpec, row_in_words, words

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
LOADING = "Loading"


class Role(IntEnum):
    """What a delegate or a page may ask for besides Qt's own roles."""

    CELL = Qt.ItemDataRole.UserRole
    ID = Qt.ItemDataRole.UserRole + 1


class RowTableModel(QAbstractTableModel):
    """Rows by id. Subclasses say what a row holds; None while that is not known yet."""

    def __init__(self, columns: Sequence[ColumnSpec], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._ids: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids in the order shown."""
        return self._ids

    def row(self, place: int) -> CellRow | None:
        """The cells of the row at a place, or None while they are on their way."""
        raise NotImplementedError

    def peek(self, place: int) -> CellRow | None:
        """The cells of a row if they are here; nothing is sent for."""
        return self.row(place)

    def place_of(self, entity: str) -> int:
        """Where a record is, or -1."""
        try:
            return self._ids.index(entity)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """All rows, known or not: an honest scroll bar."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """One for each `ColumnSpec`."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, from what is in memory."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        column = index.column()
        if role == Role.ID:
            return self._ids[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if role not in _ASKS_FOR_CELLS:
            return None
        row = self.row(index.row())
        if row is None:
            return None if role == Role.CELL else LOADING
        return self._cell(row, column, role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Titles along the top; nothing down the side."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.columns[section].spoken
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _cell(self, row: CellRow, column: int, role: int) -> Any:
        if role == Role.CELL:
            return row[column]
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            return row_in_words(self.columns, row)
        return words(row[column])

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft
        if self.columns[column].align == "right":
            side = Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter

    def _replace_ids(self, new: tuple[str, ...]) -> None:
        """Take over another list of ids and tell the view what happened."""
        old = self._ids
        if new == old:
            return
        start = _same_at_start(old, new)
        end = _same_at_end(old, new, start)
        if start + end == len(old):
            self.beginInsertRows(NOWHERE, start, len(new) - end - 1)
            self._ids = new
            self.endInsertRows()
        elif start + end == len(new):
            self.beginRemoveRows(NOWHERE, start, len(old) - end - 1)
            self._ids = new
            self.endRemoveRows()
        else:
            self.beginResetModel()
            self._ids = new
            self.endResetModel()

    def _tell_rows_changed(self, first: int, last: int) -> None:
        """The cells from row `first` to `last` hold something else now."""
        last = min(last, len(self._ids) - 1)
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


_ASKS_FOR_CELLS = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Role.CELL,
    }
)


def _same_at_start(old: tuple[str, ...], new: tuple[str, ...]) -> int:
    shorter = min(len(old), len(new))
    return next((place for place in range(shorter) if old[place] != new[place]), shorter)


def _same_at_end(old: tuple[str, ...], new: tuple[str, ...], start: int) -> int:
    most = min(len(old), len(new)) - start
    return next((back for back in range(most) if old[-1 - back] != new[-1 - back]), most)
