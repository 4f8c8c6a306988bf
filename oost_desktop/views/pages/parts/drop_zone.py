"""Files dropped onto a page, or chosen with a button: both ways lead to the same act.

Guarantees that only files of this computer are taken. Reads none of them.
"""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from oost_desktop.views import look
from oost_desktop.views.icons import Icon
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import Button, Kind
from oost_desktop.views.widgets.card import Surface
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.styled import label


class DropZone(Surface):
    """A card to drop files on, with a button to choose them.

    `dropped` carries a tuple of paths; `pressed` that somebody wants to choose.
    """

    dropped = Signal(object)
    pressed = Signal()

    def __init__(
        self, words: str, act: str, meaning: Icon = Icon.OPEN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.setAcceptDrops(True)
        self.button = Button(act, kind=Kind.PRIMARY, meaning=meaning)
        self._words = label(words, "muted", wrap=True)
        row = FlowLayout(self, gap=14)
        row.setContentsMargins(18, 14, 18, 14)
        row.add(self.button)
        row.add(self._words, 1)
        self.button.clicked.connect(self.pressed)

    def set_words(self, words: str) -> None:
        """Say something else beside the button."""
        self._words.setText(words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if _files(event.mimeData()):
            event.acceptProposedAction()
            self.set_tinted(Tone.ACCENT)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        super().dragLeaveEvent(event)
        self.set_tinted(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        self.set_tinted(None)
        event.acceptProposedAction()
        self.dropped.emit(_files(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card, with a broken line inside that says: drop here."""
        super().paintEvent(event)
        painter = QPainter(self)
        pen = painter.pen()
        pen.setColor(QColor(look.current().tokens.border))
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(self.rect().adjusted(5, 5, -6, -6), 6, 6)


def _files(data: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
