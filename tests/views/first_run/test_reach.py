"""The screens of the first run can be read, named, pressed and left with the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from oost_desktop.clock import MovableClock
from oost_desktop.errors import OostError
from oost_desktop.security.kdf import KdfCost
from oost_desktop.services import enrolling
from oost_desktop.services.enrolling import Begun
from oost_desktop.views.first_run.newcomer import Newcomer
from oost_desktop.views.first_run.recovery import Recovery
from oost_desktop.views.first_run.waiting_room import WaitingRoom
from oost_desktop.views.first_run.welcome import Welcome
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.main_window import MainWindow
from oost_desktop.views.prompts import QtPrompts
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import LAYOUTS

SCREENS = ("welcome", "join", "start", "refused", "recovery", "waiting")


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    errors: list[OostError] = []
    made = Jobs(errors.append)
    yield made
    made.shutdown()
    assert errors == []


@pytest.fixture
def begun(tmp_path: Path, clock: MovableClock) -> Iterator[Begun]:
    """A laptop that has asked to join."""
    made = enrolling.begin(
        tmp_path / "caseload", "Jo Marsden", "L-7", "a phrase", clock.clock(),
        cost=KdfCost.invented(), invented=True,
    )  # fmt: skip
    yield made
    made.desk.close()


def _screen(name: str, jobs: Jobs, window: MainWindow, begun: Begun) -> QWidget:
    prompts = QtPrompts(window)
    if name == "welcome":
        return Welcome()
    if name == "recovery":
        return Recovery(jobs, prompts, begun.desk, begun.recovery_code)
    if name == "waiting":
        return WaitingRoom(jobs, prompts, begun.desk)
    made = Newcomer(jobs, joining=name != "start")
    if name == "refused":
        made.name.setText("Jo Marsden")
        made.phrase.setText("password1")
        made.refuse("The two passphrases differ. Type the second one again.")
    return made


@pytest.mark.parametrize("size", [(1180, 900), (1024, 640)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("name", SCREENS)
def test_anyone_can_read_and_reach_everything(
    qtbot: QtBot, dress: Dress, jobs: Jobs, begun: Begun, name: str, scheme: Scheme, percent: int,
    size: tuple[int, int],
) -> None:  # fmt: skip
    dress(scheme, percent)
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(*size)
    screen = _screen(name, jobs, window, begun)
    window.show_screen(screen)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    qtbot.waitUntil(lambda: not jobs.working)
    for _depth in range(LAYOUTS):
        QCoreApplication.sendPostedEvents()
    assert (window.width(), window.height()) == size
    assert tab_cycle(window) != []
    assert nameless(screen) + small_targets(screen) + clipped(window) == []
