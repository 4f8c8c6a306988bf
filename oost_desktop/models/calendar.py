"""The Derbyshire year: terms, bank holidays, school days and weeks of term.

Built from dated rows, shipped or kept by the office; the calendar itself holds no date. It
answers for the days it was given and says when it was not (`covers`). Whether a week is charged
is `models/charge_weeks.py`.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

from oost_desktop.models.ages import school_year_name
from oost_desktop.paths import resource

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
FRIDAY = 4
SUMMER = (7, 8)  # a school year entered to July is entered whole
DAYS_IN_A_YEAR = 195  # the council publishes 195 days, five of them INSET placed by each school


class Status(StrEnum):
    """How far a period's dates may be relied on; only confirmed dates may be charged by."""

    CONFIRMED = "confirmed"
    PROVISIONAL = "provisional"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Period:
    """One half-term: "Autumn 1" of "2026-27". Both days are included."""

    year: str
    name: str
    start: date
    end: date
    status: Status

    @property
    def term(self) -> str:
        """The term it is half of, as said in a sentence: "autumn"."""
        return self.name.split(" ")[0].lower()

    def days(self) -> Iterator[date]:
        """Every day from the first to the last, weekends and holidays too."""
        for number in range((self.end - self.start).days + 1):
            yield self.start + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class ReviewDate:
    """When a review falls due, the day by which to hold it, and why that is another day."""

    due: date
    hold_by: date
    because: str

    @property
    def week(self) -> date:
        """The Monday of the week to propose."""
        return monday(self.hold_by)


class TermCalendar:
    """Terms and bank holidays. Never changes: a corrected calendar is another one."""

    def __init__(self, periods: Iterable[Period], bank_holidays: Mapping[date, str]) -> None:
        self.periods = tuple(sorted(periods, key=lambda period: period.start))
        self.bank_holidays = dict(bank_holidays)

    @cached_property
    def _term_days(self) -> dict[date, Period]:
        return {
            day: period
            for period in self.periods
            for day in period.days()
            if self.is_working_day(day)
        }

    @cached_property
    def _year_ends(self) -> dict[str, date]:
        return {period.year: period.end for period in self.periods}

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday and not a bank holiday."""
        return day.weekday() <= FRIDAY and day not in self.bank_holidays

    def is_term_day(self, day: date) -> bool:
        """A working day within a Derbyshire term: a school day, INSET days included."""
        return day in self._term_days

    def covers(self, day: date) -> bool:
        """Whether this calendar knows the day, so that its "no" means no.

        A year of which only the first terms were entered is known up to the last of them.
        """
        last = self._year_ends.get(school_year_name(day))
        return last is not None and (day <= last or last.month in SUMMER)

    def period_on(self, day: date) -> Period | None:
        """The half-term a day lies in, weekends included; None in the holidays."""
        return next((p for p in self.periods if p.start <= day <= p.end), None)

    def term_days(self, year: str) -> int:
        """Term days of a school year. 195 if its dates are right (`DAYS_IN_A_YEAR`)."""
        return sum(1 for period in self._term_days.values() if period.year == year)

    def school_days(self, first: date, last: date) -> int:
        """School days from the first to the last day, both included."""
        return sum(1 for day in self._term_days if first <= day <= last)

    def working_days(self, first: date, last: date) -> int:
        """Working days from the first to the last day, both included."""
        span = range((last - first).days + 1)
        return sum(1 for number in span if self.is_working_day(first + timedelta(days=number)))

    def week_of_term(self, day: date) -> tuple[int, str] | None:
        """Which teaching week of which term, half-term not counted: (12, "autumn")."""
        week = monday(day)
        here = [self._term_days[d] for d in _days_of_week(week) if d in self._term_days]
        if not here:
            return None
        first = here[0]
        weeks = {
            monday(known)
            for known, period in self._term_days.items()
            if period.year == first.year and period.term == first.term and known < week + WEEK
        }
        return len(weeks), first.term

    def week_in_words(self, day: date) -> str:
        """The heading of a day: "week 12 of the autumn term", "school holiday", or not known."""
        if not self.covers(day):
            return f"term dates for {school_year_name(day)} not known"
        week = self.week_of_term(day)
        return f"week {week[0]} of the {week[1]} term" if week else "school holiday"

    def review_due(self, last_held: date, interval_days: int) -> ReviewDate:
        """When the next education plan meeting is due (SLA, schools 5: about every 12 weeks).

        Due in a holiday means held in the last week of term before it.
        """
        due = last_held + timedelta(days=interval_days)
        if not self.covers(due):
            because = f"term dates for {school_year_name(due)} are not known"
            return ReviewDate(due, due, because)
        if any(day in self._term_days for day in _days_of_week(monday(due))):
            return ReviewDate(due, due, "")
        before = [day for day in self._term_days if last_held < day < due]
        if not before:
            return ReviewDate(due, due, "no term day since the last meeting")
        gap = "half-term" if self._is_half_term(due) else "the school holidays"
        return ReviewDate(due, max(before), f"due in {gap}, so proposed for the week before it")

    def _is_half_term(self, day: date) -> bool:
        before = [period for period in self.periods if period.end < day]
        after = [period for period in self.periods if period.start > day]
        if not before or not after:
            return False
        return (before[-1].year, before[-1].term) == (after[0].year, after[0].term)

    def holiday_on(self, day: date) -> str:
        """What a day without school is called: a bank holiday's name, half-term, weekend."""
        if day in self.bank_holidays:
            return self.bank_holidays[day]
        if day.weekday() > FRIDAY:
            return "weekend"
        return "half-term" if self._is_half_term(day) else "school holiday"


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def financial_year(day: date) -> str:
    """The council's financial year, 1 April to 31 March: "2026-27"."""
    began = day.year if day.month >= 4 else day.year - 1
    return f"{began}-{(began + 1) % 100:02d}"


def _days_of_week(week: date) -> Iterator[date]:
    return (week + timedelta(days=number) for number in range(7))


@lru_cache(maxsize=1)
def shipped_bank_holidays() -> Mapping[date, str]:
    """Bank holidays of England and Wales as they came with the program."""
    with resource("calendar", "bank_holidays.csv").open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["date"]): row["name"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def shipped_calendar() -> TermCalendar:
    """The terms that came with the program. Not confirmed: the office keeps its own."""
    with resource("calendar", "term_dates.csv").open(encoding="utf-8", newline="") as file:
        periods = [
            Period(
                row["year"],
                row["period"],
                date.fromisoformat(row["start"]),
                date.fromisoformat(row["end"]),
                Status(row["status"]),
            )
            for row in csv.DictReader(file)
        ]
    return TermCalendar(periods, shipped_bank_holidays())
