"""Work going on: words, a bar, and Cancel.

Guarantees that quick work flashes nothing: it shows itself only after 400 milliseconds. It runs
nothing and stops nothing itself; it says `cancelled` once and the caller stops the work.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from oost_desktop.views.widgets.announce import announce
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.styled import label

DELAY_MS = 400
_STEPS = 1000


class Busy(QWidget):
    """A progress panel. Hidden until work has lasted 400 ms."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = secondary("Cancel")
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = FlowLayout(gap=12)
        row.add(self._words, 1)
        row.add(self._cancel)
        column.addLayout(row)
        column.addWidget(self._bar)
        self._delay.timeout.connect(self._on_delay_over)
        self._cancel.clicked.connect(self._on_cancel)
        self.hide()

    def start(self, words: str, *, can_cancel: bool = True) -> None:
        """Work has begun: "Checking bundle 14". How much is not known yet."""
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setRange(0, 0)
        self._cancel.setVisible(can_cancel)
        self._cancel.setEnabled(True)
        self._delay.start()

    def advance(self, share: float, words: str) -> None:
        """How much is done, between 0 and 1, in words: "1,200 of 5,000 records"."""
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(_STEPS * max(0.0, min(1.0, share))))
        self._words.setText(words)

    def finish(self) -> None:
        """The work has ended, well or not."""
        self._delay.stop()
        self.hide()

    def _on_delay_over(self) -> None:
        self.show()
        announce(self, self._words.text())

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._words.setText("Stopping. Nothing will be changed.")
        self.cancelled.emit()
