"""Where a record is, in a few quiet words, and what became of it: the line under every form.

Says *saved here*, *in bundle 14* or *at the office*, who wrote it last, and on request every
change with its reason. Guarantees that the words are there beside the icon.
"""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from oost_desktop.services import record_history
from oost_desktop.services.record_history import Line, Trail
from oost_desktop.views.context import Context
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.layout import line, stack
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.tables.columns import CellRow, ColumnSpec, Display
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import Button, Kind
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.pill import Pill, State
from oost_desktop.views.widgets.styled import label

LEAST_ROWS = 3
AT_OFFICE = "At the office"
_COLUMNS = (
    ColumnSpec("When", width_hint=16, grow=0),
    ColumnSpec("Who", width_hint=14, grow=0),
    ColumnSpec("What", width_hint=14, kind=Display.STRONG),
    ColumnSpec("Before", width_hint=16, kind=Display.MUTED, grow=2),
    ColumnSpec("After", width_hint=16, grow=2),
    ColumnSpec("Why", width_hint=12),
)


class WhereaboutsLine(QWidget):
    """For one record; hidden for a new one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entity = ""
        self.where = Pill(State(" "))
        self.words = label("", "small", wrap=True)
        self.button = Button("History", kind=Kind.QUIET, meaning=Icon.CLOCK)
        self.button.setCheckable(True)
        self.model: RowsTableModel[Line] = RowsTableModel(_COLUMNS, _cells, _ident, self)
        self.table = TableView(self.model, "History")
        self.card = TableCard(self.table, EmptyState("No change yet"), least_rows=LEAST_ROWS)
        stack(self, line(self.button, self.where, self.words), self.card, gap=8)
        self.card.hide()
        self.hide()
        self.button.toggled.connect(self._on_toggled)

    def show_record(self, etype: str, entity: str | None) -> None:
        """Say where this record is; None is a new one, of which there is nothing to say."""
        if entity != self._entity:
            self.button.setChecked(False)
        self._entity = entity or ""
        if entity is None:
            self.hide()
            return
        desk, jobs = self._context.desk, self._context.jobs
        work = record_history.trail
        jobs.run("db", work, desk, etype, entity, owner=self, done=self._show, key="trail")

    def _on_toggled(self, shown: bool) -> None:
        self.card.setVisible(shown)
        if shown:
            # Once it is laid out: what takes the keyboard is scrolled into sight.
            QTimer.singleShot(0, self.table, self._into_table)

    def _into_table(self) -> None:
        self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, trail: Trail) -> None:
        if not self._entity:
            return
        tone = Tone.OK if trail.where == AT_OFFICE else Tone.NEUTRAL
        self.where.setVisible(bool(trail.where))
        self.where.set_state(State(trail.where, tone, Icon.TICK if tone is Tone.OK else None))
        self.words.setText(record_history.newest(trail.lines))
        self.model.set_items(trail.lines)
        self.card.show_rows(len(trail.lines))
        self.show()


def _ident(row: Line) -> str:
    return row.id


def _cells(row: Line) -> CellRow:
    return (row.when_words, row.who, row.what, row.before, row.after, row.why)
