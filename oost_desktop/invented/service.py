"""A whole invented service of any size, from a seed: schools, staff, terms and every pupil's file.

The office's own records are made at once; files and lessons come one by one as they are asked
for, so that a county of five years fits in little memory.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from oost_desktop.clock import london
from oost_desktop.invented.cases import Place, Setting, build_case, places
from oost_desktop.invented.cast import COORDINATOR, DSL, SENIOR, TUTORS
from oost_desktop.invented.lessons import lessons
from oost_desktop.invented.names import draw_name
from oost_desktop.invented.numbers import landline, mobile
from oost_desktop.invented.places import invented_schools
from oost_desktop.invented.records import (
    Invented,
    InventedAgreement,
    InventedCase,
    InventedSchool,
    InventedSession,
    InventedSetting,
    InventedStaff,
    InventedTermPeriod,
    InventedWork,
)
from oost_desktop.invented.source import pick, seeded, whole_text
from oost_desktop.invented.terms import invented_calendar
from oost_desktop.models.calendar import TermCalendar

_YEAR, _WEEK = timedelta(days=365.25), timedelta(days=7)
_OFFICE = "staff-coordinator"
_SUBJECTS = (("ENG", "HIS"), ("MAT", "SCI"), ("MAT", "ENG"), ("SCI", "GEO"), ("ENG", "ART"))
_STAFF_PHONES = 180
OUR_DSL_PHONE = landline(188)


@dataclass(frozen=True)
class InventedService:
    """An invented service on one day. All keys are unique within it; nothing in it is real."""

    seed: int
    today: date
    first_day: date
    calendar: TermCalendar
    agreement: InventedAgreement
    settings: tuple[InventedSetting, ...]
    schools: tuple[InventedSchool, ...]
    staff: tuple[InventedStaff, ...]
    term_periods: tuple[InventedTermPeriod, ...]
    _setting: Setting = field(repr=False)
    _places: tuple[Place, ...] = field(repr=False)
    _term_days: Mapping[int, Sequence[date]] = field(repr=False)

    @property
    def tutors(self) -> tuple[InventedStaff, ...]:
        """The staff who teach."""
        return tuple(person for person in self.staff if person.role == "tutor")

    @property
    def pupils(self) -> int:
        """How many pupils there are."""
        return len(self._places)

    def office_records(self) -> tuple[Invented, ...]:
        """Everything that belongs to no pupil, in an order in which nothing refers onward."""
        return (
            *self.staff, *self.schools, *self.term_periods, *self.settings, self.agreement,
        )  # fmt: skip

    def case(self, number: int) -> InventedCase:
        """One pupil's file, counted from 0; the first fourteen are the cast."""
        return build_case(self._setting, number, self._places[number])

    def cases(self) -> Iterator[InventedCase]:
        """Every pupil's file, made as it is asked for."""
        return (self.case(number) for number in range(self.pupils))

    def lessons(self, case: InventedCase) -> Iterator[tuple[InventedSession, InventedWork | None]]:
        """A pupil's recorded sessions before today, in order, each with the work set in it."""
        return lessons(case, self._term_days, self.seed, self.today)

    def sessions(self, case: InventedCase) -> Iterator[InventedSession]:
        """A pupil's recorded sessions before today, in order."""
        return (session for session, _work in self.lessons(case))

    def work(self, case: InventedCase) -> Iterator[InventedWork]:
        """A pupil's work, in the order in which it was set."""
        return (work for _session, work in self.lessons(case) if work is not None)


def invent(
    seed: int,
    *,
    tutors: int = 3,
    pupils: int = 12,
    weeks: int | None = None,
    years: int | None = None,
    today: date,
) -> InventedService:
    """The invented service of this seed and size, as it stands at the start of `today`.

    It looks back `years` or `weeks` (six if neither is said). At least one tutor and one pupil.
    """
    if tutors < 1 or pupils < 1:
        raise ValueError("an invented service has at least one tutor and one pupil")
    first_day = today - (years * _YEAR if years else (weeks or 6) * _WEEK)
    founded = london(first_day - timedelta(days=30), 9)
    calendar = invented_calendar(first_day - timedelta(days=60), today)
    schools = invented_schools(_OFFICE, founded)
    staff = _staff(seed, tutors, founded)
    agreement = _agreement(founded)
    keys = tuple(person.key for person in staff if person.role == "tutor")
    setting = Setting(seed, today, first_day, keys, _OFFICE, schools, agreement, calendar)
    return InventedService(
        seed=seed,
        today=today,
        first_day=first_day,
        calendar=calendar,
        agreement=agreement,
        settings=_settings(founded),
        schools=tuple(school.record for school in schools),
        staff=staff,
        term_periods=_term_periods(calendar, founded),
        _setting=setting,
        _places=tuple(places(setting, pupils)),
        _term_days=_by_weekday(calendar),
    )


def _by_weekday(calendar: TermCalendar) -> Mapping[int, Sequence[date]]:
    found: dict[int, list[date]] = {weekday: [] for weekday in range(1, 6)}
    for period in calendar.periods:
        for day in period.days():
            if calendar.is_term_day(day):
                found[day.isoweekday()].append(day)
    return found


def _staff(seed: int, tutors: int, founded: datetime) -> tuple[InventedStaff, ...]:
    office = [
        _person(_OFFICE, COORDINATOR, "coordinator", 0, founded),
        _person("staff-dsl", DSL, "dsl", 8, founded),
        _person("staff-senior", SENIOR, "senior", 2, founded),
    ]
    teaching = []
    for number in range(tutors):
        name = TUTORS[number] if number < len(TUTORS) else _tutor_name(seed, number)
        person = _person(f"tutor-{number + 1:02d}", name, "tutor", 600 + number, founded)
        teaching.append(person)
    return (*office, *teaching)


def _tutor_name(seed: int, number: int) -> str:
    dice = seeded(seed, "tutor", number)
    name = draw_name(dice, pick(dice, ("F", "M")))
    return f"{name.forename} {name.surname}"


def _person(key: str, name: str, role: str, number: int, founded: datetime) -> InventedStaff:
    teaches = role == "tutor"
    return InventedStaff(
        key=key,
        made_by=_OFFICE,
        made_at=founded,
        name=name,
        role=role,
        subjects=_SUBJECTS[number % len(_SUBJECTS)] if teaches else (),
        trn=f"99{number:05d}" if teaches else None,
        phone=mobile(number) if teaches else landline(_STAFF_PHONES + number),
        email=f"{key}@practice.example",
        since=founded.date(),
    )


def _agreement(founded: datetime) -> InventedAgreement:
    wording = whole_text("agreement.txt")
    return InventedAgreement(
        key="agreement-practice",
        made_by=_OFFICE,
        made_at=founded,
        title="Practice agreement (invented)",
        effective_from=founded.date(),
        sha256=hashlib.sha256(wording.encode()).hexdigest(),
        wording=wording,
    )


def _settings(founded: datetime) -> tuple[InventedSetting, ...]:
    values = {
        "DSL_NAME": DSL,
        "DSL_PHONE": OUR_DSL_PHONE,
        "OFFICE_PHONE": landline(_STAFF_PHONES),
        "STARTING_POINT": landline(900),
        "OUT_OF_HOURS": landline(901),
        "REVIEW_DAYS": "84",
        "HOURS_ASK_WHY": "5",
    }
    return tuple(
        InventedSetting(
            key=f"setting-{name.lower()}",
            made_by=_OFFICE,
            made_at=founded,
            name=name,
            value=value,
            effective_from=founded.date(),
            source="Invented for practice",
            checked_on=founded.date(),
        )
        for name, value in values.items()
    )


def _term_periods(calendar: TermCalendar, founded: datetime) -> tuple[InventedTermPeriod, ...]:
    return tuple(
        InventedTermPeriod(
            key=f"term-{period.year}-{period.name.lower().replace(' ', '-')}",
            made_by=_OFFICE,
            made_at=founded,
            year=period.year,
            name=period.name,
            starts=period.start,
            ends=period.end,
            status=period.status.value,
            source="Invented for practice",
        )
        for period in calendar.periods
    )
