"""Concerns: the lead reads, the author is told it was opened, nobody else sees a word."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select, table, text

from oost_desktop.services import bundles, concerns, drafting
from oost_desktop.services.desk import Desk
from oost_desktop.views.forms.bound_form import BoundForm
from oost_desktop.views.pages.catalogue import pages_for
from oost_desktop.views.pages.concern_page import ConcernPage
from oost_desktop.views.pages.concerns_page import ConcernsPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import Show, Stand
from tests.views.pages.pair import LAPTOP_PHRASE, LAPTOP_WORDS, OFFICE_PHRASES, SECRET, Pair
from tests.views.seen import visible_words, words_of


@pytest.fixture
def lead(pair: Pair) -> Desk:
    """The safeguarding lead, once the laptop's bundle has come."""
    desk = pair.unlock("office", OFFICE_PHRASES["dsl"])
    bundles.apply(desk, bundles.check(desk, pair.bundle))
    return desk


def _page(stand: Stand) -> ConcernsPage:
    assert isinstance(stand.page, ConcernsPage)
    return stand.page


def _open(stand: Stand, concern: str) -> None:
    table = _page(stand).table
    assert table.select_id(concern)
    table.setFocus()
    stand.bot.keyClick(table, Qt.Key.Key_Return)
    stand.settle()


def _type(stand: Stand, form: BoundForm, name: str, words: str) -> None:
    widget = form.editor(name).widget
    widget.setFocus()
    stand.bot.keyClicks(widget, words)


def test_the_lead_reads_and_the_authors_laptop_says_it_was_opened(
    pair: Pair, lead: Desk, show: Show
) -> None:
    stand = show(ConcernsPage, lead)
    _open(stand, pair.world.concern)
    assert SECRET in visible_words(stand.page)
    [device] = [each.device for each in bundles.laptops(lead)]
    back = bundles.make(lead, pair.folder, device)
    laptop = pair.unlock("laptop", LAPTOP_PHRASE)
    before = show(ConcernsPage, laptop)
    assert any("not opened yet" in words for words in words_of(before.page))
    bundles.apply(laptop, bundles.check(laptop, back.path))
    after = show(ConcernsPage, laptop)
    assert any(words.startswith("opened ") for words in words_of(after.page))
    assert stand.errors + after.errors == []


def test_names_stay_hidden_until_the_lead_asks(pair: Pair, lead: Desk, show: Show) -> None:
    stand = show(ConcernsPage, lead)
    row = next(each for each in concerns.rows(lead) if each.id == pair.world.concern)
    assert row.pupil is not None
    assert not any(row.pupil.name in words for words in words_of(stand.page))
    stand.bot.mouseClick(_page(stand).names_button, Qt.MouseButton.LeftButton)
    assert any(row.pupil.name in words for words in words_of(stand.page))
    stand.bot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier
    )
    assert not any(row.pupil.name in words for words in words_of(stand.page))


def test_words_that_were_read_do_not_stay_behind(pair: Pair, lead: Desk, show: Show) -> None:
    stand = show(ConcernsPage, lead)
    _open(stand, pair.world.concern)
    stand.page.leave()
    assert not any(SECRET in words for words in words_of(stand.page))


def test_later_words_stand_beside_the_first_which_stay(pair: Pair, lead: Desk, show: Show) -> None:
    stand = show(ConcernsPage, lead)
    _open(stand, pair.world.concern)
    page = _page(stand)
    _type(stand, page.card.later.form, "words", "Rang the mother at two.")
    stand.bot.mouseClick(page.card.add_button, Qt.MouseButton.LeftButton)
    stand.settle()
    found = concerns.read(lead, pair.world.concern)
    assert found.words["verbatim"] == SECRET
    assert [words for _when, _who, words in found.addenda] == ["Rang the mother at two."]
    assert any("Rang the mother at two." in words for words in visible_words(page))


def test_words_begun_and_not_added_wait_for_their_writer(
    pair: Pair, lead: Desk, show: Show
) -> None:
    stand = show(ConcernsPage, lead)
    _open(stand, pair.world.concern)
    _type(stand, _page(stand).card.later.form, "words", "Rang the moth")
    stand.page.leave()
    stand.settle()
    [kept] = drafting.all_drafts(lead)
    assert not any("Rang the moth" in words for words in words_of(stand.page))
    stand.page.show_for(kept.id)
    stand.settle()
    later = _page(stand).card.later
    assert later.isVisible()
    assert later.form.draft.values["words"] == "Rang the moth"
    assert concerns.read(lead, pair.world.concern).addenda == ()


def test_who_was_told_is_sealed_with_the_concern_and_shown(
    pair: Pair, lead: Desk, show: Show
) -> None:
    stand = show(ConcernsPage, lead)
    _open(stand, pair.world.concern)
    card = _page(stand).card
    stand.bot.mouseClick(card.ask_button, Qt.MouseButton.LeftButton)
    _type(stand, card.told.form, "whom", "Mr D. Okonkwo")
    _type(stand, card.told.form, "reference", "CPOMS 4471")
    stand.bot.mouseClick(card.tell_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert stand.errors == []
    [told] = concerns.read(lead, pair.world.concern).notifications
    assert (told["whom"], told["reference"]) == ("Mr D. Okonkwo", "CPOMS 4471")
    assert told["told_at"] == lead.clock.now()
    assert any("CPOMS 4471" in words for words in visible_words(stand.page))
    assert _stored(lead, "CPOMS 4471") == []
    assert drafting.all_drafts(lead) == []


def test_nobody_told_is_not_kept_as_somebody(pair: Pair, lead: Desk, show: Show) -> None:
    stand = show(ConcernsPage, lead)
    _open(stand, pair.world.concern)
    card = _page(stand).card
    stand.bot.mouseClick(card.ask_button, Qt.MouseButton.LeftButton)
    stand.bot.mouseClick(card.tell_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert card.told.form.field_row("whom").problem()
    assert concerns.read(lead, pair.world.concern).notifications == ()


def test_a_printed_concern_is_named_by_its_receipt_and_not_by_the_child(
    pair: Pair, lead: Desk, show: Show
) -> None:
    stand = show(ConcernsPage, lead)
    _open(stand, pair.world.concern)
    stand.bot.mouseClick(_page(stand).card.print_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert stand.errors == []
    [written] = stand.answers.to.glob("*.pdf")
    assert written.read_bytes().startswith(b"%PDF-")
    row = next(each for each in concerns.rows(lead) if each.id == pair.world.concern)
    assert row.pupil is not None
    assert not any(part.casefold() in written.name.casefold() for part in row.pupil.name.split())


@pytest.mark.parametrize("role", ["coordinator", "owner"])
def test_who_is_not_the_lead_finds_no_word_of_a_concern_on_any_page(
    pair: Pair, lead: Desk, show: Show, role: str
) -> None:
    lead.close()
    desk = pair.unlock("office", OFFICE_PHRASES[role])
    for entry in pages_for(desk):
        for subject in (None, pair.world.pupil):
            stand = show(entry.make, desk, subject)
            said = words_of(stand.window)
            assert said, entry.id
            assert not [words for words in said if SECRET.casefold() in words.casefold()]


def test_who_is_not_the_lead_cannot_open_one_either(pair: Pair, lead: Desk, show: Show) -> None:
    lead.close()
    desk = pair.unlock("office", OFFICE_PHRASES["coordinator"])
    stand = show(ConcernsPage, desk)
    assert pair.world.concern not in _page(stand).model.ids
    _page(stand).table.opened.emit(pair.world.concern)
    stand.settle()
    assert len(stand.errors) == 1
    assert not any(SECRET in words for words in words_of(stand.page))


def test_a_concern_written_on_the_page_is_sealed_and_the_author_rings_first(
    pair: Pair, show: Show
) -> None:
    laptop = pair.unlock("laptop", LAPTOP_PHRASE)
    stand = show(ConcernPage, laptop, pair.world.pupil)
    assert any("999" in words for words in visible_words(stand.page))
    before = {row.id for row in concerns.rows(laptop)}
    stand.bot.keyClicks(QApplication.focusWidget(), "He said he would not go home")
    stand.bot.keyClick(
        QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    stand.settle()
    [made] = [row for row in concerns.rows(laptop) if row.id not in before]
    assert made.pupil is not None
    assert made.pupil.id == pair.world.pupil
    words = concerns.read(laptop, made.id).words
    assert words["verbatim"] == "He said he would not go home"
    assert "op" in _stored(laptop, LAPTOP_WORDS)  # what is not sealed can be read
    assert _stored(laptop, "would not go home") == []
    assert stand.errors == []


def _stored(desk: Desk, words: str) -> list[str]:
    """The tables of a vault in which these words can be read."""
    found = []
    with desk.vault.read() as connection:
        names = connection.exec_driver_sql("select name from sqlite_master where type = 'table'")
        for (name,) in names.all():
            rows = connection.execute(select(text("*")).select_from(table(name))).all()
            if any(words in str(value) for row in rows for value in row):
                found.append(name)
    return found


@pytest.mark.parametrize("size", [(1180, 900), (1024, 640)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_anyone_can_read_and_reach_everything(
    pair: Pair, lead: Desk, show: Show, dress: Dress, scheme: Scheme, percent: int,
    size: tuple[int, int],
) -> None:  # fmt: skip
    dress(scheme, percent)
    stand = show(ConcernsPage, lead, size=size)
    found = _faults(stand)
    _open(stand, pair.world.concern)
    found += _faults(stand)
    laptop = pair.unlock("laptop", LAPTOP_PHRASE)
    found += _faults(show(ConcernsPage, laptop, size=size))
    for about in (None, pair.world.pupil):
        found += _faults(show(ConcernPage, laptop, about, size=size))
    assert found == []


def _faults(stand: Stand) -> list[str]:
    assert tab_cycle(stand.window) != []
    return nameless(stand.page) + small_targets(stand.page) + clipped(stand.window)
