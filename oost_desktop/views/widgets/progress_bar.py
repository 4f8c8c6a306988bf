"""A bar with words: how much of something there has been, said and shown.

Guarantees that the words say everything the bar shows. Not for work going on: see `busy`.
"""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.styled import label, style

_STEPS = 1000


class WordedBar(QWidget):
    """A name, words at the right ("3 h of 4 h 30 offered"), a bar, and a note under it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = label(name, "label")
        self._words = label("", "muted")
        self._note = label("", "small", wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = FlowLayout(gap=10, row_gap=0)
        row.add(self._name)
        row.add_stretch()
        row.add(self._words)
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addWidget(self._note)
        self._note.hide()

    def set_amount(
        self, share: float, words: str, note: str = "", tone: Tone = Tone.ACCENT
    ) -> None:
        """Show a share between 0 and 1 (more is shown as full) and its words."""
        self._bar.setValue(round(_STEPS * max(0.0, min(1.0, share))))
        self._bar.setAccessibleName(f"{self._name.text()}: {words}")
        style(self._bar, "tone", tone.value)
        self._words.setText(words)
        self._note.setText(note)
        self._note.setVisible(bool(note))
