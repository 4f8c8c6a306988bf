"""The list of keys (Ctrl+/), written from the action registry.

Guarantees that every key shown works and every key that works is shown.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from oost_desktop.views import look
from oost_desktop.views.actions.registry import ActionRegistry
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.styled import label


class KeySheet(QDialog):
    """Actions that have a key, under their headings."""

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setObjectName("key-sheet")
        shown = look.current()
        sheet = QWidget()
        sheet.setProperty("page", True)
        grid = QGridLayout(sheet)
        grid.setContentsMargins(4, 0, 12, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        self._fill(grid, actions)
        frame = QScrollArea()
        frame.setWidgetResizable(True)
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        frame.setAccessibleName("Keys")
        frame.setWidget(sheet)
        close = secondary("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(label("Keys", "title"))
        column.addWidget(frame, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(shown.gap(520), shown.gap(560))
        close.setFocus()

    def _fill(self, grid: QGridLayout, actions: ActionRegistry) -> None:
        row = 0
        for group, specs in actions.groups().items():
            keyed = [spec for spec in specs if spec.keys]
            if not keyed:
                continue
            heading = label(group, "label")
            heading.setContentsMargins(0, 10 if row else 0, 0, 0)
            grid.addWidget(heading, row, 0, 1, 2)
            for step, spec in enumerate(keyed, start=1):
                words = label(spec.text, wrap=True)
                grid.addWidget(words, row + step, 0)
                key = label(actions.key_text(spec.id), "key")
                grid.addWidget(key, row + step, 1, Qt.AlignmentFlag.AlignLeft)
            row += len(keyed) + 1
        grid.setRowStretch(row, 1)
