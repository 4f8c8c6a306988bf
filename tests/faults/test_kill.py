"""Killed at any moment: what was acknowledged is there, what is there is whole.

The moment is drawn at random within what the program does after its first act.
"""

import random
import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from oost_desktop.clock import MovableClock, london
from oost_desktop.models import RECORDS
from oost_desktop.security.secret import Secret
from oost_desktop.store import backup, check
from oost_desktop.store.vault import Vault
from tests.faults import victim

CLOCK = MovableClock(london(date(2026, 11, 23), 11, 42)).clock()
OFTEN = pytest.mark.slow


def times(few: int, many: int) -> list[object]:
    """A few in every run, many in the slow one; each draws its own moment."""
    return [pytest.param(n, marks=[OFTEN] if n >= few else []) for n in range(many)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault with 200 sessions, and one backup of it."""
    folder = tmp_path / "vault"
    with Vault.create(folder, victim.KEY, RECORDS, CLOCK, org="test-service") as vault:
        (folder / "keystore.json").write_text("{}", encoding="ascii")
        with vault.act(victim.TUTOR) as unit:
            for n in range(200):
                unit.create("session", {"pupil": "9" * 32, "covered": f"Session {n} " * 20})
        backup.back_up(vault.engine, folder, folder / "backups", victim.KEY, CLOCK)
    return folder


def killed(what: str, folder: Path, within_s: float) -> list[str]:
    """Run the victim, kill it at a random moment after its first act; the lines it printed."""
    delay = random.uniform(0, within_s)
    program = subprocess.Popen(
        [sys.executable, victim.__file__, what, str(folder)],
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
            program.wait(delay)
        program.kill()
        rest = program.stdout.read()
    whole = (first + rest).splitlines(keepends=True)
    return [line.strip() for line in whole if line.endswith("\n")]


def checked(folder: Path) -> list[str]:
    """Open the vault as after any other evening, prove it whole, and list its sessions."""
    with Vault.open(folder, Secret(bytes(range(32))), RECORDS, CLOCK) as vault:
        assert check.check(vault, signatures=True, rebuild=True).problems == ()
        with vault.read() as connection:
            return list(connection.exec_driver_sql("select id from session").scalars())


@pytest.mark.parametrize("_time", times(5, 50))
def test_killed_while_saving(_time, folder):
    acknowledged = killed("saves", folder, 0.25)
    there = set(checked(folder))
    for line in acknowledged:
        assert set(line.split()) <= there, "an acknowledged save is missing"
    # Two sessions are saved in one act: never one of them.
    assert len(there) % 2 == 0
    assert len(there) - 200 in (len(acknowledged) * 2, len(acknowledged) * 2 + 2)


@pytest.mark.parametrize("_time", times(3, 50))
def test_killed_while_backing_up(_time, folder):
    killed("backups", folder, 0.15)
    backups = folder / "backups"
    offered = backup.list_backups(backups)
    assert offered
    for one in offered:
        assert backup.verified(one.folder / "vault.db", victim.KEY)[0] == one.operations == 200
    named = {one.folder for one in offered}
    leftovers = [path for path in backups.iterdir() if path not in named]
    assert all(path.name.startswith(backup.UNFINISHED) for path in leftovers)
    assert len(checked(folder)) == 200
    with Vault.open(folder, victim.KEY, RECORDS, CLOCK) as vault:
        backup.back_up(vault.engine, folder, backups, victim.KEY, CLOCK)
    assert not list(backups.glob(backup.UNFINISHED + "*"))


@pytest.mark.parametrize("_time", times(3, 30))
def test_killed_while_restoring(_time, folder):
    killed("restores", folder, 0.15)
    assert len(checked(folder)) == 200
    assert (folder / "keystore.json").read_text(encoding="ascii") == "{}"
    assert not list(folder.glob("restore-*"))
