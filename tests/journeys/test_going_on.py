"""What a tutor finds again: the keyboard in a kept form, the count of drafts, notices of now."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from oost_desktop import paths, settings
from oost_desktop.services import drafting, practice
from oost_desktop.services import today as today_service
from oost_desktop.views import look
from oost_desktop.views.shell.unlock_page import UnlockPage
from tests.views.conftest import Dress
from tests.views.conftest import dress as dress
from tests.views.seen import visible_words

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _press(table: Any, key: Qt.Key, mod: Qt.KeyboardModifier = NONE) -> None:
    held = QApplication.focusWidget()
    assert held is not None
    QTest.keyClick(held, key, mod)
    table.settle()


def _open_first_mark(table: Any) -> Any:
    table.unlock()
    table.desk.go("work")
    table.settle()
    _press(table, Qt.Key.Key_Return)
    return table.page.marking.form


def test_a_kept_mark_opened_again_has_the_keyboard(kitchen_table: Any) -> None:
    form = _open_first_mark(kitchen_table)
    kitchen_table.bot.keyClicks(form.editor("mark").widget, "13")
    _press(kitchen_table, Qt.Key.Key_Escape)
    assert kitchen_table.page.list.isVisible()
    _press(kitchen_table, Qt.Key.Key_Return)
    assert form.focus_place() == ("mark", 2)


def test_a_kept_mark_whose_field_is_not_known_has_the_keyboard_in_the_first(
    kitchen_table: Any,
) -> None:
    form = _open_first_mark(kitchen_table)
    kitchen_table.bot.keyClicks(form.editor("mark").widget, "13")
    _press(kitchen_table, Qt.Key.Key_Escape)
    desk = kitchen_table.desk.context.desk
    (kept,) = drafting.all_drafts(desk)
    drafting.keep(desk, kept.id, kept.form, kept.content, subject=kept.subject, field="", caret=0)
    _press(kitchen_table, Qt.Key.Key_Return)
    assert form.focus_place()[0] == "mark"


def test_coming_back_to_an_open_mark_leads_into_it(kitchen_table: Any) -> None:
    form = _open_first_mark(kitchen_table)
    kitchen_table.bot.keyClicks(form.editor("mark").widget, "13")
    kitchen_table.desk.go("pupils")
    kitchen_table.settle()
    kitchen_table.desk.go("work")
    kitchen_table.settle()
    assert form.focus_place()[0] == "mark"


def test_the_count_of_drafts_follows_each_draft(kitchen_table: Any) -> None:
    form = _open_first_mark(kitchen_table)
    words = kitchen_table.desk.workspace.status._drafts
    assert words.text() == ""
    kitchen_table.bot.keyClicks(form.editor("mark").widget, "13")
    _press(kitchen_table, Qt.Key.Key_Escape)
    kitchen_table.bot.waitUntil(lambda: words.text() == "1 draft")
    desk = kitchen_table.desk.context.desk
    drafting.drop(desk, drafting.all_drafts(desk)[0].id)
    kitchen_table.bot.waitUntil(lambda: words.text() == "")


def test_a_success_goes_with_the_next_page_but_not_with_its_own(kitchen_table: Any) -> None:
    kitchen_table.unlock()
    desk, notices = kitchen_table.desk, kitchen_table.desk.workspace.notices
    desk.context.tell("Session saved.")
    desk.go("work")
    assert notices.words() == "Session saved."
    kitchen_table.settle()
    QTest.qWait(1)
    desk.go("pupils")
    assert notices.words() == ""
    desk.context.tell("Taken in.", "Undo", lambda: None)
    QTest.qWait(1)
    desk.go("work")
    assert notices.words() == "Taken in."


def test_ctrl_n_on_today_records_the_session_that_is_next(kitchen_table: Any) -> None:
    kitchen_table.unlock()
    coming = today_service.today(kitchen_table.desk.context.desk).next
    assert coming is not None
    _press(kitchen_table, Qt.Key.Key_N, CONTROL)
    assert kitchen_table.desk.workspace.current_page() == "session"
    assert kitchen_table.page.pupil_on_show() == coming.pupil.id


@pytest.mark.parametrize(
    ("key", "mod"),
    [
        (Qt.Key.Key_Plus, CONTROL),
        (Qt.Key.Key_Plus, CONTROL | SHIFT),
        (Qt.Key.Key_Plus, CONTROL | KEYPAD),
        (Qt.Key.Key_Equal, CONTROL),
    ],
)
def test_ctrl_plus_and_minus_step_the_text_size(
    kitchen_table: Any,
    dress: Dress,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    key: Qt.Key,
    mod: Qt.KeyboardModifier,
) -> None:
    file = tmp_path / "settings.json"
    monkeypatch.setattr(paths, "settings_file", lambda: file)
    kitchen_table.unlock()
    sizes = []
    for _time in range(4):
        _press(kitchen_table, key, mod)
        sizes.append(look.current().percent)
    assert sizes == [125, 150, 200, 200]
    for minus in (CONTROL, CONTROL | KEYPAD):
        _press(kitchen_table, Qt.Key.Key_Minus, minus)
    assert look.current().percent == 125
    assert settings.load(file).text_percent == 125
    kitchen_table.desk.go("settings")
    assert kitchen_table.page.text_size.value() == "125"
    _press(kitchen_table, key, mod)
    assert kitchen_table.page.text_size.value() == "150"


@pytest.mark.parametrize("is_practice", [True, False])
def test_the_lock_screen_of_practice_says_so_and_what_opens_it(
    kitchen_table: Any, monkeypatch: pytest.MonkeyPatch, is_practice: bool
) -> None:
    home = kitchen_table.folder.parent if is_practice else kitchen_table.folder / "elsewhere"
    monkeypatch.setattr(paths, "practice_home", lambda: home)
    kitchen_table.unlock()
    kitchen_table.lock()
    screen = kitchen_table.app.window.centralWidget()
    assert isinstance(screen, UnlockPage)
    words = " ".join(visible_words(screen))
    assert ("PRACTICE" in words) is is_practice
    assert (f"“{practice.PASSPHRASE}”" in words) is is_practice


def test_practice_says_that_it_has_no_office_to_hand_in_to(kitchen_table: Any) -> None:
    """This vault is made as the one of practice is: an office's, opened as a tutor."""
    kitchen_table.unlock()
    kitchen_table.desk.go("bundles")
    kitchen_table.settle()
    page = kitchen_table.page
    words = " ".join(visible_words(page))
    assert not page.make_button.isVisible()
    assert not page._passed.empty.button.isVisible()
    assert "Practice has no office to hand in to" in words
    assert "only on this computer" not in words
    assert kitchen_table.desk.workspace.status._transfer.text() == ""
    assert page.isAncestorOf(QApplication.focusWidget())
