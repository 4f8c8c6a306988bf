"""Which weeks of a placement are charged, each with its reason (SLA, schools 17).

"A charge is made for each full or part week of the duration of tuition during a Derbyshire
school term": one day of term within the placement makes the week count, once, whoever taught and
however often. No rate and no decision whether cost recovery applies is known here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from oost_desktop.models.ages import school_year_name
from oost_desktop.models.calendar import (
    FRIDAY,
    WEEK,
    Status,
    TermCalendar,
    financial_year,
    monday,
)

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class ChargeWeek:
    """One week that a placement touches.

    `days` are term days within the placement, `of` the term days of the whole week. `final` is
    whether the council has confirmed the dates it rests on: only then may it be invoiced.
    `year` is the financial year of its first charged day, or of its Monday if none is.
    """

    monday: date
    charged: bool
    because: str
    days: int
    of: int
    final: bool
    year: str


def charge_weeks(spans: Iterable[Span], calendar: TermCalendar) -> list[ChargeWeek]:
    """Every week that the placements of one pupil touch, in order, charged or not, and why.

    `spans` are first and last days, both included; placements that share a week charge it once.
    A placement still running is given the day up to which to look.
    """
    wanted = [span for span in spans if span[0] <= span[1]]
    weeks: set[date] = set()
    for first, last in wanted:
        week = monday(first)
        while week <= last:
            weeks.add(week)
            week += WEEK
    return [_judge(week, wanted, calendar) for week in sorted(weeks)]


def charged_by_financial_year(weeks: Iterable[ChargeWeek]) -> Mapping[str, int]:
    """How many charged weeks fall into each financial year."""
    counted: dict[str, int] = {}
    for week in weeks:
        if week.charged:
            counted[week.year] = counted.get(week.year, 0) + 1
    return counted


def _judge(week: date, spans: Iterable[Span], calendar: TermCalendar) -> ChargeWeek:
    weekdays = [week + timedelta(days=number) for number in range(FRIDAY + 1)]
    taught = [day for day in weekdays if any(first <= day <= last for first, last in spans)]
    term = [day for day in weekdays if calendar.is_term_day(day)]
    charged = [day for day in taught if calendar.is_term_day(day)]
    if unknown := [day for day in taught if not calendar.covers(day)]:
        because = f"term dates for {school_year_name(unknown[0])} are not known"
        return ChargeWeek(
            week, bool(charged), because, len(charged), len(term), False, _year(charged, week)
        )
    if charged:
        because, final = _why(len(charged), len(term)), _all_confirmed(charged, calendar)
    else:
        because, final = _why_not(taught, term, calendar), True
    return ChargeWeek(
        week, bool(charged), because, len(charged), len(term), final, _year(charged, week)
    )


def _year(charged: list[date], week: date) -> str:
    return financial_year(charged[0] if charged else week)


def _why(days: int, of: int) -> str:
    if days == of:
        return "full week of term" if of == FRIDAY + 1 else f"all {of} days of term in this week"
    return f"part week: {days} of {of} days of term, charged as a week"


def _why_not(taught: list[date], term: list[date], calendar: TermCalendar) -> str:
    if not taught:
        return "weekend only"
    if term:
        return "no day of term within the placement"
    named = [calendar.holiday_on(day) for day in taught]
    return next((name for name in named if name in {"half-term", "school holiday"}), named[0])


def _all_confirmed(days: list[date], calendar: TermCalendar) -> bool:
    periods = [calendar.period_on(day) for day in days]
    return all(period is not None and period.status is Status.CONFIRMED for period in periods)
