"""The spreadsheet: forty good rows, twenty bad ones, from end to end."""

from pathlib import Path

import pytest

from oost_desktop.clock import system_clock
from oost_desktop.invented import CrookedCaseload, crooked_caseload


@pytest.fixture
def crooked() -> CrookedCaseload:
    return crooked_caseload(7, system_clock().today(), ("Jo Marsden",))


@pytest.fixture
def spreadsheet(tmp_path: Path, crooked: CrookedCaseload) -> Path:
    path = tmp_path / "caseload.csv"
    path.write_text(crooked.text, encoding="utf-8", newline="")
    return path


def test_good_rows_come_in_and_bad_ones_are_explained(run, empty_office, spreadsheet, crooked):
    ran = run("caseload", "import", spreadsheet, *empty_office.by(), "--json")
    assert ran.status == 3
    assert set(ran.said) == {"imported", "updated", "unchanged", "refused", "warnings"}
    assert (ran.said["imported"], ran.said["updated"]) == (40, 0)
    refused = {(each["row"], each["column"]) for each in ran.said["refused"]}
    assert refused == {(fault.row, fault.column) for fault in crooked.faults}
    assert all(each["reason"] for each in ran.said["refused"])
    check = run("vault", "check", *empty_office.by(), "--rebuild", "--json").said
    assert check["ok"] is True
    assert check["records"]["pupil"] == 40


def test_trying_changes_nothing(run, empty_office, spreadsheet):
    before = run("vault", "check", *empty_office.by(), "--json").said
    ran = run("caseload", "import", spreadsheet, *empty_office.by(), "--json", "--dry-run")
    assert ran.said["imported"] == 40
    assert run("vault", "check", *empty_office.by(), "--json").said == before


def test_importing_twice_doubles_nobody(run, empty_office, spreadsheet):
    run("caseload", "import", spreadsheet, *empty_office.by())
    before = run("vault", "check", *empty_office.by(), "--json").said
    again = run("caseload", "import", spreadsheet, *empty_office.by(), "--json").said
    assert (again["imported"], again["updated"], again["unchanged"]) == (0, 0, 40)
    assert run("vault", "check", *empty_office.by(), "--json").said == before


def test_a_file_that_is_not_there_is_refused(run, office, tmp_path):
    ran = run("caseload", "import", tmp_path / "none.csv", *office.by())
    assert (ran.status, ran.out) == (1, "")


def test_pupils_known_by_upn_are_not_doubled(run, office, spreadsheet):
    """The office has the twelve pupils whom the file begins with; 28 of its good rows are new."""
    before = run("vault", "check", *office.by(), "--json").said["records"]["pupil"]
    ran = run("caseload", "import", spreadsheet, *office.by(), "--json").said
    after = run("vault", "check", *office.by(), "--json").said["records"]["pupil"]
    assert after == before + ran["imported"]
    assert ran["imported"] == 28
