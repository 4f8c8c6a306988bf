"""The clash desk: both sides with who and where, every way to settle, and nothing thrown away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oost_desktop.services import bundles, clashes, drafting, records
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.clashes_page import ClashesPage
from oost_desktop.views.pages.parts.clash_card import ClashCard
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import Show, Stand
from tests.views.pages.pair import LAPTOP_WORDS, OFFICE_PHRASES, OFFICE_WORDS, START, Pair
from tests.views.seen import words_of


@pytest.fixture
def coordinator(pair: Pair) -> Desk:
    """The coordinator, with the laptop's bundle just taken in."""
    desk = pair.unlock("office", OFFICE_PHRASES["coordinator"])
    bundles.apply(desk, bundles.check(desk, pair.bundle))
    return desk


def _card(stand: Stand) -> ClashCard:
    assert isinstance(stand.page, ClashesPage)
    [card] = stand.page.cards
    return card


def _press(stand: Stand, words: str) -> None:
    (button,) = (each for each in _card(stand).buttons if words in each.text())
    stand.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    stand.settle()


def _covered(desk: Desk, pair: Pair) -> object:
    return records.values_of(desk, "session", pair.world.session)["covered"]


def test_both_sides_stand_beside_each_other_with_who_and_where(
    coordinator: Desk, show: Show
) -> None:
    stand = show(ClashesPage, coordinator)
    words = words_of(_card(stand))
    assert {OFFICE_WORDS, LAPTOP_WORDS} <= set(words)
    [clash] = clashes.open_clashes(coordinator)
    for side in clash.sides:
        assert any(side.where in line and side.who in line for line in words)


@pytest.mark.parametrize(
    ("button", "kept"), [("the office's", OFFICE_WORDS), ("the laptop's", LAPTOP_WORDS)]
)
def test_the_side_that_is_kept_is_what_the_record_says(
    pair: Pair, coordinator: Desk, show: Show, button: str, kept: str
) -> None:
    stand = show(ClashesPage, coordinator)
    _press(stand, button)
    assert _covered(coordinator, pair) == kept
    assert clashes.open_clashes(coordinator) == []
    [settled] = clashes.settled(coordinator)
    assert settled.words == kept
    assert settled.who == coordinator.person.name
    assert isinstance(stand.page, ClashesPage)
    assert stand.page.cards == []
    assert stand.errors == []


def test_kept_both_loses_no_word_of_either(pair: Pair, coordinator: Desk, show: Show) -> None:
    stand = show(ClashesPage, coordinator)
    _press(stand, "Keep both")
    both = str(_covered(coordinator, pair))
    for words in (OFFICE_WORDS, LAPTOP_WORDS):
        assert words.removeprefix(START).strip() in both


def test_new_words_replace_both_and_the_reason_is_kept(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    stand = show(ClashesPage, coordinator)
    card = _card(stand)
    stand.bot.keyClicks(card.reason, "Rang Jo about it")
    _press(stand, "Write new")
    assert card.new_words.hasFocus()
    card.new_words.set_value("They read chapter four; mother rang.")
    stand.bot.mouseClick(card.save_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert _covered(coordinator, pair) == "They read chapter four; mother rang."
    [settled] = clashes.settled(coordinator)
    assert settled.why == "Rang Jo about it"


def test_a_number_key_settles_the_first_clash_at_once(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    stand = show(ClashesPage, coordinator)
    [clash] = clashes.open_clashes(coordinator)
    stand.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    stand.settle()
    assert _covered(coordinator, pair) == clash.sides[1].words


def test_digits_typed_into_the_reason_settle_nothing(coordinator: Desk, show: Show) -> None:
    stand = show(ClashesPage, coordinator)
    card = _card(stand)
    card.reason.setFocus()
    stand.bot.keyClicks(card.reason, "12")
    stand.settle()
    assert card.reason.text() == "12"
    assert len(clashes.open_clashes(coordinator)) == 1


def test_settled_the_last_one_the_keyboard_is_still_somewhere(
    coordinator: Desk, show: Show
) -> None:
    stand = show(ClashesPage, coordinator)
    _press(stand, "the office's")
    held = QApplication.focusWidget()
    assert held is not None
    assert held is not None
    stand.bot.keyClick(held, Qt.Key.Key_Return)
    assert stand.gone == [("bundles", None)]


def test_settling_one_keeps_the_reason_being_typed_on_another(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    stand = show(ClashesPage, coordinator)
    card = _card(stand)
    card.reason.setFocus()
    stand.bot.keyClicks(card.reason, "Rang Jo")
    records.save(
        coordinator, "session", {"next_step": "Chapter five"}, entity=pair.world.session
    )  # of the same pupil, so the page reads again
    stand.settle()
    assert _card(stand).reason.text() == "Rang Jo"
    assert QApplication.focusWidget() is _card(stand).reason


def test_what_is_typed_is_kept_within_two_seconds_until_it_is_settled(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    stand = show(ClashesPage, coordinator)
    card = _card(stand)
    stand.bot.keyClicks(card.reason, "Rang Jo")
    _press(stand, "Write new")
    card.new_words.selectAll()
    stand.bot.keyClicks(card.new_words, "They read chapter four.")
    stand.bot.waitUntil(lambda: bool(drafting.all_drafts(coordinator)), timeout=2000)
    again = show(ClashesPage, coordinator)
    assert _card(again).reason.text() == "Rang Jo"
    _press(again, "Write new")
    assert _card(again).new_words.value() == "They read chapter four."
    stand.bot.mouseClick(_card(again).save_button, Qt.MouseButton.LeftButton)
    again.settle()
    assert _covered(coordinator, pair) == "They read chapter four."
    assert drafting.all_drafts(coordinator) == []


def test_leaving_keeps_what_was_typed_at_once(coordinator: Desk, show: Show) -> None:
    stand = show(ClashesPage, coordinator)
    stand.bot.keyClicks(_card(stand).reason, "Rang")
    stand.page.leave()
    stand.settle()
    (kept,) = drafting.all_drafts(coordinator)
    assert kept.content["values"]["reason"] == "Rang"
    _press(stand, "the office's")
    assert drafting.all_drafts(coordinator) == []


def test_a_clash_changed_meanwhile_still_holds_what_was_typed(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    stand = show(ClashesPage, coordinator)
    before = _card(stand)
    stand.bot.keyClicks(before.reason, "Rang Jo")
    name = {"legal_surname": "Marriedname"}  # it stands in the heading
    records.save(coordinator, "pupil", name, entity=pair.world.pupil)
    stand.settle()
    assert _card(stand) is not before
    assert _card(stand).reason.text() == "Rang Jo"


def test_a_desk_without_clashes_says_so(pair: Pair, show: Show) -> None:
    desk = pair.unlock("office", OFFICE_PHRASES["coordinator"])
    stand = show(ClashesPage, desk)
    assert isinstance(stand.page, ClashesPage)
    assert stand.page.cards == []
    assert "Nothing to settle" in words_of(stand.page)


@pytest.mark.parametrize("size", [(1180, 900), (1024, 640)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_anyone_can_read_and_reach_everything(
    coordinator: Desk, show: Show, dress: Dress, scheme: Scheme, percent: int,
    size: tuple[int, int],
) -> None:  # fmt: skip
    dress(scheme, percent)
    stand = show(ClashesPage, coordinator, size=size)
    found = _faults(stand)
    _press(stand, "Write new")
    found += _faults(stand)
    _press(stand, "the office's")
    assert found + _faults(stand) == []


def _faults(stand: Stand) -> list[str]:
    assert tab_cycle(stand.window) != []
    return nameless(stand.page) + small_targets(stand.page) + clipped(stand.window)
