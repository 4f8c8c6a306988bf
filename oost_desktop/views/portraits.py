"""Pictures of the real window on a real vault: for the tour, the guides and whoever reviews a page.

Shows one page after another and saves what it shows once nothing is being read any more. The
window is the program's own, with its own job runner; only nobody sits at it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from oost_desktop.errors import BugError
from oost_desktop.services.desk import Desk
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.main_window import MainWindow
from oost_desktop.views.program import Program

LOOK_EVERY_MS = 30
QUIET_LOOKS = 4  # so often in a row nothing must be going on


@dataclass(frozen=True)
class Sitting:
    """One picture: a page, what it is shown for, and the name of its file."""

    name: str
    page: str
    subject: object = None


class Portraits(QObject):
    """Takes the sittings in order; `done` comes after the last, with the files written."""

    done = Signal(object)

    def __init__(
        self,
        program: Program,
        window: MainWindow,
        jobs: Jobs,
        folder: Path,
        sittings: Sequence[Sitting],
    ) -> None:
        super().__init__(program)
        self._program = program
        self._window = window
        self._jobs = jobs
        self._folder = folder
        self._waiting = list(sittings)
        self._sitter: Sitting | None = None
        self._quiet = 0
        self._painted = False
        self._files: list[Path] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._on_look)

    def begin(self, desk: Desk) -> None:
        """Open the desk in the window and take the first picture."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._program.show_desk(desk)
        opened = self._program.desk
        assert opened is not None
        missing = [each.page for each in self._waiting if not opened.has_page(each.page)]
        if missing:
            raise BugError(f"There is no page {missing[0]} for this person.")
        self._timer.start()

    def _on_look(self) -> None:
        self._quiet = 0 if self._jobs.working else self._quiet + 1
        if self._quiet < QUIET_LOOKS:
            return
        self._quiet = 0
        if self._sitter is None:
            self._next()
        elif not self._painted:
            self._painted = True
            self._window.grab()  # a long list reads the rows it has to paint, and only those
        else:
            path = self._folder / f"{self._sitter.name}.png"
            self._window.grab().save(str(path))
            self._files.append(path)
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            self.done.emit(tuple(self._files))
            return
        self._sitter = self._waiting.pop(0)
        self._painted = False
        opened = self._program.desk
        assert opened is not None
        opened.go(self._sitter.page, self._sitter.subject)
