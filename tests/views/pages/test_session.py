"""Recording a session: in two chords and its words; a quick absence; no word lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from oost_desktop.clock import london
from oost_desktop.services import drafting, records, sessions, today
from oost_desktop.services.desk import Desk
from oost_desktop.services.sessions import ForPupil
from oost_desktop.services.timetable import Occurrence, week
from oost_desktop.views.pages.session_page import SessionPage
from oost_desktop.views.pages.today_page import TodayPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import MONDAY, Show, Stand
from tests.views.pages.pair import LAPTOP_PHRASE, Pair

CONTROL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def laptop(pair: Pair) -> Desk:
    """The tutor's laptop at the end of the first session of the day."""
    pair.clock.move_to(london(MONDAY, 8, 30))
    desk = pair.unlock("laptop", LAPTOP_PHRASE)
    pair.clock.move_to(_next(desk).end)
    return desk


def _next(desk: Desk) -> Occurrence:
    found = today.today(desk).next
    assert found is not None
    return found.hour


def _recorded(desk: Desk, hour: Occurrence) -> dict[str, object]:
    """What is recorded of a planned hour; nothing if it is not."""
    for each in week(desk, desk.today, desk.person.id).occurrences:
        if each.slot == hour.slot and each.start == hour.start and each.session:
            return records.values_of(desk, "session", each.session)
    return {}


class Chords:
    """Presses keys where the keyboard is, and counts each press that is not free text."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, stand: Stand, key: Qt.Key, mod: Qt.KeyboardModifier = PLAIN) -> None:
        self.count += 1
        QTest.keyClick(_held(), key, mod)
        stand.settle()


def _held() -> QWidget:
    held = QApplication.focusWidget()
    assert held is not None
    return held


def _words(words: str) -> None:
    QTest.keyClicks(_held(), words)


def test_a_planned_session_is_recorded_in_two_chords_and_its_words(
    laptop: Desk, show: Show
) -> None:
    hour, chords = _next(laptop), Chords()
    home = show(TodayPage, laptop)
    chords.press(home, Qt.Key.Key_Return)
    [(page, subject)] = home.gone
    assert page == "session"
    stand = show(SessionPage, laptop, subject)
    _words("Fractions of shapes; she explained a third.")
    chords.press(stand, Qt.Key.Key_Return, CONTROL)
    values = _recorded(laptop, hour)
    assert values["covered"] == "Fractions of shapes; she explained a third."
    assert (values["outcome"], values["pupil"], values["slot"]) == (
        "ATTENDED", hour.pupil, hour.slot,
    )  # fmt: skip
    assert (values["starts"], values["ends"]) == (hour.start, hour.end)
    assert chords.count <= 2
    assert [words for words, _act, _do in stand.told] == ["Session saved."]
    assert stand.errors == []


def test_an_absence_is_recorded_without_a_word_of_what_was_covered(
    laptop: Desk, show: Show
) -> None:
    hour, chords = _next(laptop), Chords()
    stand = show(SessionPage, laptop, hour)
    assert isinstance(stand.page, SessionPage)
    stand.page.form.go_to("outcome")
    chords.press(stand, Qt.Key.Key_2)
    chords.press(stand, Qt.Key.Key_Return, CONTROL)
    values = _recorded(laptop, hour)
    assert values["outcome"] not in (None, "ATTENDED")
    assert values["covered"] is None
    assert chords.count <= 2
    assert stand.errors == []


def test_an_hour_nobody_planned_begins_with_the_pupil_whose_file_was_open(
    pair: Pair, laptop: Desk, show: Show
) -> None:
    stand = show(SessionPage, laptop, ForPupil(pair.world.pupil))
    assert stand.page.pupil_on_show() == pair.world.pupil
    _words("Read on the bus")
    Chords().press(stand, Qt.Key.Key_Return, CONTROL)
    last = sessions.last_time(laptop, pair.world.pupil)
    assert last is not None
    assert last.covered == "Read on the bus"


def test_a_fact_is_not_corrected_without_a_reason(pair: Pair, laptop: Desk, show: Show) -> None:
    session = pair.world.session
    before = records.values_of(laptop, "session", session)
    stand = show(SessionPage, laptop, f"session:{session}")
    assert isinstance(stand.page, SessionPage)
    stand.page.form.go_to("outcome")
    chords = Chords()
    chords.press(stand, Qt.Key.Key_2)
    chords.press(stand, Qt.Key.Key_Return, CONTROL)
    assert records.values_of(laptop, "session", session) == before
    _words("She had left early")
    chords.press(stand, Qt.Key.Key_Return)
    after = records.values_of(laptop, "session", session)
    assert after["outcome"] != before["outcome"]
    assert stand.errors == []


def test_words_half_written_wait_for_the_same_hour(laptop: Desk, show: Show) -> None:
    hour = _next(laptop)
    stand = show(SessionPage, laptop, hour)
    _words("Half a thou")
    stand.page.leave()
    stand.settle()
    assert len(drafting.all_drafts(laptop)) == 1
    assert _recorded(laptop, hour) == {}
    again = show(SessionPage, laptop, hour)
    assert isinstance(again.page, SessionPage)
    assert again.page.form.draft.values["covered"] == "Half a thou"
    Chords().press(again, Qt.Key.Key_Return, CONTROL)
    assert drafting.all_drafts(laptop) == []


@pytest.mark.parametrize("size", [(1180, 900), (1024, 640)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_anyone_can_read_and_reach_everything(
    pair: Pair, laptop: Desk, show: Show, dress: Dress, scheme: Scheme, percent: int,
    size: tuple[int, int],
) -> None:  # fmt: skip
    dress(scheme, percent)
    found = []
    for subject in (_next(laptop), None, f"session:{pair.world.session}"):
        stand = show(SessionPage, laptop, subject, size=size)
        assert tab_cycle(stand.window) != []
        found += nameless(stand.page) + small_targets(stand.page) + clipped(stand.window)
        assert stand.errors == []
    assert found == []
