"""Work: what waits longest comes first, and a pile is marked without leaving the keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from oost_desktop.services import drafting, marking, records
from oost_desktop.services.desk import Desk
from oost_desktop.services.marking import WorkRow
from oost_desktop.services.naming import pupils
from oost_desktop.views.pages.work_page import WorkPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import MONDAY, Show, Stand
from tests.views.seen import visible_words

CONTROL = Qt.KeyboardModifier.ControlModifier
PIECES = 3


@pytest.fixture
def waiting(tutor: Desk) -> list[str]:
    """Three pieces to mark that came back before all others, the longest ago first."""
    with tutor.vault.read() as connection:
        pupil = min(pupils(connection, tutor.today))
    made = []
    for number in range(PIECES):
        values = {"pupil": pupil, "title": f"Piece {number}", "instructions": "Read, then answer."}
        entity = marking.set_work(tutor, values)
        back = MONDAY - timedelta(days=100 - number)
        records.save(tutor, "work", {"returned_on": back}, entity=entity)
        made.append(entity)
    return made


def _page(stand: Stand) -> WorkPage:
    assert isinstance(stand.page, WorkPage)
    return stand.page


def _rows(desk: Desk) -> dict[str, WorkRow]:
    return {row.id: row for row in marking.work_list(desk)}


class Effort:
    """Counts the keys pressed, but not those that write free text."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand
        self.keys = 0

    def press(self, key: Qt.Key, mod: Qt.KeyboardModifier | None = None) -> None:
        """One key, or one chord."""
        self.keys += 1
        self._send(key, mod or Qt.KeyboardModifier.NoModifier)

    def short(self, words: str) -> None:
        """Letters that count: numbers and shorthand."""
        self.keys += len(words)
        self.free(words)

    def free(self, words: str) -> None:
        """Free text."""
        held = QApplication.focusWidget()
        assert held is not None
        QTest.keyClicks(held, words)

    def _send(self, key: Qt.Key, mod: Qt.KeyboardModifier) -> None:
        held = QApplication.focusWidget()
        assert held is not None
        QTest.keyClick(held, key, mod)
        self._stand.settle()


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("percent", [100, 200])
def test_anyone_can_read_and_reach_everything(
    tutor: Desk, show: Show, dress: Dress, waiting: list[str], scheme: Scheme, percent: int
) -> None:
    dress(scheme, percent)
    for subject in (None, waiting[0], "work:new:"):
        stand = show(WorkPage, tutor, subject, size=(1040, 800))
        page = _page(stand)
        assert nameless(page) + small_targets(page) + clipped(stand.window) == []
        assert tab_cycle(stand.window) != []
        assert stand.errors == []


def test_a_mark_out_of_nothing_is_asked_about_once(
    tutor: Desk, show: Show, waiting: list[str]
) -> None:
    stand = show(WorkPage, tutor, waiting[0])
    page = _page(stand)
    effort = Effort(stand)
    effort.short("13")
    page.marking.save_only()
    stand.settle()
    assert any("Out of how many?" in words for words in visible_words(page.marking))
    assert _rows(tutor)[waiting[0]].mark is None
    page.marking.save_only()
    stand.settle()
    assert _rows(tutor)[waiting[0]].mark == 13


def test_what_waits_longest_to_be_marked_is_first(
    tutor: Desk, show: Show, waiting: list[str]
) -> None:
    stand = show(WorkPage, tutor)
    assert list(_page(stand).model.ids[:PIECES]) == waiting
    states = [row.state for row in marking.work_list(tutor)]
    order = ("to mark", "due", "set", "marked")
    assert states == sorted(states, key=order.index)
    marked = [row.marked_on for row in marking.work_list(tutor, state="marked")]
    assert marked == sorted(marked, reverse=True)  # type: ignore[type-var]


def test_a_pile_is_marked_in_at_most_six_keys_a_piece(
    tutor: Desk, show: Show, waiting: list[str]
) -> None:
    stand = show(WorkPage, tutor)
    effort = Effort(stand)
    for place in range(PIECES):
        before = effort.keys
        if place == 0:
            effort.press(Qt.Key.Key_Return)
        effort.short(f"3{place}")
        effort.press(Qt.Key.Key_Tab)
        effort.free("Clear reasons; check your units.")
        effort.press(Qt.Key.Key_Down, CONTROL)
        # Out of how many? is read once and passed.
        effort.press(Qt.Key.Key_Down, CONTROL)
        assert effort.keys - before <= 6
    rows = _rows(tutor)
    assert [rows[entity].mark for entity in waiting] == [30, 31, 32]
    assert {rows[entity].marked_on for entity in waiting} == {MONDAY}
    feedback = records.values_of(tutor, "work", waiting[2])["feedback"]
    assert feedback == "Clear reasons; check your units."
    assert stand.errors == []


def test_work_is_set_from_a_session_in_at_most_five_keys(tutor: Desk, show: Show) -> None:
    with tutor.vault.read() as connection:
        pupil = min(pupils(connection, tutor.today))
    stand = show(WorkPage, tutor, pupil)
    effort = Effort(stand)
    effort.keys = 1  # Set work, on the session
    effort.free("Bus timetables")
    effort.press(Qt.Key.Key_Return, CONTROL)
    assert effort.keys <= 5
    [row] = [row for row in marking.work_list(tutor) if row.title == "Bus timetables"]
    assert (row.pupil.id, row.set_on) == (pupil, MONDAY)
    assert row.due_on is None or row.due_on > MONDAY
    assert [words for words, _act, _do in stand.told] == ["Work set."]


def test_a_mark_above_the_most_is_refused_where_it_is_typed(
    tutor: Desk, show: Show, waiting: list[str]
) -> None:
    stand = show(WorkPage, tutor, waiting[0])
    page, effort = _page(stand), Effort(stand)
    effort.short("34")
    page.marking.form.go_to("out_of")
    effort.short("30")
    effort.press(Qt.Key.Key_Return, CONTROL)
    assert page.marking.form.summary.isVisible()
    assert _rows(tutor)[waiting[0]].state == "to mark"


def test_words_half_written_wait_for_their_writer(
    tutor: Desk, show: Show, waiting: list[str]
) -> None:
    stand = show(WorkPage, tutor, waiting[1])
    effort = Effort(stand)
    effort.press(Qt.Key.Key_Tab)
    effort.free("Half a thou")
    stand.page.leave()
    stand.settle()
    [kept] = drafting.all_drafts(tutor)
    again = show(WorkPage, tutor, kept.id)
    shown = _page(again).marking.form
    assert shown.draft.values["feedback"] == "Half a thou"
    assert shown.focus_place() == ("feedback", len("Half a thou"))


def test_a_title_is_needed_and_asked_for(tutor: Desk, show: Show) -> None:
    stand = show(WorkPage, tutor, "work:new:")
    before = len(marking.work_list(tutor))
    Effort(stand).press(Qt.Key.Key_Return, CONTROL)
    assert _page(stand).setting.form.summary.isVisible()
    assert len(marking.work_list(tutor)) == before


def test_work_is_taken_in_and_the_taking_undone(tutor: Desk, show: Show) -> None:
    stand = show(WorkPage, tutor)
    page = _page(stand)
    piece = next(row for row in marking.work_list(tutor) if row.returned_on is None)
    assert not page.taken_in.isEnabled()  # the first has been returned: it is to mark
    page.table.select_id(piece.id)
    stand.bot.mouseClick(page.taken_in, Qt.MouseButton.LeftButton)
    stand.settle()
    assert _rows(tutor)[piece.id].returned_on == MONDAY
    [(_words, act, undo)] = stand.told
    assert act == "Undo"
    assert undo is not None
    undo()
    stand.settle()
    assert _rows(tutor)[piece.id].returned_on is None


def test_escape_leaves_set_work_for_that_pupils_list(tutor: Desk, show: Show) -> None:
    pupil = marking.work_list(tutor)[0].pupil.id
    stand = show(WorkPage, tutor, pupil)
    Effort(stand).press(Qt.Key.Key_Escape)
    page = _page(stand)
    assert page.list.isVisible()
    own = {row.id for row in marking.work_list(tutor, pupil=pupil)}
    assert set(page.model.ids) == own
    stand.bot.mouseClick(page.everyone, Qt.MouseButton.LeftButton)
    stand.settle()
    assert len(page.model.ids) > len(own)
