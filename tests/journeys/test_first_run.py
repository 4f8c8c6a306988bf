"""The first run, from an empty computer to an open desk, as somebody new would go through it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from oost_desktop.app import App
from oost_desktop.clock import MovableClock
from oost_desktop.services import enrolling
from oost_desktop.settings import Settings
from oost_desktop.views.errors import ErrorDialog
from oost_desktop.views.first_run.newcomer import Newcomer
from oost_desktop.views.first_run.recovery import Recovery
from oost_desktop.views.first_run.waiting_room import WaitingRoom
from oost_desktop.views.first_run.welcome import Welcome
from oost_desktop.views.open_desk import OpenDesk

PHRASE = "basalt otter kettle plumage"


@pytest.fixture
def newcomer(
    qtbot: QtBot, qapp: QApplication, clock: MovableClock, tmp_path: Path
) -> Iterator[App]:
    app = App(qapp, Settings(scheme="light"), clock.clock())
    app.open(tmp_path / "caseload")
    with qtbot.waitActive(app.window):
        app.window.activateWindow()
    yield app
    app.close()
    app.window.deleteLater()
    app.deleteLater()


def _screen(app: App, kind: Any, qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: isinstance(app.window.centralWidget(), kind), timeout=20_000)
    return app.window.centralWidget()


def _press(screen: Any, name: str) -> None:
    screen.findChild(QPushButton, name).click()


def _introduce(app: App, qtbot: QtBot, way: str, name: str) -> Recovery:
    _press(_screen(app, Welcome, qtbot), way)
    form = _screen(app, Newcomer, qtbot)
    form.name.setText(name)
    form.machine.setText("L-7")
    form.phrase.setText(PHRASE)
    form.again.setText(PHRASE)
    form.go_on.click()
    sheet: Recovery = _screen(app, Recovery, qtbot)
    return sheet


def _desk(app: App) -> OpenDesk | None:
    return app.program.desk


def test_starting_a_service_ends_at_the_owners_desk(newcomer: App, qtbot: QtBot) -> None:
    sheet = _introduce(newcomer, qtbot, "start", "Ruth Heathcote")
    groups = sheet._groups
    sheet.typed.setText("nothing like it")
    sheet.go_on.click()
    assert _desk(newcomer) is None
    sheet.typed.setText(f"{groups[1]} {groups[3]}")
    with qtbot.waitSignal(newcomer.program.opened):
        sheet.go_on.click()
    desk = _desk(newcomer)
    assert desk is not None
    assert desk.context.desk.person.name == "Ruth Heathcote"
    assert desk.workspace.current_page() == "caseload"
    qtbot.waitUntil(lambda: not newcomer.jobs.working)


def test_a_laptop_that_asked_to_join_waits_and_shows_its_words(newcomer: App, qtbot: QtBot) -> None:
    sheet = _introduce(newcomer, qtbot, "join", "Jo Marsden")
    sheet.typed.setText(sheet._groups[1] + sheet._groups[3])
    sheet.go_on.click()
    room = _screen(newcomer, WaitingRoom, qtbot)
    qtbot.waitUntil(lambda: bool(room.words.text()))
    expected = enrolling.own_request(room._desk).words
    assert room.words.text().split() == list(expected)
    room._desk.close()


def test_what_fails_during_the_first_run_is_said(
    newcomer: App, qtbot: QtBot, tmp_path: Path
) -> None:
    nowhere = tmp_path / "no folder"
    sheet = _introduce(newcomer, qtbot, "join", "Jo Marsden")
    sheet._save(nowhere / "recovery-sheet.pdf")
    _said(newcomer, qtbot).close()
    sheet.typed.setText(sheet._groups[1] + sheet._groups[3])
    sheet.go_on.click()
    room = _screen(newcomer, WaitingRoom, qtbot)
    room._save(nowhere)
    _said(newcomer, qtbot).close()
    qtbot.waitUntil(lambda: not newcomer.jobs.working)
    room._desk.close()


def _said(app: App, qtbot: QtBot) -> ErrorDialog:
    def dialogs() -> list[ErrorDialog]:
        return [each for each in app.window.findChildren(ErrorDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(dialogs()))
    return dialogs()[0]


def test_a_weak_passphrase_is_refused_with_advice_and_nothing_is_made(
    newcomer: App, qtbot: QtBot, tmp_path: Path
) -> None:
    _press(_screen(newcomer, Welcome, qtbot), "start")
    form = _screen(newcomer, Newcomer, qtbot)
    form.name.setText("Ruth")
    form.phrase.setText("password1")
    form.again.setText("password1")
    form.go_on.click()
    qtbot.waitUntil(lambda: bool(form.message.text()))
    assert not (tmp_path / "caseload" / "vault.db").exists()


def test_practising_opens_an_invented_desk_marked_so(newcomer: App, qtbot: QtBot) -> None:
    with qtbot.waitSignal(newcomer.program.opened, timeout=30_000):
        _press(_screen(newcomer, Welcome, qtbot), "practise")
    assert newcomer.program.desk is not None
    assert newcomer.program.desk.context.desk.invented
    assert newcomer.program.desk.workspace.current_page() == "today"
    qtbot.waitUntil(lambda: not newcomer.jobs.working)
