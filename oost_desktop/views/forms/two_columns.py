"""Two columns of fields where there is room, one where there is not.

Guarantees reading order, row by row, which is also the order of the Tab key; wide fields stand
alone on their row. Follows the width and the text size.
"""

from collections.abc import Iterable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from oost_desktop.views import look
from oost_desktop.views.forms.field_row import FieldRow

LEAST_COLUMN = 270
COLUMN_GAP = 26
ROW_GAP = 16


class TwoColumns(QWidget):
    """Fields, or anything else, in one or two columns; `stretches` shares the width out."""

    def __init__(self, rows: Iterable[QWidget], *, stretches: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self._stretches = stretches
        self._rows = tuple(rows)
        self._columns = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(COLUMN_GAP)
        self._grid.setVerticalSpacing(ROW_GAP)
        self._arrange(1)

    def columns(self) -> int:
        """How many columns there are now."""
        return self._columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self._arrange(self._fitting())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._arrange(self._fitting())

    def _fitting(self) -> int:
        room = 2 * look.current().px(LEAST_COLUMN) + COLUMN_GAP
        return 2 if self.width() >= room else 1

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for row in self._rows:
            self._grid.removeWidget(row)
        line = column = 0
        for row in self._rows:
            wide = isinstance(row, FieldRow) and row.wide
            if column and wide:
                line, column = line + 1, 0
            self._grid.addWidget(row, line, column, 1, columns if wide else 1)
            column = columns if wide else column + 1
            if column >= columns:
                line, column = line + 1, 0
        for place in range(2):
            self._grid.setColumnStretch(place, self._stretches[place] if place < columns else 0)
        self._grid.setHorizontalSpacing(COLUMN_GAP if columns > 1 else 0)
