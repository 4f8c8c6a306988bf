"""Bringing pupils in from a spreadsheet: choose the file, read what every row would do, apply.

Guarantees that nothing is changed before Apply and that a row is all in or all refused. Columns
with other names than ours can be told apart by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.errors import OostError
from oost_desktop.services import importing, spreadsheet, wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.import_rows import COLUMNS
from oost_desktop.services.importing import ImportPlan, RowRemark
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.column_map import ColumnMap
from oost_desktop.views.pages.parts.drop_zone import DropZone
from oost_desktop.views.pages.parts.layout import line, stack
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.pages.parts.tiles import Tile, TileRow
from oost_desktop.views.prompts import FileKind
from oost_desktop.views.tables.columns import CellRow, ColumnSpec, Display, Quiet
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import State
from oost_desktop.views.widgets.styled import label

SHEETS = (FileKind("Spreadsheets", ("*.csv", "*.xlsx", "*.xlsm")),)
NOTHING_YET = "Nothing is changed until you apply"
_COLUMNS = (
    ColumnSpec("Row", align="right", width_hint=5, grow=0, order="number"),
    ColumnSpec("Pupil", width_hint=20, kind=Display.STRONG, grow=1),
    ColumnSpec("What happens", width_hint=12, kind=Display.PILL, grow=0),
    ColumnSpec("Column", width_hint=14, grow=0),
    ColumnSpec("Why", width_hint=40, grow=4),
)
_STATES = {
    "refused": State("refused", Tone.DANGER, Icon.WARNING),
    "remark": State("look at this", Tone.WARN, Icon.INFO),
    "new": State("new", Tone.OK, Icon.ADD),
    "change": State("updated", Tone.ACCENT, Icon.REFRESH),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the preview. `what` is "new", "change", "same", "refused" or "remark"."""

    key: str
    number: int
    name: str
    what: str
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A file and what it would do; without a plan, `problem` says what its columns lack."""

    path: Path
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    plan: ImportPlan | None
    problem: OostError | None = None


class ImportPage(Page):
    """The office's. Drop a file, or choose it; `plan` is the preview on show."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._path: Path | None = None
        self.plan: ImportPlan | None = None
        self._lines: tuple[Shown, ...] = ()
        self.head = PageHead("Import spreadsheet", NOTHING_YET)
        self.drop = DropZone("…or drop it here. CSV or Excel.", "Choose file…", Icon.OPEN)
        self.map = ColumnMap()
        self.problem = label("", wrap=True, tone=Tone.DANGER)
        self.tiles = TileRow()
        self.model: RowsTableModel[Shown] = RowsTableModel(_COLUMNS, _cells, _ident, self)
        self.table = TableView(self.model, "What each row does")
        self._empty = EmptyState("No such row", "Every row is in another group.", "Show all rows")
        self._card = TableCard(self.table, self._empty)
        self._needs = _needs_card()
        self.apply_button = primary("Apply", Icon.IMPORT, key_hint="Ctrl ↵")
        self.columns_button = secondary("Columns…")
        self.leave_button = secondary("Back to the caseload", Icon.BACK)
        self._hint = label("A row is all in or all refused", "muted", wrap=True)
        self._acts = line(
            self.apply_button, self.columns_button, self.leave_button, ends_with=self._hint
        )
        stack(
            self, self.head, self.drop, self.problem, self.map, self.tiles, self._card, self._acts,
            self._needs, fills=self._card,
        )  # fmt: skip
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setStretchFactor(self._needs, 1)
        self.setFocusProxy(self.drop.button)
        self._connect()
        self._put_away()

    def _connect(self) -> None:
        self.drop.pressed.connect(self._on_choose)
        self.drop.dropped.connect(self.read_files)
        self.map.changed.connect(self._on_mapping)
        self.tiles.chosen.connect(self._on_tile)
        self._empty.pressed.connect(self._on_all)
        self.apply_button.clicked.connect(self.apply)
        self.columns_button.clicked.connect(self._on_columns)
        self.leave_button.clicked.connect(self._on_leave)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.apply, context=inside)

    def show_for(self, subject: object) -> None:
        """Come on show: with a file on view, as it was left."""
        if self.plan is None:
            self.drop.button.setFocus()

    def read_files(self, files: Sequence[Path]) -> None:
        """Read the first of these and show what it would do."""
        if files:
            self._read(files[0], None)

    def apply(self) -> None:
        """Bring in every good row on show."""
        if self.plan is None or self.plan.changes_nothing:
            return
        self.apply_button.setEnabled(False)
        self.context.jobs.run(
            "db", importing.apply_import, self.context.desk, self.plan, owner=self,
            done=self._on_applied, failed=self._on_failed, busy="Bringing the pupils in",
        )  # fmt: skip

    def _read(self, path: Path, mapping: Mapping[str, str] | None) -> None:
        self._path = path
        self.context.jobs.run(
            "db", _read, self.context.desk, path, mapping, owner=self, done=self._on_read,
            failed=self._on_unreadable, key="read", busy="Reading the spreadsheet",
        )  # fmt: skip

    def _on_read(self, found: _Read) -> None:
        self.plan = found.plan
        self.drop.set_words(found.path.name)
        self._say(found.problem)
        self.map.show_columns(found.columns, found.mapping)
        self.columns_button.setVisible(True)
        self.map.setVisible(found.plan is None or self.map.isVisible())
        self._acts.show()
        self._needs.hide()
        self.apply_button.setVisible(found.plan is not None)
        if found.plan is None:
            self._show_list(())
            self.map.take_focus()
        else:
            self._show_plan(found.plan)

    def _show_plan(self, plan: ImportPlan) -> None:
        self.tiles.show_tiles(_tiles(plan))
        self.tiles.show()
        self._show_list(tuple(_lines(plan)))
        rows = wording.count(plan.imported + plan.updated, "row")
        self.apply_button.setText(f"Apply {rows}")
        self.apply_button.setEnabled(not plan.changes_nothing)
        already = "Nothing to apply: everything good is in the caseload already"
        self.head.set_subtitle(already if plan.changes_nothing else NOTHING_YET)
        (self.leave_button if plan.changes_nothing else self.apply_button).setFocus()

    def _show_list(self, lines: tuple[Shown, ...]) -> None:
        self._lines = lines
        self._card.setVisible(bool(lines))
        if not lines:
            self.tiles.hide()
        self._filter()

    def _filter(self) -> None:
        wanted = self.tiles.key()
        shown = [each for each in self._lines if wanted in ("", each.what)]
        self.model.set_items(shown)
        self._card.show_rows(len(shown))

    def _on_applied(self, done: ImportPlan) -> None:
        self.context.saved()
        self.context.tell(f"{_done_words(done)}.")
        # The same file, read again: what was refused stays in view to be put right.
        assert self._path is not None
        self._read(self._path, dict(done.mapping))

    def _on_failed(self, error: OostError) -> None:
        self.apply_button.setEnabled(True)
        self._say(error)

    def _on_unreadable(self, error: OostError) -> None:
        self._put_away()
        self._say(error)

    def _say(self, error: OostError | None) -> None:
        self.problem.setText("" if error is None else f"{error} Nothing was changed.")
        self.problem.setVisible(error is not None)

    def _put_away(self) -> None:
        self.plan = None
        self._show_list(())
        self._needs.show()
        for part in (self.map, self.problem, self._acts):
            part.hide()

    def _on_choose(self) -> None:
        self.context.prompts.open_files("Which spreadsheet?", SHEETS, self.read_files)

    def _on_mapping(self) -> None:
        if self._path is not None:
            self._read(self._path, self.map.mapping())

    def _on_columns(self) -> None:
        self.map.setVisible(self.map.isHidden())
        if not self.map.isHidden():
            self.map.take_focus()

    def _on_tile(self, _key: str) -> None:
        self._filter()

    def _on_all(self) -> None:
        self.tiles.choose("")
        self._filter()

    def _on_leave(self) -> None:
        self.context.go("caseload", None)


def _read(desk: Desk, path: Path, mapping: Mapping[str, str] | None) -> _Read:
    """On the db lane: the columns of a file always, its plan if they say who the pupils are."""
    columns = spreadsheet.read_sheet(path).columns
    chosen = importing.suggested_mapping(columns) if mapping is None else mapping
    try:
        plan = importing.plan_import(desk, path, chosen)
    except OostError as error:
        return _Read(path, columns, chosen, None, error)
    return _Read(path, columns, chosen, plan)


def _needs_card() -> Card:
    """What a file must have, for whoever has none yet."""
    card = Card("What the spreadsheet needs")
    for words in (
        "Its first row names the columns, in any order; other names can be told apart by hand.",
        "Each row says who the pupil is: a UPN, or a forename and a date of birth (dd/mm/yyyy).",
        "A pupil who is here already is brought up to date, never doubled.",
        "Blank cells take nothing away.",
    ):
        card.body.addWidget(label(words, wrap=True))
    names = ", ".join(name.replace("_", " ") for name in COLUMNS)
    card.body.addWidget(label(f"Columns: {names}.", "muted", wrap=True))
    card.body.addStretch(1)
    return card


def _done_words(done: ImportPlan) -> str:
    counted = (
        (done.imported, "imported"),
        (done.updated, "updated"),
        (done.unchanged, "unchanged"),
        (len(done.refused), "refused"),
    )
    return ", ".join(f"{number} {word}" for number, word in counted if number)


def _tiles(plan: ImportPlan) -> list[Tile]:
    """Five numbers; each shows its own rows."""
    return [
        _tile("new", plan.imported, "new pupils", Tone.OK),
        _tile("change", plan.updated, "updated", Tone.ACCENT),
        _tile("same", plan.unchanged, "unchanged", None),
        _tile("refused", len(plan.refused), "refused", Tone.DANGER),
        _tile("remark", len(plan.warnings), "to look at", Tone.WARN),
    ]


def _tile(key: str, number: int, caption: str, tone: Tone | None) -> Tile:
    return Tile(key, f"{number:,}", caption, tone if number else None)


def _lines(plan: ImportPlan) -> list[Shown]:
    """What needs reading first: refused rows, then remarks, then the rest in their order."""
    columns = {remark.row: remark.column for remark in plan.refused}
    rows = [
        Shown(f"row:{row.number}", row.number, row.name, row.what, columns.get(row.number, ""),
              row.reason)
        for row in plan.rows
    ]  # fmt: skip
    names = {row.number: row.name for row in plan.rows}
    remarks = [_remark(place, remark, names) for place, remark in enumerate(plan.warnings)]
    refused = [each for each in rows if each.what == "refused"]
    return [*refused, *remarks, *(each for each in rows if each.what != "refused")]


def _remark(place: int, remark: RowRemark, names: Mapping[int, str]) -> Shown:
    name = names.get(remark.row, "")
    return Shown(f"remark:{place}", remark.row, name, "remark", remark.column, remark.reason)


def _ident(shown: Shown) -> str:
    return shown.key


def _cells(shown: Shown) -> CellRow:
    state = _STATES.get(shown.what, Quiet("unchanged"))
    return (str(shown.number), shown.name, state, shown.column, shown.reason)
