"""The office changes a pupil's file and takes a new pupil in; a tutor changes what a tutor may."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from oost_desktop.services import drafting, pupils, records
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.file_page import PARTS, FilePage
from oost_desktop.views.pages.file_part import FilePart, Place
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets
from tests.views.conftest import Dress
from tests.views.pages.conftest import Show, Stand


def _page(stand: Stand) -> FilePage:
    assert isinstance(stand.page, FilePage)
    return stand.page


def _part(stand: Stand) -> FilePart:
    part = _page(stand).part()
    assert part is not None
    return part


def _go(stand: Stand, etype: str) -> FilePart:
    page = _page(stand)
    page.sections.set_value(etype)
    page.sections.chosen.emit(etype)
    stand.settle()
    return _part(stand)


def _type(stand: Stand, name: str, words: str) -> None:
    widget = _part(stand).form.editor(name).widget
    kinds = (QLineEdit, QPlainTextEdit)
    box = widget if isinstance(widget, kinds) else widget.findChild(QLineEdit)
    assert isinstance(box, kinds)
    box.clear()
    stand.bot.keyClicks(box, words)


def _save(stand: Stand) -> None:
    stand.bot.mouseClick(_part(stand).save_button, Qt.MouseButton.LeftButton)
    stand.settle()


def _first(desk: Desk) -> str:
    return pupils.rows(desk)[0].pupil.id


@pytest.mark.parametrize("percent", [100, 200])
def test_anyone_can_read_and_reach_every_part(
    office: Desk, show: Show, dress: Dress, percent: int
) -> None:
    dress(Scheme.LIGHT, percent)
    stand = show(FilePage, office, _first(office), size=(1024 - 208, 640))
    for etype in PARTS:
        part = _go(stand, etype)
        if etype != "pupil":
            part.begin_new()
            stand.settle()
        assert part.form.isVisible(), etype
        wrong = nameless(stand.page) + small_targets(stand.page) + clipped(stand.window)
        assert wrong == [], etype
    assert stand.errors == []


def test_a_part_lists_this_pupil_only(office: Desk, show: Show) -> None:
    pupil = _first(office)
    stand = show(FilePage, office, pupil)
    part = _go(stand, "contact")
    own = set(records.ids(office, "contact", where={"pupil": pupil}))
    assert set(part.model.ids) == own
    assert own < set(records.ids(office, "contact"))
    slots = _go(stand, "timetable_slot").model
    assert [column.title for column in slots.columns][:2] == ["Tutor", "Subject"]
    assert slots.rowCount()
    assert slots.index(0, 0).data() in {
        each.label for each in records.options(office, "staff_member")
    }


def test_a_new_contact_belongs_to_the_pupil_whose_file_is_open(office: Desk, show: Show) -> None:
    pupil = _first(office)
    stand = show(FilePage, office, pupil)
    part = _go(stand, "contact")
    before = set(part.model.ids)
    part.new_button.click()
    stand.settle()
    _type(stand, "name", "Mrs Ada Byron")
    _type(stand, "phone", "01632 960001")
    role = _part(stand).form.editor("role").widget
    assert isinstance(role, QComboBox)
    role.setCurrentIndex(1)
    _save(stand)
    (new,) = set(records.ids(office, "contact", where={"pupil": pupil})) - before
    assert records.values_of(office, "contact", new)["name"] == "Mrs Ada Byron"


def test_a_new_pupil_is_led_from_who_they_are_to_their_placement(office: Desk, show: Show) -> None:
    stand = show(FilePage, office)
    assert [choice.value for choice in _page(stand).sections.choices()] == ["pupil"]
    _type(stand, "legal_forename", "Ffion")
    _type(stand, "legal_surname", "Hughes")
    _type(stand, "date_of_birth", "14/03/2012")
    before = set(records.ids(office, "pupil"))
    _save(stand)
    (new,) = set(records.ids(office, "pupil")) - before
    assert _page(stand).pupil_on_show() == new
    assert _page(stand).sections.value() == "placement"
    assert _part(stand).form.isVisible()


def test_what_is_missing_is_said_and_nothing_is_kept(office: Desk, show: Show) -> None:
    before = records.ids(office, "pupil")
    stand = show(FilePage, office)
    _type(stand, "legal_surname", "Hughes")
    _save(stand)
    assert _part(stand).form.field_row("legal_forename").problem()
    assert records.ids(office, "pupil") == before


def test_words_typed_in_one_part_wait_there_when_another_is_opened(
    office: Desk, show: Show
) -> None:
    pupil = _first(office)
    stand = show(FilePage, office, pupil)
    _go(stand, "contact").begin_new()
    stand.settle()
    _type(stand, "name", "Mrs Ada By")
    _go(stand, "placement")
    (kept,) = drafting.all_drafts(office)
    assert Place.parse(kept.id) == Place(pupil, "contact", "new")
    _page(stand).show_for(kept.id)
    stand.settle()
    assert _part(stand).form.draft.values["name"] == "Mrs Ada By"


def test_ending_a_placement_ends_the_pupils_hours_with_it(office: Desk, show: Show) -> None:
    pupil = _first(office)
    stand = show(FilePage, office, pupil)
    part = _go(stand, "placement")
    part.open_record(part.model.ids[0])
    stand.settle()
    _type(stand, "ends", "18/12/2026")
    _save(stand)
    for etype, field in (("allocation", "ends"), ("timetable_slot", "last_day")):
        for entity in records.ids(office, etype, where={"pupil": pupil}):
            last = records.values_of(office, etype, entity)[field]
            assert last is not None, etype
            assert last <= date(2026, 12, 18), etype


def test_a_second_plan_begins_as_a_copy_of_the_one_in_force(office: Desk, show: Show) -> None:
    plans = records.ids(office, "education_plan", where={"state": "CURRENT"})
    standing = records.values_of(office, "education_plan", plans[0])
    stand = show(FilePage, office, standing["pupil"])
    part = _go(stand, "education_plan")
    part.new_button.click()
    stand.settle()
    values = part.form.draft.values
    assert values["state"] == "DRAFT"
    assert values["baseline"] == standing["baseline"]


def test_a_tutor_is_not_offered_what_only_the_office_writes(tutor: Desk, show: Show) -> None:
    stand = show(FilePage, tutor, _first(tutor))
    offered = {choice.value for choice in _page(stand).sections.choices()}
    assert {"contact", "target", "education_plan"} <= offered
    assert not {"placement", "allocation"} & offered
    assert not _part(stand).save_button.isVisible()
    assert not _part(stand).form.isEnabled()
