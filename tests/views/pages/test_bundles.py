"""Bundles: nothing unseen is applied, a refusal changes nothing, an import can go back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from oost_desktop.models import RECORDS
from oost_desktop.services import bundles, clashes, records, wording
from oost_desktop.services.bundles import Result
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.bundles_page import BundlesPage
from oost_desktop.views.pages.clashes_page import ClashesPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import Show, Stand
from tests.views.pages.pair import LAPTOP_PHRASE, OFFICE_PHRASES, OFFICE_WORDS, Pair
from tests.views.seen import visible_words


@pytest.fixture
def coordinator(pair: Pair) -> Desk:
    return pair.unlock("office", OFFICE_PHRASES["coordinator"])


def _page(stand: Stand) -> BundlesPage:
    assert isinstance(stand.page, BundlesPage)
    return stand.page


def _press(stand: Stand, button: object) -> None:
    stand.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    stand.settle()


def _check(stand: Stand, bundle: Path) -> BundlesPage:
    stand.answers.to = bundle
    page = _page(stand)
    _press(stand, page.drop.button)
    return page


def _everything(desk: Desk) -> dict[str, list[object]]:
    """Every record of every kind, as a person would find it: not the log, not the cursors."""
    found: dict[str, list[object]] = {}
    with desk.vault.read() as connection:
        for record_type in RECORDS:
            rows = connection.execute(record_type.table.select()).all()
            found[record_type.name] = sorted(rows, key=repr)
    return found


def test_a_check_shows_what_would_come_and_changes_nothing(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    before = _everything(coordinator)
    stand = show(BundlesPage, coordinator)
    page = _check(stand, pair.bundle)
    assert page.current is not None
    assert page.current.result is Result.CHECKED
    assert page.apply_button.isVisible()
    assert not page.undo_button.isVisible()
    name = next(row.name for row in page.current.lines if row.pupil == pair.world.pupil)
    assert name in page.report.names()
    assert page.current.totals["clashing"] == 1
    assert _everything(coordinator) == before


def test_the_empty_page_at_the_office_sends_to_the_laptops_page(office: Desk, show: Show) -> None:
    stand = show(BundlesPage, office)
    words = " ".join(visible_words(_page(stand)))
    assert not _page(stand).make_button.isVisible()
    assert "Make a bundle" not in words
    assert "Bundles for laptops are made on the Laptops page." in words


def test_applied_then_taken_back_leaves_the_caseload_as_it_was(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    before = _everything(coordinator)
    stand = show(BundlesPage, coordinator)
    page = _check(stand, pair.bundle)
    _press(stand, page.apply_button)
    assert _everything(coordinator) != before
    assert page.clash_button.isVisible()
    _press(stand, page.clash_button)
    assert stand.gone == [("clashes", None)]
    _press(stand, page.undo_button)
    assert _everything(coordinator) == before
    assert clashes.open_clashes(coordinator) == []
    assert [row.state for row in bundles.passed(coordinator) if not row.is_ours] == ["taken back"]
    assert stand.errors == []


def test_the_clash_a_bundle_brings_is_settled_on_the_clash_desk(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    stand = show(BundlesPage, coordinator)
    _press(stand, _check(stand, pair.bundle).apply_button)
    desk_stand = show(ClashesPage, coordinator)
    assert isinstance(desk_stand.page, ClashesPage)
    [card] = desk_stand.page.cards
    kept = next(b for b in card.buttons if "the office's" in b.text())
    _press(desk_stand, kept)
    assert desk_stand.page.cards == []
    assert clashes.open_clashes(coordinator) == []
    values = records.values_of(coordinator, "session", pair.world.session)
    assert values["covered"] == OFFICE_WORDS


def test_an_import_something_was_built_on_is_not_taken_back(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    stand = show(BundlesPage, coordinator)
    page = _check(stand, pair.bundle)
    _press(stand, page.apply_button)
    [clash] = clashes.open_clashes(coordinator)
    clashes.settle(
        coordinator, clash.etype, clash.entity, clash.unit, clashes.Keep(clash.sides[0].op_id), None
    )
    after = _everything(coordinator)
    _press(stand, page.undo_button)
    assert len(stand.errors) == 1
    assert _everything(coordinator) == after


@pytest.mark.parametrize("fault", ["a byte changed", "cut short", "no bundle", "another's"])
def test_a_refused_bundle_says_why_once_and_not_a_byte_changes(
    pair: Pair, coordinator: Desk, show: Show, tmp_path: Path, fault: str
) -> None:
    data = bytearray(pair.bundle.read_bytes())
    bad = tmp_path / "bad.oost"
    if fault == "a byte changed":
        data[len(data) // 2] ^= 1
    elif fault == "cut short":
        del data[len(data) * 2 // 3 :]
    elif fault == "no bundle":
        data = bytearray(b"A letter to the office, saved under the wrong name.")
    else:  # the office's own bundle for the laptop, brought back to the office
        [laptop] = bundles.laptops(coordinator)
        data = bytearray(bundles.make(coordinator, tmp_path, laptop.device).path.read_bytes())
    bad.write_bytes(bytes(data))
    stand = show(BundlesPage, coordinator)
    vault = coordinator.vault.folder / "vault.db"
    before = vault.read_bytes()
    page = _check(stand, bad)
    assert page.current is not None
    assert page.current.result is Result.REFUSED
    reason = page.current.reason
    assert reason
    assert "\n" not in reason
    assert visible_words(stand.page).count(reason) == 1
    assert not page.apply_button.isVisible()
    page.apply()
    stand.settle()
    assert vault.read_bytes() == before
    assert stand.errors == []


def test_files_wait_their_turn(pair: Pair, coordinator: Desk, show: Show, tmp_path: Path) -> None:
    bad = tmp_path / "bad.oost"
    bad.write_bytes(b"nothing")
    stand = show(BundlesPage, coordinator)
    page = _page(stand)
    page.check_files((bad, pair.bundle))
    stand.settle()
    assert page.current is not None
    assert page.current.path == bad
    _press(stand, page.aside_button)
    assert page.current is not None
    assert page.current.path == pair.bundle


def test_a_bundle_brought_twice_changes_nothing_the_second_time(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    stand = show(BundlesPage, coordinator)
    _press(stand, _check(stand, pair.bundle).apply_button)
    after = _everything(coordinator)
    again = show(BundlesPage, coordinator)
    page = _check(again, pair.bundle)
    assert page.current is not None
    assert page.current.result is Result.KNOWN
    assert not page.apply_button.isVisible()
    assert _everything(coordinator) == after


def test_a_laptop_hands_in_and_says_what_the_office_has_not_seen(pair: Pair, show: Show) -> None:
    laptop = pair.unlock("laptop", LAPTOP_PHRASE)
    stand = show(BundlesPage, laptop)
    page = _page(stand)
    unsent = wording.first_capital(wording.count(bundles.unsent(laptop) or 0, "change"))
    assert f"{unsent} not yet at the office" in visible_words(page.head)
    _press(stand, page.make_button)
    [made] = stand.answers.to.glob("*.oost")
    [(words, _act, _do)] = stand.told
    assert made.name in words
    office = pair.unlock("office", OFFICE_PHRASES["coordinator"])
    assert bundles.check(office, made).result is Result.CHECKED


@pytest.mark.parametrize("size", [(1180, 900), (1024, 640)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_anyone_can_read_and_reach_everything(
    pair: Pair, coordinator: Desk, show: Show, dress: Dress, scheme: Scheme, percent: int,
    size: tuple[int, int],
) -> None:  # fmt: skip
    dress(scheme, percent)
    stand = show(BundlesPage, coordinator, size=size)
    found = _faults(stand)
    page = _check(stand, pair.bundle)
    found += _faults(stand)
    _press(stand, page.apply_button)
    found += _faults(stand)
    laptop = show(BundlesPage, pair.unlock("laptop", LAPTOP_PHRASE), size=size)
    assert found + _faults(laptop) == []


def _faults(stand: Stand) -> list[str]:
    assert tab_cycle(stand.window) != []
    return nameless(stand.page) + small_targets(stand.page) + clipped(stand.window)
