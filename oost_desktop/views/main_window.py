"""The one window: the unlock screen while locked, the workspace while open, nothing of both.

Guarantees that locking deletes the workspace with everything it shows, and that the title names
nobody. It locks nothing itself: the program closes the vault and tells the window.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

if TYPE_CHECKING:
    from oost_desktop.views.shell.workspace import Workspace

TITLE = "OOST Desktop"
LEAST_WIDTH = 640
LEAST_HEIGHT = 480


class MainWindow(QMainWindow):
    """Holds one screen at a time. `closing` comes before the window goes."""

    closing = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        self.resize(1366, 768)

    def show_screen(self, screen: QWidget) -> None:
        """Show an unlock screen, a first-run page or a workspace; the one before is deleted."""
        before = self.takeCentralWidget()
        self.setCentralWidget(screen)
        if before is not None:
            before.hide()
            before.deleteLater()
        screen.setFocus()

    def workspace(self) -> "Workspace | None":
        """The workspace, or None while locked."""
        # Imported here because the unlock screen needs none of it, and it takes 40 ms.
        from oost_desktop.views.shell.workspace import Workspace

        screen = self.centralWidget()
        return screen if isinstance(screen, Workspace) else None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the program keep what is typed before the window goes."""
        self.closing.emit()
        super().closeEvent(event)
