"""A table over any number of records: a list of ids, and rows fetched by the page as they show.

Guarantees that `data()` answers from memory alone; that a row once shown stays until a newer one
has come; and that an answer to an older question is dropped. Sorting and finding are the source's
work, done where the records are. It never decides what to show: `Query` does.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from oost_desktop.changes import ChangeSet
from oost_desktop.errors import OostError
from oost_desktop.views.jobs import Jobs, Lane
from oost_desktop.views.tables.columns import CellRow, ColumnSpec
from oost_desktop.views.tables.row_model import RowTableModel

PAGE = 100
KEPT_ROWS = 40 * PAGE
AT_ONCE = 2
WAITING = 4
SETTLE_MS = 100


@dataclass(frozen=True, slots=True)
class Query:
    """What a list shows: words to find, a named part of it ("needs action"), and an order.

    `order` is a `ColumnSpec.order`, with "-" before it for the other way; "" is the source's own.
    """

    find: str = ""
    part: str = ""
    order: str = ""


class Source(Protocol):
    """Where rows come from. Called on a lane of the job runner, never on the main thread.

    `etypes` are the record types whose changes can change these rows.
    """

    @property
    def columns(self) -> Sequence[ColumnSpec]:
        """The columns, left to right."""

    @property
    def etypes(self) -> Sequence[str]:
        """Names of record types."""

    def ids(self, query: Query) -> Sequence[str]:
        """The ids of all rows, in order."""

    def rows(self, ids: Sequence[str]) -> Sequence[CellRow | None]:
        """One row for each id, in the same order; None for a record that has gone."""


@dataclass(frozen=True, slots=True)
class _Listed:
    query: Query
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fetched:
    page: int
    ids: tuple[str, ...]
    rows: tuple[CellRow | None, ...]


class PagedTableModel(RowTableModel):
    """Rows of a `Source`. Shows nothing until `set_query` or `refresh` is called once.

    `listed` carries the number of rows, each time the source has been asked.
    """

    listed = Signal(int)

    def __init__(
        self, jobs: Jobs, source: Source, *, lane: Lane = "db", parent: QObject | None = None
    ) -> None:
        super().__init__(source.columns, parent)
        self._jobs = jobs
        self._source = source
        self._lane: Lane = lane
        self._query = Query()
        self._rows: OrderedDict[str, CellRow | None] = OrderedDict()
        self._stale: set[str] = set()
        self._wanted: list[int] = []
        self._fetching: set[int] = set()
        self._fetch_soon = self._timer(0)
        self._fetch_soon.timeout.connect(self._fetch)
        self._list_soon = self._timer(SETTLE_MS)
        self._list_soon.timeout.connect(self.refresh)

    @property
    def query(self) -> Query:
        """What is shown, or being fetched to be shown."""
        return self._query

    def set_query(self, query: Query) -> None:
        """Show something else, as soon as the source has answered."""
        self._query = query
        self.refresh()

    def read_again(self, query: Query) -> None:
        """Show this; what was read before may be out of date, and stays until newer has come."""
        self._stale.update(self._rows)
        self.set_query(query)

    def refresh(self) -> None:
        """Ask the source again which rows there are."""
        self._list_soon.stop()
        self._jobs.run(
            self._lane,
            _list,
            self._source,
            self._query,
            owner=self,
            done=self._on_listed,
            key="ids",
        )

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask the source for another order; column -1 for its own."""
        name = self.columns[column].order if 0 <= column < len(self.columns) else ""
        if name and order == Qt.SortOrder.DescendingOrder:
            name = f"-{name}"
        if name != self._query.order:
            self.set_query(replace(self._query, order=name))

    def on_changes(self, changes: ChangeSet) -> None:
        """A transaction was committed. Changes that come together are answered together."""
        if not changes.touches(*self._source.etypes):
            return
        # A row may show words of another record, so every row is suspect; old ones stay meanwhile.
        self._stale.update(self._rows)
        self._list_soon.start()

    def row(self, place: int) -> CellRow | None:
        """The cells of a row if they are here; if not, they are sent for."""
        entity = self._ids[place]
        held = self._rows.get(entity)
        if entity not in self._rows or entity in self._stale:
            self._want(place // PAGE)
        else:
            self._rows.move_to_end(entity)
        return held

    def peek(self, place: int) -> CellRow | None:
        """The cells of a row if they are here."""
        return self._rows.get(self._ids[place])

    def _want(self, page: int) -> None:
        if page in self._fetching or (self._wanted and self._wanted[-1] == page):
            return
        if page in self._wanted:
            self._wanted.remove(page)
        self._wanted.append(page)
        # While a scroll bar is dragged, what has flown past is no longer worth fetching.
        del self._wanted[:-WAITING]
        if not self._fetch_soon.isActive():
            self._fetch_soon.start()

    def _fetch(self) -> None:
        while self._wanted and len(self._fetching) < AT_ONCE:
            page = self._wanted.pop()
            ids = self._ids[page * PAGE : (page + 1) * PAGE]
            if ids:
                self._fetching.add(page)
                self._jobs.run(
                    self._lane,
                    _rows_of,
                    self._source,
                    page,
                    ids,
                    owner=self,
                    done=self._on_fetched,
                    failed=self._on_fetch_failed,
                )

    def _on_listed(self, answer: _Listed) -> None:
        if answer.query != self._query:
            return
        self._wanted.clear()
        self._stale.intersection_update(answer.ids)
        had_stale = bool(self._stale)
        self._replace_ids(answer.ids)
        if had_stale:
            self._tell_rows_changed(0, len(self._ids) - 1)
        self.listed.emit(len(self._ids))

    def _on_fetched(self, answer: _Fetched) -> None:
        self._fetching.discard(answer.page)
        for entity, row in zip(answer.ids, answer.rows, strict=True):
            self._rows[entity] = row
            self._rows.move_to_end(entity)
            self._stale.discard(entity)
        while len(self._rows) > KEPT_ROWS:
            self._stale.discard(self._rows.popitem(last=False)[0])
        first = answer.page * PAGE
        if self._ids[first : first + PAGE] == answer.ids:
            self._tell_rows_changed(first, first + PAGE - 1)
        else:
            self._tell_rows_changed(0, len(self._ids) - 1)
        self._fetch()

    def _on_fetch_failed(self, error: OostError) -> None:
        self._fetching.clear()
        self._wanted.clear()
        self._jobs.present(error)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer


def _list(source: Source, query: Query) -> _Listed:
    return _Listed(query, tuple(source.ids(query)))


def _rows_of(source: Source, page: int, ids: tuple[str, ...]) -> _Fetched:
    return _Fetched(page, ids, tuple(source.rows(ids)))
