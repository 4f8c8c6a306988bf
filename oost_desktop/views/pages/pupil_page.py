"""A pupil's file: who they are, what to know, what to do next, and its lists one at a time.

Sessions come by the page; the other lists are short and come whole. Every row opens what it
speaks of. Of the record, only the pupil's own rating of a target is changed here.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from oost_desktop.services import pupil_file
from oost_desktop.services.desk import Desk
from oost_desktop.services.pupil_file import PupilFile
from oost_desktop.services.sessions import ForPupil
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.file_part import Place
from oost_desktop.views.pages.parts.file_lists import (
    LISTS,
    SESSION_COLUMNS,
    FileList,
    session_cells,
)
from oost_desktop.views.pages.parts.layout import line, stack
from oost_desktop.views.pages.parts.notes_card import NotesCard
from oost_desktop.views.pages.parts.plan_card import PlanCard
from oost_desktop.views.pages.parts.pupil_panel import PupilPanelView, as_state
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.tables.columns import CellRow
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.record_table import PagedTableModel, Query
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import Pill
from oost_desktop.views.widgets.segmented import Choice, Segmented

SESSIONS, PLAN, NOTES = "sessions", "plan", "notes"


class SessionSource:
    """The sessions of the pupil whose id is the query's `part`."""

    columns = SESSION_COLUMNS
    etypes = ("session", "pupil", "staff_member")

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ids(self, query: Query) -> Sequence[str]:
        """Newest first."""
        return pupil_file.session_ids(self._desk, query.part)

    def rows(self, ids: Sequence[str]) -> Sequence[CellRow | None]:
        """A row for each, None for one that has gone."""
        today = self._desk.today
        rows = pupil_file.session_rows(self._desk, ids)
        found = {row.id: session_cells(row, today) for row in rows}
        return [found.get(entity) for entity in ids]


class PupilPage(Page):
    """Comes for a pupil, by id."""

    shows = (
        "pupil", "session", "work", "education_plan", "target", "assessment", "contact",
        "document", "concern", "placement", "school",
    )  # fmt: skip

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pupil: str | None = None
        self.head = PageHead(" ", " ", stacked=True)
        self._alerts = _Pills()
        self.record = primary("Record session", Icon.RECORD)
        self._set_work = secondary("Set work", Icon.WORK)
        self._report = secondary("Progress report", Icon.DOCUMENT)
        self._card = secondary("Emergency card", Icon.EMERGENCY)
        self.change_button = secondary("Change…", Icon.DRAFT)
        self.change_button.setAccessibleName("Change the file")
        self.allocate_button = secondary("Allocate…", Icon.STAFF)
        self.sections = Segmented("Part of the file", _choices())
        self._models: dict[str, RowsTableModel[Any]] = {}
        self.cards: dict[str, Card] = {}
        self._stack = QStackedWidget()
        self._sessions = self._add_sessions()
        self._lists = {each.id: self._add_list(each) for each in LISTS}
        self._notes = NotesCard()
        self._add_card(NOTES, self._notes)
        self._lay_out()
        self._connect()

    def show_for(self, subject: object) -> None:
        """Show this pupil's file, from its sessions on if it was another's before."""
        pupil = subject if isinstance(subject, str) else None
        if pupil != self._pupil:
            self.sections.set_value(SESSIONS)
        self._pupil = pupil
        self.refresh()

    def pupil_on_show(self) -> str | None:
        """The pupil whose file is open."""
        return self._pupil

    def refresh(self) -> None:
        """Read the file again."""
        if self._pupil is None:
            return
        self._sessions.read_again(Query(part=self._pupil))
        self.context.jobs.run(
            "db",
            pupil_file.file,
            self.context.desk,
            self._pupil,
            owner=self,
            done=self._show,
            key="file",
        )

    def _lay_out(self) -> None:
        tutors, office = (self.record, self._set_work), (self.allocate_button,)
        at_office = self.context.desk.at_office
        row = line(*tutors, self._report, self._card, self.change_button, *office)
        stack(self, self.head, self._alerts, row, self.sections, self._stack, fills=self._stack)
        for act in tutors if at_office else office:
            act.hide()
        self.setFocusProxy(self._report if at_office else self.record)
        self.sections.set_value(SESSIONS)

    def _connect(self) -> None:
        self.record.clicked.connect(self._on_record)
        self._set_work.clicked.connect(self._on_set_work)
        self._report.clicked.connect(self._on_report)
        self._card.clicked.connect(self._on_card)
        self.change_button.clicked.connect(self._on_change)
        self.allocate_button.clicked.connect(self._on_allocate)
        self.sections.value_changed.connect(self._on_section)
        plan = self._lists[PLAN]
        assert isinstance(plan, PlanCard)
        plan.plan_asked.connect(self._on_plan)

    def _add_sessions(self) -> PagedTableModel:
        model = PagedTableModel(self.context.jobs, SessionSource(self.context.desk), parent=self)
        empty = EmptyState("No session is recorded yet", "The first one appears here once saved.")
        card = TableCard(TableView(model, "Sessions"), empty)
        model.listed.connect(card.show_rows)
        card.table.opened.connect(self._on_session)
        self._add_card(SESSIONS, card)
        return model

    def _add_list(self, each: FileList) -> TableCard:
        model: RowsTableModel[Any] = RowsTableModel(each.columns, each.cells, _ident, self)
        empty = EmptyState(each.nothing, each.why)
        if each.id == PLAN:
            card: TableCard = PlanCard(self.context, model, empty)
        else:
            card = TableCard(TableView(model, each.title), empty)
        card.table.opened.connect(partial(self._on_row, each))
        self._models[each.id] = model
        self._add_card(each.id, card)
        return card

    def _add_card(self, name: str, card: Card) -> None:
        self.cards[name] = card
        self._stack.addWidget(card)

    def _show(self, file: PupilFile) -> None:
        panel = file.panel
        self.head.set_title(panel.pupil.name)
        self.head.set_subtitle(panel.line)
        self._alerts.show_pills([Pill(as_state(mark)) for mark in panel.alerts])
        for each in LISTS:
            items = each.rows(file)
            self._models[each.id].set_items(items)
            self._lists[each.id].show_rows(len(items))
        plan = self._lists[PLAN]
        assert isinstance(plan, PlanCard)
        plan.show_file(file)
        self._notes.show_file(file)
        if self.isVisible():
            self.context.set_side(PupilPanelView(panel))

    def _on_section(self, name: str) -> None:
        if not name:
            return
        for each, card in self.cards.items():
            # A long note must not make every other list as high as itself.
            kind = QSizePolicy.Policy.Preferred if each == name else QSizePolicy.Policy.Ignored
            card.setSizePolicy(QSizePolicy.Policy.Preferred, kind)
        self._stack.setCurrentWidget(self.cards[name])

    def _on_row(self, each: FileList, entity: str) -> None:
        if self._pupil is not None:
            self.context.go(*each.opens(self._pupil, entity))

    def _on_plan(self, plan: str) -> None:
        if self._pupil is not None:
            self.context.go("file", Place(self._pupil, "education_plan", plan).name)

    def _on_session(self, entity: str) -> None:
        if not self.context.desk.at_office:
            self.context.go("session", f"session:{entity}")

    def _on_record(self) -> None:
        if self._pupil is not None:
            self.context.go("session", ForPupil(self._pupil))

    def _on_set_work(self) -> None:
        self.context.go("work", self._pupil)

    def _on_report(self) -> None:
        self.context.go("documents", self._pupil)

    def _on_change(self) -> None:
        self.context.go("file", self._pupil)

    def _on_allocate(self) -> None:
        self.context.go("allocate", self._pupil)

    def _on_card(self) -> None:
        self.context.go("emergency", self._pupil)


class _Pills(QWidget):
    """The alerts under the head; takes no room without any."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=6, row_gap=6)
        self._pills: list[Pill] = []

    def show_pills(self, pills: Sequence[Pill]) -> None:
        """Show these instead."""
        for old in self._pills:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._pills = list(pills)
        for pill in pills:
            self._flow.add(pill)
        self.setVisible(bool(pills))


def _choices() -> list[Choice]:
    lists = [Choice(each.id, each.title) for each in LISTS]
    return [Choice(SESSIONS, "Sessions"), *lists[:-1], Choice(NOTES, "Notes"), lists[-1]]


def _ident(row: object) -> str:
    return str(getattr(row, "id"))  # noqa: B009 (rows of every list have an id)
