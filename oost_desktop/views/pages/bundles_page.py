"""Bundles: handing work in, checking what comes, applying it, and taking it back.

Nothing is applied that was not shown first, and the last one can be undone until the next. Long
work shows its progress and can be stopped; then nothing has changed.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from oost_desktop.errors import OostError
from oost_desktop.services import bundles, wording
from oost_desktop.services.bundles import Checked, Made, Passed, Result
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.jobs import Job
from oost_desktop.views.pages.parts.bundle_report import BundleReport
from oost_desktop.views.pages.parts.drop_zone import DropZone
from oost_desktop.views.pages.parts.layout import line, stack
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.prompts import FileKind
from oost_desktop.views.tables.columns import CellRow, ColumnSpec, Display
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.busy import Busy
from oost_desktop.views.widgets.buttons import Button, Kind, primary, secondary
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import State
from oost_desktop.views.widgets.styled import label

BUNDLE_FILES = (FileKind("Bundles", ("*.oost",)),)
_NO_OFFICE = "Practice has no office to hand in to; everything else works as it will."
_COLUMNS = (
    ColumnSpec("Bundle", width_hint=8, kind=Display.STRONG, grow=0),
    ColumnSpec("", width_hint=10, accessible="Direction"),
    ColumnSpec("With", width_hint=20, grow=2),
    ColumnSpec("When", width_hint=18, grow=2),
    ColumnSpec("State", width_hint=18, kind=Display.PILL),
)


class BundlesPage(Page):
    """Waiting files come one after the other; `current` is the one on show."""

    shows = ("session", "work", "device", "concern_receipt")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._waiting: list[Path] = []
        self.current: Checked | None = None
        self._job: Job | None = None
        self.head = PageHead("Bundles", " ")
        self.make_button = primary("Make bundle", Icon.EXPORT)
        self.drop = DropZone("…or drop them here.", "Check bundles…", Icon.BUNDLE)
        self.busy = Busy()
        self.report = BundleReport()
        self.apply_button = primary("Apply", key_hint="Ctrl ↵")
        self.aside_button = secondary("Put aside")
        self.undo_button = Button("Undo this import", kind=Kind.QUIET, meaning=Icon.UNDO)
        self.clash_button = secondary("Settle clashes", Icon.CLASH)
        self._hint = label("You can undo the whole import until the next one", "muted", wrap=True)
        self._acts = line(
            self.apply_button, self.aside_button, self.clash_button, self.undo_button,
            ends_with=self._hint,
        )  # fmt: skip
        self.model: RowsTableModel[Passed] = RowsTableModel(_COLUMNS, _cells, _ident, self)
        self._table = TableView(self.model, "Bundles made and applied")
        empty = _nothing_yet(context.desk.at_office)
        self._passed = TableCard(self._table, empty)
        self.head.add_act(self.make_button)
        if context.desk.at_office:
            self.make_button.hide()
        stack(
            self, self.head, self.drop, self.busy, self.report, self._acts, self._passed,
            fills=self._passed,
        )  # fmt: skip
        self.report.hide()
        self._acts.hide()
        self.setFocusProxy(self.drop.button if context.desk.at_office else self.make_button)
        self._connect(empty)

    def _connect(self, empty: EmptyState) -> None:
        self.make_button.clicked.connect(self.make)
        empty.pressed.connect(self._on_empty)
        self.drop.pressed.connect(self._on_choose)
        self.drop.dropped.connect(self.check_files)
        self.apply_button.clicked.connect(self.apply)
        self.aside_button.clicked.connect(self._next)
        self.undo_button.clicked.connect(self.undo)
        self.clash_button.clicked.connect(self._on_clashes)
        self.busy.cancelled.connect(self._on_cancelled)

    def refresh(self) -> None:
        """Read the list of bundles and what the office has not seen."""
        desk, jobs = self.context.desk, self.context.jobs
        jobs.run("db", bundles.passed, desk, owner=self, done=self._show_passed, key="passed")
        if not desk.at_office:
            jobs.run("db", bundles.unsent, desk, owner=self, done=self._show_unsent, key="unsent")

    def make(self) -> None:
        """Choose a folder and write the bundle for the office."""
        self.context.prompts.folder("Where shall the bundle go?", self._make_in)

    def check_files(self, files: Sequence[Path]) -> None:
        """Check these one after the other."""
        self._waiting.extend(files)
        if self.current is None or self.current.result is not Result.CHECKED:
            self._next()

    def apply(self) -> None:
        """Apply the bundle on show."""
        if self.current is None or self.current.result is not Result.CHECKED:
            return
        self._start("Applying the bundle")
        self._job = self.context.jobs.run(
            "db",
            bundles.apply,
            self.context.desk,
            self.current,
            owner=self,
            done=self._on_applied,
            failed=self._on_failed,
            progress=self._on_progress,
        )

    def undo(self) -> None:
        """Take the last import back."""
        self.context.jobs.run(
            "db", bundles.undo, self.context.desk, owner=self, done=self._on_undone
        )

    def _make_in(self, folder: Path) -> None:
        self.context.jobs.run(
            "db", bundles.make, self.context.desk, folder, owner=self, done=self._on_made,
            busy="Making the bundle",
        )  # fmt: skip

    def _on_made(self, made: Made) -> None:
        count = wording.count(made.count, "change")
        self.context.tell(f"Bundle {made.no} with {count} is written: {made.path.name}")
        self.refresh()

    def _on_empty(self) -> None:
        if self.context.desk.at_office:
            self._on_choose()
        else:
            self.make()

    def _on_choose(self) -> None:
        self.context.prompts.open_files("Which bundles?", BUNDLE_FILES, self.check_files)

    def _next(self) -> None:
        if not self._waiting:
            self._put_away()
            return
        path = self._waiting.pop(0)
        self._start("Checking the bundle")
        self._job = self.context.jobs.run(
            "db",
            bundles.check,
            self.context.desk,
            path,
            owner=self,
            done=self._on_checked,
            failed=self._on_failed,
            progress=self._on_progress,
        )

    def _on_checked(self, checked: Checked) -> None:
        self._finish()
        self.current = checked
        self._show_current()

    def _on_applied(self, checked: Checked) -> None:
        self._finish()
        self.current = checked
        self._show_current()
        self.context.tell(f"{checked.title} is applied.", "Undo", self.undo)
        self.refresh()

    def _on_undone(self, _nothing: None) -> None:
        self.context.tell("The import was taken back.")
        self._put_away()
        self.refresh()

    def _show_current(self) -> None:
        checked = self.current
        assert checked is not None
        self.report.show_report(checked)
        self.report.show()
        self._acts.show()
        self._passed.hide()
        is_new = checked.result is Result.CHECKED
        self.apply_button.setVisible(is_new)
        self._hint.setVisible(is_new)
        self.undo_button.setVisible(checked.result is Result.APPLIED)
        clashes = checked.result is Result.APPLIED and checked.totals.get("clashing", 0) > 0
        self.clash_button.setVisible(clashes)
        left = len(self._waiting)
        self.aside_button.setText("Put aside" if is_new else f"Next of {left}" if left else "Close")
        target = self.apply_button if is_new else self.aside_button
        target.setFocus()

    def _put_away(self) -> None:
        self.current = None
        self.report.hide()
        self._acts.hide()
        self._passed.show()

    def _start(self, words: str) -> None:
        self.busy.start(words)
        self.apply_button.setEnabled(False)

    def _finish(self) -> None:
        self._job = None
        self.busy.finish()
        self.apply_button.setEnabled(True)

    def _on_progress(self, fraction: float, words: str) -> None:
        self.busy.advance(fraction, words)

    def _on_cancelled(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_failed(self, error: OostError) -> None:
        self._finish()
        self.context.jobs.present(error)

    def _on_clashes(self) -> None:
        self.context.go("clashes", None)

    def _show_passed(self, passed: Sequence[Passed]) -> None:
        self.model.set_items(passed)
        self._passed.show_rows(len(passed))

    def _show_unsent(self, count: int | None) -> None:
        if count is None:
            self._show_no_office()
            return
        words = f"{wording.count(count, 'change')} not yet at the office"
        done = "Everything is at the office"
        self.head.set_subtitle(wording.first_capital(words) if count else done)

    def _show_no_office(self) -> None:
        """In practice: nothing is handed in, and nothing says that it waits to be."""
        self.setFocusProxy(self.drop.button)
        if self.make_button.hasFocus():
            self.drop.button.setFocus()
        self.make_button.hide()
        self.head.set_subtitle(_NO_OFFICE)
        self._passed.empty.set_words("No bundle made yet", _NO_OFFICE)
        self._passed.empty.button.hide()


def _nothing_yet(at_office: bool) -> EmptyState:
    """What to do while no bundle has passed."""
    if at_office:
        words = "Tutors hand their work in as bundles; bring the files here."
        words += " Bundles for laptops are made on the Laptops page."
        return EmptyState("No bundle has come yet", words, "Check bundles…", Icon.BUNDLE)
    words = "Your work is only on this computer."
    return EmptyState("No bundle made yet", words, "Make a bundle", Icon.EXPORT)


def _ident(passed: Passed) -> str:
    return f"{passed.is_ours}:{passed.with_whom}:{passed.no}:{passed.at.isoformat()}"


def _cells(passed: Passed) -> CellRow:
    when = f"{wording.long_day(wording.local_day(passed.at))}, {wording.clock_time(passed.at)}"
    tone = Tone.OK if passed.state in ("at the office", "applied") else Tone.NEUTRAL
    way = "to" if passed.is_ours else "from"
    return (str(passed.no), way, passed.with_whom, when, State(passed.state, tone))
