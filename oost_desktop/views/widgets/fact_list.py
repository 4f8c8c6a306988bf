"""Facts as label and value, one under the other: the panel beside a form.

Guarantees that long values wrap, and that at big text the value moves under its label.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy, QWidget

from oost_desktop.views.widgets.styled import label


class FactList(QWidget):
    """Shows pairs of label and value, in the order given."""

    def __init__(
        self, facts: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(20)
        self._rows.setVerticalSpacing(6)
        self._rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        grow = QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow
        self._rows.setFieldGrowthPolicy(grow)
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these pairs instead. A value may have several lines."""
        while self._rows.rowCount():
            self._rows.removeRow(0)
        for name, value in facts:
            self._rows.addRow(self._name(name), self._value(name, value))

    def _name(self, name: str) -> QLabel:
        made = label(name, "muted")
        made.setAlignment(Qt.AlignmentFlag.AlignTop)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        return made

    def _value(self, name: str, value: str) -> QLabel:
        made = label(value, wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setAccessibleName(f"{name}: {value}")
        return made
