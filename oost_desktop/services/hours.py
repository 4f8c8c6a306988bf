"""Hours offered, timetabled, taught and missed: one ledger per pupil and week.

Four quantities, never one, so that none hides another; and never a percentage of school sessions.
What the service itself missed is kept apart from what the pupil could not do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from oost_desktop.clock import LONDON
from oost_desktop.models import Placement
from oost_desktop.models.calendar import TermCalendar, monday
from oost_desktop.models.codes import code_list
from oost_desktop.models.session import Side, was_taught
from oost_desktop.services import wording
from oost_desktop.services.outcomes import side_of
from oost_desktop.services.term_calendar import calendar_of
from oost_desktop.services.timetable import Occurrence, occurrences


@dataclass(frozen=True, slots=True)
class Missed:
    """Time not taught for one reason; `by_service` when it was ours to give."""

    outcome: str
    minutes: int
    sessions: int
    by_service: bool

    @property
    def label(self) -> str:
        """The reason in words."""
        return code_list("session_outcomes").label(self.outcome)


@dataclass(frozen=True, slots=True)
class WeekOfHours:
    """One week of one pupil, in minutes."""

    monday: date
    offered: int
    timetabled: int
    taught: int
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """A pupil's weeks, oldest first."""

    weeks: tuple[WeekOfHours, ...]

    @property
    def offered(self) -> int:
        """Minutes offered in all."""
        return sum(week.offered for week in self.weeks)

    @property
    def timetabled(self) -> int:
        """Minutes timetabled in all."""
        return sum(week.timetabled for week in self.weeks)

    @property
    def taught(self) -> int:
        """Minutes taught in all."""
        return sum(week.taught for week in self.weeks)

    @property
    def missed(self) -> tuple[Missed, ...]:
        """Time missed by reason, the longest first."""
        return _sum_missed(missed for week in self.weeks for missed in week.missed)


def ledger(connection: Connection, pupil: str, first: date, last: date) -> Ledger:
    """The weeks from the first to the last day in which something was offered or happened."""
    calendar = calendar_of(connection)
    hours = occurrences(connection, first, last, pupil=pupil)
    offers = _offers(connection, pupil)
    weeks = []
    week = monday(first)
    while week <= last:
        of_week = [o for o in hours if monday(o.start.astimezone(LONDON).date()) == week]
        offered = offered_in(week, offers, calendar, last)
        if offered or of_week:
            weeks.append(_week(week, offered, of_week))
        week += timedelta(days=7)
    return Ledger(tuple(weeks))


def in_words(missed: Iterable[Missed]) -> str:
    """Pupil too unwell 3 h, Cancelled by tutor 2 h; empty when nothing was missed."""
    return ", ".join(
        f"{m.label[:1].lower()}{m.label[1:]} {wording.hours(m.minutes)}" for m in missed
    )


def _week(week: date, offered: int, hours: list[Occurrence]) -> WeekOfHours:
    taught = sum(o.minutes for o in hours if o.outcome and was_taught(o.outcome))
    planned = sum(o.minutes for o in hours if o.slot is not None)
    missed = _sum_missed(
        Missed(o.outcome, o.minutes, 1, _is_ours(o.outcome))
        for o in hours
        if o.outcome and not was_taught(o.outcome)
    )
    return WeekOfHours(week, offered, planned, taught, missed)


def _is_ours(outcome: str) -> bool:
    return side_of(outcome) is Side.SERVICE


def _sum_missed(parts: Iterable[Missed]) -> tuple[Missed, ...]:
    sums: dict[str, Missed] = {}
    for part in parts:
        so_far = sums.get(part.outcome, Missed(part.outcome, 0, 0, part.by_service))
        sums[part.outcome] = Missed(
            part.outcome,
            so_far.minutes + part.minutes,
            so_far.sessions + part.sessions,
            part.by_service,
        )
    return tuple(sorted(sums.values(), key=lambda missed: (-missed.minutes, missed.outcome)))


Offer = tuple[date | None, date | None, int | None]  # first day, last day, minutes a week


def _offers(connection: Connection, pupil: str) -> list[Offer]:
    rows = connection.execute(
        select(Placement.starts, Placement.ends, Placement.offered).where(
            Placement.pupil == pupil, Placement.gone.is_(False)
        )
    )
    return [(start, end, offered) for start, end, offered in rows]


def offered_in(week: date, offers: Sequence[Offer], calendar: TermCalendar, last: date) -> int:
    """Minutes offered in a week that has a term day inside a placement; 0 in the holidays."""
    days = [week + timedelta(days=number) for number in range(5)]
    for start, end, offered in offers:
        if (
            start
            and offered
            and any(
                start <= day <= min(end or last, last)
                and (calendar.is_term_day(day) or not calendar.covers(day))
                for day in days
            )
        ):
            return offered
    return 0
