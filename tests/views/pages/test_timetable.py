"""The timetable: the right person's week, what became of each hour, and the keys between them."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from oost_desktop.services import drafting, sessions, timetable, wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.timetable import Occurrence
from oost_desktop.views.pages.parts.week_grid import HourButton
from oost_desktop.views.pages.timetable_page import TimetablePage
from oost_desktop.views.tokens import Scheme
from oost_desktop.views.widgets.pill import Pill
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import MONDAY, Show, Stand

HALF_TERM = date(2026, 10, 28)  # Derbyshire's autumn half-term: 26 to 30 October 2026


def _page(stand: Stand) -> TimetablePage:
    assert isinstance(stand.page, TimetablePage)
    return stand.page


def _in_hand() -> HourButton:
    held = QApplication.focusWidget()
    assert isinstance(held, HourButton)
    return held


def _press(stand: Stand, key: Qt.Key, mod: Qt.KeyboardModifier | None = None) -> None:
    held = QApplication.focusWidget()
    assert held is not None
    stand.bot.keyClick(held, key, mod or Qt.KeyboardModifier.NoModifier)
    stand.settle()


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("percent", [100, 200])
def test_anyone_can_read_and_reach_everything(
    tutor: Desk, show: Show, dress: Dress, scheme: Scheme, percent: int
) -> None:
    dress(scheme, percent)
    stand = show(TimetablePage, tutor, size=(1040, 800))
    page = _page(stand)
    assert page.grid.hours()
    assert nameless(page) + small_targets(page) + clipped(stand.window) == []
    assert len(tab_cycle(stand.window)) == 5  # three weeks to go to, the hours as one, a new one
    page.write_hour()
    stand.settle()
    assert page.new_hour.form.isVisible()
    assert nameless(page) + small_targets(page) + clipped(stand.window) == []


def test_a_tutor_sees_their_own_hours_and_the_office_everybodys(
    tutor: Desk, office: Desk, show: Show
) -> None:
    own = timetable.week(office, MONDAY, tutor.person.id).occurrences
    every = timetable.week(office, MONDAY).occurrences
    assert 0 < len(own) < len(every)
    assert len(_page(show(TimetablePage, tutor)).grid.hours()) == len(own)
    assert len(_page(show(TimetablePage, office)).grid.hours()) == len(every)


def test_enter_opens_the_hour_that_is_now(tutor: Desk, show: Show) -> None:
    stand = show(TimetablePage, tutor)
    _press(stand, Qt.Key.Key_Return)
    [(page, hour)] = stand.gone
    assert page == "session"
    assert isinstance(hour, Occurrence)
    assert hour.end > tutor.clock.now()
    assert hour.start.date() == MONDAY


def test_arrows_go_down_the_day_and_across_the_week(tutor: Desk, show: Show) -> None:
    stand = show(TimetablePage, tutor)
    first = _page(stand).grid.hours()[0]
    first.setFocus()
    _press(stand, Qt.Key.Key_Down)
    assert _in_hand().accessibleName().startswith("Monday 23")
    assert _in_hand().cell.times > first.cell.times
    _press(stand, Qt.Key.Key_Up)
    assert _in_hand() is first
    _press(stand, Qt.Key.Key_Right)
    assert _in_hand().accessibleName().startswith("Tuesday 24")
    _press(stand, Qt.Key.Key_Left)
    assert _in_hand().accessibleName().startswith("Monday 23")
    _press(stand, Qt.Key.Key_Left)
    assert _in_hand().accessibleName().startswith("Monday 23")


def test_weeks_go_by_with_keys_and_back_to_this_one(tutor: Desk, show: Show) -> None:
    stand = show(TimetablePage, tutor)
    page, alt = _page(stand), Qt.KeyboardModifier.AltModifier
    _press(stand, Qt.Key.Key_Down, alt)
    assert page.head.title() == "30 November to 4 December"
    _press(stand, Qt.Key.Key_Home, alt)
    _press(stand, Qt.Key.Key_Up, alt)
    assert page.head.title() == "16 to 20 November"
    _press(stand, Qt.Key.Key_Home, alt)
    assert page.head.title() == "23 to 27 November"


def test_today_and_a_holiday_are_said_in_words(tutor: Desk, show: Show) -> None:
    now = show(TimetablePage, tutor)
    assert "Today" in {pill.text() for pill in _page(now).findChildren(Pill)}
    october = show(TimetablePage, tutor, HALF_TERM)
    assert [pill.text() for pill in _page(october).grid.findChildren(Pill)] == ["Half-term"] * 5


def test_an_hour_is_recorded_the_moment_it_is_written_up(tutor: Desk, show: Show) -> None:
    stand = show(TimetablePage, tutor)
    week = timetable.week(tutor, MONDAY, tutor.person.id)
    hour = week.occurrences[0]
    assert hour.session is None
    button = _page(stand).grid.hours()[0]
    assert button.cell.state.word == "Planned"
    sessions.record(tutor, {**sessions.planned_values(tutor, hour), "covered": "Fractions"})
    stand.bot.waitUntil(lambda: _page(stand).grid.hours()[0].cell.state.word == "Recorded")
    assert _in_hand().key == button.key


def test_the_hour_the_arrows_reach_is_in_sight(office: Desk, show: Show) -> None:
    stand = show(TimetablePage, office, size=(1180, 400))
    _page(stand).grid.hours()[0].setFocus()
    for _step in _page(stand).grid.hours():
        _press(stand, Qt.Key.Key_Down)
        assert not _in_hand().visibleRegion().isEmpty()
    assert _in_hand().mapTo(stand.window, QPoint(0, _in_hand().height())).y() <= 400


def _free_hour(tutor: Desk) -> dict[str, object]:
    """Late on Friday, when nobody is taught."""
    pupil = timetable.week(tutor, MONDAY, tutor.person.id).occurrences[0].pupil
    return {"pupil": pupil, "weekday": "5", "starts_at": "17:00", "ends_at": "18:00"}


def _write(stand: Stand, values: dict[str, object]) -> None:
    page = _page(stand)
    stand.bot.mouseClick(page.new_button, Qt.MouseButton.LeftButton)
    stand.settle()
    form = page.new_hour.form
    for name, value in values.items():
        form.editor(name).load(value)  # type: ignore[arg-type]
        form.draft.set(name, value)  # type: ignore[arg-type]
        form.edited.emit(name)


def test_a_new_weekly_hour_is_in_the_week_at_once(tutor: Desk, show: Show) -> None:
    stand = show(TimetablePage, tutor)
    page = _page(stand)
    before = len(page.grid.hours())
    hour = page.grid.key_in_hand()
    assert hour
    now = timetable.week(tutor, MONDAY, tutor.person.id).occurrences
    assert page.pupil_on_show() in {each.pupil for each in now if each.slot and each.slot in hour}
    _write(stand, _free_hour(tutor))
    page.new_hour.save()
    stand.settle()
    if page.new_hour.isVisible():  # remarks are read once, and passed
        page.new_hour.save()
        stand.settle()
    assert page.week.isVisible()
    assert not page.new_hour.isVisible()
    stand.bot.waitUntil(lambda: len(page.grid.hours()) == before + 1)
    kept = timetable.week(tutor, MONDAY, tutor.person.id).occurrences[-1]
    assert kept.tutor == tutor.person.id
    assert stand.told[-1][0] == "Weekly hour saved."


def test_two_lessons_at_once_are_refused_where_they_are_written(tutor: Desk, show: Show) -> None:
    taken = timetable.week(tutor, MONDAY, tutor.person.id).occurrences[0]
    clock = [wording.clock_time(each) for each in (taken.start, taken.end)]
    stand = show(TimetablePage, tutor)
    _write(
        stand,
        {"pupil": taken.pupil, "weekday": "1", "starts_at": clock[0], "ends_at": clock[1]},
    )
    page = _page(stand)
    for _twice in range(2):
        page.new_hour.save()
        stand.settle()
    assert page.new_hour.form.summary.isVisible()
    assert page.new_hour.isVisible()


def test_an_hour_half_written_waits(tutor: Desk, show: Show) -> None:
    stand = show(TimetablePage, tutor)
    _write(stand, _free_hour(tutor))
    stand.bot.keyClick(_page(stand).new_hour.form.editor("starts_at").widget, Qt.Key.Key_Escape)
    stand.settle()
    assert _page(stand).week.isVisible()
    [kept] = drafting.all_drafts(tutor)
    again = show(TimetablePage, tutor, kept.id)
    assert _page(again).new_hour.form.draft.values["starts_at"] == "17:00"
