"""A coordinator's home: what needs action first, six numbers that filter, the acts beside them."""

import pytest
from PySide6.QtCore import Qt

from oost_desktop.models import Allocation
from oost_desktop.services import caseload
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.caseload_page import NEEDS_ACTION, CaseloadPage
from oost_desktop.views.tables.columns import words
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets
from tests.views.conftest import Dress
from tests.views.pages.conftest import Show, Stand


@pytest.fixture
def stand(office: Desk, show: Show) -> Stand:
    return show(CaseloadPage, office)


def _page(stand: Stand) -> CaseloadPage:
    assert isinstance(stand.page, CaseloadPage)
    return stand.page


def _segment(stand: Stand, value: str) -> None:
    page = _page(stand)
    page.segments.set_value(value)
    page.segments.chosen.emit(value)


@pytest.mark.parametrize("percent", [100, 200])
def test_anyone_can_read_and_reach_everything(
    office: Desk, show: Show, dress: Dress, percent: int
) -> None:
    dress(Scheme.LIGHT, percent)
    stand = show(CaseloadPage, office, size=(1024 - 208, 640))
    assert nameless(stand.page) + small_targets(stand.page) + clipped(stand.window) == []
    assert stand.errors == []


def test_what_presses_most_comes_first(stand: Stand, office: Desk) -> None:
    found = caseload.caseload(office)
    _segment(stand, "all")
    assert _page(stand).model.ids == tuple(row.pupil.id for row in found.rows)
    ranks = [row.rank for row in found.rows]
    assert ranks == sorted(ranks)


def test_each_tile_shows_the_pupils_it_counts_and_no_other(stand: Stand, office: Desk) -> None:
    page, found = _page(stand), caseload.caseload(office)
    filters = [tile for tile in found.tiles if tile.pupils]
    assert len(found.tiles) == 6
    assert filters
    for tile in filters:
        page.tiles.tile(tile.key).click()
        assert set(page.model.ids) == tile.pupils, tile.key
        page.tiles.tile(tile.key).click()
    segment = found.segments[NEEDS_ACTION]
    assert set(page.model.ids) == set(segment)


def test_a_segment_takes_the_tile_away(stand: Stand, office: Desk) -> None:
    page, found = _page(stand), caseload.caseload(office)
    next(page.tiles.tile(tile.key) for tile in found.tiles if tile.pupils).click()
    _segment(stand, "all")
    assert page.tiles.key() == ""
    assert len(page.model.ids) == len(found.rows)


def test_enter_opens_the_pupil_and_a_concern_begins_with_them(stand: Stand) -> None:
    page = _page(stand)
    chosen = page.model.ids[1]
    page.table.select_id(chosen)
    assert page.pupil_on_show() == chosen
    stand.bot.keyClick(page.table, Qt.Key.Key_Return)
    assert stand.gone == [("pupil", chosen)]


def test_the_acts_lead_where_they_say(stand: Stand) -> None:
    page = _page(stand)
    chosen = page.table.current_id()
    for button in (page.new_button, page.allocate_button, page.import_button):
        stand.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert stand.gone == [("file", None), ("allocate", chosen), ("import", None)]


def test_the_page_follows_what_is_committed_and_keeps_its_place(stand: Stand, office: Desk) -> None:
    page = _page(stand)
    _segment(stand, "all")
    chosen = page.model.ids[-1]
    page.table.select_id(chosen)
    other = office.person.id
    pupil = page.model.ids[0]
    with office.vault.act(office.actor) as unit:
        unit.create(Allocation, {"pupil": pupil, "tutor": other, "starts": office.today})

    def tutor() -> str:
        row = page.model.row(page.model.place_of(pupil))
        assert row is not None
        return words(row[3])

    surname = office.person.name.split()[-1]
    stand.bot.waitUntil(lambda: surname in tutor())
    assert page.table.current_id() == chosen
