"""Holds the pages, each made when it is first shown and scrolled when the window is low.

Guarantees one page on show, with room around it, and that what holds the keyboard is in sight.
Pages never scroll sideways.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from oost_desktop.views.shell.page_spec import PageSpec

MARGIN = 22


class PageStack(QStackedWidget):
    """Pages by id. `shown` carries the id of the page that has come on show."""

    shown = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs = {page.id: page for page in pages}
        self._pages: dict[str, QWidget] = {}
        self._frames: dict[str, QScrollArea] = {}
        self._current = ""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def show_page(self, id_: str) -> QWidget:
        """Bring a page on show, making it if need be. Raises `KeyError` for an unknown id."""
        page = self.page(id_)
        self._current = id_
        self.setCurrentWidget(self._frames[id_])
        self.shown.emit(id_)
        return page

    def page(self, id_: str) -> QWidget:
        """The page itself, made if need be."""
        if id_ not in self._pages:
            self._pages[id_] = self._specs[id_].factory()
            self._frames[id_] = framed(self._pages[id_])
            self.addWidget(self._frames[id_])
        return self._pages[id_]

    def made(self) -> tuple[str, ...]:
        """Ids of the pages made so far."""
        return tuple(self._pages)

    def current(self) -> str:
        """The id of the page on show, or "" before the first."""
        return self._current

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        frame = self._frames.get(self._current)
        if frame is not None and now is not None and frame.isAncestorOf(now):
            frame.ensureWidgetVisible(now)


def framed(content: QWidget, margin: int = MARGIN) -> QScrollArea:
    """A page in a frame that scrolls up and down only."""
    frame = QScrollArea()
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setWidgetResizable(True)
    frame.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    ground = QWidget()
    ground.setProperty("page", True)
    column = QVBoxLayout(ground)
    column.setContentsMargins(margin, margin, margin, margin - 2)
    column.addWidget(content)
    frame.setWidget(ground)
    return frame
