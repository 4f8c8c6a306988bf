"""How a pupil sees a target: keys 1 to 5 on its row, or the same five choices under the table.

The agreement has children set and judge their own targets (SLA); so the words are theirs, and
rating takes one key. Guarantees that digits rate only where a target is chosen. Saves nothing.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from oost_desktop.services.plans import HIGHEST, LOWEST
from oost_desktop.services.pupil_file import TargetRow
from oost_desktop.views.pages.parts.layout import field, stack
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.segmented import Choice, Segmented
from oost_desktop.views.widgets.styled import label

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class TargetTable(TableView):
    """Targets. `rated` carries a number key that was pressed on the chosen one."""

    rated = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 5 rate; every other key is the table's."""
        digit = event.text()
        if event.modifiers() in _PLAIN and digit in tuple("12345") and self.current_id():
            self.rated.emit(int(digit))
            return
        super().keyPressEvent(event)


class TargetRating(QWidget):
    """The chosen target's rating and words. `rated` and `said` carry what was given."""

    rated = Signal(int)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whose = label("", "muted", wrap=True)
        self.choices = Segmented(
            "Own rating", [Choice(str(n), str(n)) for n in range(LOWEST, HIGHEST + 1)]
        )
        self.words = QLineEdit()
        self.words.setPlaceholderText("Enter keeps them")
        both = QWidget()
        row = FlowLayout(both, gap=20)
        row.add(field("Own rating, 1 to 5", self.choices))
        row.add(field("In their own words", self.words), 1)
        stack(self, self._whose, both, gap=8)
        self.choices.chosen.connect(self._on_chosen)
        self.words.returnPressed.connect(self._on_words)

    def show_target(self, row: TargetRow | None) -> None:
        """Show how this target is seen; hidden for none."""
        self.setVisible(row is not None)
        if row is None:
            return
        self._whose.setText(f"{row.wording} · keys 1 to 5 rate it")
        self.choices.set_value(str(row.self_rating or ""))
        if not self.words.hasFocus() or not self.words.isModified():
            self.words.setText(row.self_words)

    def _on_chosen(self, value: str) -> None:
        self.rated.emit(int(value))

    def _on_words(self) -> None:
        self.words.setModified(False)
        self.said.emit(self.words.text().strip())
