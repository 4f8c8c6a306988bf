"""The Derbyshire year and its weeks, with the worked examples of the field."""

from dataclasses import replace
from datetime import date

import pytest

from oost_desktop.models.calendar import (
    Period,
    Status,
    TermCalendar,
    financial_year,
    shipped_bank_holidays,
    shipped_calendar,
)

TERMS_2026 = (  # invented for tests: the council's own dates were not known
    ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
    ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    ("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    ("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
    ("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
    ("Summer 2", date(2027, 6, 7), date(2027, 7, 22)),
)


@pytest.fixture
def calendar() -> TermCalendar:
    periods = [Period("2026-27", *term, Status.PROVISIONAL) for term in TERMS_2026]
    return TermCalendar(periods, shipped_bank_holidays())


def test_the_shipped_year_has_195_days_and_is_not_confirmed() -> None:
    shipped = shipped_calendar()
    assert shipped.term_days("2025-26") == 195
    assert {period.status for period in shipped.periods} == {Status.UNCONFIRMED}


@pytest.mark.parametrize(
    ("name", "days"),
    [("Autumn 1", 37), ("Autumn 2", 35), ("Spring 1", 30), ("Spring 2", 25),
     ("Summer 1", 29), ("Summer 2", 39)],
)  # fmt: skip
def test_the_shipped_half_terms_have_the_published_days(name: str, days: int) -> None:
    (period,) = (p for p in shipped_calendar().periods if p.name == name)
    assert shipped_calendar().school_days(period.start, period.end) == days


def test_no_dates_are_shipped_for_the_running_year() -> None:
    assert not shipped_calendar().covers(date(2026, 11, 23))
    assert shipped_calendar().week_in_words(date(2026, 11, 23)) == (
        "term dates for 2026-27 not known"
    )


def test_a_wrong_date_shows_in_the_checksum(calendar: TermCalendar) -> None:
    assert calendar.term_days("2026-27") == 195
    moved = replace(calendar.periods[0], start=date(2026, 9, 3))
    wrong = TermCalendar([moved, *calendar.periods[1:]], calendar.bank_holidays)
    assert wrong.term_days("2026-27") == 194


def test_bank_holidays_in_term_are_no_term_days(calendar: TermCalendar) -> None:
    assert not calendar.is_term_day(date(2027, 5, 3))
    assert calendar.is_term_day(date(2027, 5, 4))
    assert not calendar.is_term_day(date(2026, 11, 22))
    assert calendar.holiday_on(date(2027, 5, 3)) == "Early May bank holiday"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 2), "week 1 of the autumn term"),
        (date(2026, 10, 23), "week 8 of the autumn term"),
        (date(2026, 10, 28), "school holiday"),
        (date(2026, 11, 23), "week 12 of the autumn term"),
        (date(2026, 11, 29), "week 12 of the autumn term"),
        (date(2027, 1, 4), "week 1 of the spring term"),
    ],
)
def test_weeks_of_term_do_not_count_half_term(
    calendar: TermCalendar, day: date, words: str
) -> None:
    assert calendar.week_in_words(day) == words


def test_working_days_pass_over_weekends_and_bank_holidays(calendar: TermCalendar) -> None:
    assert calendar.working_days(date(2026, 12, 21), date(2027, 1, 4)) == 8


def test_school_days_pass_over_the_holidays(calendar: TermCalendar) -> None:
    assert calendar.school_days(date(2026, 10, 22), date(2026, 11, 3)) == 4


def test_a_review_due_in_half_term_is_proposed_for_the_week_before(calendar: TermCalendar) -> None:
    review = calendar.review_due(date(2026, 11, 23), 84)
    assert review.due == date(2027, 2, 15)
    assert review.week == date(2027, 2, 8)
    assert "half-term" in review.because


def test_a_review_due_in_term_stays_where_it_is(calendar: TermCalendar) -> None:
    review = calendar.review_due(date(2026, 9, 14), 84)
    assert (review.due, review.hold_by, review.because) == (
        date(2026, 12, 7),
        date(2026, 12, 7),
        "",
    )


def test_a_review_due_at_christmas_is_held_before_it(calendar: TermCalendar) -> None:
    review = calendar.review_due(date(2026, 10, 5), 84)
    assert review.due == date(2026, 12, 28)
    assert review.week == date(2026, 12, 14)
    assert "holidays" in review.because


def test_a_review_due_beyond_the_calendar_says_so(calendar: TermCalendar) -> None:
    review = calendar.review_due(date(2027, 7, 12), 84)
    assert review.due == review.hold_by == date(2027, 10, 4)
    assert "2027-28" in review.because


def test_a_year_entered_to_christmas_is_not_known_after_it(calendar: TermCalendar) -> None:
    autumn = TermCalendar(calendar.periods[:2], calendar.bank_holidays)
    assert autumn.covers(date(2026, 12, 18))
    assert not autumn.covers(date(2027, 1, 4))
    assert calendar.covers(date(2027, 8, 20))


def test_the_financial_year_turns_on_the_first_of_april() -> None:
    assert financial_year(date(2026, 3, 31)) == "2025-26"
    assert financial_year(date(2026, 4, 1)) == "2026-27"
