"""What a list shows when there is nothing in it: a title, one sentence and one button.

Guarantees nothing about when it is shown; the page decides.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.views.icons import Icon
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.styled import label


class EmptyState(QWidget):
    """Nothing here, why that may be, and what to do. Emits `pressed` for its button."""

    pressed = Signal()

    def __init__(
        self,
        title: str,
        sentence: str = "",
        act: str = "",
        meaning: Icon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = label(title, "strong", wrap=True)
        self._sentence = label(sentence, "muted", wrap=True)
        self.button = secondary(act, meaning)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 28, 20, 28)
        column.setSpacing(6)
        column.addStretch(1)
        for words in (self._title, self._sentence):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(words)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        # Only now: a widget without a parent would be shown as a window of its own.
        self.button.setVisible(bool(act))
        self._sentence.setVisible(bool(sentence))
        self.button.clicked.connect(self.pressed)

    def set_words(self, title: str, sentence: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
