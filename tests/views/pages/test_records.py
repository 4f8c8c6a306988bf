"""The office keeps schools, staff, terms and settings on pages made from their declarations."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from oost_desktop.models import RECORDS
from oost_desktop.services import drafting, records
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.record_page import RecordPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets
from tests.views.conftest import Dress
from tests.views.pages.conftest import Show, Stand

PAGES = ("school", "staff_member", "term_period", "setting")


def _page(stand: Stand) -> RecordPage:
    assert isinstance(stand.page, RecordPage)
    return stand.page


def _type(stand: Stand, name: str, words: str) -> None:
    widget = _page(stand).form.editor(name).widget
    box = widget if isinstance(widget, QLineEdit) else widget.findChild(QLineEdit)
    assert box is not None
    box.clear()
    stand.bot.keyClicks(box, words)


@pytest.mark.parametrize("etype", PAGES)
@pytest.mark.parametrize("percent", [100, 200])
def test_anyone_can_read_and_reach_everything(
    office: Desk, show: Show, dress: Dress, etype: str, percent: int
) -> None:
    dress(Scheme.LIGHT, percent)
    stand = show(partial(RecordPage, etype=etype), office, size=(1040, 800))
    page = _page(stand)
    assert page.model.rowCount() == len(records.ids(office, etype))
    page.begin_new()
    stand.settle()
    assert page.form.isVisible()
    assert nameless(page) + small_targets(page) + clipped(stand.window) == []
    assert stand.errors == []


def test_a_new_school_is_in_the_list_at_once(office: Desk, show: Show) -> None:
    stand = show(partial(RecordPage, etype="school"), office)
    before = set(records.ids(office, "school"))
    stand.bot.mouseClick(_page(stand).new_button, Qt.MouseButton.LeftButton)
    stand.settle()
    _type(stand, "name", "Riber View School")
    stand.bot.mouseClick(_page(stand).save_button, Qt.MouseButton.LeftButton)
    stand.bot.waitUntil(lambda: _page(stand).model.rowCount() == len(before) + 1)
    stand.settle()
    (added,) = set(records.ids(office, "school")) - before
    assert records.values_of(office, "school", added)["name"] == "Riber View School"
    stand.bot.waitUntil(lambda: _page(stand).table.current_id() == added)
    assert drafting.all_drafts(office) == []


def test_enter_opens_a_record_and_only_what_was_changed_is_written(
    office: Desk, show: Show
) -> None:
    stand = show(partial(RecordPage, etype="staff_member"), office)
    page = _page(stand)
    chosen = records.ids(office, "staff_member")[1]
    before = records.values_of(office, "staff_member", chosen)
    page.table.select_id(chosen)
    stand.bot.keyClick(page.table, Qt.Key.Key_Return)
    stand.settle()
    _type(stand, "phone", "01629 555 0142")
    stand.bot.keyClick(
        page.form.editor("phone").widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    stand.settle()
    after = records.values_of(office, "staff_member", chosen)
    assert {name for name in after if after[name] != before[name]} == {"phone"}


def test_what_was_removed_comes_back_with_undo(office: Desk, show: Show) -> None:
    stand = show(partial(RecordPage, etype="school"), office)
    page = _page(stand)
    chosen = records.ids(office, "school")[0]
    page.open_record(chosen)
    stand.settle()
    stand.bot.mouseClick(page.remove_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert chosen not in records.ids(office, "school")
    assert page.form.isHidden()
    words, act, undo = stand.told[-1]
    assert act == "Undo"
    assert records.values_of(office, "school", chosen)["name"] not in words
    assert undo is not None
    undo()
    stand.settle()
    assert chosen in records.ids(office, "school")


def test_a_form_left_for_another_record_is_kept_as_a_draft(office: Desk, show: Show) -> None:
    stand = show(partial(RecordPage, etype="school"), office)
    page = _page(stand)
    page.begin_new()
    stand.settle()
    _type(stand, "name", "Half a sch")
    page.open_record(records.ids(office, "school")[0])
    stand.settle()
    page.begin_new()
    stand.settle()
    assert page.form.draft.values["name"] == "Half a sch"


def test_what_the_declaration_asks_for_is_asked_for(office: Desk, show: Show) -> None:
    stand = show(partial(RecordPage, etype="school"), office)
    page = _page(stand)
    before = records.ids(office, "school")
    page.begin_new()
    stand.settle()
    page.save()
    stand.settle()
    needed = [spec.label for spec in RECORDS.of("school").fields.values() if spec.required]
    assert needed
    assert page.form.summary.isVisible()
    assert records.ids(office, "school") == before
