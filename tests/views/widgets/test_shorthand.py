"""Times, lengths and days as a tutor types them standing up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oost_desktop.views.widgets.shorthand import (
    Facing,
    read_clock,
    read_day,
    read_length,
    show_day,
    show_long_day,
)

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0930", "09:30"),
        ("9.30", "09:30"),
        ("9:30", "09:30"),
        ("9", "09:00"),
        ("14", "14:00"),
        ("930", "09:30"),
        ("2pm", "14:00"),
        ("2.15 pm", "14:15"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        (" 23:59 ", "23:59"),
    ],
)
def test_a_time_is_read(typed, meant):
    assert read_clock(typed) == meant


@pytest.mark.parametrize("typed", ["", "24:00", "9.60", "13pm", "0pm", "now", "9.3", "12345", "-1"])
def test_what_is_no_time_is_not_guessed_at(typed):
    assert read_clock(typed) is None


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1h", 60),
        ("1h30", 90),
        ("1 h 30 min", 90),
        ("1.5h", 90),
        ("90", 90),
        ("45m", 45),
        ("2 hours", 120),
    ],
)
def test_a_length_is_read(typed, minutes):
    assert read_length(typed) == minutes


@pytest.mark.parametrize("typed", ["", "h", "1h75", "an hour", "-30"])
def test_what_is_no_length_is_not_guessed_at(typed):
    assert read_length(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("t", MONDAY),
        ("today", MONDAY),
        ("y", date(2026, 11, 22)),
        ("tom", date(2026, 11, 24)),
        ("-1", date(2026, 11, 22)),
        ("+3", date(2026, 11, 26)),
        ("+12w", date(2027, 2, 15)),
        ("-1w", date(2026, 11, 16)),
        ("+3m", date(2027, 2, 23)),
        ("+1y", date(2027, 11, 23)),
        ("mon", MONDAY),
        ("fri", date(2026, 11, 27)),
        ("Thursday", date(2026, 11, 26)),
        ("23/11/2026", MONDAY),
        ("4.12.26", date(2026, 12, 4)),
        ("4/12", date(2026, 12, 4)),
        ("1/2", date(2027, 2, 1)),
        ("7 dec", date(2026, 12, 7)),
        ("Mon 7 December 2026", date(2026, 12, 7)),
        ("2026-11-23", MONDAY),
        ("14/3/09", date(2009, 3, 14)),
    ],
)
def test_a_day_is_read(typed, meant):
    assert read_day(typed, MONDAY) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("fri", date(2026, 11, 20)), ("mon", MONDAY), ("4/12", date(2025, 12, 4)), ("23/11", MONDAY)],
)
def test_facing_back_means_the_last_one(typed, meant):
    """A session that has been taught is recorded as `fri`, and that was last Friday."""
    assert read_day(typed, MONDAY, Facing.BACK) == meant


def test_a_day_that_its_month_does_not_have_becomes_the_last():
    assert read_day("+1m", date(2027, 1, 31)) == date(2027, 2, 28)


def test_the_twenty_ninth_is_the_next_one_there_is():
    assert read_day("29/2", MONDAY) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "typed", ["", "31/2/2026", "32/1", "13/13/2026", "soon", "fr", "+", "++1", "1st", "7 foo", "w"]
)
def test_what_is_no_day_is_not_guessed_at(typed):
    assert read_day(typed, MONDAY) is None


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


@given(days, days, st.sampled_from(Facing))
def test_a_day_shown_is_read_back_whatever_today_is(day, today, facing):
    assert read_day(show_day(day), today, facing) == day
    assert read_day(show_long_day(day), today, facing) == day
    assert read_day(day.isoformat(), today, facing) == day


@given(days, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_within_a_week_on_the_right_side(today, name):
    ahead = read_day(name, today, Facing.AHEAD)
    back = read_day(name, today, Facing.BACK)
    assert ahead is not None
    assert back is not None
    assert timedelta(0) <= ahead - today < timedelta(days=7)
    assert timedelta(0) <= today - back < timedelta(days=7)
    assert f"{ahead:%a}".lower() == f"{back:%a}".lower() == name


@given(st.text(max_size=20), days)
def test_nothing_that_is_typed_breaks_it(typed, today):
    for facing in Facing:
        found = read_day(typed, today, facing)
        assert found is None or isinstance(found, date)
    assert read_clock(typed) is None or len(read_clock(typed) or "") == 5
    assert (read_length(typed) or 0) >= 0
