"""The coordinator's table: what needs action stands first, and says what to do."""

from datetime import date, timedelta

import pytest

from oost_desktop.models import Allocation, Device, EducationPlan
from oost_desktop.services.caseload import caseload, short_name, short_school
from oost_desktop.services.marks import Tone

TODAY = date(2026, 11, 23)


@pytest.fixture
def settled(office):
    """Zoë's case in order: taught on Friday, tutor, named person, plan, nothing due."""
    office.placement(office.zoe, last_review=date(2026, 11, 2), offered=60)
    office.make(Allocation, pupil=office.zoe, tutor=office.marsden, starts=date(2026, 9, 7))
    office.contact("NAMED", "Ms R. Holloway", phone="01632 960123")
    office.make(EducationPlan, pupil=office.zoe, state="CURRENT")
    for days in (3, 10, 17):
        office.session(TODAY - timedelta(days=days))
    return office


def row_of(office, pupil=None):
    wanted = pupil or office.zoe
    return next(row for row in caseload(office.desk).rows if row.pupil.id == wanted)


def tile(office, key):
    return next(tile for tile in caseload(office.desk).tiles if tile.key == key)


def test_a_case_in_order_asks_for_nothing(settled):
    row = row_of(settled)
    assert (row.action, row.tutor, row.school) == ("none", "J. Marsden", "Peverel")
    assert row.last_session.words == "Friday"
    assert row.week.words == "0 of 1 h"
    assert caseload(settled.desk).segments["needs_action"] == frozenset()


def test_a_week_of_school_days_without_tuition_asks_for_cover(settled):
    settled.clock.advance(timedelta(days=7))
    row = row_of(settled)
    assert (row.last_session.tone, row.action) == (Tone.DANGER, "Ring tutor, arrange cover")
    assert row.last_session.words == "10 days ago"
    assert tile(settled, "gap").pupils == {settled.zoe}


def test_holidays_are_no_gap_in_tuition(office):
    office.placement(office.zoe, last_review=date(2026, 11, 20))
    office.make(Allocation, pupil=office.zoe, tutor=office.marsden, starts=date(2026, 9, 7))
    office.session(date(2026, 12, 17))
    office.clock.advance(timedelta(days=43))  # Tuesday 5 January, the second day of term
    assert row_of(office).last_session.tone is Tone.NEUTRAL


def test_a_lesson_the_tutor_cancelled_is_no_lesson(settled):
    settled.clock.advance(timedelta(days=7))
    settled.session(date(2026, 11, 27), "TUTORCANX")
    assert row_of(settled).last_session.words == "10 days ago"


def test_an_overdue_review_is_to_be_proposed_for_the_next_school_week(settled):
    settled.change_placement(last_review=date(2026, 8, 28))
    row = row_of(settled)
    assert (row.review.words, row.review.tone) == ("overdue 3 days", Tone.DANGER)
    assert row.action == "Propose w/c 30 Nov"


def test_evidence_that_runs_out_within_four_weeks_is_asked_for(settled):
    settled.change_placement(evidence_until=date(2026, 12, 4))
    row = row_of(settled)
    assert (row.evidence.words, row.evidence.tone) == ("ends 4 Dec", Tone.WARN)
    assert row.action == "Ask for medical evidence"
    assert tile(settled, "evidence").number == "1"


def test_two_whole_school_weeks_below_the_offer_are_asked_about(settled):
    settled.change_placement(offered=120)
    assert row_of(settled).action == "Ask why below hours offered"
    assert tile(settled, "below").pupils == {settled.zoe}


def test_half_term_is_no_week_below_the_offer(office):
    office.placement(office.zoe, offered=60, last_review=date(2026, 10, 5))
    for day in (date(2026, 10, 14), date(2026, 10, 21)):
        office.session(day)
    office.clock.advance(timedelta(days=-21))  # Monday 2 November, after half-term
    assert tile(office, "below").pupils == frozenset()


def test_what_presses_most_stands_first(settled):
    gap = settled.pupil("Rhys", "al-Hassan")
    settled.placement(gap, starts=date(2026, 10, 5), last_review=date(2026, 11, 2))
    settled.make(Allocation, pupil=gap, tutor=settled.adeyemi, starts=date(2026, 10, 5))
    nobody = settled.pupil("Ewa", "Kowalczyk")
    settled.placement(nobody, starts=TODAY, last_review=None)
    rows = caseload(settled.desk).rows
    assert [row.pupil.id for row in rows] == [gap, nobody, settled.zoe]
    assert rows[1].tutor == "to allocate"
    assert rows[1].week.words == "not started"
    assert caseload(settled.desk).segments["new"] == {nobody}


def test_a_laptop_is_silent_until_it_is_heard_of(settled):
    settled.make(Device, label="OOST-7", holder=settled.marsden, enrolled_on=date(2026, 11, 2))
    settled.make(Device, label="OOST-8", holder=settled.adeyemi, enrolled_on=TODAY)
    silent = tile(settled, "silent")
    assert (silent.number, silent.pupils) == ("1", {settled.zoe})


def test_the_share_of_hours_is_of_whole_school_weeks(settled):
    """Ten weeks since 7 September (half-term left out), one hour offered in each, three taught."""
    assert tile(settled, "taught").number == "30 %"


def test_more_hours_for_one_do_not_make_up_for_anothers(settled):
    """Twenty more hours for Zoë, who was offered ten; none of three for Rhys: ten of thirteen."""
    settled.placement(settled.pupil("Rhys", "al-Hassan"), offered=60, starts=date(2026, 11, 2))
    for week in (2, 9):
        for day in range(5):
            settled.session(date(2026, 11, week + day), minutes=120)
    assert tile(settled, "taught").number == f"{100 * 10 // 13} %"


@pytest.mark.parametrize(
    ("whole", "short"), [("Jo Marsden", "J. Marsden"), ("Zhang", "Zhang"), ("", "")]
)
def test_staff_are_short_in_a_narrow_column(whole, short):
    assert short_name(whole) == short


def test_a_school_called_school_keeps_its_name():
    assert short_school("Edale Road Primary School") == "Edale Road"
    assert short_school("Academy") == "Academy"
