"""The view of every table: whole rows, soft lines, Enter opens, the columns fill the width.

Guarantees that the chosen row and the row at the top are the same records after the list has been
sorted, found in again or changed; that Tab leaves the table; and that letters are left to the
program's keys. It opens nothing itself: it says `opened`.
"""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from oost_desktop.views import look
from oost_desktop.views.tables.cell_delegate import INSET, CellDelegate, cell_font, row_height
from oost_desktop.views.tables.column_widths import Want, shared_out
from oost_desktop.views.tables.columns import Display
from oost_desktop.views.tables.pill_delegate import PillDelegate
from oost_desktop.views.tables.row_model import RowTableModel
from oost_desktop.views.widgets.pill import State

SAMPLE = 60
LEAST_SHARE = 0.8
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody was in a list, by records."""

    current: str = ""
    selected: tuple[str, ...] = ()
    top: str = ""
    current_was_seen: bool = False


class TableView(QTableView):
    """A table over one of our models. `name` is what a screen reader calls it.

    `opened` carries the id of a row that Enter or a double click opened; `chosen` the id of the
    row the keyboard is on, "" when there is none.
    """

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, model: RowTableModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._delegates: list[CellDelegate] = []
        self._chosen = ""
        self._place = _Place()
        self._sort = (-1, Qt.SortOrder.AscendingOrder)
        self.setAccessibleName(name)
        self.setModel(model)
        self._dress()
        self._dress_header()
        self._give_delegates()
        model.rowsInserted.connect(self._on_rows_moved)
        model.rowsRemoved.connect(self._on_rows_moved)
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._on_data_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def current_id(self) -> str:
        """The id of the row the keyboard is on, or ""."""
        row = self.currentIndex().row()
        ids = self._rows.ids
        return ids[row] if 0 <= row < len(ids) else ""

    def selected_ids(self) -> tuple[str, ...]:
        """The ids of the selected rows, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._rows.ids[place] for place in places)

    def select_id(self, entity: str) -> bool:
        """Go to a record. False if it is not in the list."""
        place = self._rows.place_of(entity)
        if place < 0:
            return False
        self.setCurrentIndex(self._rows.index(place, 0))
        return True

    def set_several(self, several: bool) -> None:
        """Let several rows be selected, with Shift and Ctrl; at first only one can."""
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)

    def fit_columns(self) -> None:
        """Share the width out again."""
        wants = [self._want(place) for place in range(len(self._rows.columns))]
        for place, width in enumerate(shared_out(self.viewport().width(), wants)):
            if self.columnWidth(place) != width:
                self.setColumnWidth(place, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in _OPENS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.current_id():
                self.opened.emit(self.current_id())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are the program's keys, and a search would fetch every page."""

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        """Tell which record the keyboard is on."""
        super().currentChanged(current, previous)
        self._tell_chosen()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Draw whole rows anew."""
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Take the tint away with the pointer."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns fill the width."""
        super().resizeEvent(event)
        self.fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size and the colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._size_rows()
            self.fit_columns()

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.set_several(False)
        self._size_rows()

    def _dress_header(self) -> None:
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(1)
        header.setAccessibleName(f"{self.accessibleName()}: columns")
        if any(column.order for column in self._rows.columns):
            header.setSectionsClickable(True)
            header.setSortIndicatorShown(True)
            header.setSortIndicatorClearable(True)
            header.setSortIndicator(*self._sort)
            header.sortIndicatorChanged.connect(self._on_sort_changed)

    def _give_delegates(self) -> None:
        for place, column in enumerate(self._rows.columns):
            made = PillDelegate if column.kind is Display.PILL else CellDelegate
            delegate = made(column.kind, self)
            self._delegates.append(delegate)
            self.setItemDelegateForColumn(place, delegate)

    def _size_rows(self) -> None:
        header = self.verticalHeader()
        header.setMinimumSectionSize(30)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultSectionSize(max(30, row_height()))

    def _want(self, place: int) -> Want:
        column = self._rows.columns[place]
        metrics = QFontMetrics(cell_font())
        inset = 2 * look.current().gap(INSET)
        title = QFontMetrics(cell_font(strong=True)).horizontalAdvance(column.title) + inset
        if column.order:
            title += look.current().px(16)
        hinted = metrics.averageCharWidth() * column.width_hint + inset
        words, states = self._needs(place)
        natural = min(words, 2 * hinted) if words else hinted
        least = max(title, states, min(natural, round(hinted * LEAST_SHARE)))
        return Want(least, max(title, natural), column.grow)

    def _needs(self, place: int) -> tuple[int, int]:
        """What the first rows need in a column to be shown whole: all cells, and pills alone."""
        delegate = self._delegates[place]
        whole = pills = 0
        for number in range(min(self._rows.rowCount(), SAMPLE)):
            row = self._rows.peek(number)
            if row is not None:
                width = delegate.width_of(row[place])
                whole = max(whole, width)
                pills = max(pills, width if isinstance(row[place], State) else 0)
        return whole, pills

    def _hover(self, row: int) -> None:
        if self._delegates and self._delegates[0].hovered != row:
            for delegate in self._delegates:
                delegate.hovered = row
            self.viewport().update()

    def _tell_chosen(self) -> None:
        now = self.current_id()
        if now != self._chosen:
            self._chosen = now
            self.chosen.emit(now)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.ids[index.row()])

    def _on_sort_changed(self, column: int, order: Qt.SortOrder) -> None:
        if column >= 0 and not self._rows.columns[column].order:
            header = self.horizontalHeader()
            header.blockSignals(True)
            header.setSortIndicator(*self._sort)
            header.blockSignals(False)
            return
        self._sort = (column, order)
        self._rows.sort(column, order)

    def _on_about_to_reset(self) -> None:
        here = self.currentIndex()
        seen = here.isValid() and self.viewport().rect().intersects(self.visualRect(here))
        row = self.indexAt(QPoint(1, 1)).row()
        top = self._rows.ids[row] if row >= 0 else ""
        self._place = _Place(self.current_id(), self.selected_ids(), top, seen)

    def _on_reset(self) -> None:
        kept = self._place
        current, top = self._rows.place_of(kept.current), self._rows.place_of(kept.top)
        if current >= 0:
            self._select_again(current, kept.selected)
        if current >= 0 and kept.current_was_seen:
            self.scrollTo(self._rows.index(current, 0))
        elif top >= 0:
            self.scrollTo(self._rows.index(top, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        self.fit_columns()
        self._tell_chosen()

    def _select_again(self, place: int, selected: tuple[str, ...]) -> None:
        model = self.selectionModel()
        flags = model.SelectionFlag
        model.setCurrentIndex(self._rows.index(place, 0), flags.NoUpdate)
        for entity in selected:
            again = self._rows.place_of(entity)
            if again >= 0:
                model.select(self._rows.index(again, 0), flags.Select | flags.Rows)

    def _on_rows_moved(self) -> None:
        self.fit_columns()

    def _on_data_changed(self, first: QModelIndex, _last: QModelIndex) -> None:
        if first.row() < SAMPLE:
            self.fit_columns()
