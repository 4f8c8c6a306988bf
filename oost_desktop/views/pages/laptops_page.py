"""The service's laptops: who holds which, when last heard of, and letting a new one in."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from oost_desktop.errors import OostError
from oost_desktop.services import bundles, enrolling, records, wording
from oost_desktop.services.bundles import Laptop, Made
from oost_desktop.services.enrolling import Approved, EnrolmentRequest
from oost_desktop.services.records import Option
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.jobs import Job
from oost_desktop.views.pages.parts.layout import field, line, stack
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.prompts import FileKind
from oost_desktop.views.tables.columns import CellRow, ColumnSpec, Display, Quiet
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.busy import Busy
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import State
from oost_desktop.views.widgets.styled import label

REQUEST_FILES = (FileKind("A laptop's request", ("*.oost-request",)),)
SILENT_DAYS = 10
_COLUMNS = (
    ColumnSpec("Held by", width_hint=20, kind=Display.STRONG, order="holder", grow=2),
    ColumnSpec("Label", width_hint=14, order="label"),
    ColumnSpec("Last bundle", width_hint=22, order="last_at", grow=2),
    ColumnSpec("Heard of", width_hint=14, kind=Display.PILL),
    ColumnSpec("Sent to it", width_hint=18, order="sent_at"),
    ColumnSpec("Pupils", width_hint=7, align="right", order="pupils", grow=0),
)


class LaptopsPage(Page):
    """A table of laptops; a card below for one that asks to be let in."""

    shows = ("device", "staff_member")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._request: EnrolmentRequest | None = None
        self._job: Job | None = None
        self.head = PageHead("Laptops", " ")
        self.enrol_button = primary("Enrol a laptop…", Icon.ADD)
        self.make_button = secondary("Make its bundle…", Icon.EXPORT)
        self.all_button = secondary("Bundles for all…", Icon.EXPORT)
        self.busy = Busy()
        self.head.add_act(self.make_button)
        self.head.add_act(self.all_button)
        self.head.add_act(self.enrol_button)
        self.model: RowsTableModel[Laptop] = RowsTableModel(_COLUMNS, _cells, _ident, self)
        self.table = TableView(self.model, "Laptops")
        empty = EmptyState(
            "No laptop is enrolled", "A tutor's laptop writes a request; bring the file here.",
            "Enrol a laptop…", Icon.LAPTOP,
        )  # fmt: skip
        self._card = TableCard(self.table, empty)
        self._enrolment = self._enrolment_card()
        stack(self, self.head, self.busy, self._enrolment, self._card, fills=self._card)
        self._enrolment.hide()
        self.setFocusProxy(self.table)
        self.enrol_button.clicked.connect(self._on_enrol)
        empty.pressed.connect(self._on_enrol)
        self.make_button.clicked.connect(self._on_make)
        self.table.opened.connect(self._on_make)
        self.all_button.clicked.connect(self._on_all)
        self.busy.cancelled.connect(self._on_cancelled)

    def refresh(self) -> None:
        """Read the laptops and whom they can be given to."""
        desk, jobs = self.context.desk, self.context.jobs
        jobs.run("db", bundles.laptops, desk, owner=self, done=self._show, key="laptops")
        jobs.run(
            "db", records.options, desk, "staff_member", owner=self, done=self._offer, key="staff"
        )

    def _enrolment_card(self) -> Card:
        card = Card(bar=Tone.ACCENT)
        card.body.setSpacing(12)
        self._asks = label("", "strong", wrap=True)
        self._hint = label("", "muted", wrap=True)
        self.words = label("", "heading", wrap=True)
        self.who = QComboBox()
        self.approve_button = primary("The words are the same: let it in", Icon.OK)
        self.leave_button = secondary("Not now")
        for part in (self._asks, self._hint, self.words, field("Whose laptop is it?", self.who)):
            card.body.addWidget(part)
        card.body.addWidget(line(self.approve_button, self.leave_button))
        self.approve_button.clicked.connect(self._on_approve)
        self.leave_button.clicked.connect(self._on_leave)
        return card

    def _show(self, found: Sequence[Laptop]) -> None:
        self.model.set_items(found)
        self._card.show_rows(len(found))
        for button in (self.make_button, self.all_button):
            button.setEnabled(bool(found))
        words = wording.first_capital(wording.count(len(found), "laptop"))
        silent = sum(1 for laptop in found if (laptop.days or 0) >= SILENT_DAYS)
        self.head.set_subtitle(f"{words}, {silent} silent" if found else "")
        if found and not self.table.current_id():
            self.table.select_id(self.model.ids[0])

    def _offer(self, options: Sequence[Option]) -> None:
        chosen = self.who.currentData()
        self.who.clear()
        for option in options:
            self.who.addItem(option.label, option.id)
        self.who.setCurrentIndex(max(0, self.who.findData(chosen)))

    def _on_enrol(self) -> None:
        self.context.prompts.open_files("Which request?", REQUEST_FILES, self._read)

    def _read(self, files: tuple[Path, ...]) -> None:
        self.context.jobs.run(
            "io", enrolling.read_request_file, files[0], owner=self, done=self._on_request
        )

    def _on_request(self, request: EnrolmentRequest) -> None:
        self._request = request
        self._asks.setText(f"“{request.machine}” asks to be let in for {request.person_name}")
        self._hint.setText(
            "Ring them on a number you already have. They read eight words to you: "
            "all eight must be these."
        )
        _show_words(self.words, request.words)
        for each in (self.who, self.approve_button):
            each.setEnabled(True)
        self.leave_button.setText("Not now")
        self._enrolment.show()
        self.who.setFocus()

    def _on_approve(self) -> None:
        if self._request is not None and self.who.currentData():
            self.context.prompts.folder("Where shall the first bundle go?", self._approve)

    def _approve(self, folder: Path) -> None:
        assert self._request is not None
        self.context.jobs.run(
            "db", enrolling.approve, self.context.desk, self._request, self.who.currentData(),
            folder, owner=self, done=self._on_approved, busy="Making the first bundle",
        )  # fmt: skip

    def _on_approved(self, approved: Approved) -> None:
        self._asks.setText(f"It is let in. Give them {approved.made.path.name}")
        self._hint.setText("Now read these eight words to them; they type all eight.")
        _show_words(self.words, approved.words)
        self.approve_button.setEnabled(False)
        self.who.setEnabled(False)
        self.leave_button.setText("Done")
        self.leave_button.setFocus()
        self.refresh()

    def _on_leave(self) -> None:
        self._request = None
        self._enrolment.hide()
        self.table.setFocus()

    def _on_make(self) -> None:
        if self.table.current_id():
            self.context.prompts.folder("Where shall the bundle go?", self._make)

    def _make(self, folder: Path) -> None:
        self.context.jobs.run(
            "db", bundles.make, self.context.desk, folder, self.table.current_id(),
            owner=self, done=self._on_made, busy="Making the bundle",
        )  # fmt: skip

    def _on_made(self, made: Made) -> None:
        count = wording.count(made.count, "change")
        self.context.tell(f"Bundle {made.no} with {count} is written: {made.path.name}")
        self.refresh()

    def _on_all(self) -> None:
        self.context.prompts.folder("Where shall the bundles go?", self._make_all)

    def _make_all(self, folder: Path) -> None:
        self.busy.start("Making the bundles")
        self.all_button.setEnabled(False)
        self._job = self.context.jobs.run(
            "db", bundles.make_all, self.context.desk, folder, owner=self, done=self._on_all_made,
            failed=self._on_stopped, progress=self.busy.advance,
        )  # fmt: skip

    def _on_all_made(self, made: Sequence[Made]) -> None:
        self._end()
        laptops = wording.count(len(self.model.ids), "laptop")
        self.context.tell(f"Bundles are written for {len(made)} of {laptops}.")

    def _on_stopped(self, error: OostError) -> None:
        self._end()
        self.context.jobs.present(error)

    def _on_cancelled(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _end(self) -> None:
        self._job = None
        self.busy.finish()
        self.refresh()


def _show_words(target: QLabel, words: Sequence[str]) -> None:
    rows = ("   ".join(words[:4]), "   ".join(words[4:]))
    target.setText("\n".join(rows))
    target.setAccessibleName(", ".join(words))


def _ident(laptop: Laptop) -> str:
    return laptop.device


def _cells(laptop: Laptop) -> CellRow:
    last = sent = "—"
    if laptop.last_at is not None:
        last = f"{laptop.last_no}, {wording.long_day(wording.local_day(laptop.last_at))}"
    if laptop.sent_at is not None:
        sent = f"{laptop.sent_no}, {wording.short_day(wording.local_day(laptop.sent_at))}"
    days = laptop.days
    if days is None:
        heard: State | Quiet = Quiet("not yet")
    elif days >= SILENT_DAYS:
        heard = State(f"{days} days silent", Tone.DANGER, Icon.CLOCK)
    else:
        heard = State("today" if days == 0 else f"{days} days ago", Tone.OK)
    return (laptop.holder, laptop.label, last, heard, sent, str(laptop.pupils))
