"""Killed while a bundle is taken in: all of it is there or none, and it can be taken in again."""

import random
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from oost_desktop.clock import MovableClock, london
from oost_desktop.models import Session
from oost_desktop.services import bundles, keeping, unlocking
from oost_desktop.services.desk import Desk
from oost_desktop.store.unit import Actor
from tests.faults import importing_victim
from tests.faults.test_kill import times
from tests.views.pages import pair

MANY = 1500
LONGEST_S = 0.3  # longer than it takes to apply so many


@pytest.fixture(scope="session")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, int]:
    """An office, a bundle of many sessions for it, and how many sessions it has without them."""
    root = tmp_path_factory.mktemp("importing")
    world = pair.build(root)
    clock = MovableClock(london(pair.MONDAY, 11)).clock()
    laptop = unlocking.unlock(world.laptop, pair.LAPTOP_PHRASE, clock).desk
    with laptop.vault.act(Actor(laptop.person.id, laptop.person.role)) as unit:
        for number in range(MANY):
            starts = london(pair.MONDAY, 9) - timedelta(hours=number)
            values = {"pupil": world.pupil, "tutor": laptop.person.id, "covered": f"Hour {number}"}
            unit.create(Session, {**values, "starts": starts, "ends": starts + timedelta(hours=1)})
    bundle = bundles.make(laptop, root).path
    laptop.close()
    office = _open(world.office)
    before = _sessions(office)
    office.close()
    return world.office, bundle, before


@pytest.mark.parametrize("_time", times(3, 50))
def test_killed_while_importing(
    _time: int, waiting: tuple[Path, Path, int], tmp_path: Path
) -> None:
    origin, bundle, before = waiting
    folder = tmp_path / "office"
    shutil.copytree(origin, folder)
    said = _killed(folder, bundle)

    office = _open(folder)
    found = keeping.check(office, signatures=True, rebuild=True)
    assert found.problems == ()
    there = _sessions(office) - before
    assert there in ((MANY,) if "applied" in said else (0, MANY))
    if there == 0:
        bundles.apply(office, bundles.check(office, bundle))
    assert _sessions(office) - before == MANY
    office.close()


def _killed(folder: Path, bundle: Path) -> list[str]:
    program = subprocess.Popen(
        [sys.executable, importing_victim.__file__, str(folder), str(bundle)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stdout is not None
        assert program.stderr is not None
        first = program.stdout.readline()
        assert first, program.stderr.read()
        with suppress(subprocess.TimeoutExpired):
            program.wait(random.uniform(0, LONGEST_S))
        program.kill()
        rest = program.stdout.read()
    return (first + rest).split()


def _open(folder: Path) -> Desk:
    clock = MovableClock(london(pair.MONDAY, 12)).clock()
    return unlocking.unlock(folder, pair.OFFICE_PHRASES["coordinator"], clock).desk


def _sessions(desk: Desk) -> int:
    with desk.vault.read() as connection:
        counted = connection.exec_driver_sql("select count(*) from session where gone = 0")
        return int(counted.scalar_one())
