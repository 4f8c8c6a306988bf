"""Today: every line opens what it speaks of, and Enter records the session that is next."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oost_desktop.clock import london
from oost_desktop.models import RECORDS
from oost_desktop.services import records, sessions, today
from oost_desktop.services.desk import Desk
from oost_desktop.services.timetable import Occurrence
from oost_desktop.views.pages.today_page import TodayPage
from oost_desktop.views.tokens import Scheme
from oost_desktop.views.widgets.buttons import Button
from oost_desktop.views.widgets.row_list import RowList
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import MONDAY, Show, Stand
from tests.views.pages.pair import LAPTOP_PHRASE, Pair
from tests.views.seen import visible_words


@pytest.fixture
def laptop(pair: Pair) -> Desk:
    """The tutor's laptop before the first session of the day."""
    pair.clock.move_to(london(MONDAY, 8, 30))
    return pair.unlock("laptop", LAPTOP_PHRASE)


def _hour(desk: Desk) -> Occurrence:
    found = today.today(desk).next
    assert found is not None
    return found.hour


def test_enter_records_the_session_that_is_next(laptop: Desk, show: Show) -> None:
    stand = show(TodayPage, laptop)
    stand.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert stand.gone == [("session", _hour(laptop))]


def test_the_next_session_says_what_was_covered_last_time(laptop: Desk, show: Show) -> None:
    hour = _hour(laptop)
    last = sessions.last_time(laptop, hour.pupil)
    assert last is not None
    records.save(
        laptop, "session", {"covered": "Fractions of shapes"}, entity=_last_id(laptop, hour.pupil)
    )
    stand = show(TodayPage, laptop)
    assert any("Last time: Fractions of shapes" in words for words in visible_words(stand.page))


def _last_id(desk: Desk, pupil: str) -> str:
    table = RECORDS.of("session").table
    with desk.vault.read() as connection:
        rows = connection.execute(
            table.select()
            .where(table.c.pupil == pupil, table.c.outcome == "ATTENDED")
            .order_by(table.c.starts.desc())
        )
        return str(rows.first().id)  # type: ignore[union-attr]


def test_a_recorded_session_is_no_longer_next(laptop: Desk, show: Show) -> None:
    stand = show(TodayPage, laptop)
    hour = _hour(laptop)
    sessions.record(laptop, {**sessions.planned_values(laptop, hour), "covered": "Fractions"})
    stand.settle()
    stand.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    [(page, subject)] = stand.gone
    assert page == "session"
    assert subject != hour
    assert stand.errors == []


def test_every_line_opens_what_it_speaks_of(laptop: Desk, show: Show) -> None:
    day = today.today(laptop)
    stand = show(TodayPage, laptop)
    wanted: list[tuple[str, object]] = [("session", each.hour) for each in day.later]
    wanted += [(each.opens, each.hour or each.subject) for each in day.to_finish]
    wanted += [(each.opens, each.subject) for each in day.due]
    assert wanted
    for rows in stand.page.findChildren(RowList):
        for row in rows.row_buttons():
            row.setFocus()
            stand.bot.keyClick(row, Qt.Key.Key_Return)
    assert stand.gone == wanted


def test_the_emergency_card_of_the_next_pupil_is_one_press_away(laptop: Desk, show: Show) -> None:
    stand = show(TodayPage, laptop)
    pressed = [
        button
        for button in stand.page.findChildren(Button)
        if button.text() == "Emergency card" and button.isVisible()
    ]
    stand.bot.mouseClick(pressed[0], Qt.MouseButton.LeftButton)
    assert stand.gone == [("emergency", _hour(laptop).pupil)]


@pytest.mark.parametrize("size", [(1180, 900), (1024, 640)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_anyone_can_read_and_reach_everything(
    laptop: Desk, show: Show, dress: Dress, scheme: Scheme, percent: int, size: tuple[int, int]
) -> None:
    dress(scheme, percent)
    assert _faults(show(TodayPage, laptop, size=size)) == []


def _faults(stand: Stand) -> list[str]:
    assert tab_cycle(stand.window) != []
    return nameless(stand.page) + small_targets(stand.page) + clipped(stand.window)
