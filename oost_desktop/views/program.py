"""The program while it runs: locked or open, and the way from one to the other.

Guarantees that locking takes the workspace away at once and loses nothing typed: every page keeps
its draft first, and the vault is closed after the last draft is kept. Draws nothing itself.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from oost_desktop import paths
from oost_desktop.changes import ChangeSet
from oost_desktop.clock import Clock
from oost_desktop.errors import BugError, OostError
from oost_desktop.settings import Settings
from oost_desktop.views.errors import ErrorPresenter, show_dialog
from oost_desktop.views.idle import IdleWatch
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.main_window import MainWindow
from oost_desktop.views.prompts import Prompts
from oost_desktop.views.shell.unlock_page import UnlockPage

if TYPE_CHECKING:
    from oost_desktop.services.desk import Desk
    from oost_desktop.services.unlocking import Opened
    from oost_desktop.views.first_run.beginning import Beginning
    from oost_desktop.views.open_desk import OpenDesk


class Program(QObject):
    """Holds the window and, while open, the desk. `opened` and `locked` are for whoever waits."""

    opened = Signal()
    locked = Signal()
    _changed = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        jobs: Jobs,
        prompts: Prompts,
        settings: Settings,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.window = window
        self._jobs = jobs
        self._prompts = prompts
        self._settings = settings
        self._clock = clock
        self._folder = Path()
        self._open: OpenDesk | None = None
        self._place: tuple[str, object] | None = None
        self._idle = IdleWatch(settings.lock_minutes, clock, self)
        self._idle.expired.connect(self.lock)
        self._idle.left.connect(self._on_time_left)
        self._changed.connect(self._on_changes)
        window.closing.connect(self.lock)

    def use(self, folder: Path) -> None:
        """Ask for the passphrase of the caseload in this folder."""
        self._folder = folder
        self._show_lock_screen()

    def present(self, error: BaseException) -> None:
        """Show an error where the person is looking: something is always said."""
        screen = self._lock_screen()
        if self._open is not None:
            ErrorPresenter(self.window, self._open.workspace.notices).show(error)
        elif screen is None or isinstance(error, BugError) or not isinstance(error, OostError):
            show_dialog(self.window, error)
        else:
            screen.refuse(str(error))

    def first_run(self, folder: Path) -> None:
        """Offer to join a service, to start one, or to practise."""
        self._folder = folder
        self._beginning().begin()

    def _beginning(self) -> "Beginning":
        # Imported when it is needed: most days the lock screen is all that comes first.
        from oost_desktop.views.first_run.beginning import Beginning

        made = Beginning(
            self.window,
            self._jobs,
            self._prompts,
            self._clock,
            self._folder,
            paths.practice_home(),
            self,
        )
        made.ready.connect(self.show_desk)
        return made

    def show_desk(self, desk: "Desk") -> None:
        """Show the desk that has been opened; a laptop not yet let in waits."""
        self._folder = desk.vault.folder
        from oost_desktop.services import enrolling

        if enrolling.is_waiting(desk):
            self._beginning().wait(desk)
            return
        desk.vault.changes.subscribe(self._changed.emit)
        # The pages and what they show are not needed to ask for a passphrase.
        from oost_desktop.views.open_desk import OpenDesk

        self._open = OpenDesk(desk, self._jobs, self._prompts, self._settings, self)
        self._open.lock_asked.connect(self.lock)
        self._open.settings_changed.connect(self._on_settings)
        self.window.show_screen(self._open.workspace)
        self._open.begin(self._place)
        self._idle.start()
        self.opened.emit()

    @property
    def desk(self) -> "OpenDesk | None":
        """What is open, or None while locked."""
        return self._open

    def lock(self) -> None:
        """Take everything off the screen now, keep what is typed, close the vault."""
        if self._open is None:
            return
        leaving, self._open = self._open, None
        self._idle.stop()
        self._place = leaving.leave()
        desk = leaving.context.desk
        self._show_lock_screen()
        leaving.deleteLater()
        # Queued behind the drafts on the same lane, so nothing typed is lost.
        self._jobs.run("db", _close, desk, owner=self, done=self._on_closed)

    def put_away(self) -> None:
        """Let go of a desk that somebody else closes."""
        if self._open is not None:
            self._idle.stop()
            self._open.deleteLater()
            self._open = None

    def _show_lock_screen(self) -> None:
        page = UnlockPage(())
        page.set_untold_concern(paths.holds_untold(self._folder))
        page.set_practice(self._folder.parent == paths.practice_home())
        page.unlock_asked.connect(self._on_unlock)
        page.recovery_asked.connect(self._on_forgotten)
        self.window.show_screen(page)

    def _lock_screen(self) -> UnlockPage | None:
        screen: QWidget | None = self.window.centralWidget()
        return screen if isinstance(screen, UnlockPage) else None

    def _on_unlock(self, _person: str, passphrase: str) -> None:
        screen = self._lock_screen()
        assert screen is not None
        screen.set_busy(True)
        # On the vault's own lane: behind the closing of the desk that was open a moment ago.
        self._jobs.run(
            "db",
            _unlock,
            self._folder,
            passphrase,
            self._clock,
            owner=screen,
            done=self._on_opened,
            failed=self._on_refused,
        )

    def _on_forgotten(self) -> None:
        from oost_desktop.views.first_run.forgotten import Forgotten

        page = Forgotten(self._jobs, self._folder, self._clock)
        page.opened.connect(self._on_opened)
        page.back.connect(self._show_lock_screen)
        self.window.show_screen(page)

    def _on_opened(self, opened: "Opened") -> None:
        self.show_desk(opened.desk)
        if opened.notice and self._open is not None:
            self._open.workspace.notices.tell(opened.notice, seconds=0)

    def _on_refused(self, error: OostError) -> None:
        screen = self._lock_screen()
        if screen is not None:
            screen.set_busy(False)
            screen.refuse(str(error))

    def _on_closed(self, notice: str) -> None:
        screen = self._lock_screen()
        if screen is not None and notice:
            screen.refuse(notice)
        self.locked.emit()

    def _on_changes(self, changes: ChangeSet) -> None:
        if self._open is not None:
            self._open.on_changes(changes)

    def _on_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._idle.allow(settings.lock_minutes)

    def _on_time_left(self, seconds: int) -> None:
        if self._open is not None:
            self._open.show_time_left(seconds)


# Imported where they are used: the lock screen comes up before the database does.


def _unlock(folder: Path, passphrase: str, clock: Clock) -> "Opened":
    from oost_desktop.services import unlocking

    return unlocking.unlock(folder, passphrase, clock)


def _close(desk: "Desk") -> str:
    """Back up what is new and close; a sentence if the backup could not be made."""
    from oost_desktop.services import keeping

    try:
        if not desk.invented:
            keeping.back_up_if_due(desk)
    except OostError as error:
        return f"No backup was made. {error}"
    finally:
        desk.close()
    return ""
