"""A spreadsheet of invented pupils in which exactly twenty rows are crooked, each in one place.

For trying `caseload import` on: the forty good rows must all come in, the twenty others must all
be refused, and the fault that is known must be the one that is named. Row 1 is the header.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from oost_desktop.clock import london
from oost_desktop.invented.cast import CAST
from oost_desktop.invented.numbers import upn_letter
from oost_desktop.invented.people import cast_part, stranger
from oost_desktop.invented.places import invented_schools
from oost_desktop.invented.source import between, pick, seeded

COLUMNS = (
    "upn", "legal_surname", "legal_forename", "preferred_forename", "date_of_birth", "nc_year",
    "school", "laestab", "named_person", "named_person_phone", "reason", "address", "postcode",
    "parent_name", "parent_phone", "hours_offered", "start_date", "tutor",
)  # fmt: skip
GOOD, CROOKED = 40, 20
_REASONS = {"MED": "medical", "MENT": "mental health", "PREG": "pregnancy"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that is wrong. `row` counts lines as a spreadsheet shows them: the header is 1."""

    row: int
    column: str
    why: str


@dataclass(frozen=True, slots=True)
class CrookedCaseload:
    """The file's text, its rows as typed, what is wrong, and what is only odd."""

    text: str
    rows: tuple[Mapping[str, str], ...]
    faults: tuple[Fault, ...]
    oddities: tuple[Fault, ...]


Row = dict[str, str]
_CROOKS: tuple[tuple[str, str, str], ...] = (
    ("upn", "wrong check letter", ""),
    ("upn", "two digits swapped", ""),
    ("upn", "one character short", ""),
    ("upn", "letter O for nought", ""),
    ("legal_forename", "missing", ""),
    ("date_of_birth", "missing", ""),
    ("date_of_birth", "no such day", "31/02/2013"),
    ("date_of_birth", "in the future", "01/09/{next_year}"),
    ("date_of_birth", "too old", "{long_ago}-05-01"),
    ("nc_year", "beyond 13", "14"),
    ("nc_year", "not a number", "ten"),
    ("laestab", "one digit short", "830990"),
    ("named_person_phone", "cannot be rung", "0123"),
    ("reason", "not a reason", "poorly"),
    ("postcode", "C cannot stand there", "DE4 3AC"),
    ("postcode", "no postcode starts with Q", "QE4 3AG"),
    ("parent_phone", "not a number", "ask nan"),
    ("hours_offered", "not a number", "lots"),
    ("hours_offered", "below nought", "-2"),
    ("start_date", "no such day", "30/02/2026"),
)


def crooked_caseload(seed: int, today: date, tutors: Sequence[str] = ()) -> CrookedCaseload:
    """The file for this seed. `tutors` are names to allocate to; without any the column is empty.

    Some good rows are odd and must come in with a warning: a temporary UPN, a year group that
    is not the age's. Others are only awkward: two pupils with one name, a pupil with a single
    name, names in other scripts, addresses with commas, quotation marks and line ends.
    """
    dice = seeded(seed, "crooked")
    rows = [_good_row(seed, number, today, tutors) for number in range(GOOD + CROOKED)]
    crooked: set[int] = set()
    while len(crooked) < len(_CROOKS):
        crooked.add(between(dice, len(CAST), len(rows) - 1))
    faults = []
    for place, (column, why, wrong) in zip(sorted(crooked), _CROOKS, strict=True):
        rows[place][column] = _wrong(rows[place], why, wrong, today)
        faults.append(Fault(place + 2, column, why))
    oddities = _make_odd(rows)
    return CrookedCaseload(_written(rows), tuple(rows), tuple(faults), oddities)


def _wrong(row: Row, why: str, wrong: str, today: date) -> str:
    upn = row["upn"]
    if why == "wrong check letter":
        return ("B" if upn[0] != "B" else "C") + upn[1:]
    if why == "two digits swapped":
        place = next(place for place in range(1, 12) if upn[place] != upn[place + 1])
        return upn[:place] + upn[place + 1] + upn[place] + upn[place + 2 :]
    if why == "one character short":
        return upn[:-1]
    if why == "letter O for nought":
        return upn[:12] + "O"
    return wrong.format(next_year=today.year + 1, long_ago=today.year - 24)


def _good_row(seed: int, number: int, today: date, tutors: Sequence[str]) -> Row:
    dice = seeded(seed, "row", number)
    made_at = london(today, 9)
    schools = invented_schools("", made_at)
    part = CAST[number] if number < len(CAST) else None
    sketch = (
        stranger(seed, number, today, today, schools)
        if part is None
        else cast_part(number, part, today, schools)
    )
    family = sketch.family(seed, "", made_at)
    pupil, parent = family.pupil, family.contacts[0]
    starts = today + timedelta(days=between(dice, -40, 10))
    day = "{:%d/%m/%Y}" if number % 2 else "{:%Y-%m-%d}"
    return {
        "upn": pupil.upn,
        "legal_surname": pupil.legal_surname or "",
        "legal_forename": pupil.legal_forename,
        "preferred_forename": pupil.preferred_forename or "",
        "date_of_birth": day.format(pupil.date_of_birth),
        "nc_year": str(pupil.nc_year),
        "school": family.school.record.name,
        "laestab": family.school.record.laestab,
        "named_person": family.school.named_person,
        "named_person_phone": family.school.named_person_phone,
        "reason": _REASONS[family.voice.reason],
        "address": _awkward(pupil.address, number),
        "postcode": pupil.postcode if number % 3 else pupil.postcode.replace(" ", "").lower(),
        "parent_name": parent.name,
        "parent_phone": parent.phone or "",
        "hours_offered": pick(dice, ("5", "4.5", "3", "2", "4")),
        "start_date": day.format(starts),
        "tutor": pick(dice, tutors) if tutors else "",
    }


def _awkward(address: str, number: int) -> str:
    if number % 4 == 0:
        return address.replace("\n", ", ")
    return f'"The Old Forge"\n{address}' if number == 1 else address


def _make_odd(rows: Sequence[Row]) -> tuple[Fault, ...]:
    """Make two of the cast's rows odd; the cast is never crooked."""
    interim = rows[5]["upn"][1:12] + "A"
    rows[5]["upn"] = upn_letter(interim) + interim
    rows[6]["nc_year"] = str(int(rows[6]["nc_year"]) - 1)
    return (
        Fault(5 + 2, "upn", "temporary"),
        Fault(6 + 2, "nc_year", "a year below the age's"),
    )


def _written(rows: Sequence[Mapping[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
