"""Laptops: eight words each way, one member of staff, and nothing let in before that."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from oost_desktop.progress import Cancel
from oost_desktop.security.kdf import KdfCost
from oost_desktop.services import bundles, enrolling
from oost_desktop.services.bundles import Result
from oost_desktop.services.desk import Desk
from oost_desktop.services.enrolling import Begun
from oost_desktop.views.pages.laptops_page import LaptopsPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import Show, Stand
from tests.views.pages.pair import LAPTOP_PHRASE, OFFICE_PHRASES, Pair


@pytest.fixture
def coordinator(pair: Pair) -> Desk:
    return pair.unlock("office", OFFICE_PHRASES["coordinator"])


@pytest.fixture
def newcomer(pair: Pair) -> Iterator[Begun]:
    """A second laptop that asks to be let in."""
    begun = enrolling.begin(
        pair.folder / "second", "Sam Okoro", "L-2", "another phrase", pair.clock.clock(),
        cost=KdfCost.invented(), invented=True,
    )  # fmt: skip
    yield begun
    begun.desk.close()


def _page(stand: Stand) -> LaptopsPage:
    assert isinstance(stand.page, LaptopsPage)
    return stand.page


def _press(stand: Stand, button: object) -> None:
    stand.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    stand.settle()


def _ask(stand: Stand, newcomer: Begun, folder: Path) -> LaptopsPage:
    out = stand.answers.to
    stand.answers.to = enrolling.save_request(newcomer.desk, folder)
    _press(stand, _page(stand).enrol_button)
    stand.answers.to = out
    return _page(stand)


def _words(page: LaptopsPage) -> list[str]:
    return page.words.text().split()


def test_the_words_on_the_screen_are_those_the_laptop_shows(
    pair: Pair, coordinator: Desk, newcomer: Begun, show: Show
) -> None:
    stand = show(LaptopsPage, coordinator)
    page = _ask(stand, newcomer, pair.folder)
    assert _words(page) == list(newcomer.words)
    assert len(bundles.laptops(coordinator)) == 1


def test_not_now_lets_nobody_in(pair: Pair, coordinator: Desk, newcomer: Begun, show: Show) -> None:
    stand = show(LaptopsPage, coordinator)
    page = _ask(stand, newcomer, pair.folder)
    _press(stand, page.leave_button)
    assert not page.words.isVisible()
    assert len(bundles.laptops(coordinator)) == 1
    assert enrolling.is_waiting(newcomer.desk)


def test_let_in_the_laptop_joins_with_the_words_read_back(
    pair: Pair, coordinator: Desk, newcomer: Begun, show: Show
) -> None:
    stand = show(LaptopsPage, coordinator)
    page = _ask(stand, newcomer, pair.folder)
    page.who.setCurrentIndex(page.who.findData(pair.world.tutor))
    _press(stand, page.approve_button)
    [first] = stand.answers.to.glob("*.oost")
    joined = enrolling.join(newcomer.desk, first, " ".join(_words(page)))
    assert joined.desk.person.id == pair.world.tutor
    assert {row.label for row in bundles.laptops(coordinator)} == {"L-1", "L-2"}
    assert set(_page(stand).model.ids) == {row.device for row in bundles.laptops(coordinator)}
    assert not page.approve_button.isEnabled()
    assert stand.errors == []


def test_a_bundle_made_for_a_laptop_opens_there(pair: Pair, coordinator: Desk, show: Show) -> None:
    stand = show(LaptopsPage, coordinator)
    _press(stand, _page(stand).make_button)
    [made] = stand.answers.to.glob("*.oost")
    assert bundles.check(pair.unlock("laptop", LAPTOP_PHRASE), made).result is not Result.REFUSED
    [(words, _act, _do)] = stand.told
    assert made.name in words


def test_a_file_that_is_no_request_is_refused(pair: Pair, coordinator: Desk, show: Show) -> None:
    wrong = pair.folder / "wrong.oost-request"
    wrong.write_bytes(b"Dear office, please let me in.")
    stand = show(LaptopsPage, coordinator)
    stand.answers.to = wrong
    _press(stand, _page(stand).enrol_button)
    assert len(stand.errors) == 1
    assert not _page(stand).words.isVisible()


@pytest.mark.parametrize("size", [(1180, 900), (1024, 640)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_anyone_can_read_and_reach_everything(
    pair: Pair, coordinator: Desk, newcomer: Begun, show: Show, dress: Dress, scheme: Scheme,
    percent: int, size: tuple[int, int],
) -> None:  # fmt: skip
    dress(scheme, percent)
    stand = show(LaptopsPage, coordinator, size=size)
    found = _faults(stand)
    page = _ask(stand, newcomer, pair.folder)
    found += _faults(stand)
    _press(stand, page.approve_button)
    assert found + _faults(stand) == []


def _faults(stand: Stand) -> list[str]:
    assert tab_cycle(stand.window) != []
    return nameless(stand.page) + small_targets(stand.page) + clipped(stand.window)


def test_one_press_makes_a_bundle_for_every_laptop(
    pair: Pair, coordinator: Desk, newcomer: Begun, show: Show
) -> None:
    request = enrolling.read_request_file(enrolling.save_request(newcomer.desk, pair.folder))
    enrolling.approve(coordinator, request, pair.world.tutor, pair.folder)
    stand = show(LaptopsPage, coordinator)
    _press(stand, _page(stand).all_button)
    assert len(list(stand.answers.to.glob("*.oost"))) == len(bundles.laptops(coordinator)) == 2
    laptop = pair.unlock("laptop", LAPTOP_PHRASE)
    results = {bundles.check(laptop, each).result for each in stand.answers.to.glob("*.oost")}
    assert Result.REFUSED in results  # the other laptop's
    assert results & {Result.CHECKED, Result.KNOWN}
    assert stand.errors == []


def test_stopped_in_between_it_leaves_only_whole_bundles(
    pair: Pair, coordinator: Desk, newcomer: Begun, tmp_path: Path
) -> None:
    request = enrolling.read_request_file(enrolling.save_request(newcomer.desk, pair.folder))
    enrolling.approve(coordinator, request, pair.world.tutor, pair.folder)
    wish, out = Cancel(), tmp_path / "for the laptops"
    out.mkdir()

    def stop_after_the_first(_share: float, _words: str) -> None:
        wish.ask()

    made = bundles.make_all(coordinator, out, cancel=wish, progress=stop_after_the_first)
    assert len(made) == 1
    assert [each.path for each in made] == list(out.glob("*.oost"))
