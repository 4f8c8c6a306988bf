"""Bundles carried by a script: a laptop's work comes to the office, and the office's back."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from oost_desktop.commands.folders import keep_passphrases
from oost_desktop.models import Session
from oost_desktop.services import records
from oost_desktop.tour import at_the_office, carrying, on_the_road
from oost_desktop.tour.stage import OFFICE, Stage, laptop_of
from tests.commands.conftest import Office

PEOPLE = ("owner", "coordinator", "dsl", "tutor-01", "tutor-02", "tutor-03")
TUTOR = "tutor-01"
RESULT = {"file", "result", "reason", "new", "changed", "clashes", "late"}


@dataclass(frozen=True)
class Service:
    """An office and a laptop whose six weeks have not been handed in."""

    office: Office
    laptop: Office

    @property
    def by_office(self) -> list[object]:
        return self.office.by()

    @property
    def by_tutor(self) -> list[object]:
        return self.laptop.by(TUTOR)


@pytest.fixture(scope="session")
def made_service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A note stands changed on both sides: handing in brings one clash."""
    out = tmp_path_factory.mktemp("service")
    passphrases, _files = keep_passphrases(out, 1, PEOPLE)
    stage = Stage(out, 1, passphrases)
    acts = (*at_the_office.ACTS, *carrying.ENROLMENT, *on_the_road.ACTS)
    for _name, act in acts:
        act(stage)
    carrying.hand_in(stage)
    laptop, office = stage.desks[laptop_of(TUTOR)], stage.desks[OFFICE]
    note = records.ids(laptop, "session")[0]
    for desk, words in ((laptop, "As the tutor has it."), (office, "As the office has it.")):
        with desk.vault.act(desk.actor) as unit:
            unit.change(Session, note, {"next_step": words})
    stage.leave_all()
    return out


@pytest.fixture
def service(made_service: Path, tmp_path: Path) -> Service:
    shutil.copytree(made_service, tmp_path / "service")
    vaults, passphrases = tmp_path / "service" / "vaults", tmp_path / "service" / "passphrases"
    return Service(
        Office(vaults / OFFICE, passphrases), Office(vaults / laptop_of(TUTOR), passphrases)
    )


@pytest.fixture
def handed_in(run, service, tmp_path) -> Path:
    ran = run("bundle", "export", "--to", "office", "--out", tmp_path / "out", *service.by_tutor,
              "--json")  # fmt: skip
    assert ran.status == 0
    return Path(ran.said["file"])


def test_a_clash_is_done_and_needs_a_person(run, service, handed_in):
    ran = run("bundle", "import", handed_in, *service.by_office, "--json")
    assert ran.status == 3
    (bundle,) = ran.said["bundles"]
    assert set(bundle) == RESULT
    assert (bundle["result"], bundle["clashes"], bundle["new"]) == ("applied", 1, 0)
    again = run("bundle", "import", handed_in, *service.by_office, "--json")
    assert again.status == 0
    assert again.said["bundles"][0]["result"] == "known"


def test_trying_a_bundle_changes_nothing(run, service, handed_in):
    before = (service.office.folder / "vault.db").read_bytes()
    for words in (("import", handed_in, "--dry-run"), ("inspect", handed_in)):
        assert run("bundle", *words, *service.by_office, "--json").status == 3
    assert (service.office.folder / "vault.db").read_bytes() == before


def test_what_cannot_be_read_is_refused_with_a_reason(run, service, handed_in, tmp_path):
    good = handed_in.read_bytes()
    spoilt = {
        "short.oost": good[: len(good) // 2],
        "bit.oost": good[:-50] + bytes([good[-50] ^ 1]) + good[-49:],
        "other.oost": b"a shopping list",
    }
    before = (service.office.folder / "vault.db").read_bytes()
    for name, data in spoilt.items():
        (tmp_path / name).write_bytes(data)
        ran = run("bundle", "import", tmp_path / name, *service.by_office, "--json")
        assert ran.status == 1
        (bundle,) = ran.said["bundles"]
        assert bundle["result"] == "refused"
        assert bundle["reason"]
    assert (service.office.folder / "vault.db").read_bytes() == before


def test_a_laptop_refuses_its_own_bundle(run, service, handed_in):
    ran = run("bundle", "import", handed_in, *service.by_tutor, "--json")
    assert ran.status == 1
    assert ran.said["bundles"][0]["result"] == "refused"


def test_one_bad_file_stops_no_other(run, service, handed_in, tmp_path):
    (tmp_path / "bad.oost").write_bytes(b"not a bundle")
    files = (tmp_path / "bad.oost", handed_in)
    ran = run("bundle", "import", *files, *service.by_office, "--json")
    assert [each["result"] for each in ran.said["bundles"]] == ["refused", "applied"]
    assert ran.status == 3


def test_the_office_writes_for_a_laptop_by_its_holders_name(run, service, tmp_path):
    out = tmp_path / "back"
    made = run("bundle", "export", "--to", "jo marsden", "--out", out, *service.by_office, "--json")
    assert made.status == 0
    ran = run("bundle", "import", made.said["file"], *service.by_tutor, "--json")
    assert ran.said["bundles"][0]["result"] == "applied"


def test_nobody_is_guessed_at(run, service, tmp_path):
    for options, to in ((service.by_office, "Jo"), (service.by_tutor, "Jo Marsden")):
        ran = run("bundle", "export", "--to", to, "--out", tmp_path / "none", *options)
        assert (ran.status, ran.out) == (1, "")
    assert list((tmp_path / "none").glob("*")) == []


def test_a_file_name_names_nobody(handed_in, service):
    assert "marsden" not in handed_in.name.lower()
    assert handed_in.suffix == ".oost"


def test_the_office_makes_none_for_itself(run, service, tmp_path):
    made = run("bundle", "export", "--to", "office", "--out", tmp_path, *service.by_office)
    assert (made.status, made.out) == (1, "")
    assert made.err.startswith("This is the office: name a laptop.")


def test_a_bundle_does_not_go_into_a_file(run, service, tmp_path):
    (tmp_path / "file").write_text("kept")
    options = ("--to", "office", "--out", tmp_path / "file", *service.by_tutor)
    made = run("bundle", "export", *options)
    assert (made.status, made.out) == (1, "")
    assert "is a file" in made.err
