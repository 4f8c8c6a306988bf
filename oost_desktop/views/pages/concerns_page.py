"""Concerns: for the safeguarding lead a queue to read, for anyone else what they wrote themselves.

Names are hidden until they are asked for. Opening one is recorded, and its author's laptop says
so. Words are shown here and kept nowhere else.
"""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.services import concerns, wording
from oost_desktop.services.concerns import ConcernRow
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.concern_card import ConcernCard, concern_in
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.tables.columns import CellRow, ColumnSpec, Display, Quiet
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import State

LATE_AFTER = timedelta(hours=24)
_COLUMNS = (
    ColumnSpec("Pupil", width_hint=20, kind=Display.STRONG, grow=2),
    ColumnSpec("Written by", width_hint=18, grow=2),
    ColumnSpec("Written", width_hint=20, order="written_at", grow=2),
    ColumnSpec("State", width_hint=24, kind=Display.PILL),
)


class ConcernsPage(Page):
    """The list above, the one that is open below."""

    shows = ("concern", "concern_addendum", "concern_notification", "concern_receipt")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._names_shown = not self._is_lead()
        self._rows: Sequence[ConcernRow] = ()
        self.head = PageHead("Concerns" if self._is_lead() else "My concerns", " ")
        self.names_button = secondary("Show names", Icon.SHOW, "Ctrl+H")
        self.head.add_act(self.names_button)
        if not self._is_lead():
            self.names_button.hide()
        self.model: RowsTableModel[ConcernRow] = RowsTableModel(_COLUMNS, self._cells, _ident, self)
        self.table = TableView(self.model, "Concerns")
        empty = EmptyState("No open concerns", "", "Raise concern", Icon.CONCERN)
        self._card = TableCard(self.table, empty)
        self.card = ConcernCard(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.head)
        column.addWidget(self._card, 1)
        column.addWidget(self.card, 2)
        self.card.hide()
        self.setFocusProxy(self.table)
        self.table.opened.connect(self._on_opened)
        self.card.closed.connect(self._on_closed)
        empty.pressed.connect(self._on_raise)
        self.names_button.clicked.connect(self._on_names)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+H"), self, self._on_names, context=inside)

    def show_for(self, subject: object) -> None:
        """Come on show with nothing open, or with the concern that a draft is for."""
        self.card.put_away()
        super().show_for(subject)
        if isinstance(subject, str):
            self.card.open_concern(concern_in(subject))

    def leave(self) -> None:
        """Words that were read do not stay on the page; those being typed are kept."""
        self.card.put_away()

    def refresh(self) -> None:
        """Read the list again."""
        self.context.jobs.run(
            "db", concerns.rows, self.context.desk, owner=self, done=self._show, key="concerns"
        )

    def _is_lead(self) -> bool:
        return concerns.DSL_KEY in self.context.desk.extras

    def _show(self, rows: Sequence[ConcernRow]) -> None:
        self._rows = rows
        self.model.set_items(rows)
        self._card.show_rows(len(rows))
        unread = sum(1 for row in rows if row.opened_at is None)
        self.context.set_count("concerns", unread or None)
        self.head.set_subtitle(f"{unread} not opened yet" if unread else "")
        if rows and not self.table.current_id():
            self.table.select_id(self.model.ids[0])

    def _cells(self, row: ConcernRow) -> CellRow:
        name = row.pupil.name if row.pupil else "Somebody else"
        if not self._names_shown:
            name = wording.initials(name)
        written = f"{wording.long_day(wording.local_day(row.written_at))}, "
        written += wording.clock_time(row.written_at)
        return (name, row.author or Quiet("unknown"), written, self._state(row))

    def _state(self, row: ConcernRow) -> State:
        if row.opened_at is not None:
            words = f"opened {wording.moment(row.opened_at)}"
            return State(words, Tone.OK, Icon.OK)
        if not self._is_lead():
            return State("sealed, not opened yet", Tone.NEUTRAL, Icon.SEALED)
        age = self.context.desk.clock.now() - row.written_at
        hours = int(age.total_seconds()) // 3600
        tone = Tone.DANGER if age > LATE_AFTER else Tone.WARN
        return State(f"new, {hours} h old", tone, Icon.CLOCK)

    def _on_names(self) -> None:
        self._names_shown = not self._names_shown
        self.names_button.setText("Hide names" if self._names_shown else "Show names")
        self.model.set_items(())
        self._show(self._rows)

    def _on_opened(self, concern: str) -> None:
        self.card.put_away()
        self.card.open_concern(concern)

    def _on_closed(self) -> None:
        self.table.setFocus()

    def _on_raise(self) -> None:
        self.context.go("concern", None)


def _ident(row: ConcernRow) -> str:
    return row.id
