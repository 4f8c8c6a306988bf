"""The caseload: six numbers that filter, and what needs action first."""

import pytest
from PySide6.QtCore import Qt

from oost_desktop.services import caseload
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.caseload_page import CaseloadPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import Show, Stand
from tests.views.pages.pair import OFFICE_PHRASES, Pair


@pytest.fixture
def coordinator(pair: Pair) -> Desk:
    return pair.unlock("office", OFFICE_PHRASES["coordinator"])


def _page(stand: Stand) -> CaseloadPage:
    assert isinstance(stand.page, CaseloadPage)
    return stand.page


def _shown(stand: Stand) -> list[str]:
    return list(_page(stand).model.ids)


def test_what_needs_action_is_shown_first_and_all_on_request(coordinator: Desk, show: Show) -> None:
    found = caseload.caseload(coordinator)
    stand = show(CaseloadPage, coordinator)
    assert set(_shown(stand)) == set(found.segments["needs_action"])
    _page(stand).empty.pressed.emit()
    assert _shown(stand) == [row.pupil.id for row in found.rows]


def test_a_tile_shows_the_pupils_it_counts_and_pressed_again_all_as_before(
    coordinator: Desk, show: Show
) -> None:
    found = caseload.caseload(coordinator)
    stand = show(CaseloadPage, coordinator)
    before = _shown(stand)
    pressed = [tile for tile in found.tiles if tile.pupils]
    assert pressed
    for tile in pressed:
        button = _page(stand).tiles.tile(tile.key)
        stand.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert set(_shown(stand)) == set(tile.pupils)
        stand.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert _shown(stand) == before


def test_enter_opens_the_pupil_and_a_concern_begins_with_them(
    coordinator: Desk, show: Show
) -> None:
    stand = show(CaseloadPage, coordinator)
    first = _shown(stand)[0]
    assert stand.page.pupil_on_show() == first
    stand.bot.keyClick(_page(stand).table, Qt.Key.Key_Return)
    assert stand.gone == [("pupil", first)]


def test_the_import_is_one_press_away(coordinator: Desk, show: Show) -> None:
    stand = show(CaseloadPage, coordinator)
    stand.bot.mouseClick(_page(stand).import_button, Qt.MouseButton.LeftButton)
    assert stand.gone == [("import", None)]


@pytest.mark.parametrize("size", [(1180, 900), (1024, 640)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_anyone_can_read_and_reach_everything(
    coordinator: Desk, show: Show, dress: Dress, scheme: Scheme, percent: int,
    size: tuple[int, int],
) -> None:  # fmt: skip
    dress(scheme, percent)
    stand = show(CaseloadPage, coordinator, size=size)
    assert tab_cycle(stand.window) != []
    assert nameless(stand.page) + small_targets(stand.page) + clipped(stand.window) == []
    assert stand.errors == []
