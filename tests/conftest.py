"""What every test gets without asking: no screen, no network, no real home, nothing left behind.

Guarantees that a test which opens a connection, or leaves a window, a running timer or a thread,
fails. Does not replace any class of ours: time is moved by the `clock` fixture, not by patching.
"""

import os
import socket
import sys
import threading
import weakref
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from oost_desktop.clock import MovableClock, london

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

settings.register_profile("here", deadline=None)  # a busy machine is not a failure
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

THREAD_GRACE_S = 2.0


def _refuse_network(event: str, args: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        if args[0].family != getattr(socket, "AF_UNIX", None):
            raise RuntimeError("this program never opens a network connection")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        raise RuntimeError("this program never asks for a host's address")


sys.addaudithook(_refuse_network)


@pytest.fixture
def clock() -> MovableClock:
    """A clock that stands at 11:42 on Monday 23 November 2026 in Derbyshire until moved."""
    return MovableClock(london(date(2026, 11, 23), 11, 42))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder of the test's own: nothing reads or writes the developer's."""
    folder = tmp_path / "home"
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(folder))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    monkeypatch.setenv("LOCALAPPDATA", str(folder / "local"))
    monkeypatch.setenv("APPDATA", str(folder / "roaming"))
    for name in ("OOST_PASSPHRASE_FILE", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail a test after which a thread of its own is still running."""
    before = set(threading.enumerate())
    yield
    left = []
    for thread in set(threading.enumerate()) - before:
        thread.join(THREAD_GRACE_S)
        # Qt's pool threads that once ran Python look like this; the Qt guard asks the pool itself.
        if thread.is_alive() and not isinstance(thread, threading._DummyThread):
            left.append(thread.name)
    assert not left, f"threads left running: {left}"


@pytest.fixture(autouse=True)
def nothing_of_qt_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a Qt test after which a window, a running timer or pool work is still there."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    app = request.getfixturevalue("qapp")
    timers = _watch_timers(request.getfixturevalue("monkeypatch"))
    before = set(app.topLevelWidgets())
    yield
    _deliver_deletes()
    windows = [repr(w) for w in app.topLevelWidgets() if w not in before and _outlives_test(w)]
    assert not windows, f"windows left behind (qtbot.addWidget?): {windows}"
    running = [repr(timer) for timer in timers if _is_running(timer)]
    assert not running, f"timers left running: {running}"
    assert _pool_is_idle(), "work left in the global thread pool"


def _watch_timers(monkeypatch: pytest.MonkeyPatch) -> "weakref.WeakSet[Any]":
    """Remember every QTimer that is started from here on."""
    from PySide6.QtCore import QTimer

    started: weakref.WeakSet[Any] = weakref.WeakSet()
    start = QTimer.start

    def remember(timer: QTimer, *args: Any) -> None:
        started.add(timer)
        start(timer, *args)

    monkeypatch.setattr(QTimer, "start", remember)
    return started


def _deliver_deletes() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _outlives_test(window: Any) -> bool:
    from shiboken6 import isValid

    return isValid(window) and window.parent() is None


def _is_running(timer: Any) -> bool:
    from shiboken6 import isValid

    return isValid(timer) and timer.isActive()


def _pool_is_idle() -> bool:
    from PySide6.QtCore import QThreadPool

    return QThreadPool.globalInstance().waitForDone(int(THREAD_GRACE_S * 1000))
