"""A small office of one school, two tutors and one pupil, at 11:42 on Monday 23 November 2026."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from oost_desktop.clock import MovableClock, london
from oost_desktop.models import (
    RECORDS,
    Contact,
    Placement,
    Pupil,
    Role,
    School,
    Session,
    StaffMember,
    TermPeriod,
)
from oost_desktop.security.keystore import Unlocked
from oost_desktop.security.secret import Secret
from oost_desktop.services.desk import Desk, Person
from oost_desktop.store.vault import Vault

KEY = bytes(range(32))
MONDAY = date(2026, 11, 23)
TERMS_2026_27 = (  # invented: 195 days
    ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
    ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    ("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    ("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
    ("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
    ("Summer 2", date(2027, 6, 7), date(2027, 7, 22)),
)


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a vault that was just made; copied, because making one takes a while."""
    folder = tmp_path_factory.mktemp("empty") / "vault"
    clock = MovableClock(london(MONDAY, 8)).clock()
    Vault.create(folder, Secret(KEY), RECORDS, clock, org="test-service").close()
    return folder


@dataclass
class Office:
    """The office's desk and what stands on it; `make` writes one more record."""

    desk: Desk
    clock: MovableClock
    school: str
    marsden: str
    adeyemi: str
    zoe: str

    def make(self, cls: Any, **values: Any) -> str:
        with self.desk.vault.act(self.desk.actor) as unit:
            return unit.create(cls, values)

    def change(self, cls: Any, entity: str, why: str | None = None, **values: Any) -> None:
        with self.desk.vault.act(self.desk.actor) as unit:
            unit.change(cls, entity, values, why=why)

    def session(self, day: date, outcome: str = "ATTENDED", **values: Any) -> str:
        start = values.pop("starts", None) or london(day, 11)
        length = values.pop("minutes", 60)
        filled = {
            "pupil": self.zoe,
            "tutor": self.marsden,
            "subject": "MAT",
            "starts": start,
            "ends": start + timedelta(minutes=length),
            "venue": "LIBRARY",
            "mode": "IN_PERSON",
            "outcome": outcome,
            **values,
        }
        return self.make(Session, **filled)

    def pupil(self, forename: str, surname: str, **values: Any) -> str:
        born = values.pop("date_of_birth", date(2011, 3, 14))
        filled = {"legal_forename": forename, "legal_surname": surname, "date_of_birth": born}
        return self.make(Pupil, **{**filled, "nc_year": 10, "school": self.school, **values})

    def placement(self, pupil: str, **values: Any) -> str:
        filled = {
            "reason": "MENT",
            "starts": date(2026, 9, 7),
            "offered": 270,
            "last_review": date(2026, 9, 14),
            "evidence_until": date(2027, 2, 12),
        }
        return self.make(Placement, pupil=pupil, **{**filled, **values})

    def change_placement(self, **values: Any) -> None:
        with self.desk.vault.read() as connection:
            query = select(Placement.id).where(Placement.pupil == self.zoe)
            placement = connection.execute(query).scalar_one()
        self.change(Placement, placement, **values)

    def contact(self, role: str, name: str, **values: Any) -> str:
        return self.make(Contact, **{"pupil": self.zoe, "role": role, "name": name, **values})

    def at_desk_of(self, person: str, role: Role) -> Desk:
        return replace(self.desk, person=Person(person, "J. Marsden", role), at_office=False)

    def operations(self) -> int:
        with self.desk.vault.read() as connection:
            counted = connection.exec_driver_sql("select count(*) from op").scalar_one()
            assert isinstance(counted, int)
            return counted


@pytest.fixture
def office(tmp_path: Path, empty_vault: Path, clock: MovableClock) -> Iterator[Office]:
    folder = tmp_path / "vault"
    shutil.copytree(empty_vault, folder)
    with Vault.open(folder, Secret(KEY), RECORDS, clock.clock()) as vault:
        person = Person("0" * 32, "Kofi Osei", Role.COORDINATOR)
        desk = Desk(vault, person, clock.clock(), at_office=True, unlocked=no_keys())
        made = Office(desk, clock, "", "", "", "")
        made.school = made.make(
            School,
            name="Peverel Academy",
            laestab="8304001",
            dsl_name="Mr D. Okonkwo",
            dsl_phone="01632 960150",
        )
        made.marsden = made.make(StaffMember, name="Jo Marsden", role="tutor", subjects=("MAT",))
        made.adeyemi = made.make(StaffMember, name="Peter Adeyemi", role="tutor")
        with vault.act(desk.actor) as unit:
            unit.create(StaffMember, {"name": "Kofi Osei", "role": "coordinator"}, entity=person.id)
        for name, first, last in TERMS_2026_27:
            made.make(
                TermPeriod, year="2026-27", name=name, starts=first, ends=last, status="provisional"
            )
        made.zoe = made.pupil(
            "Zoë", "Świątek", allergies=("Nut allergy",), sen="E", upn="Y830400026001"
        )
        yield made


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return london(day, hour, minute)


def no_keys() -> Unlocked:
    """A desk whose slot opened nothing but the vault."""
    return Unlocked("0" * 32, Secret(KEY), None, {})
