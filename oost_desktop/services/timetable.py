"""The timetable: weekly slots laid over the Derbyshire calendar, and what became of each hour."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from oost_desktop.clock import LONDON
from oost_desktop.models import Session, TimetableSlot
from oost_desktop.models.calendar import TermCalendar
from oost_desktop.services.desk import Desk
from oost_desktop.services.naming import PupilName, pupils, staff
from oost_desktop.services.term_calendar import calendar_of

HOUR_FORM = "timetable"
NEW_HOUR = f"{HOUR_FORM}:new"
"""The form of a weekly hour that is being written, and the name its draft is kept under."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One planned hour, or one recorded without a plan. `session` is set once it is recorded."""

    slot: str | None
    session: str | None
    pupil: str
    tutor: str
    subject: str | None
    start: datetime
    end: datetime
    venue: str | None
    place: str | None
    mode: str | None
    outcome: str | None

    @property
    def minutes(self) -> int:
        """Its length in whole minutes."""
        return int((self.end - self.start).total_seconds()) // 60

    @property
    def is_written_up(self) -> bool:
        """Whether somebody has said what became of it."""
        return self.outcome is not None


@dataclass(frozen=True, slots=True)
class Week:
    """A week of one person's timetable: its Monday, its holidays, its hours, and whose they are."""

    monday: date
    heading: str
    holidays: dict[date, str]
    occurrences: tuple[Occurrence, ...]
    pupils: dict[str, PupilName]
    tutors: dict[str, str]


def week(desk: Desk, day: date, tutor: str | None = None) -> Week:
    """The week a day lies in, for one tutor or, at the office, for everybody (None)."""
    monday = day - timedelta(days=day.weekday())
    with desk.vault.read() as connection:
        calendar = calendar_of(connection)
        found = occurrences(connection, monday, monday + timedelta(days=6), tutor=tutor)
        names = pupils(connection, desk.today)
        tutors = staff(connection)
    days = [monday + timedelta(days=number) for number in range(5)]
    off = {each: calendar.holiday_on(each) for each in days if not calendar.is_term_day(each)}
    return Week(monday, calendar.week_in_words(monday), off, tuple(found), names, tutors)


def occurrences(
    connection: Connection,
    first: date,
    last: date,
    *,
    tutor: str | None = None,
    pupil: str | None = None,
) -> list[Occurrence]:
    """Planned and recorded hours from the first to the last day, in order of time.

    A slot gives an hour on its weekday in term (or where the calendar does not reach, so that a
    missing calendar hides nobody's lesson). A recorded session takes its slot's hour's place.
    """
    recorded = _recorded(connection, first, last, tutor, pupil)
    taken = {(o.slot, o.start.astimezone(LONDON).date()) for o in recorded if o.slot}
    calendar = calendar_of(connection)
    planned = [
        hour
        for slot in _slots(connection, tutor, pupil)
        for hour in _hours_of(slot, first, last, calendar)
        if (hour.slot, hour.start.astimezone(LONDON).date()) not in taken
    ]
    return sorted([*recorded, *planned], key=lambda hour: (hour.start, hour.pupil))


@dataclass(frozen=True, slots=True)
class _Slot:
    id: str
    pupil: str
    tutor: str
    subject: str | None
    weekday: str
    starts_at: str
    ends_at: str
    venue: str | None
    place: str | None
    mode: str | None
    first_day: date | None
    last_day: date | None


def _slots(connection: Connection, tutor: str | None, pupil: str | None) -> list[_Slot]:
    slot = TimetableSlot
    query: Select[*tuple[Any, ...]] = select(
        slot.id, slot.pupil, slot.tutor, slot.subject, slot.weekday, slot.starts_at, slot.ends_at,
        slot.venue, slot.place, slot.mode, slot.first_day, slot.last_day,
    )  # fmt: skip
    query = query.where(
        slot.gone.is_(False), slot.weekday.is_not(None), slot.starts_at.is_not(None)
    )
    if tutor is not None:
        query = query.where(slot.tutor == tutor)
    if pupil is not None:
        query = query.where(slot.pupil == pupil)
    return [_Slot(*row) for row in connection.execute(query)]


def _hours_of(slot: _Slot, first: date, last: date, calendar: TermCalendar) -> list[Occurrence]:
    start = max(first, slot.first_day or first)
    end = min(last, slot.last_day or last)
    day = start + timedelta(days=(int(slot.weekday) - 1 - start.weekday()) % 7)
    found = []
    while day <= end:
        if calendar.is_term_day(day) or not calendar.covers(day):
            found.append(_hour(slot, day))
        day += timedelta(days=7)
    return found


def _hour(slot: _Slot, day: date) -> Occurrence:
    return Occurrence(
        slot.id, None, slot.pupil, slot.tutor, slot.subject,
        at(day, slot.starts_at), at(day, slot.ends_at), slot.venue, slot.place, slot.mode, None,
    )  # fmt: skip


def at(day: date, clock: str) -> datetime:
    """The UTC moment of "HH:MM" on a Derbyshire day."""
    hour, minute = clock.split(":")
    local = datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=LONDON)
    return local.astimezone(UTC)


def _recorded(
    connection: Connection, first: date, last: date, tutor: str | None, pupil: str | None
) -> list[Occurrence]:
    s = Session
    query: Select[*tuple[Any, ...]] = select(
        s.slot, s.id, s.pupil, s.tutor, s.subject, s.starts, s.ends, s.venue, s.place, s.mode,
        s.outcome,
    ).where(
        s.gone.is_(False),
        s.starts >= at(first, "00:00"),
        s.starts < at(last + timedelta(days=1), "00:00"),
        s.ends.is_not(None),
    )  # fmt: skip
    if tutor is not None:
        query = query.where(s.tutor == tutor)
    if pupil is not None:
        query = query.where(s.pupil == pupil)
    return [Occurrence(*row) for row in connection.execute(query)]
