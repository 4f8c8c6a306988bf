"""Which column of a spreadsheet is which of ours: a box for each of ours.

Guarantees that no column of the file is taken twice. Reads no file.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from oost_desktop.services.import_rows import COLUMNS
from oost_desktop.views import look
from oost_desktop.views.pages.parts.layout import field
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.flow_layout import FlowLayout

NOT_IN_FILE = "—"
_WIDTH = 190


class ColumnMap(Card):
    """`changed` says that somebody chose another column; `mapping` is ours to the file's."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Which column of the file is which", parent=parent)
        self.boxes: dict[str, QComboBox] = {}
        flow = FlowLayout(gap=14, row_gap=10)
        for name in COLUMNS:
            box = QComboBox()
            box.setMinimumWidth(look.current().gap(_WIDTH))
            box.activated.connect(self._on_chosen)
            self.boxes[name] = box
            flow.add(field(name.replace("_", " "), box))
        self.body.addLayout(flow)

    def show_columns(self, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
        """Offer the file's columns, and show which was taken for which of ours."""
        for name, box in self.boxes.items():
            box.clear()
            box.addItem(NOT_IN_FILE, "")
            for column in columns:
                box.addItem(column, column)
            box.setCurrentIndex(max(0, box.findData(mapping.get(name, ""))))

    def mapping(self) -> dict[str, str]:
        """Our column to the file's, as chosen."""
        chosen = {name: str(box.currentData() or "") for name, box in self.boxes.items()}
        return {name: column for name, column in chosen.items() if column}

    def take_focus(self) -> None:
        """Go to the first box."""
        next(iter(self.boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chosen(self) -> None:
        box = self.sender()
        assert isinstance(box, QComboBox)
        for other in self.boxes.values():
            if other is not box and other.currentData() == box.currentData():
                other.setCurrentIndex(0)
        self.changed.emit()
