"""The crooked spreadsheet: forty good rows, twenty with exactly the fault that is named."""

import csv
import io
from datetime import date, datetime

import pytest

from oost_desktop.invented import crooked_caseload
from oost_desktop.invented.crooked import COLUMNS
from oost_desktop.models import identifiers
from oost_desktop.models.codes import code_list

TODAY = date(2026, 11, 23)


def _day(text: str) -> date | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a date, not a moment
        except ValueError:
            continue
    return None


def wrong_columns(row: dict[str, str]) -> set[str]:
    """What the field's own checks refuse in a row, column by column."""
    wrong = {column for column in ("legal_forename", "date_of_birth", "school") if not row[column]}
    checks = {
        "upn": identifiers.upn,
        "laestab": identifiers.laestab,
        "named_person_phone": identifiers.phone,
        "parent_phone": identifiers.phone,
        "postcode": identifiers.postcode,
    }
    for column, check in checks.items():
        if any(not problem.warning for problem in check(row[column])):
            wrong.add(column)
    born = _day(row["date_of_birth"])
    if born is None or any(not p.warning for p in identifiers.date_of_birth(born, TODAY)):
        wrong.add("date_of_birth")
    if not row["nc_year"].isdigit() or int(row["nc_year"]) > 13:
        wrong.add("nc_year")
    if row["reason"] not in {code.extra["import_name"] for code in code_list("referral_reasons")}:
        wrong.add("reason")
    if not row["hours_offered"].replace(".", "", 1).isdigit():
        wrong.add("hours_offered")
    if _day(row["start_date"]) is None:
        wrong.add("start_date")
    return wrong


@pytest.mark.parametrize("seed", [1, 2, 99])
def test_each_crooked_row_has_exactly_its_fault_and_no_good_row_has_any(seed: int) -> None:
    caseload = crooked_caseload(seed, TODAY)
    rows = list(csv.DictReader(io.StringIO(caseload.text, newline="")))
    assert tuple(rows[0]) == COLUMNS
    faults = {fault.row: {fault.column} for fault in caseload.faults}
    assert len(rows) == 60
    assert len(faults) == 20
    for number, row in enumerate(rows, start=2):
        assert wrong_columns(row) == faults.get(number, set()), number


def test_the_odd_rows_are_good_but_remarked_on() -> None:
    caseload = crooked_caseload(1, TODAY)
    faulty = {fault.row for fault in caseload.faults}
    for oddity in caseload.oddities:
        assert oddity.row not in faulty
        row = caseload.rows[oddity.row - 2]
        born = _day(row["date_of_birth"])
        found = [
            *identifiers.upn(row["upn"]),
            *identifiers.nc_year(int(row["nc_year"]), born, TODAY),
        ]
        assert [problem.field for problem in found] == [oddity.column]


def test_no_two_rows_are_the_same_pupil() -> None:
    rows = crooked_caseload(1, TODAY).rows
    good = [row["upn"] for row in rows if not wrong_columns(dict(row))]
    assert len(set(good)) == len(good)
    people = [(r["legal_surname"], r["legal_forename"], _day(r["date_of_birth"])) for r in rows]
    assert len(set(people)) == len(people)


def test_tutors_are_named_only_when_there_are_some() -> None:
    assert {row["tutor"] for row in crooked_caseload(1, TODAY).rows} == {""}
    named = {row["tutor"] for row in crooked_caseload(1, TODAY, ["Jo Marsden"]).rows}
    assert named == {"Jo Marsden"}
