"""A table over a short list that is in memory whole: some hundred rows, frozen, made by a service.

Guarantees the look, the keys and the words of the big table. Sorting happens here, by the values
themselves; the order in which the items were given is the one it starts from.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt

from oost_desktop.views.tables.columns import CellRow, ColumnSpec, words
from oost_desktop.views.tables.narrowing import holds
from oost_desktop.views.tables.row_model import RowTableModel

Item = TypeVar("Item")


class RowsTableModel(RowTableModel, Generic[Item]):
    """Rows made from `items` by `cells`; `ident` gives the id that `opened` carries.

    A column with an `order` is sorted by the item's attribute of that name; nothing comes last.
    """

    def __init__(
        self,
        columns: Sequence[ColumnSpec],
        cells: Callable[[Item], CellRow],
        ident: Callable[[Item], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._cells = cells
        self._ident = ident
        self._given: tuple[Item, ...] = ()
        self._items: dict[str, Item] = {}
        self._rows: dict[str, CellRow] = {}
        self._order = ("", False)
        self._wanted = ""

    def set_items(self, items: Iterable[Item]) -> None:
        """Show these instead, in this order unless another is chosen."""
        self._given = tuple(items)
        before = self._rows
        self._items = {self._ident(item): item for item in self._given}
        self._rows = {entity: self._cells(item) for entity, item in self._items.items()}
        old = self._ids
        self._arrange()
        if old == self._ids:
            for place, entity in enumerate(self._ids):
                if before[entity] != self._rows[entity]:
                    self._tell_rows_changed(place, place)
        else:
            self._tell_rows_changed(0, len(self._ids) - 1)

    def narrow(self, typed: str) -> None:
        """Show only rows that hold all of these words; "" shows every row again."""
        self._wanted = typed
        self._arrange()

    def count(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._given)

    def item(self, entity: str) -> Item | None:
        """The item with this id, or None."""
        return self._items.get(entity)

    def row(self, place: int) -> CellRow | None:
        """The cells of the row at a place."""
        return self._rows.get(self._ids[place])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order in which the items came."""
        name = self.columns[column].order if 0 <= column < len(self.columns) else ""
        self._order = (name, order == Qt.SortOrder.DescendingOrder)
        self._arrange()

    def _arrange(self) -> None:
        name, backwards = self._order
        shown = list(self._given)
        if name:
            held = [item for item in shown if getattr(item, name) is not None]
            rest = [item for item in shown if getattr(item, name) is None]
            held.sort(key=_sorts_by(name), reverse=backwards)
            shown = [*held, *rest]
        ids = (self._ident(item) for item in shown)
        self._replace_ids(tuple(entity for entity in ids if self._is_wanted(entity)))

    def _is_wanted(self, entity: str) -> bool:
        said = " ".join(words(cell) for cell in self._rows[entity])
        return holds(self._wanted, said)


def _sorts_by(name: str) -> Callable[[Any], Any]:
    def key(item: Any) -> Any:
        value = getattr(item, name)
        return value.casefold() if isinstance(value, str) else value

    return key
