"""The caseload: every pupil of the service, what needs action first, six numbers that filter."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from oost_desktop.services import caseload
from oost_desktop.services.caseload import Caseload, CaseloadRow
from oost_desktop.services.marks import Mark
from oost_desktop.services.marks import Tone as Press
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.filter_line import FilterLine
from oost_desktop.views.pages.parts.layout import line, stack
from oost_desktop.views.pages.parts.pupil_panel import as_state
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.pages.parts.tiles import Tile, TileRow
from oost_desktop.views.tables.columns import Cell, CellRow, ColumnSpec, Display, Quiet
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.segmented import Choice, Segmented
from oost_desktop.views.widgets.styled import label

NEEDS_ACTION = "needs_action"
_SEGMENTS = (
    Choice(NEEDS_ACTION, "Needs action"),
    Choice("all", "All"),
    Choice("new", "New"),
    Choice("ending", "Ending"),
)
_COLUMNS = (
    ColumnSpec("Pupil", width_hint=18, kind=Display.STRONG, order="name", grow=2),
    ColumnSpec("Year", width_hint=5, grow=0),
    ColumnSpec("School", width_hint=14, order="school", grow=2),
    ColumnSpec("Tutor", width_hint=12, order="tutor"),
    ColumnSpec("This week", width_hint=11, kind=Display.PILL),
    ColumnSpec("Last session", width_hint=13, kind=Display.PILL),
    ColumnSpec("Review", width_hint=14, kind=Display.PILL),
    ColumnSpec("Evidence", width_hint=13, kind=Display.PILL),
    ColumnSpec("Next action", width_hint=22, grow=2),
)


class CaseloadPage(Page):
    """A coordinator's home. A tile, a segment and words narrow the list; Enter opens the pupil."""

    shows = ("pupil", "session", "placement", "allocation", "timetable_slot", "term_period")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._found: Caseload | None = None
        self.head = PageHead("Caseload", " ")
        self.segments = Segmented("Show", _SEGMENTS)
        self.segments.set_value(NEEDS_ACTION)
        self.head.add_act(self.segments)
        self.new_button = secondary("New pupil", Icon.ADD)
        self.allocate_button = secondary("Allocate…", Icon.STAFF)
        self.import_button = secondary("Import spreadsheet…", Icon.IMPORT)
        self.tiles = TileRow()
        self.model: RowsTableModel[CaseloadRow] = RowsTableModel(_COLUMNS, _cells, _ident, self)
        self.table = TableView(self.model, "Caseload")
        self.empty = EmptyState(
            "No pupil here", "Import a spreadsheet of pupils, or show all of them.", "Show all"
        )
        self._card = TableCard(self.table, self.empty)
        self.filter = FilterLine("the caseload", self, self.table)
        self.head.add_act(self.filter)
        hint = label("Enter opens the pupil’s file", "muted", wrap=True)
        acts = line(self.new_button, self.allocate_button, self.import_button, ends_with=hint)
        stack(self, self.head, self.tiles, self._card, acts, fills=self._card)
        self.setFocusProxy(self.table)
        self.segments.chosen.connect(self._on_segment)
        self.tiles.chosen.connect(self._on_tile)
        self.table.opened.connect(self._on_opened)
        self.filter.typed.connect(self.model.narrow)
        self.new_button.clicked.connect(self._on_new)
        self.allocate_button.clicked.connect(self._on_allocate)
        self.import_button.clicked.connect(self._on_import)
        self.empty.pressed.connect(self._on_all)

    def refresh(self) -> None:
        """Read the caseload again."""
        self.context.jobs.run(
            "db", caseload.caseload, self.context.desk, owner=self, done=self._show, key="caseload",
            busy="Reading the caseload",
        )  # fmt: skip

    def pupil_on_show(self) -> str | None:
        """The selected pupil, so that a concern can begin with them."""
        return self.table.current_id() or None

    def _show(self, found: Caseload) -> None:
        self._found = found
        self.head.set_subtitle(found.heading)
        self.tiles.show_tiles(
            [Tile(t.key, t.number, t.label, _tone(t.tone), bool(t.pupils)) for t in found.tiles]
        )
        self.context.set_count("caseload", len(found.rows) or None)
        self._filter()

    def _filter(self) -> None:
        if self._found is None:
            return
        rows: Sequence[CaseloadRow] = self._found.rows
        wanted = self._found.segments.get(self.segments.value())
        if wanted is not None:
            rows = [row for row in rows if row.pupil.id in wanted]
        chosen = next((t for t in self._found.tiles if t.key == self.tiles.key()), None)
        if chosen is not None:
            counted = set(chosen.pupils)
            rows = [row for row in self._found.rows if row.pupil.id in counted]
        self.model.set_items(rows)
        self._card.show_rows(len(rows))
        self.allocate_button.setEnabled(bool(rows))
        if self.model.ids and not self.table.current_id():
            self.table.select_id(self.model.ids[0])

    def _on_segment(self, _value: str) -> None:
        self.tiles.choose("")
        self._filter()

    def _on_tile(self, _key: str) -> None:
        self._filter()

    def _on_opened(self, pupil: str) -> None:
        self.context.go("pupil", pupil)

    def _on_new(self) -> None:
        self.context.go("file", None)

    def _on_allocate(self) -> None:
        if self.table.current_id():
            self.context.go("allocate", self.table.current_id())

    def _on_import(self) -> None:
        self.context.go("import", None)

    def _on_all(self) -> None:
        self.segments.set_value("all")
        self._filter()


def _tone(tone: Press) -> Tone | None:
    return None if tone is Press.NEUTRAL else Tone(tone.value)


def _ident(row: CaseloadRow) -> str:
    return row.pupil.id


def _cells(row: CaseloadRow) -> CellRow:
    year = row.pupil.year
    return (
        row.pupil.name,
        "" if year is None else "R" if year == 0 else str(year),
        row.school,
        row.tutor or Quiet("to allocate"),
        _mark(row.week),
        _mark(row.last_session),
        _mark(row.review),
        _mark(row.evidence),
        row.action or Quiet("none"),
    )


def _mark(mark: Mark) -> Cell:
    return mark.words if mark.tone is Press.NEUTRAL else as_state(mark)
