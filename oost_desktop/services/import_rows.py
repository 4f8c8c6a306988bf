"""One row of a caseload spreadsheet read into values, with what is wrong, cell by cell.

Every cell is read on its own and every fault is named by its column. Blank cells say nothing:
they never take away what is recorded. Compares with nothing and changes nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from oost_desktop.models import identifiers
from oost_desktop.models.codes import code_list
from oost_desktop.models.problems import Problem
from oost_desktop.store.search import folded

COLUMNS = (
    "upn", "legal_surname", "legal_forename", "preferred_forename", "date_of_birth", "nc_year",
    "school", "laestab", "named_person", "named_person_phone", "reason", "address", "postcode",
    "parent_name", "parent_phone", "hours_offered", "start_date", "tutor",
)  # fmt: skip
MOST_HOURS = 40  # more is a slip of the keyboard; how many to offer is judgement
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_BRITISH = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_HOURS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?\s*(?:h|hrs?|hours?)?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_YEAR = re.compile(r"(?:year|yr|y)?\s*(\d{1,2})", re.IGNORECASE)


@dataclass
class Row:
    """A row's values by column, without the blank ones, and its faults and remarks."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    def note(self, column: str, problems: list[Problem]) -> None:
        """Take in what is wrong with a cell: warnings are remarks, the rest are faults."""
        for problem in problems:
            (self.remarks if problem.warning else self.faults).append(
                Problem(column, problem.message, problem.warning)
            )


def read_row(number: int, cells: Mapping[str, str], today: date) -> Row:
    """Read the cells of one row, whose keys are our column names."""
    row = Row(number)
    for column in COLUMNS:
        typed = cells.get(column, "")
        if typed:
            _READERS[column](row, column, typed)
    _whole(row, today)
    return row


def canonical_column(name: str) -> str:
    """A column's name as we write it: "Legal surname" is legal_surname."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def same_name(name: str) -> str:
    """A name as names are compared: no case, no accents, single spaces, no commas or stops."""
    return " ".join(re.sub(r"[.,]", " ", folded(name)).split())


def _name(row: Row, column: str, typed: str) -> None:
    tidy = " ".join(typed.split())
    if len(tidy) > 200:
        row.note(column, [Problem(column, "This is longer than 200 characters.")])
    row.values[column] = tidy


def _address(row: Row, column: str, typed: str) -> None:
    if len(typed) > 500:
        row.note(column, [Problem(column, "This is longer than 500 characters.")])
    row.values[column] = "\n".join(" ".join(line.split()) for line in typed.split("\n"))


def _upn(row: Row, column: str, typed: str) -> None:
    row.note(column, identifiers.upn(typed))
    row.values[column] = re.sub(r"\s", "", typed).upper()


def _laestab(row: Row, column: str, typed: str) -> None:
    row.note(column, identifiers.laestab(typed))
    row.values[column] = re.sub(r"[\s/]", "", typed)


def _postcode(row: Row, column: str, typed: str) -> None:
    row.note(column, identifiers.postcode(typed))
    row.values[column] = identifiers.tidy_postcode(typed)


def _phone(row: Row, column: str, typed: str) -> None:
    row.note(column, identifiers.phone(typed))
    row.values[column] = " ".join(typed.split())


def _day(row: Row, column: str, typed: str) -> None:
    value = read_day(typed)
    if value is None:
        message = "Write the date as dd/mm/yyyy; this is none, or there is no such day."
        row.note(column, [Problem(column, message)])
    else:
        row.values[column] = value


def read_day(typed: str) -> date | None:
    """dd/mm/yyyy or yyyy-mm-dd; None for anything else, and for days that do not exist."""
    british, iso = _BRITISH.fullmatch(typed.strip()), _ISO.fullmatch(typed.strip())
    if british:
        parts = (int(british[3]), int(british[2]), int(british[1]))
    elif iso:
        parts = (int(iso[1]), int(iso[2]), int(iso[3]))
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _year_group(row: Row, column: str, typed: str) -> None:
    if folded(typed) in ("r", "reception", "year r", "yr"):
        row.values[column] = 0
        return
    match = _YEAR.fullmatch(typed.strip())
    if match is None:
        row.note(column, [Problem(column, "Write the year group as a number from 0 to 13.")])
    else:
        row.values[column] = int(match[1])


def _reason(row: Row, column: str, typed: str) -> None:
    wanted = folded(typed)
    for code in code_list("referral_reasons"):
        names = (code.extra["import_name"], code.label, code.code)
        if code.extra["in_scope"] == "1" and wanted in map(folded, names):
            row.values[column] = code.code
            return
    known = " or ".join(c.extra["import_name"] for c in code_list("referral_reasons").codes[:3])
    row.note(column, [Problem(column, f"The reason is one of: {known}.")])


def _hours(row: Row, column: str, typed: str) -> None:
    value = read_hours(typed)
    if value is None:
        message = "Write the hours a week as a number, for example 4.5."
        row.note(column, [Problem(column, message)])
    elif not 0 < value <= MOST_HOURS * 60:
        message = f"Hours a week are more than 0 and at most {MOST_HOURS}."
        row.note(column, [Problem(column, message)])
    else:
        row.values[column] = value


def read_hours(typed: str) -> int | None:
    """Minutes in 5, 4.5, 4,5, 4½, 4:30 or 4.5 hours; None for anything else."""
    plain = typed.strip().replace("½", ".5").replace("¼", ".25").replace("¾", ".75")
    clock = _CLOCK.fullmatch(plain)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    match = _HOURS.fullmatch("0" + plain if plain.startswith(".") else plain)
    if match is None:
        return None
    fraction = (match[2] or "0").ljust(2, "0")
    return int(match[1]) * 60 + round(int(fraction) * 60 / 100)


_READERS: dict[str, Callable[[Row, str, str], None]] = {
    **dict.fromkeys(COLUMNS, _name),
    "upn": _upn,
    "laestab": _laestab,
    "postcode": _postcode,
    "address": _address,
    "named_person_phone": _phone,
    "parent_phone": _phone,
    "date_of_birth": _day,
    "start_date": _day,
    "nc_year": _year_group,
    "reason": _reason,
    "hours_offered": _hours,
}


def _whole(row: Row, today: date) -> None:
    """What only shows when cells are seen together."""
    values = row.values
    born, year = values.get("date_of_birth"), values.get("nc_year")
    if born is not None:
        row.note("date_of_birth", identifiers.date_of_birth(born, today))
    known = {problem.field for problem in row.faults}
    if year is not None:
        row.note(
            "nc_year", identifiers.nc_year(year, None if "date_of_birth" in known else born, today)
        )
    for name, phone in (("named_person", "named_person_phone"), ("parent_name", "parent_phone")):
        if phone in values and name not in values:
            row.note(name, [Problem(name, "Say whose telephone number this is.")])
