"""School years that never were: 195 days each, laid out as Derbyshire lays them out.

For practice and tests only, and marked provisional, so that nothing can be charged by them.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from dateutil.easter import easter

from oost_desktop.models.ages import school_year, school_year_name
from oost_desktop.models.calendar import (
    DAYS_IN_A_YEAR,
    Period,
    Status,
    TermCalendar,
    monday,
    shipped_bank_holidays,
)

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_WEDNESDAY, _THURSDAY, _FRIDAY = 2, 3, 4


def invented_calendar(first: date, last: date) -> TermCalendar:
    """Terms for every school year from the first day's to the one after the last day's."""
    periods: list[Period] = []
    for began in range(school_year(first), school_year(last) + 2):
        periods.extend(_year(began, shipped_bank_holidays()))
    return TermCalendar(periods, shipped_bank_holidays())


def _year(began: int, holidays: Mapping[date, str]) -> list[Period]:
    october = _monday_from(date(began, 11, 1) - _WEEK)
    february = _monday_from(date(began + 1, 2, 15))
    may = _monday_from(date(began + 1, 6, 1) - _WEEK)
    sunday = easter(began + 1)
    before_easter = sunday - 3 * _DAY if sunday.month == 3 else sunday - 9 * _DAY
    after_easter = before_easter + _to_monday(before_easter) + 2 * _WEEK
    spans = [
        ("Autumn 1", _early_in_week(date(began, 9, 2), _THURSDAY), october - 3 * _DAY),
        ("Autumn 2", october + _WEEK, _friday_before(date(began, 12, 24))),
        ("Spring 1", _early_in_week(date(began + 1, 1, 3), _WEDNESDAY), february - 3 * _DAY),
        ("Spring 2", february + _WEEK, before_easter),
        ("Summer 1", after_easter, may - 3 * _DAY),
    ]
    name = school_year_name(date(began, 9, 1))
    periods = [Period(name, *span, Status.PROVISIONAL) for span in spans]
    taught = TermCalendar(periods, holidays).term_days(name)
    start = may + _WEEK
    end = _nth_school_day(start, DAYS_IN_A_YEAR - taught, holidays)
    return [*periods, Period(name, "Summer 2", start, end, Status.PROVISIONAL)]


def _nth_school_day(start: date, count: int, holidays: Mapping[date, str]) -> date:
    day = start - _DAY
    while count > 0:
        day += _DAY
        count -= day.weekday() <= _FRIDAY and day not in holidays
    return day


def _to_monday(day: date) -> timedelta:
    return monday(day) + _WEEK - day


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _early_in_week(day: date, last_weekday: int) -> date:
    return day if day.weekday() <= last_weekday else _monday_from(day)


def _friday_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - _FRIDAY) % 7 or 7)
