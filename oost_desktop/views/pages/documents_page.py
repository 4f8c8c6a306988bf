"""Paper for one pupil: choose, make, look at it, then print, save or file it.

Guarantees that what is saved or filed is what is on show, byte for byte; that saving outside the
caseload is asked about once and says that the file is not encrypted; and that a narrative half
written is kept as a draft within two seconds, until a report that tells all of it is filed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from oost_desktop.services import documents, drafting, wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.documents import Filed, Kept, Offer
from oost_desktop.views.context import Context, Page
from oost_desktop.views.forms.editors.choice import DropList
from oost_desktop.views.forms.two_columns import TwoColumns
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.layout import field, line, stack
from oost_desktop.views.pages.parts.paper_view import PAGE_WIDTH, PaperView
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.pages.parts.words_keeper import Words, WordsKeeper
from oost_desktop.views.pdf_pages import PaperPage, pages_of
from oost_desktop.views.printing import Printing
from oost_desktop.views.prompts import FileKind, Question
from oost_desktop.views.tables.columns import CellRow, ColumnSpec, Display
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.day_edit import DayEdit
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.grow_text import GrowText
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.segmented import Choice, Segmented
from oost_desktop.views.widgets.shorthand import Facing

DRAFT = "documents:"
TELLS_NARRATIVE = "progress"
_COLUMNS = (
    ColumnSpec("Made", width_hint=16, order="made_at"),
    ColumnSpec("Document", width_hint=26, kind=Display.STRONG, grow=2),
    ColumnSpec("For", width_hint=18, order="recipient", grow=2),
    ColumnSpec("Fingerprint", width_hint=9, kind=Display.MUTED),
)
_NOT_ENCRYPTED = (
    "It holds a pupil's name and what is recorded about them, and the file is not encrypted:"
    " whoever has it can read it."
)
_PDF = (FileKind("PDF documents", ("*.pdf",)),)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document on show: its bytes, what it is, whose, for whom, and whether it is filed."""

    pdf: bytes
    kind: str
    title: str
    pupil: str
    recipient: str
    made_on: date
    is_filed: bool
    narrative: str = ""


class DocumentsPage(Page):
    """Comes with a pupil's id, with a document that was kept, with the name of a draft, or none."""

    shows = ("document",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._kinds = {kind.id: kind for kind in documents.kinds()}
        self._wanted = ""
        self._to_open = ""
        self._about = ""  # whose narrative is in the box
        self._typed = False
        self._keeper = WordsKeeper(context, "documents", self._words, self)
        self.paper: Paper | None = None
        self.pupil = DropList()
        self.kind = Segmented("Document", [Choice(k.id, k.title) for k in self._kinds.values()])
        today = context.desk.clock.today
        self.first = DayEdit(today, facing=Facing.BACK)
        self.last = DayEdit(today, facing=Facing.BACK)
        self.recipient = QLineEdit()
        self.narrative = GrowText(lines=4, hint="What the numbers do not say, in your words")
        self.make_button = primary("Make", Icon.DOCUMENT)
        self.save_button = secondary("Save…", Icon.EXPORT)
        self.print_button = secondary("Print…", Icon.PRINT)
        self.file_button = secondary("File it", Icon.SAVE)
        self.printing = Printing(context, self)
        self.view = PaperView("The pages appear here before anything is saved.")
        self.model = RowsTableModel(_COLUMNS, _cells, _ident, self)
        self.table = TableView(self.model, "Filed documents")
        empty = EmptyState("Nothing filed yet", "Filing keeps a copy of what was given out.")
        self.list = TableCard(self.table, empty, "Filed")
        self._lay_out()
        self._connect()
        self.kind.set_value(next(iter(self._kinds)))
        self._show_acts()

    def show_for(self, subject: object) -> None:
        """Show a pupil's documents; the pupil last chosen here if none is named."""
        if isinstance(subject, Kept):
            self._wanted, self._to_open = subject.pupil, subject.document
        elif isinstance(subject, str):
            self._wanted = subject.removeprefix(DRAFT)
        desk = self.context.desk
        self.context.jobs.run(
            "db", documents.offer, desk, owner=self, done=self._on_offer, key="offer"
        )

    def refresh(self) -> None:
        """Read which documents are filed."""
        pupil = self.pupil_on_show()
        if pupil is None:
            self.model.set_items(())
            self.list.show_rows(0)
            return
        desk, jobs = self.context.desk, self.context.jobs
        jobs.run("db", documents.filed, desk, pupil, owner=self, done=self._on_filed, key="filed")

    def pupil_on_show(self) -> str | None:
        """The chosen pupil."""
        return self.pupil.currentData() or None

    def leave(self) -> None:
        """Keep a narrative that was begun."""
        self._keeper.flush()

    def make(self) -> None:
        """Draw the document and show its pages."""
        pupil = self.pupil_on_show()
        kind = self._kinds.get(self.kind.value())
        if pupil is None or kind is None:
            return
        for day in (self.first, self.last):
            day.settle()
        first, last = self.first.value(), self.last.value()
        work = partial(
            _make,
            self.context.desk,
            kind.id,
            _title(kind.title, first, last) if kind.has_period else kind.title,
            pupil,
            first,
            last,
            self.narrative.value(),
            self.recipient.text().strip(),
        )
        busy = f"Making the {kind.title.lower()}"
        self.context.jobs.run("db", work, owner=self, done=self._on_made, key="paper", busy=busy)

    def save(self) -> None:
        """Write what is on show outside the caseload, after saying what that means."""
        if self.paper is not None:
            question = Question("Save this document?", _NOT_ENCRYPTED, "Save the file", "Keep here")
            self.context.prompts.confirm(question, self._ask_where)

    def print_out(self) -> None:
        """Put what is on show on paper."""
        if self.paper is not None:
            self.printing.print_out("Print the document", self.paper.pdf)

    def file(self) -> None:
        """Keep a copy of what is on show in the pupil's file."""
        shown = self.paper
        if shown is None or shown.is_filed:
            return
        self.file_button.setEnabled(False)
        work = partial(
            documents.file_document,
            self.context.desk,
            shown.pupil,
            shown.kind,
            shown.pdf,
            shown.title,
            shown.recipient,
        )
        self.context.jobs.run("db", work, owner=self, done=partial(self._on_kept, shown))

    def open_filed(self, entity: str) -> None:
        """Show a filed document again, as it was given out."""
        item, pupil = self.model.item(entity), self.pupil_on_show()
        if item is None or pupil is None:
            return
        work = partial(_open, self.context.desk, item, pupil)
        self.context.jobs.run("db", work, owner=self, done=self._on_made, key="paper")

    def _lay_out(self) -> None:
        card = Card()
        self._period = line(field("From", self.first), field("Until", self.last))
        self._story = field("Narrative", self.narrative)
        card.body.addWidget(field("Pupil", self.pupil))
        card.body.addWidget(field("Document", self.kind))
        card.body.addWidget(self._period)
        card.body.addWidget(field("For", self.recipient, "Who gets it. The school unless given."))
        card.body.addWidget(self._story)
        card.body.addWidget(line(self.make_button))
        card.body.addStretch(1)
        shown = QWidget()
        acts = line(self.print_button, self.save_button, self.file_button)
        stack(shown, acts, self.view, fills=self.view, gap=10)
        both = TwoColumns((card, shown), stretches=(2, 3))
        stack(self, PageHead("Documents", "made from the record"), both, self.list)

    def _connect(self) -> None:
        self.pupil.activated.connect(self._on_pupil)
        self.kind.value_changed.connect(self._on_kind)
        self.make_button.clicked.connect(self.make)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print_out)
        self.file_button.clicked.connect(self.file)
        self.table.opened.connect(self.open_filed)
        self.narrative.text_edited.connect(self._on_typed)
        self.recipient.textEdited.connect(self._on_typed)
        self.recipient.returnPressed.connect(self.make)

    def _on_offer(self, offer: Offer) -> None:
        wanted = self._wanted or self.pupil.currentData() or ""
        self.pupil.clear()
        self.pupil.addItem("Choose a pupil", "")
        for each in offer.pupils:
            self.pupil.addItem(each.name, each.id)
        self.pupil.setCurrentIndex(max(0, self.pupil.findData(wanted)))
        if self.first.value() is None:
            self.first.set_value(offer.first)
            self.last.set_value(offer.last)
        self._on_pupil()
        (self.make_button if self.pupil_on_show() else self.pupil).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _on_pupil(self, _place: int = 0) -> None:
        self._keeper.flush()
        pupil = self.pupil_on_show()
        changed = self.paper is None or self.paper.pupil != pupil
        self._wanted = pupil or ""
        if changed:
            self.paper = None
            self.view.show_pages(())
        self._read_draft()
        self.refresh()
        self._show_acts()

    def _on_kind(self, kind: str) -> None:
        has_period = kind in self._kinds and self._kinds[kind].has_period
        self._period.setVisible(has_period)
        self._story.setVisible(has_period)

    def _on_made(self, paper: Paper) -> None:
        if paper.pupil != self.pupil_on_show():
            return
        self.paper = paper
        ratio = self.devicePixelRatioF()
        work = partial(pages_of, paper.pdf, PAGE_WIDTH, ratio)
        self.context.jobs.run("io", work, owner=self, done=self._on_pages, key="pages")
        self._show_acts()

    def _on_pages(self, pages: tuple[PaperPage, ...]) -> None:
        self.view.show_pages(pages if self.paper is not None else ())

    def _ask_where(self) -> None:
        if self.paper is not None:
            name = documents.file_name(self.paper.kind, self.paper.pupil, self.paper.made_on)
            prompts = self.context.prompts
            prompts.save_file("Save the document", Path.home() / name, _PDF, self._write)

    def _write(self, path: Path) -> None:
        if self.paper is not None:
            work = partial(documents.write_out, path, self.paper.pdf)
            self.context.jobs.run("io", work, owner=self, done=self._on_written)

    def _on_written(self, path: Path) -> None:
        self.context.tell(f"Saved as {path.name}. It is not encrypted.")

    def _on_kept(self, filed: Paper, _entity: str) -> None:
        if self.paper is filed:
            self.paper = replace(filed, is_filed=True)
        # Words typed since it was made are kept first, and then are not those it tells.
        self._keeper.flush()
        jobs = self.context.jobs
        jobs.run("db", _forget_told, self.context.desk, filed, owner=jobs)
        self.context.saved()
        self.context.tell("Filed. A copy stays in the pupil's file.")
        self._show_acts()
        self.refresh()

    def _on_filed(self, found: list[Filed]) -> None:
        self.model.set_items(found)
        self.list.show_rows(len(found))
        wanted, self._to_open = self._to_open, ""
        if wanted and self.table.select_id(wanted):
            self.open_filed(wanted)

    def _show_acts(self) -> None:
        self.make_button.setEnabled(self.pupil_on_show() is not None)
        for act in (self.print_button, self.save_button):
            act.setEnabled(self.paper is not None)
        self.file_button.setEnabled(self.paper is not None and not self.paper.is_filed)

    def _on_typed(self, _words: str) -> None:
        self._typed = True
        self._keeper.touch()

    def _words(self) -> Words | None:
        if not self._about:
            return None
        typed = {
            "narrative": self.narrative.value(),
            "recipient": self.recipient.text().strip(),
        }
        caret = self.narrative.caret()
        return Words(DRAFT + self._about, typed, "narrative", caret, pupil=self._about)

    def _read_draft(self) -> None:
        self.narrative.set_value("")
        if self._about and self._about != self._wanted:
            self.recipient.clear()  # who gets the one pupil's paper need not get the other's
        self._about = self._wanted
        self._typed = False
        if self._about:
            desk, jobs = self.context.desk, self.context.jobs
            jobs.run(
                "db", _typed_before, desk, self._about, owner=self, done=self._on_draft,
                key="draft",
            )  # fmt: skip

    def _on_draft(self, kept: Mapping[str, str]) -> None:
        if kept and not self._typed:
            self.narrative.set_value(kept.get("narrative", ""))
            self.recipient.setText(kept.get("recipient", "") or self.recipient.text())


def _make(
    desk: Desk,
    kind: str,
    title: str,
    pupil: str,
    first: date | None,
    last: date | None,
    narrative: str,
    recipient: str,
) -> Paper:
    pdf = documents.render(
        desk, kind, pupil, first=first, last=last, narrative=narrative, recipient=recipient
    )
    told = narrative if kind == TELLS_NARRATIVE else ""
    return Paper(pdf, kind, title, pupil, recipient, desk.today, is_filed=False, narrative=told)


def _open(desk: Desk, item: Filed, pupil: str) -> Paper:
    pdf = documents.open_document(desk, item.id)
    made_on = wording.local_day(item.made_at) if item.made_at else desk.today
    return Paper(pdf, "document", item.title, pupil, item.recipient, made_on, is_filed=True)


def _typed_before(desk: Desk, pupil: str) -> Mapping[str, str]:
    kept = drafting.waiting(desk, DRAFT + pupil)
    return {} if kept is None else kept.content["values"]


def _forget_told(desk: Desk, filed: Paper) -> None:
    """Forget the draft if what was filed tells every word of it."""
    kept = _typed_before(desk, filed.pupil)
    told = {"narrative": filed.narrative, "recipient": filed.recipient}
    if all(kept.get(name, "") in ("", words) for name, words in told.items()):
        drafting.drop(desk, DRAFT + filed.pupil)


def _title(kind: str, first: date | None, last: date | None) -> str:
    days = [wording.short_day(day) for day in (first, last) if day is not None]
    return f"{kind}, {' to '.join(days)}" if days else kind


def _cells(item: Filed) -> CellRow:
    made = wording.moment(item.made_at) if item.made_at else ""
    return (made, item.title, item.recipient, item.fingerprint)


def _ident(item: Filed) -> str:
    return item.id
