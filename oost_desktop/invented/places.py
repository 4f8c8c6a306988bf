"""Where invented people live and learn: real towns, invented streets and schools."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from oost_desktop.invented.numbers import landline
from oost_desktop.invented.records import InventedSchool
from oost_desktop.invented.source import between, pick, rows

_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
NAMED_PERSON_PHONES, DSL_PHONES, OFFICE_PHONES = 123, 150, 300


@dataclass(frozen=True, slots=True)
class SchoolPlace:
    """A school with what its record does not hold: whom to ring, and which years it teaches."""

    record: InventedSchool
    named_person: str
    named_person_phone: str
    first_year: int
    last_year: int


def invented_schools(author: str, made_at: datetime) -> tuple[SchoolPlace, ...]:
    """All invented schools, the same in every service."""
    return tuple(
        _school(number, row["town"], author, made_at) for number, row in enumerate(rows("schools"))
    )


def _school(number: int, town: str, author: str, made_at: datetime) -> SchoolPlace:
    row = rows("schools")[number]
    domain = row["name"].split(" (")[0].lower().replace(" ", "-")
    record = InventedSchool(
        key=f"school-{number + 1:02d}",
        made_by=author,
        made_at=made_at,
        name=row["name"],
        laestab=row["laestab"],
        town=town,
        postcode=_postcode(Random(number), town),  # noqa: S311 - invented, not secret
        phone=landline(OFFICE_PHONES + number),
        email=f"office@{domain}.example",
        dsl_name=row["dsl_name"],
        dsl_phone=landline(DSL_PHONES + number),
        midday="12:20" if int(row["first_year"]) >= 7 else "12:00",
        billing_route=row["billing_route"],
    )
    named_phone = landline(NAMED_PERSON_PHONES + number)
    years = int(row["first_year"]), int(row["last_year"])
    return SchoolPlace(record, row["named_person"], named_phone, *years)


def schools_for(schools: Sequence[SchoolPlace], year: int) -> list[SchoolPlace]:
    """The schools that teach a year group."""
    return [school for school in schools if school.first_year <= year <= school.last_year]


def draw_address(dice: Random, town: str) -> tuple[str, str]:
    """An address in a town, over two or three lines, and a postcode of its district."""
    street = pick(dice, rows("streets"))["street"]
    number = between(dice, 1, 148)
    first = f"Flat {between(dice, 1, 9)}\n{number} {street}" if number % 11 == 0 else ""
    return f"{first or f'{number} {street}'}\n{town}", _postcode(dice, town)


def draw_town(dice: Random) -> str:
    """A town of the county."""
    return pick(dice, rows("towns"))["town"]


def _postcode(dice: Random, town: str) -> str:
    district = next((row["district"] for row in rows("towns") if row["town"] == town), "DE4")
    return f"{district} {between(dice, 1, 9)}{pick(dice, _INWARD)}{pick(dice, _INWARD)}"
