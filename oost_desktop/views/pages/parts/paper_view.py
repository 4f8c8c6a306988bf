"""The pages of a document under each other, as they will be printed.

Guarantees that the keyboard can scroll it and that a screen reader hears each page's words.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from oost_desktop.views.pdf_pages import PaperPage
from oost_desktop.views.widgets.styled import label

PAGE_WIDTH = 520
_LEAST_HEIGHT = 460
_AROUND = 14


class PaperView(QScrollArea):
    """Shows pages, or a sentence where there are none."""

    def __init__(self, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self.pages = 0
        self.setAccessibleName("Pages of the document")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.show_pages(())

    def show_pages(self, pages: Sequence[PaperPage]) -> None:
        """Show these from the first; none shows the sentence."""
        self.pages = len(pages)
        ground = QWidget()
        ground.setProperty("page", True)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_AROUND)
        for number, page in enumerate(pages, start=1):
            shown = _shown(page, f"Page {number} of {len(pages)}")
            column.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        if not pages:
            column.addWidget(label(self._empty, "muted", wrap=True))
        column.addStretch(1)
        self.setWidget(ground)
        self.verticalScrollBar().setValue(0)


def _shown(page: PaperPage, name: str) -> QLabel:
    made = QLabel()
    made.setPixmap(QPixmap.fromImage(page.picture))
    made.setAccessibleName(name)
    made.setAccessibleDescription(page.words)
    return made
