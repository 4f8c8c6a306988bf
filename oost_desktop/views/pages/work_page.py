"""Work: what waits to be marked before all else, marking it, setting more."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from oost_desktop.services import marking, records, wording, work_sheet
from oost_desktop.services.marking import WorkRow
from oost_desktop.services.work_sheet import Sheet
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.filter_line import FilterLine
from oost_desktop.views.pages.parts.layout import line, stack
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.pages.parts.work_forms import MarkWork, SetWork
from oost_desktop.views.tables.columns import Cell, CellRow, ColumnSpec, Display, Quiet
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import State

TO_MARK = "to mark"
_STATES = {
    TO_MARK: State("To mark", Tone.WARN, Icon.RECORD),
    "due": State("Not returned", Tone.DANGER, Icon.CLOCK),
    "set": State("Set"),
    "marked": State("Marked", Tone.OK, Icon.TICK),
}
_COLUMNS = (
    ColumnSpec("State", kind=Display.PILL, width_hint=14, grow=0),
    ColumnSpec("Pupil", kind=Display.STRONG, width_hint=18),
    ColumnSpec("Work", width_hint=30, order="title", grow=3),
    ColumnSpec("Subject", width_hint=12),
    ColumnSpec("Due", width_hint=10, order="due_on"),
    ColumnSpec("Returned", width_hint=10, order="returned_on"),
    ColumnSpec("Mark", width_hint=12),
)


class WorkPage(Page):
    """Comes with a piece of work to mark, a pupil to set work for, a kept form, or nothing."""

    shows = ("work", "pupil")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pupil: str | None = None
        self._came_for = ""
        inner = replace(context, back=self._leave_form)
        self.list = QWidget()
        self.marking = MarkWork(inner)
        self.setting = SetWork(inner)
        self.head = PageHead("Work", "", stacked=True)
        self.set_button = primary("Set work", Icon.WORK)
        self.taken_in = secondary("Taken in today", Icon.IMPORT)
        self.everyone = secondary("Show all pupils", Icon.PUPILS)
        self.model = RowsTableModel(_COLUMNS, self._cells, _ident)
        self.table = TableView(self.model, "Work")
        empty = EmptyState("Nothing to mark", "Work you set is listed here.", "Set work", Icon.WORK)
        self.card = TableCard(self.table, empty)
        self.filter = FilterLine("work", self.list, self.table)
        self.head.add_act(line(self.filter, self.everyone, self.taken_in, self.set_button))
        stack(self.list, self.head, self.card, fills=self.card)
        stack(self, self.list, self.marking, self.setting, fills=self.list)
        self.everyone.hide()
        self.marking.hide()
        self.setting.hide()
        self._connect(empty)

    def show_for(self, subject: object) -> None:
        """Show the list, or open what the subject stands for."""
        self._came_for = subject if isinstance(subject, str) else ""
        if self._came_for:
            self._open(self._came_for)
            return
        self._pupil = None
        if self._form() is None:
            self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self.context.jobs.run(
            "db",
            partial(marking.work_list, self.context.desk, pupil=self._pupil),
            owner=self,
            done=self._show,
            key="work",
        )

    def leave(self) -> None:
        """Keep what is typed into the form that is open."""
        form = self._form()
        if form is not None:
            form.leave()

    def pupil_on_show(self) -> str | None:
        """The pupil whose work is marked, set or chosen in the list."""
        form = self._form()
        if form is not None:
            held = form.form.draft.values["pupil"]
            return held if isinstance(held, str) else None
        row = self.model.item(self.table.current_id())
        return row.pupil.id if row else self._pupil

    def set_work(self) -> None:
        """Open the form for a new piece, for the pupil the list shows if it shows one."""
        self._open(self._pupil or work_sheet.NEW)

    def take_in(self) -> None:
        """Book the chosen piece as returned today; it can be taken back."""
        row = self.model.item(self.table.current_id())
        if row is None or row.returned_on is not None:
            return
        self.context.jobs.run(
            "db",
            marking.take_in,
            self.context.desk,
            row.id,
            owner=self,
            done=partial(self._say_taken_in, row),
        )

    def _connect(self, empty: EmptyState) -> None:
        self.set_button.clicked.connect(self.set_work)
        empty.pressed.connect(self.set_work)
        self.taken_in.clicked.connect(self.take_in)
        self.everyone.clicked.connect(self._show_everyone)
        self.table.opened.connect(self._open)
        self.filter.typed.connect(self.model.narrow)
        self.table.chosen.connect(self._on_chosen)
        self.marking.done.connect(self._on_marked)
        self.setting.done.connect(self._on_set)

    def _open(self, subject: str) -> None:
        self.context.jobs.run(
            "db",
            work_sheet.opened,
            self.context.desk,
            subject,
            owner=self,
            done=self._show_sheet,
            key="sheet",
        )

    def _show_sheet(self, sheet: Sheet) -> None:
        self.leave()
        if sheet.entity is None:
            self._pupil = sheet.pupil.id if sheet.pupil and self._came_for else self._pupil
            self._bring(self.setting)
            self.setting.show_sheet(sheet)
        else:
            self._bring(self.marking)
            self.marking.show_sheet(sheet)

    def _form(self) -> MarkWork | SetWork | None:
        for form in (self.marking, self.setting):
            if form.isVisibleTo(self):
                return form
        return None

    def _bring(self, part: QWidget) -> None:
        for each in (self.list, self.marking, self.setting):
            each.setVisible(each is part)
        # Coming back to the page leads into the form that is open, not to the list behind it.
        form = self._form()
        first = form.form.editor(form.form.fields()[0]).parts()[0] if form else self.filter
        self.setFocusProxy(first)

    def _leave_form(self) -> None:
        """Escape: to the list of whose work it is, or to the page that asked for a mark."""
        self.leave()
        if self.setting.isVisibleTo(self):
            self._came_for = ""
        self._go_on()

    def _go_on(self) -> None:
        if self._came_for:
            self._came_for = ""
            self._bring(self.list)
            self.context.back()
            return
        self._bring(self.list)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _on_marked(self, entity: str, goes_on: bool) -> None:
        if not goes_on:
            self.context.tell("Marked.")
            self._go_on()
            return
        self.context.jobs.run(
            "db",
            partial(marking.work_list, self.context.desk, pupil=self._pupil, state=TO_MARK),
            owner=self,
            done=self._open_next,
            key="next",
        )

    def _open_next(self, waiting: list[WorkRow]) -> None:
        if waiting:
            self._open(waiting[0].id)
            return
        self.context.tell("Everything is marked.")
        self._go_on()

    def _on_set(self, _entity: str) -> None:
        self.context.tell("Work set.")
        self._go_on()

    def _show(self, rows: list[WorkRow]) -> None:
        self.model.set_items(rows)
        self.card.show_rows(len(rows))
        waiting = sum(1 for row in rows if row.state == TO_MARK)
        late = sum(1 for row in rows if row.state == "due")
        parts = [wording.first_capital(wording.count(waiting, "piece")) + " to mark"]
        parts += [f"{wording.count(late, 'piece')} not returned"] if late else []
        if self._pupil and rows:
            parts.insert(0, rows[0].pupil.name)
        self.head.set_subtitle(" · ".join(parts))
        self.everyone.setVisible(self._pupil is not None)
        if self.model.ids and not self.table.current_id():
            self.table.select_id(self.model.ids[0])
        self._on_chosen()
        holder = QApplication.focusWidget()
        if self.list.isVisible() and (holder is None or self.isAncestorOf(holder)):
            (self.table if rows else self.set_button).setFocus()

    def _show_everyone(self) -> None:
        self._pupil = None
        self.refresh()

    def _on_chosen(self) -> None:
        row = self.model.item(self.table.current_id())
        self.taken_in.setEnabled(row is not None and row.returned_on is None)

    def _say_taken_in(self, row: WorkRow, _nothing: object) -> None:
        back: Callable[[], None] = partial(self._untake, row.id)
        self.context.tell(f"{row.title}: taken in today.", "Undo", back)

    def _untake(self, entity: str) -> None:
        self.context.jobs.run(
            "db",
            partial(records.save, self.context.desk, "work", {"returned_on": None}, entity=entity),
            owner=self,
        )

    def _cells(self, row: WorkRow) -> CellRow:
        today = self.context.desk.today
        due = wording.near_day(row.due_on, today) if row.due_on else ""
        back = wording.near_day(row.returned_on, today) if row.returned_on else ""
        subject = wording.code_words("subjects", row.subject)
        return (
            _STATES[row.state],
            row.pupil.name,
            row.title,
            subject,
            _or_quiet(due, "no day"),
            _or_quiet(back, "not yet"),
            _or_quiet(row.mark_words, "not yet"),
        )


def _ident(row: WorkRow) -> str:
    return row.id


def _or_quiet(words: str, instead: str) -> Cell:
    return words or Quiet(instead)
