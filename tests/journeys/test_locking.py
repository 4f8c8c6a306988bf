"""Locking hides everything at once and loses nothing that was typed."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from oost_desktop.services import drafting, today
from oost_desktop.views.errors import ErrorDialog
from oost_desktop.views.shell.unlock_page import UnlockPage


def _open_next_session(table: Any) -> Any:
    coming = today.today(table.desk.context.desk).next
    assert coming is not None
    table.desk.go("session", coming.hour)
    table.settle()
    return table.page.form


def test_locking_in_mid_word_keeps_text_field_and_caret(kitchen_table: Any) -> None:
    kitchen_table.unlock()
    form = _open_next_session(kitchen_table)
    box = form.editor("covered").box
    kitchen_table.bot.keyClicks(box, "Unit rates, and then a hal")
    form.editor("covered").set_caret(5)

    kitchen_table.lock()
    assert isinstance(kitchen_table.app.window.centralWidget(), UnlockPage)
    kitchen_table.unlock()

    again = kitchen_table.page.form
    assert again is not form
    assert again.editor("covered").box.value() == "Unit rates, and then a hal"
    assert again.focus_place() == ("covered", 5)


def test_a_locked_window_holds_no_words_of_the_caseload(kitchen_table: Any) -> None:
    kitchen_table.unlock()
    form = _open_next_session(kitchen_table)
    kitchen_table.bot.keyClicks(form.editor("covered").box, "Qwortlezim")
    kitchen_table.lock()

    shown = [label.text() for label in kitchen_table.app.window.findChildren(QLabel)]
    shown += [line.text() for line in kitchen_table.app.window.findChildren(QLineEdit)]
    assert not any("Qwortlezim" in words or "Świątek" in words for words in shown)
    assert "Świątek" not in kitchen_table.app.window.windowTitle()


def test_a_wrong_passphrase_keeps_the_lock_and_says_so(kitchen_table: Any) -> None:
    screen = kitchen_table.app.window.centralWidget()
    field = screen.findChild(QLineEdit)
    kitchen_table.bot.keyClicks(field, "not the phrase")
    kitchen_table.bot.keyClick(field, Qt.Key.Key_Return)
    kitchen_table.bot.waitUntil(lambda: bool(screen.message()))
    assert screen.message() == "That passphrase does not open this caseload. Check Caps Lock."
    assert kitchen_table.app.program.desk is None


def test_ctrl_l_locks(kitchen_table: Any) -> None:
    kitchen_table.unlock()
    with kitchen_table.bot.waitSignal(kitchen_table.app.program.locked):
        kitchen_table.bot.keyClick(
            kitchen_table.page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier
        )
    assert isinstance(kitchen_table.app.window.centralWidget(), UnlockPage)


def test_a_concern_nobody_was_told_of_is_said_on_the_lock_screen_without_a_name(
    kitchen_table: Any,
) -> None:
    kitchen_table.unlock()
    coming = today.today(kitchen_table.desk.context.desk).next
    assert coming is not None
    kitchen_table.desk.go("concern", coming.pupil.id)
    kitchen_table.settle()
    form = kitchen_table.page.form
    kitchen_table.bot.keyClicks(form.editor("verbatim").box, "I do not want to go home.")
    kitchen_table.page.save()
    kitchen_table.settle()
    assert kitchen_table.desk.workspace.current_page() == "today"
    kitchen_table.lock()

    words = " ".join(
        label.text()
        for label in kitchen_table.app.window.findChildren(QLabel)
        if label.isVisibleTo(kitchen_table.app.window)
    )
    assert "concern" in words.lower()
    assert coming.pupil.forename not in words


def test_saving_a_session_forgets_its_draft(kitchen_table: Any) -> None:
    kitchen_table.unlock()
    desk = kitchen_table.desk.context.desk
    form = _open_next_session(kitchen_table)
    kitchen_table.bot.keyClicks(form.editor("covered").box, "Ratio in recipes.")
    kitchen_table.page.leave()
    kitchen_table.settle()
    assert [draft.form for draft in drafting.all_drafts(desk)] == ["session"]

    kitchen_table.page.save()
    kitchen_table.settle()
    assert drafting.all_drafts(desk) == []
    assert kitchen_table.desk.workspace.current_page() == "today"


@pytest.mark.parametrize(("asked", "shown"), [("", False), ("1", True)])
def test_a_fault_while_locked_is_said_and_printed_only_if_asked_for(
    kitchen_table: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    asked: str,
    shown: bool,
) -> None:
    monkeypatch.setenv("OOST_DEBUG", asked)
    typed = ValueError("Zoë Świątek")
    kitchen_table.app.hook(ValueError, typed, None)
    assert ("Świątek" in capsys.readouterr().err) is shown
    (details,) = _close_dialogs(kitchen_table)
    assert "builtins.ValueError" in details
    assert "Świątek" not in details


def _close_dialogs(table: Any) -> list[str]:
    """Close every fault on show; their details."""
    found = [each for each in table.app.window.findChildren(ErrorDialog) if each.isVisible()]
    for each in found:
        each.close()
    return [each.details() for each in found]
