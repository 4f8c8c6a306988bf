"""Allocating: the file goes with the pupil to the tutor's laptop, and nothing is given twice."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from oost_desktop.models import Allocation
from oost_desktop.services import bundles, placements, pupils
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.allocate_page import AllocatePage
from oost_desktop.views.pages.pupil_page import PupilPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle
from tests.views.conftest import Dress
from tests.views.pages.conftest import MONDAY, Show, Stand
from tests.views.pages.pair import LAPTOP_PHRASE, OFFICE_PHRASES, Pair

Row = tuple[str | None, str | None, date | None]


@pytest.fixture
def coordinator(pair: Pair) -> Desk:
    return pair.unlock("office", OFFICE_PHRASES["coordinator"])


@pytest.fixture
def stranger(pair: Pair, coordinator: Desk) -> str:
    """A pupil whom the tutor with the laptop does not teach."""
    with coordinator.vault.read() as connection:
        query = select(Allocation.pupil).where(Allocation.pupil.is_not(None))
        everyone = set(connection.execute(query).scalars())
        own = set(connection.execute(query.where(Allocation.tutor == pair.world.tutor)).scalars())
    return min(str(each) for each in everyone - own)


def _page(stand: Stand) -> AllocatePage:
    assert isinstance(stand.page, AllocatePage)
    return stand.page


def _given(desk: Desk, pupil: str) -> set[Row]:
    with desk.vault.read() as connection:
        rows = connection.execute(
            select(Allocation.tutor, Allocation.subject, Allocation.starts).where(
                Allocation.pupil == pupil, Allocation.gone.is_(False)
            )
        )
        return {(row.tutor, row.subject, row.starts) for row in rows}


def _choose(stand: Stand, tutor: str, day: str = "t") -> None:
    page = _page(stand)
    page.tutor.setCurrentIndex(page.tutor.findData(tutor))
    page.starts.setText(day)


def _save(stand: Stand) -> None:
    held = QApplication.focusWidget()
    assert held is not None
    stand.bot.keyClick(held, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stand.settle()


def test_the_pupil_comes_to_the_tutors_laptop_with_its_next_bundle(
    pair: Pair, coordinator: Desk, stranger: str, show: Show
) -> None:
    before = _given(coordinator, stranger)
    stand = show(AllocatePage, coordinator, stranger)
    _choose(stand, pair.world.tutor)
    page = _page(stand)
    page.subject.setCurrentIndex(1)
    subject = page.subject.currentData()
    _save(stand)
    assert _given(coordinator, stranger) - before == {(pair.world.tutor, subject, MONDAY)}
    assert len(stand.told) == 1
    [laptop] = bundles.laptops(coordinator)
    made = bundles.make(coordinator, pair.folder, laptop.device)
    desk = pair.unlock("laptop", LAPTOP_PHRASE)
    bundles.apply(desk, bundles.check(desk, made.path))
    name = pupils.panel(coordinator, stranger).pupil.name
    assert pupils.panel(desk, stranger).pupil.name == name
    assert stand.errors == []


def test_who_has_least_to_carry_is_offered_first(
    coordinator: Desk, stranger: str, show: Show
) -> None:
    stand = show(AllocatePage, coordinator, stranger)
    page = _page(stand)
    offered = [page.tutor.itemData(place) for place in range(page.tutor.count())]
    assert offered == [row.id for row in placements.tutors(coordinator)]
    assert page.tutor.currentData() is None  # nobody is chosen by accident


def test_without_a_tutor_or_a_day_nothing_is_kept_and_it_is_said(
    pair: Pair, coordinator: Desk, stranger: str, show: Show
) -> None:
    before = _given(coordinator, stranger)
    stand = show(AllocatePage, coordinator, stranger)
    page = _page(stand)
    _save(stand)
    assert page.message.isVisible()
    assert page.tutor.hasFocus()
    _choose(stand, pair.world.tutor, "someday")
    _save(stand)
    assert page.message.isVisible()
    assert page.starts.hasFocus()
    assert _given(coordinator, stranger) == before


def test_a_tutor_who_has_the_pupil_already_is_refused(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    before = _given(coordinator, pair.world.pupil)
    stand = show(AllocatePage, coordinator, pair.world.pupil)
    _choose(stand, pair.world.tutor)
    given = next(row for row in before if row[0] == pair.world.tutor)
    page = _page(stand)
    page.subject.setCurrentIndex(page.subject.findData(given[1]))
    _save(stand)
    assert "already" in page.message.text()
    assert _given(coordinator, pair.world.pupil) == before
    assert page.allocate_button.isEnabled()


def test_only_the_office_allocates_from_a_pupils_file(
    pair: Pair, coordinator: Desk, show: Show
) -> None:
    stand = show(PupilPage, coordinator, pair.world.pupil)
    assert isinstance(stand.page, PupilPage)
    stand.bot.mouseClick(stand.page.allocate_button, Qt.MouseButton.LeftButton)
    assert stand.gone == [("allocate", pair.world.pupil)]
    other = show(PupilPage, pair.unlock("laptop", LAPTOP_PHRASE), pair.world.pupil)
    assert isinstance(other.page, PupilPage)
    assert not other.page.allocate_button.isVisible()


@pytest.mark.parametrize("size", [(1180, 900), (1024, 640)])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("scheme", list(Scheme))
def test_anyone_can_read_and_reach_everything(
    pair: Pair, coordinator: Desk, stranger: str, show: Show, dress: Dress, scheme: Scheme,
    percent: int, size: tuple[int, int],
) -> None:  # fmt: skip
    dress(scheme, percent)
    stand = show(AllocatePage, coordinator, stranger, size=size)
    found = _faults(stand)
    _choose(stand, pair.world.tutor, "someday")
    _save(stand)
    assert found + _faults(stand) == []


def _faults(stand: Stand) -> list[str]:
    assert tab_cycle(stand.window) != []
    return nameless(stand.page) + small_targets(stand.page) + clipped(stand.window)
