"""The way through the first run, from three choices to an open desk."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from oost_desktop.clock import Clock
from oost_desktop.errors import OostError
from oost_desktop.services import enrolling, founding, practice
from oost_desktop.services.desk import Desk
from oost_desktop.services.enrolling import Begun
from oost_desktop.services.founding import Founded
from oost_desktop.views.first_run.newcomer import Newcomer
from oost_desktop.views.first_run.recovery import Recovery
from oost_desktop.views.first_run.waiting_room import WaitingRoom
from oost_desktop.views.first_run.welcome import Welcome
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.main_window import MainWindow
from oost_desktop.views.prompts import Prompts


class Beginning(QObject):
    """Shows the screens one after the other. `ready` carries the open desk."""

    ready = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        jobs: Jobs,
        prompts: Prompts,
        clock: Clock,
        folder: Path,
        practice_folder: Path,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._jobs, self._prompts, self._clock = window, jobs, prompts, clock
        self._folder = folder
        self._practice_folder = practice_folder
        self._desk: Desk | None = None

    def begin(self) -> None:
        """Show the three choices."""
        welcome = Welcome()
        welcome.chosen.connect(self._on_chosen)
        self._window.show_screen(welcome)

    def wait(self, desk: Desk) -> None:
        """Show the waiting room of a laptop that has not been let in yet."""
        room = WaitingRoom(self._jobs, self._prompts, desk)
        room.joined.connect(self.ready)
        self._window.show_screen(room)

    def _on_chosen(self, way: str) -> None:
        if way == "practise":
            self._jobs.run(
                "db", practice.begin, self._practice_folder, self._clock, owner=self,
                done=self._on_practice, busy="Inventing a service",
            )  # fmt: skip
            return
        newcomer = Newcomer(self._jobs, joining=way == "join")
        newcomer.back.connect(self.begin)
        newcomer.ready.connect(self._on_join if way == "join" else self._on_start)
        self._window.show_screen(newcomer)

    def _on_practice(self, desk: Desk) -> None:
        self.ready.emit(desk)

    def _on_join(self, name: str, machine: str, passphrase: str) -> None:
        screen = self._busy_screen()
        self._jobs.run(
            "db", enrolling.begin, self._folder, name, machine, passphrase, self._clock,
            owner=screen, done=self._on_begun, failed=self._on_refused,
        )  # fmt: skip

    def _on_start(self, name: str, _machine: str, passphrase: str) -> None:
        screen = self._busy_screen()
        self._jobs.run(
            "db", founding.found, self._folder, name, passphrase, self._clock,
            owner=screen, done=self._on_founded, failed=self._on_refused,
        )  # fmt: skip

    def _busy_screen(self) -> QWidget:
        screen = self._window.centralWidget()
        assert isinstance(screen, Newcomer)
        screen.set_busy(True)
        return screen

    def _on_refused(self, error: OostError) -> None:
        screen = self._window.centralWidget()
        if isinstance(screen, Newcomer):
            screen.set_busy(False)
            screen.refuse(str(error))

    def _on_begun(self, begun: Begun) -> None:
        self._show_recovery(begun.desk, begun.recovery_code)

    def _on_founded(self, founded: Founded) -> None:
        self._show_recovery(founded.desk, founded.recovery_code)

    def _show_recovery(self, desk: Desk, code: str) -> None:
        self._desk = desk
        sheet = Recovery(self._jobs, self._prompts, desk, code)
        sheet.ready.connect(self._on_sheet_read)
        self._window.show_screen(sheet)

    def _on_sheet_read(self) -> None:
        assert self._desk is not None
        if enrolling.is_waiting(self._desk):
            self.wait(self._desk)
        else:
            self.ready.emit(self._desk)
