"""Ctrl+F narrows a list to the words typed, whatever accents they were typed without."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from oost_desktop.services import pupils
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.caseload_page import CaseloadPage
from oost_desktop.views.pages.pupils_page import PupilsPage
from oost_desktop.views.pages.work_page import WorkPage
from oost_desktop.views.tables.narrowing import holds

Show = Callable[..., Any]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("wyn", "Ŵyn Jones"),
        ("swiatek zoe", "Zoë Świątek"),
        ("lodz", "Łódź"),
        ("NGUYEN", "Hana Nguyễn"),
        ("Ŵ", "Tadhg Ŵilliams"),
        ("", "anybody"),
        ("يوسف", "يوسف Ibrahim"),
    ],
)
def test_a_name_is_found_without_its_accents(typed: str, row: str) -> None:
    assert holds(typed, row)


def test_every_word_typed_must_be_there() -> None:
    assert not holds("amina smith", "Amina Khatun")


def _type_filter(stand: Any, words: str) -> None:
    stand.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F, CONTROL)
    assert stand.page.filter.hasFocus()
    stand.page.filter.insert(words)  # QTest types no letter beyond ASCII


def test_a_pupil_is_found_and_opened_without_the_mouse(tutor: Desk, show: Show) -> None:
    stand = show(PupilsPage, tutor)
    wanted = pupils.rows(tutor)[-1].pupil
    _type_filter(stand, wanted.name)
    assert wanted.id in stand.page.model.ids
    assert len(stand.page.model.ids) < len(pupils.rows(tutor))
    stand.bot.keyClick(stand.page.filter, Qt.Key.Key_Return)
    stand.page.table.select_id(wanted.id)
    stand.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert stand.gone == [("pupil", wanted.id)]


@pytest.mark.parametrize(("make", "who"), [(PupilsPage, "tutor"), (WorkPage, "tutor")])
def test_escape_shows_all_again(
    make: Any, who: str, request: pytest.FixtureRequest, show: Show
) -> None:
    stand = show(make, request.getfixturevalue(who))
    every = stand.page.model.ids
    _type_filter(stand, "no such words")
    assert stand.page.model.ids == ()
    stand.bot.keyClick(stand.page.filter, Qt.Key.Key_Escape)
    assert stand.page.model.ids == every
    assert stand.page.table.hasFocus()


def test_what_is_narrowed_stays_narrowed_when_the_list_is_read_again(
    office: Desk, show: Show
) -> None:
    stand = show(CaseloadPage, office)
    stand.page.segments.set_value("all")
    stand.page.refresh()
    stand.settle()
    name = pupils.rows(office)[0].pupil.name
    _type_filter(stand, name)
    narrowed = stand.page.model.ids
    stand.page.refresh()
    stand.settle()
    assert stand.page.model.ids == narrowed != ()
