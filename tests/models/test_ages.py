"""Cohorts, key stages and compulsory school age, as the law and the department count them."""

from datetime import date

import pytest

from oost_desktop.models.ages import (
    age_on,
    compulsory_school_age,
    key_stage,
    school_year_name,
    year_group,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "year"),
    [
        (date(2010, 9, 1), 11),
        (date(2010, 8, 31), 12),
        (date(2011, 8, 31), 11),
        (date(2015, 9, 1), 6),
        (date(2021, 9, 1), 0),
        (date(2022, 8, 31), 0),
    ],
)
def test_cohorts_run_from_the_first_of_september(born: date, year: int) -> None:
    assert year_group(born, TODAY) == year


def test_a_child_born_on_29_february_is_older_on_1_march() -> None:
    born = date(2012, 2, 29)
    assert age_on(born, date(2027, 2, 28)) == 14
    assert age_on(born, date(2027, 3, 1)) == 15
    assert age_on(born, date(2028, 2, 29)) == 16


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2009, 9, 1), date(2026, 6, 26)),
        (date(2010, 8, 31), date(2026, 6, 26)),
        (date(2010, 9, 1), date(2027, 6, 25)),
        (date(2011, 8, 31), date(2027, 6, 25)),
        (date(2012, 2, 29), date(2028, 6, 30)),
    ],
)
def test_school_age_ends_on_the_last_friday_of_june(born: date, last: date) -> None:
    assert compulsory_school_age(born)[1] == last


@pytest.mark.parametrize(
    ("born", "first"),
    [
        (date(2021, 8, 31), date(2026, 8, 31)),
        (date(2021, 9, 1), date(2026, 12, 31)),
        (date(2021, 12, 31), date(2026, 12, 31)),
        (date(2022, 1, 1), date(2027, 3, 31)),
        (date(2020, 2, 29), date(2025, 3, 31)),
    ],
)
def test_school_age_begins_the_term_after_the_fifth_birthday(born: date, first: date) -> None:
    assert compulsory_school_age(born)[0] == first


def test_key_stages() -> None:
    stages = [key_stage(year) for year in range(13)]
    assert stages == [None, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, None]


def test_school_years_are_named_across_the_new_year() -> None:
    assert school_year_name(date(2026, 8, 31)) == "2025-26"
    assert school_year_name(date(2026, 9, 1)) == "2026-27"
    assert school_year_name(date(2099, 12, 1)) == "2099-00"
