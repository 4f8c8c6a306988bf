"""A table on a card, or what to do where it has no rows.

Guarantees room for a few rows in a low window, where the page scrolls instead of the table.
"""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from oost_desktop.views.tables.cell_delegate import row_height
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.empty_state import EmptyState

LEAST_ROWS = 4


class TableCard(Card):
    """Holds a table and its empty state; `show_rows` says which of the two is on show."""

    def __init__(
        self,
        table: TableView,
        empty: EmptyState,
        title: str = "",
        *,
        least_rows: int = LEAST_ROWS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, padded=False, parent=parent)
        self.table = table
        self.empty = empty
        self._least_rows = least_rows
        # Nothing is said to be empty before somebody has looked.
        empty.hide()
        self.body.setContentsMargins(0, 1, 0, 1)
        self.body.addWidget(table, 1)
        self.body.addWidget(empty, 1)
        self._fit()

    def show_rows(self, count: int) -> None:
        """Show the table if there is anything in it."""
        if count == 0 and self.table.hasFocus():
            self.empty.button.setFocus()
        self.table.setVisible(count > 0)
        self.empty.setVisible(count == 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        # The header is a row too.
        self.table.setMinimumHeight((self._least_rows + 1) * row_height())
