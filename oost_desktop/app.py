"""Wires the layers together, once: settings, theme, job runner, window, program."""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from oost_desktop import paths, settings
from oost_desktop.clock import Clock, system_clock
from oost_desktop.errors import DEBUG
from oost_desktop.settings import Settings
from oost_desktop.views import fonts, theme
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.main_window import MainWindow
from oost_desktop.views.program import Program
from oost_desktop.views.prompts import Prompts, QtPrompts
from oost_desktop.views.tokens import Scheme

if TYPE_CHECKING:
    from oost_desktop.services.desk import Desk
    from oost_desktop.views.portraits import Sitting


READY_AFTER_MS = 250  # once the first screen has been painted


class App(QObject):
    """The assembled program. Made once, after the `QApplication`."""

    def __init__(
        self,
        application: QApplication,
        kept: Settings,
        clock: Clock,
        ask: Callable[[MainWindow], Prompts] = QtPrompts,
    ) -> None:
        super().__init__(application)
        # Bold and italic faces come once the window is on show: the lock screen needs none.
        scheme = theme.scheme_of(kept.scheme)
        theme.apply(application, scheme, kept.text_percent, fonts.FIRST_FACES)
        self.window = MainWindow()
        self.jobs = Jobs(self._present, self)
        self.program = Program(self.window, self.jobs, ask(self.window), kept, clock, self)

    def open(self, folder: Path) -> None:
        """Show the window on the caseload of a folder, or on the first run if there is none."""
        if paths.holds_vault(folder):
            self.program.use(folder)
        else:
            self.program.first_run(folder)
        self.show()

    def show(self) -> None:
        """Show the window; what its first screen does not need is loaded after."""
        self.window.show()
        QTimer.singleShot(READY_AFTER_MS, self._get_ready)

    def close(self) -> None:
        """Lock, let the last drafts be kept, stop the threads."""
        self.program.lock()
        self.jobs.shutdown()
        self.window.close()

    def hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Where exceptions end that nobody caught. A traceback may hold what was typed."""
        if os.environ.get(DEBUG):
            sys.__excepthook__(kind, error, trace)
        self._present(error)

    def _get_ready(self) -> None:
        """While a passphrase is being typed, load what comes after it."""
        fonts.load(*fonts.ALL_FACES)
        self.jobs.run("io", _import_the_rest, owner=self)

    def _present(self, error: BaseException) -> None:
        self.program.present(error)


def _import_the_rest() -> None:
    importlib.import_module("oost_desktop.views.open_desk")


def main(folder: Path | None = None, *, desk: "Desk | None" = None) -> int:
    """Open the window on a folder's caseload, or on a desk already open; the exit status."""
    application = _application()
    kept = settings.load(paths.settings_file())
    app = App(application, kept, desk.clock if desk else system_clock())
    sys.excepthook = app.hook
    application.aboutToQuit.connect(app.close)
    if desk is None:
        app.open(folder or Path(kept.vault or paths.vault_home() / "caseload"))
    else:
        app.program.show_desk(desk)
        app.show()
    return application.exec()


class Studio:
    """Takes pictures of the real window, without anybody at it; one for as many as are wanted.

    Needs no screen if QT_QPA_PLATFORM is "offscreen". The desks stay open.
    """

    def __init__(self, clock: Clock, size: tuple[int, int] = (1366, 768)) -> None:
        self._application = _application()
        self._app = App(self._application, Settings(scheme="light"), clock)
        fonts.load(*fonts.ALL_FACES)
        self._app.window.resize(*size)
        self._app.window.show()
        self._app.window.activateWindow()

    def take(
        self,
        desk: "Desk",
        sittings: "Sequence[Sitting]",
        folder: Path,
        *,
        scheme: Scheme = Scheme.LIGHT,
        text_percent: int = 100,
    ) -> tuple[Path, ...]:
        """Show these pages of a desk and save them as PNG files in a folder; their paths.

        Raises BugError for a page this person does not have.
        """
        from oost_desktop.views.portraits import Portraits

        theme.apply(self._application, scheme, text_percent)
        app = self._app
        portraits = Portraits(app.program, app.window, app.jobs, folder, sittings)
        taken: list[tuple[Path, ...]] = []
        portraits.done.connect(taken.append)
        portraits.done.connect(self._application.quit)
        portraits.begin(desk)
        self._application.exec()
        app.program.put_away()
        return taken[0]

    def take_the_door(
        self, vault: Path, folder: Path, suffix: str = "", scheme: Scheme = Scheme.LIGHT
    ) -> tuple[Path, ...]:
        """Save what is seen before a caseload is open: the very first screen, and the lock."""
        theme.apply(self._application, scheme, 100)
        folder.mkdir(parents=True, exist_ok=True)
        taken = []
        show = {"first-run": self._app.program.first_run, "locked": self._app.program.use}
        for name, screen in show.items():
            screen(vault)
            self._application.processEvents()
            taken.append(folder / f"{name}{suffix}.png")
            self._app.window.grab().save(str(taken[-1]))
        return tuple(taken)

    def close(self) -> None:
        """Stop the threads and take the window away."""
        self._app.jobs.shutdown()
        self._app.window.close()


def self_test(desk: "Desk", folder: Path) -> Path:
    """Paint the home page of a desk into a folder; the picture."""
    from oost_desktop.views.pages.catalogue import home_of
    from oost_desktop.views.portraits import Sitting

    studio = Studio(desk.clock)
    (picture,) = studio.take(desk, [Sitting("home", home_of(desk))], folder)
    studio.close()
    return picture


def _application() -> QApplication:
    theme.british()
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(paths.APP)
    application.setQuitOnLastWindowClosed(True)
    return application
