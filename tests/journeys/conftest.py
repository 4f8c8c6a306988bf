"""A tutor's laptop with an invented caseload, ready to be unlocked in the real window."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from oost_desktop.app import App
from oost_desktop.clock import MovableClock, london
from oost_desktop.invented import invent
from oost_desktop.models import Role
from oost_desktop.security.kdf import KdfCost
from oost_desktop.services import founding, populating, unlocking
from oost_desktop.settings import Settings
from oost_desktop.views.context import Page
from oost_desktop.views.open_desk import OpenDesk
from oost_desktop.views.shell.unlock_page import UnlockPage

MONDAY = date(2026, 11, 23)
PASSPHRASES = {"owner": "owner phrase", "coordinator": "coordinator phrase", "dsl": "lead phrase"}
TUTOR_PHRASE = "kitchen table phrase"


@pytest.fixture(scope="session")
def filled_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault marked as a laptop, its first tutor with a passphrase; made once, copied per test."""
    folder = tmp_path_factory.mktemp("laptop") / "caseload"
    clock = MovableClock(london(MONDAY, 11, 42)).clock()
    service = invent(7, tutors=3, pupils=12, weeks=6, today=MONDAY)
    started = populating.start(folder, service, PASSPHRASES, clock)
    populating.fill(started.desk, service, started.placed)
    tutor = service.tutors[0]
    founding.give_passphrase(
        started.desk, started.placed.ids[tutor.key], Role.TUTOR, TUTOR_PHRASE, KdfCost.invented()
    )
    unlocking.mark_vault(started.desk.vault, unlocking.LAPTOP, invented=True)
    started.desk.close()
    return folder


@dataclass
class KitchenTable:
    """The running program, and what a person at it can do and see."""

    app: App
    folder: Path
    clock: MovableClock
    bot: QtBot

    @property
    def desk(self) -> OpenDesk:
        found = self.app.program.desk
        assert found is not None
        return found

    @property
    def page(self) -> Page:
        found = self.desk.workspace.page(self.desk.workspace.current_page())
        assert isinstance(found, Page)
        return found

    def unlock(self, passphrase: str = TUTOR_PHRASE) -> None:
        """Type the passphrase and press Enter."""
        screen = self.app.window.centralWidget()
        assert isinstance(screen, UnlockPage)
        field = screen.findChild(QLineEdit)
        assert field is not None
        self.bot.keyClicks(field, passphrase)
        with self.bot.waitSignal(self.app.program.opened):
            self.bot.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def lock(self) -> None:
        """Press Ctrl+L."""
        with self.bot.waitSignal(self.app.program.locked):
            self.app.program.lock()

    def settle(self) -> None:
        """Wait until nothing is being read or written."""
        self.bot.waitUntil(lambda: not self.app.jobs.working)


class Flashes(QObject):
    """Notes every widget that is shown as a window of its own, if only for a moment."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._window
            and watched.windowType() in (Qt.WindowType.Window, Qt.WindowType.Widget)
        ):
            self.seen.append(repr(watched))
        return False


@pytest.fixture
def kitchen_table(
    qtbot: QtBot, qapp: QApplication, filled_vault: Path, tmp_path: Path
) -> Iterator[KitchenTable]:
    """The window on the lock screen of a tutor's laptop, at 11:42 on Monday 23 November 2026."""
    folder = tmp_path / "caseload"
    shutil.copytree(filled_vault, folder)
    clock = MovableClock(london(MONDAY, 11, 42))
    app = App(qapp, Settings(scheme="light"), clock.clock())
    flashes = Flashes(app.window)
    qapp.installEventFilter(flashes)
    app.open(folder)
    with qtbot.waitActive(app.window):
        app.window.activateWindow()
    yield KitchenTable(app, folder, clock, qtbot)
    app.close()
    qapp.removeEventFilter(flashes)
    assert not flashes.seen, f"shown as windows of their own: {flashes.seen}"
    app.window.deleteLater()
    app.deleteLater()
