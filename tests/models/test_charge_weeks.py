"""Charge weeks: the six worked examples of the field, and what must never be charged."""

from dataclasses import replace
from datetime import date

import pytest

from oost_desktop.models.calendar import Status, TermCalendar, shipped_calendar
from oost_desktop.models.charge_weeks import charge_weeks, charged_by_financial_year


def confirmed() -> TermCalendar:
    periods = [replace(p, status=Status.CONFIRMED) for p in shipped_calendar().periods]
    return TermCalendar(periods, shipped_calendar().bank_holidays)


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        (date(2025, 10, 22), date(2025, 11, 4), 2),
        (date(2025, 11, 14), date(2026, 1, 9), 7),
        (date(2026, 3, 23), date(2026, 4, 17), 2),
        (date(2026, 5, 20), date(2026, 6, 1), 2),
        (date(2026, 2, 16), date(2026, 2, 20), 0),
        (date(2025, 9, 4), date(2026, 7, 23), 40),
    ],
)
def test_the_worked_examples(first: date, last: date, weeks: int) -> None:
    judged = charge_weeks([(first, last)], shipped_calendar())
    assert sum(week.charged for week in judged) == weeks


def test_half_term_lies_between_two_charged_weeks_and_says_why() -> None:
    judged = charge_weeks([(date(2025, 10, 22), date(2025, 11, 4))], shipped_calendar())
    assert [(week.monday, week.charged) for week in judged] == [
        (date(2025, 10, 20), True),
        (date(2025, 10, 27), False),
        (date(2025, 11, 3), True),
    ]
    assert judged[1].because == "half-term"
    assert (judged[0].days, judged[0].of) == (3, 5)
    assert judged[0].because.startswith("part week: 3 of 5")


def test_the_whole_year_splits_at_the_financial_year() -> None:
    judged = charge_weeks([(date(2025, 9, 4), date(2026, 7, 23))], shipped_calendar())
    assert charged_by_financial_year(judged) == {"2025-26": 26, "2026-27": 14}


def test_two_placements_in_one_week_are_one_charge() -> None:
    spans = [(date(2025, 11, 10), date(2025, 11, 11)), (date(2025, 11, 13), date(2025, 11, 14))]
    (week,) = charge_weeks(spans, shipped_calendar())
    assert week.charged
    assert week.days == 4


def test_a_placement_of_a_weekend_is_not_charged() -> None:
    (week,) = charge_weeks([(date(2025, 11, 15), date(2025, 11, 16))], shipped_calendar())
    assert (week.charged, week.because) == (False, "weekend only")


def test_a_week_of_one_term_day_counts_once() -> None:
    (week,) = charge_weeks([(date(2025, 11, 14), date(2025, 11, 14))], shipped_calendar())
    assert (week.charged, week.days) == (True, 1)


def test_only_confirmed_dates_make_a_charge_final() -> None:
    span = [(date(2025, 11, 10), date(2025, 11, 14))]
    assert not charge_weeks(span, shipped_calendar())[0].final
    assert charge_weeks(span, confirmed())[0].final


def test_weeks_of_an_unknown_year_are_neither_charged_nor_final() -> None:
    (week,) = charge_weeks([(date(2026, 11, 23), date(2026, 11, 27))], confirmed())
    assert (week.charged, week.final) == (False, False)
    assert "2026-27" in week.because


def test_a_placement_that_ends_before_it_starts_has_no_weeks() -> None:
    assert charge_weeks([(date(2025, 11, 14), date(2025, 11, 10))], confirmed()) == []
