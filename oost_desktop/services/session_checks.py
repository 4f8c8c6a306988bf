"""What the rest of the record says about a session before it is kept.

An overlap is an error; a holiday, more hours than offered, or more than we ask about are remarked
on and never stop anybody. Run at every save, so it asks little: the week once, not the ledger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from oost_desktop.clock import LONDON
from oost_desktop.models import Placement, Session
from oost_desktop.models.calendar import TermCalendar, monday
from oost_desktop.models.problems import Problem
from oost_desktop.models.session import was_taught
from oost_desktop.services import hours, settings, wording
from oost_desktop.services.naming import pupils
from oost_desktop.services.term_calendar import calendar_of
from oost_desktop.services.timetable import at

# Put together once: building a statement costs as much as asking it.
_WEEK = select(
    Session.id, Session.pupil, Session.tutor, Session.starts, Session.ends, Session.outcome
).where(
    Session.gone.is_(False),
    Session.starts >= bindparam("first"),
    Session.starts < bindparam("after"),
    or_(Session.pupil == bindparam("pupil"), Session.tutor == bindparam("tutor")),
)
_OFFERS = select(Placement.starts, Placement.ends, Placement.offered).where(
    Placement.pupil == bindparam("pupil"), Placement.gone.is_(False)
)


@dataclass(frozen=True, slots=True)
class _Held:
    id: str
    pupil: str
    tutor: str
    starts: datetime
    ends: datetime
    outcome: str | None

    @property
    def taught_minutes(self) -> int:
        """Its length if it was taught, else nothing."""
        if self.outcome is None or not was_taught(self.outcome):
            return 0
        return _minutes(self.starts, self.ends)


def remarks(
    connection: Connection, values: Mapping[str, Any], entity: str | None, today: date
) -> list[Problem]:
    """Errors and warnings about a session whose own fields are in order."""
    start, end = values["starts"], values["ends"]
    day = start.astimezone(LONDON).date()
    week = monday(day)
    held = [each for each in _week(connection, values, week) if each.id != entity]
    calendar = calendar_of(connection)
    return [
        *_overlap(connection, held, start, end, today),
        *_holiday(calendar, day),
        *_week_total(connection, values, held, calendar, week),
    ]


def _week(connection: Connection, values: Mapping[str, Any], week: date) -> list[_Held]:
    """The sessions of this pupil or this tutor in a week."""
    asked = {
        "first": at(week, "00:00"),
        "after": at(week + timedelta(days=7), "00:00"),
        "pupil": values.get("pupil"),
        "tutor": values.get("tutor"),
    }
    rows = connection.execute(_WEEK, asked)
    return [
        _Held(entity, pupil or "", tutor or "", starts, ends, outcome)
        for entity, pupil, tutor, starts, ends, outcome in rows
        if starts is not None and ends is not None
    ]


def _overlap(
    connection: Connection, held: Sequence[_Held], start: datetime, end: datetime, today: date
) -> list[Problem]:
    """One tutor, and one pupil, can be in one session at a time."""
    for other in held:
        if other.starts < end and other.ends > start:
            whom = pupils(connection, today).get(other.pupil)
            name = whom.forename if whom else "another pupil"
            times = wording.span(other.starts, other.ends)
            return [Problem("starts", f"This overlaps the session with {name}, {times}.")]
    return []


def _holiday(calendar: TermCalendar, day: date) -> list[Problem]:
    if day.weekday() < 5 and calendar.covers(day) and not calendar.is_term_day(day):
        return [Problem("starts", f"This is a {calendar.holiday_on(day)} day.", warning=True)]
    return []


def _week_total(
    connection: Connection,
    values: Mapping[str, Any],
    held: Sequence[_Held],
    calendar: TermCalendar,
    week: date,
) -> list[Problem]:
    pupil, outcome = values.get("pupil"), values.get("outcome")
    if not pupil or not outcome or not was_taught(outcome):
        return []
    before = sum(each.taught_minutes for each in held if each.pupil == pupil)
    total = before + _minutes(values["starts"], values["ends"])
    rows = connection.execute(_OFFERS, {"pupil": pupil})
    offers = [(starts, ends, minutes) for starts, ends, minutes in rows]
    offered = hours.offered_in(week, offers, calendar, week + timedelta(days=6))
    found = []
    so_much = f"This makes {wording.hours(total)} this week"
    if offered and total > offered:
        words = f"{so_much}; {wording.hours(offered)} are offered."
        found.append(Problem("ends", words, warning=True))
    ask_above = settings.hours_to_ask_about(connection)
    if ask_above is not None and total > ask_above:
        words = f"{so_much}, more than {wording.hours(ask_above)}. Say why in the note."
        found.append(Problem("ends", words, warning=True))
    return found


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds()) // 60
