"""The line that narrows a list: Ctrl+F goes to it, words narrow at once, Escape shows all again.

Guarantees that Down and Enter go from it into the list, so that a pupil is opened without the
mouse. It narrows nothing itself: the page hears `typed`.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from oost_desktop.views import look
from oost_desktop.views.icons import Icon, icon
from oost_desktop.views.tables.table_view import TableView

WIDE = 220
_INTO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterLine(QLineEdit):
    """Narrows one table. `typed` carries the words, "" when all rows are wanted."""

    typed = Signal(str)

    def __init__(self, name: str, page: QWidget, table: TableView) -> None:
        super().__init__(page)
        self._table = table
        self.setAccessibleName(f"Filter {name}")
        self.setPlaceholderText("Filter · Ctrl+F")
        self.setToolTip(f"Ctrl+F filters {name}, Esc shows all")
        sign = QAction(icon(Icon.FILTER), "", self)
        self.addAction(sign, QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self.typed)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+F"), page, self.take_keyboard, context=inside)

    def take_keyboard(self) -> None:
        """Go to the line, with what is in it ready to be typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def words(self) -> str:
        """What is typed."""
        return self.text().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go into the list; Escape shows all of it."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._into_list()
        elif event.key() in _INTO_LIST and not event.modifiers():
            self._into_list()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for a name."""
        return QSize(look.current().px(WIDE), super().sizeHint().height())

    def _into_list(self) -> None:
        if not self._table.isVisible():
            return
        if not self._table.current_id() and self._table.model().rowCount():
            self._table.selectRow(0)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
