"""Pupils: everyone a tutor teaches, when next, when last, what to know and what is due.

Enter opens the file, Ctrl+F narrows the list. Counts and judges nothing itself:
`services/pupils.py` does.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from oost_desktop.services import pupils, wording
from oost_desktop.services.marks import Mark, Topic
from oost_desktop.services.marks import Tone as Press
from oost_desktop.services.pupils import PupilRow
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.filter_line import FilterLine
from oost_desktop.views.pages.parts.layout import stack
from oost_desktop.views.pages.parts.pupil_panel import as_state
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.tables.columns import Cell, CellRow, ColumnSpec, Display, Quiet
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import State

_COLUMNS = (
    ColumnSpec("Pupil", width_hint=20, kind=Display.STRONG, order="name", grow=2),
    ColumnSpec("Year", width_hint=5, order="year", grow=0),
    ColumnSpec("School", width_hint=18, order="school", grow=2),
    ColumnSpec("Next session", width_hint=15, order="next_session"),
    ColumnSpec("Last session", width_hint=13, kind=Display.PILL),
    ColumnSpec("To know", width_hint=18, kind=Display.PILL, grow=2),
    ColumnSpec("Due", width_hint=18, kind=Display.PILL, grow=2),
)
_DUE = (Topic.REVIEW, Topic.EVIDENCE)


class PupilsPage(Page):
    """A tutor's pupils, by name until another column is chosen."""

    shows = ("pupil", "session", "placement", "timetable_slot", "school", "review", "allocation")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.head = PageHead("Pupils")
        self.model: RowsTableModel[PupilRow] = RowsTableModel(_COLUMNS, _cells, _ident, self)
        self.table = TableView(self.model, "Pupils")
        self.empty = EmptyState(
            "No pupils are on this laptop",
            "Pupils come in a bundle from the office.",
            "Open bundles",
            Icon.BUNDLE,
        )
        self._card = TableCard(self.table, self.empty)
        self.filter = FilterLine("pupils", self, self.table)
        self.head.add_act(self.filter)
        stack(self, self.head, self._card, fills=self._card)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._on_opened)
        self.empty.pressed.connect(self._on_bundles)
        self.filter.typed.connect(self._on_filter)

    def refresh(self) -> None:
        """Read the list again."""
        desk = self.context.desk
        self.context.jobs.run("db", pupils.rows, desk, owner=self, done=self._show, key="pupils")

    def _show(self, rows: Sequence[PupilRow]) -> None:
        self.model.set_items(rows)
        self._card.show_rows(len(rows))
        self.filter.setVisible(bool(rows))
        self._say_how_many()
        self.context.set_count("pupils", len(rows) or None)
        if self.model.ids and not self.table.current_id():
            self.table.select_id(self.model.ids[0])

    def _say_how_many(self) -> None:
        every, shown = self.model.count(), len(self.model.ids)
        words = wording.first_capital(wording.count(every, "pupil"))
        if shown < every:
            words = f"{shown} of {wording.count(every, 'pupil')} · Esc shows all"
        elif every:
            words = f"{words} · Enter opens the file"
        self.head.set_subtitle(words if every else "")

    def _on_filter(self, typed: str) -> None:
        self.model.narrow(typed)
        self._say_how_many()

    def _on_opened(self, pupil: str) -> None:
        self.context.go("pupil", pupil)

    def _on_bundles(self) -> None:
        self.context.go("bundles", None)


def _ident(row: PupilRow) -> str:
    return row.pupil.id


def _cells(row: PupilRow) -> CellRow:
    year = row.pupil.year
    return (
        row.pupil.name,
        "" if year is None else "R" if year == 0 else str(year),
        row.pupil.school,
        row.next_words or Quiet("none planned"),
        _mark(row.last_session),
        _marks([mark for mark in row.alerts if mark.topic not in _DUE]),
        _marks([mark for mark in row.alerts if mark.topic in _DUE]),
    )


def _mark(mark: Mark) -> Cell:
    return mark.words if mark.tone is Press.NEUTRAL else as_state(mark)


def _marks(found: Sequence[Mark]) -> Cell:
    """The worst in words and as a colour, and how many more there are."""
    if not found:
        return Quiet("nothing")
    more = f" + {len(found) - 1}" if len(found) > 1 else ""
    worst = as_state(found[0])
    if worst.tone is Tone.NEUTRAL:
        return worst.word + more
    return State(worst.word + more, worst.tone, worst.meaning)
