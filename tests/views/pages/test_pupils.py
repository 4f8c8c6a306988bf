"""A tutor finds a pupil, reads the file, and has the emergency card in one step."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from oost_desktop.models import Contact, Pupil
from oost_desktop.services import documents, pupil_file, pupils, records, sessions
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.emergency_page import EmergencyPage
from oost_desktop.views.pages.parts.file_lists import LISTS
from oost_desktop.views.pages.pupil_page import SESSIONS, PupilPage
from oost_desktop.views.pages.pupils_page import PupilsPage
from oost_desktop.views.tables.columns import words
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets, tab_cycle

Show = Callable[..., Any]
Dress = Callable[..., None]


def _first(desk: Desk) -> str:
    return pupils.rows(desk)[0].pupil.id


def _change(desk: Desk, pupil: str, **values: object) -> None:
    """As the office changes it: a tutor may not."""
    with desk.vault.act(desk.actor) as unit:
        unit.change(Pupil, pupil, values, why="to see it on a page")


def _said(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def _press(stand: Any, text: str) -> None:
    (button,) = [
        each
        for each in stand.page.findChildren(QWidget)
        if getattr(each, "text", str)() == text and each.isVisible()
    ]
    stand.bot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("percent", [100, 200])
def test_everyone_can_read_and_reach_the_list(
    tutor: Desk, show: Show, dress: Dress, percent: int
) -> None:
    dress(Scheme.LIGHT, percent)
    stand = show(PupilsPage, tutor, size=(1040, 800))
    assert nameless(stand.page) + small_targets(stand.page) + clipped(stand.window) == []


def test_every_pupil_is_listed_by_name_and_enter_opens_the_file(tutor: Desk, show: Show) -> None:
    stand = show(PupilsPage, tutor)
    rows = pupils.rows(tutor)
    assert [words(stand.page.model.row(n)[0]) for n in range(len(rows))] == [
        row.pupil.name for row in rows
    ]
    stand.bot.keyClick(stand.page.table, Qt.Key.Key_Down)
    stand.bot.keyClick(stand.page.table, Qt.Key.Key_Return)
    assert stand.gone == [("pupil", rows[1].pupil.id)]


def test_an_allergy_is_seen_in_the_list_as_soon_as_it_is_known(
    office: Desk, tutor: Desk, show: Show
) -> None:
    stand = show(PupilsPage, tutor)
    pupil = _first(tutor)
    _change(office, pupil, allergies={"Latex"})
    place = stand.page.model.place_of(pupil)
    stand.bot.waitUntil(lambda: "Latex" in words(stand.page.model.row(place)[5]))
    stand.settle()


@pytest.mark.parametrize("percent", [100, 200])
def test_everyone_can_read_and_reach_the_whole_file(
    tutor: Desk, show: Show, dress: Dress, percent: int
) -> None:
    dress(Scheme.DARK, percent)
    stand = show(PupilPage, tutor, _first(tutor), size=(1040, 800))
    for name in (SESSIONS, *(each.id for each in LISTS)):
        stand.page.sections.set_value(name)
        stand.settle()
        QApplication.sendPostedEvents()
        assert stand.page.cards[name].isVisible()
        assert nameless(stand.page) + small_targets(stand.page) + clipped(stand.window) == []


def test_tab_goes_round_the_file(tutor: Desk, show: Show) -> None:
    stand = show(PupilPage, tutor, _first(tutor))
    stand.page.record.setFocus()
    stops = tab_cycle(stand.window)
    assert any("Emergency card" in stop for stop in stops)
    assert any("Sessions" in stop and "TableView" in stop for stop in stops)


def test_the_arrow_keys_go_from_sessions_to_work(tutor: Desk, show: Show) -> None:
    stand = show(PupilPage, tutor, _first(tutor))
    stand.page.sections.setFocus()
    stand.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert stand.page.cards["work"].isVisible()
    assert not stand.page.cards[SESSIONS].isVisible()


def test_a_session_of_the_file_opens_for_correction(tutor: Desk, show: Show) -> None:
    pupil = _first(tutor)
    stand = show(PupilPage, tutor, pupil)
    newest = pupil_file.session_ids(tutor, pupil)[0]
    table = stand.page.cards[SESSIONS].table
    table.select_id(newest)
    stand.bot.keyClick(table, Qt.Key.Key_Return)
    assert stand.gone == [("session", f"session:{newest}")]
    assert sessions.sheet(tutor, None, stand.gone[0][1]).entity == newest


def test_record_session_in_the_file_knows_the_pupil(tutor: Desk, show: Show) -> None:
    pupil = _first(tutor)
    stand = show(PupilPage, tutor, pupil)
    _press(stand, "Record session")
    ((page, asked),) = stand.gone
    sheet = sessions.sheet(tutor, asked)
    assert page == "session"
    assert sheet.values["pupil"] == pupil
    assert sheet.entity is None
    assert not sheet.planned


def test_what_is_typed_for_one_pupil_is_no_draft_of_another(tutor: Desk) -> None:
    one, other = (row.pupil.id for row in pupils.rows(tutor)[:2])
    drafts = {sessions.sheet(tutor, sessions.ForPupil(each)).draft for each in (one, other)}
    drafts.add(sessions.sheet(tutor, None).draft)
    assert len(drafts) == 3


def test_a_corrected_session_is_shown_corrected_when_the_file_is_opened_again(
    tutor: Desk, show: Show
) -> None:
    pupil = _first(tutor)
    stand = show(PupilPage, tutor, pupil)
    newest = pupil_file.session_ids(tutor, pupil)[0]
    stand.window.hide()
    sessions.correct(tutor, newest, {"covered": "Tessellation"}, why="wrong lesson")
    stand.window.show()
    stand.page.show_for(pupil)
    model = stand.page.cards[SESSIONS].table.model()
    stand.bot.waitUntil(lambda: words(model.row(0)[3]) == "Tessellation")
    stand.settle()


def test_at_the_office_a_file_offers_no_session_to_record(office: Desk, show: Show) -> None:
    stand = show(PupilPage, office, _first(office))
    assert not stand.page.record.isVisible()
    _press(stand, "Emergency card")
    assert stand.gone[0][0] == "emergency"


def test_whoever_must_not_be_contacted_is_never_a_number_to_ring(tutor: Desk, show: Show) -> None:
    pupil = _first(tutor)
    with tutor.vault.act(tutor.actor) as unit:
        unit.create(
            Contact,
            {
                "pupil": pupil,
                "name": "Mr Barred",
                "role": "FATHER",
                "phone": "07700 900999",
                "must_not_contact": True,
            },
        )
    card = show(EmergencyPage, tutor, pupil)
    assert "07700 900999" not in _said(card.page)
    file = show(PupilPage, tutor, pupil)
    file.page.sections.set_value("contacts")
    model = file.page.cards["contacts"].table.model()
    said = [[words(cell) for cell in model.row(n)] for n in range(model.rowCount())]
    (barred,) = [row for row in said if row[0] == "Mr Barred"]
    assert "Must not be contacted" in barred


def test_the_card_says_where_who_what_and_whom_to_ring(
    office: Desk, tutor: Desk, show: Show
) -> None:
    pupil = _first(tutor)
    _change(
        office,
        pupil,
        address="4 Invented Row",
        who_is_in="Grandmother",
        medication="Blue inhaler",
        allergies={"Latex"},
        emergency="Lay him on his side",
    )
    stand = show(EmergencyPage, tutor, pupil)
    said = _said(stand.page)
    card = documents.emergency_card(tutor, pupil)
    assert card.contacts
    numbers = [each.telephone for each in card.contacts]
    for told in (
        "999", "4 Invented Row", "Grandmother", "Blue inhaler", "Latex", "Lay him on his side",
        *numbers,
    ):  # fmt: skip
        assert told in said


def test_a_confidential_address_is_on_the_screen_and_on_no_paper(
    office: Desk, tutor: Desk, show: Show
) -> None:
    pupil = _first(tutor)
    _change(office, pupil, address="4 Invented Row", address_confidential=True)
    stand = show(EmergencyPage, tutor, pupil)
    said = _said(stand.page)
    assert "4 Invented Row" in said
    assert documents.CONFIDENTIAL_ON_SCREEN in said
    assert "4 Invented Row" not in documents.emergency_card(tutor, pupil).address


@pytest.mark.parametrize("percent", [100, 200])
def test_everyone_can_read_the_card(tutor: Desk, show: Show, dress: Dress, percent: int) -> None:
    dress(Scheme.LIGHT, percent)
    stand = show(EmergencyPage, tutor, _first(tutor), size=(1040, 800))
    assert nameless(stand.page) + small_targets(stand.page) + clipped(stand.window) == []


def _open_plan(tutor: Desk, show: Show) -> tuple[Any, Any, Callable[[], list[Any]]]:
    pupil = next(
        row.pupil.id for row in pupils.rows(tutor) if pupil_file.file(tutor, row.pupil.id).targets
    )
    stand = show(PupilPage, tutor, pupil)
    stand.page.sections.set_value("plan")
    table = stand.page.cards["plan"].table
    table.setFocus()
    return stand, table, lambda: list(pupil_file.file(tutor, pupil).targets)


def test_a_pupil_rates_a_target_with_one_key_and_it_can_be_taken_back(
    tutor: Desk, show: Show
) -> None:
    stand, table, targets = _open_plan(tutor, show)
    before = {row.id: row.self_rating for row in targets()}
    chosen = table.current_id()
    given = 1 if before[chosen] != 1 else 2
    stand.bot.keyClick(table, str(given))
    stand.settle()
    assert {row.id: row.self_rating for row in targets()} == {**before, chosen: given}
    [(_words, act, undo)] = stand.told
    assert act == "Undo"
    undo()
    stand.settle()
    assert {row.id: row.self_rating for row in targets()} == before


def test_no_other_digit_is_a_rating(tutor: Desk, show: Show) -> None:
    stand, table, targets = _open_plan(tutor, show)
    before = targets()
    for digit in "06789":
        stand.bot.keyClick(table, digit)
    stand.settle()
    assert targets() == before
    assert stand.told == []


def test_what_a_pupil_says_of_a_target_is_kept_in_their_words(tutor: Desk, show: Show) -> None:
    stand, table, targets = _open_plan(tutor, show)
    chosen = table.current_id()
    words = stand.page.cards["plan"].rating.words
    words.clear()
    stand.bot.keyClicks(words, "It is easier at home")
    stand.bot.keyClick(words, Qt.Key.Key_Return)
    stand.settle()
    (said,) = [row.self_words for row in targets() if row.id == chosen]
    assert said == "It is easier at home"


@pytest.mark.parametrize(
    ("section", "page"),
    [("work", "work"), ("plan", "file"), ("assessments", "file"), ("contacts", "file")],
)
def test_every_row_of_the_file_opens_what_it_speaks_of(
    tutor: Desk, show: Show, section: str, page: str
) -> None:
    pupil = next(
        row.pupil.id
        for row in pupils.rows(tutor)
        if all(
            (found.work, found.targets, found.assessments, found.contacts)
            for found in [pupil_file.file(tutor, row.pupil.id)]
        )
    )
    stand = show(PupilPage, tutor, pupil)
    stand.page.sections.set_value(section)
    table = stand.page.cards[section].table
    table.selectRow(0)
    entity = table.current_id()
    stand.bot.keyClick(table, Qt.Key.Key_Return)
    ((went, subject),) = stand.gone
    assert went == page
    assert entity in str(subject)


def test_a_note_and_who_must_be_there_stand_under_notes(
    office: Desk, tutor: Desk, show: Show
) -> None:
    pupil = _first(tutor)
    _change(office, pupil, note="Two steps at the back door", who_is_in="Grandmother")
    stand = show(PupilPage, tutor, pupil)
    stand.page.sections.set_value("notes")
    stand.settle()
    assert "Two steps at the back door" in _said(stand.page)
    assert "Grandmother" in _said(stand.page)
    assert nameless(stand.page) + small_targets(stand.page) + clipped(stand.window) == []


def test_a_pupil_who_is_not_here_is_said_to_be_elsewhere(tutor: Desk, show: Show) -> None:
    stand = show(EmergencyPage, tutor, "nobody")
    assert len(stand.errors) == 1
    assert "not on this computer" in str(stand.errors[0])


def test_an_empty_caseload_says_where_pupils_come_from(
    office: Desk, tutor: Desk, show: Show
) -> None:
    for row in pupils.rows(tutor):
        records.remove(office, "pupil", row.pupil.id)
    stand = show(PupilsPage, tutor)
    assert "No pupils" in _said(stand.page)
    _press(stand, "Open bundles")
    assert stand.gone == [("bundles", None)]
