"""Ages, year groups and compulsory school age, from a date of birth and a day.

Everything is reckoned by month and day, never by day of the year, so that a child born on
29 February is a year older on 1 March. Says nothing about which year a child is really taught
in: that is recorded, and may differ.
"""

from datetime import date, timedelta

SCHOOL_YEAR_STARTS = 9  # September: cohorts run from 1 September to 31 August
_STARTING_DAYS = ((3, 31), (8, 31), (12, 31))


def age_on(born: date, on: date) -> int:
    """Whole years lived on this day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def school_year(on: date) -> int:
    """The calendar year in which the school year of this day began: 2026 for May 2027."""
    return on.year if on.month >= SCHOOL_YEAR_STARTS else on.year - 1


def school_year_name(on: date) -> str:
    """The school year of this day as it is written: "2026-27"."""
    began = school_year(on)
    return f"{began}-{(began + 1) % 100:02d}"


def year_group(born: date, on: date) -> int:
    """The national curriculum year by age: 0 is Reception, 11 the last of school.

    Below 0 before Reception; above 13 for grown-ups.
    """
    cohort = born.year if born.month < SCHOOL_YEAR_STARTS else born.year + 1
    return school_year(on) - cohort - 4


def key_stage(year: int) -> int | None:
    """Key stage 1 to 4 of a national curriculum year, None outside Years 1 to 11."""
    for stage, last in ((1, 2), (2, 6), (3, 9), (4, 11)):
        if 1 <= year <= last:
            return stage
    return None


def compulsory_school_age(born: date) -> tuple[date, date]:
    """First and last day of compulsory school age (Education Act 1996, sections 8 and 9).

    It begins on the first 31 March, 31 August or 31 December on or after the fifth birthday and
    ends on the last Friday in June of the school year in which the child turns sixteen.
    """
    fifth = _birthday(born, 5)
    days = (date(fifth.year, month, day) for month, day in _STARTING_DAYS)
    first = next(day for day in days if day >= fifth)
    june = date(school_year(_birthday(born, 16)) + 1, 6, 30)
    return first, june - timedelta(days=(june.weekday() - 4) % 7)


def _birthday(born: date, age: int) -> date:
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not _leap(year):
        return date(year, 3, 1)
    return date(year, born.month, born.day)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
