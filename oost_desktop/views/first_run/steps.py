"""What the screens of the first run share: a card in the middle with a heading and its acts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from oost_desktop.views import look
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.styled import label

_WIDTH = 620
_MOST = 1000


class Step(QScrollArea):
    """One screen: a heading, a sentence, and whatever is put into `body`."""

    def __init__(self, heading: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.message = label("", wrap=True)
        ground = QWidget()
        ground.setProperty("page", True)
        card = Card()
        card.setMaximumWidth(look.current().gap(_WIDTH))
        card.body.setContentsMargins(30, 26, 30, 26)
        card.body.setSpacing(14)
        card.body.addWidget(label(heading, "title", wrap=True))
        card.body.addWidget(label(sentence, "muted", wrap=True))
        self.body = card.body
        column = QVBoxLayout(ground)
        column.setContentsMargins(22, 22, 22, 22)
        column.addStretch(1)
        # In a row of its own, not aligned: else its height is reckoned for the whole width.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card, _MOST)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        card.setMinimumWidth(min(look.current().gap(_WIDTH), 560))
        self.setWidget(ground)
