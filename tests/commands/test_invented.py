"""The tour and the county: invented services that every other command can be tried on."""

import errno
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from oost_desktop import cli
from oost_desktop.clock import system_clock
from oost_desktop.invented import invent
from oost_desktop.models import Session
from oost_desktop.services import populating

LEAST_PICTURES = 8


def tour(out: Path) -> dict[str, Any]:
    """Play the tour in a process of its own, as people do."""
    ran = subprocess.run(
        [sys.executable, "-m", "oost_desktop", "tour", "--out", str(out), "--json"],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tour") / "out"
    summary = tour(out)
    assert summary == json.loads((out / "summary.json").read_text(encoding="utf-8"))
    return out


@pytest.fixture(scope="module")
def summary(played: Path) -> dict[str, Any]:
    found = json.loads((played / "summary.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_everything_in_the_tour_held(summary):
    assert set(summary) == {"ok", "steps", "pictures", "reports", "vaults", "passphrases"}
    assert summary["ok"] is True
    assert all(set(step) == {"name", "ok", "detail"} for step in summary["steps"])
    assert [step["name"] for step in summary["steps"] if not step["ok"]] == []


def test_the_tour_leaves_pictures_and_papers(played, summary):
    assert len(summary["pictures"]) >= LEAST_PICTURES
    assert all((played / name).read_bytes().startswith(b"\x89PNG") for name in summary["pictures"])
    assert all((played / name).read_bytes().startswith(b"%PDF") for name in summary["reports"])


def test_no_file_of_the_tour_is_named_after_a_child(played):
    names = " ".join(path.name for path in played.rglob("*")).lower()
    assert not any(name in names for name in ("zoe", "zoë", "świątek", "nguy", "khatun", "parwana"))


def test_every_vault_of_the_tour_opens_with_what_it_left(run, summary):
    person_of = {name: name.replace("laptop", "tutor") for name in summary["vaults"]}
    person_of |= {"office": "coordinator", "spreadsheet": "coordinator"}
    for name, folder in summary["vaults"].items():
        file = summary["passphrases"][person_of[name]]
        ran = run("vault", "check", "--vault", folder, "--passphrase-file", file, "--json")
        assert ran.said["ok"] is True


def test_a_tour_overwrites_nothing(run, played):
    before = sorted(path.name for path in played.iterdir())
    assert run("tour", "--out", played).status == 1
    assert sorted(path.name for path in played.iterdir()) == before


@pytest.mark.parametrize("command", ["tour", "make-county"])
@pytest.mark.parametrize("below", ["", "below"])
def test_a_file_is_no_folder_to_invent_in(run, tmp_path, command, below):
    file = tmp_path / "file"
    file.write_text("kept")
    ran = run(command, "--out", file / below)
    assert (ran.status, ran.out) == (1, "")
    assert "is a file" in ran.err
    assert file.read_text() == "kept"


def test_a_folder_that_cannot_be_made_is_said(run, tmp_path, monkeypatch):
    def refuse(*_all: object, **_named: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    ran = run("make-county", "--out", tmp_path / "new")
    assert (ran.status, ran.out) == (1, "")
    assert "cannot be made: Permission denied" in ran.err


def test_a_county_has_a_size_unless_one_is_given():
    asked = cli.parser().parse_args(["make-county", "--out", "x"])
    assert (asked.tutors, asked.pupils, asked.years) == (10, 100, 1)


@pytest.mark.slow
def test_two_tours_tell_the_same(summary, tmp_path):
    """One seed, one story: what is counted may not depend on the day or the machine."""
    again = tour(tmp_path / "again")

    def counted(found: dict[str, Any]) -> list[tuple[str, str]]:
        kept = {"The office is backed up", "No name lies in the clear"}  # sizes of files vary
        return [(s["name"], s["detail"]) for s in found["steps"] if s["name"] not in kept]

    assert counted(again) == counted(summary)


def test_a_county_is_as_large_as_was_asked(run, tmp_path):
    out = tmp_path / "county"
    size = ("--tutors", "4", "--pupils", "15", "--years", "1", "--seed", "3")
    made = run("make-county", "--out", out, *size, "--json").said
    options = (
        "--vault", made["vaults"]["office"], "--passphrase-file", made["passphrases"]["owner"],
    )  # fmt: skip
    records = run("vault", "check", "--rebuild", "--signatures", *options, "--json").said["records"]
    assert records["pupil"] == made["pupils"] == 15
    assert records["session"] == made["sessions"]
    assert records["work"] == made["work"]
    assert records["concern"] == made["concerns"]


def test_a_county_is_written_in_its_tutors_names(tmp_path):
    """Who wrote a session is part of it, also where it was invented by the thousand."""
    service = invent(3, tutors=2, pupils=4, weeks=3, today=date(2026, 11, 23))
    phrases = dict.fromkeys(populating.OFFICE_PEOPLE, "an invented passphrase")
    started = populating.start(tmp_path / "office", service, phrases, system_clock())
    populating.fill(started.desk, service, started.placed)
    with started.desk.vault.read() as connection:
        rows = connection.execute(Session.__table__.select()).all()
    started.desk.close()
    assert rows
    assert all(row.author == row.tutor for row in rows)
