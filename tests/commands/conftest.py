"""A small invented office, and the program run in this process as a script would run it."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from oost_desktop import cli
from oost_desktop.clock import system_clock
from oost_desktop.commands.folders import keep_passphrases
from oost_desktop.invented import invent
from oost_desktop.services import populating


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> dict[str, Any]:
        """Standard output, which must be exactly one JSON object."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command: `run("vault", "check", "--json")`."""

    def ran(*words: object) -> Ran:
        capsys.readouterr()
        try:
            status = cli.main([str(word) for word in words])
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return ran


@dataclass(frozen=True)
class Office:
    """A vault, and the options that open it as somebody."""

    folder: Path
    passphrases: Path

    def by(self, person: str = "coordinator") -> list[object]:
        """The options for this person."""
        return [
            "--vault", self.folder, "--passphrase-file", self.passphrases / f"{person}.txt",
        ]  # fmt: skip


@pytest.fixture(scope="session")
def made_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of twelve pupils as it stands today."""
    return _made(tmp_path_factory.mktemp("made"), with_pupils=True)


@pytest.fixture(scope="session")
def made_empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with staff and no pupil."""
    return _made(tmp_path_factory.mktemp("empty"), with_pupils=False)


def _made(out: Path, *, with_pupils: bool) -> Path:
    clock = system_clock()
    passphrases, _files = keep_passphrases(out, 1, populating.OFFICE_PEOPLE)
    service = invent(1, today=clock.today())
    started = populating.start(out / "office", service, passphrases, clock)
    if with_pupils:
        populating.fill(started.desk, service, started.placed)
    started.desk.close()
    return out


@pytest.fixture
def office(made_office: Path, tmp_path: Path) -> Office:
    """A copy of the office with pupils, to do with as one likes."""
    return _copied(made_office, tmp_path / "here")


@pytest.fixture
def empty_office(made_empty_office: Path, tmp_path: Path) -> Office:
    """A copy of the office without."""
    return _copied(made_empty_office, tmp_path / "empty")


def _copied(made: Path, to: Path) -> Office:
    shutil.copytree(made, to)
    return Office(to / "office", to / "passphrases")


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    """A good passphrase for a new vault."""
    path = tmp_path / "passphrase.txt"
    path.write_text("ocean lantern pebble weaver quarter\n", encoding="utf-8")
    return path
