"""Unlocking: one field with the keyboard in it, and kindness when it goes wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit

from oost_desktop.views.shell.unlock_page import Person, UnlockPage, wait_after

ONE = (Person("j", "Jo Marsden"),)
TWO = (Person("k", "Kofi Osei"), Person("d", "Dilys Rees"))
WRONG = "That passphrase does not open this vault. Check Caps Lock."


@pytest.fixture
def unlock(qtbot, dress):
    shown = []

    def make(people=ONE) -> UnlockPage:
        page = UnlockPage(people)
        shown.append(page)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.setFocus()
        return page

    yield make
    shown.clear()


def field(page: UnlockPage) -> QLineEdit:
    found = page.findChild(QLineEdit)
    assert found is not None
    return found


def test_the_keyboard_is_in_the_field_and_enter_asks(unlock, qtbot):
    page = unlock()
    asked = []
    page.unlock_asked.connect(lambda *words: asked.append(words))
    assert QApplication.focusWidget() is field(page)
    qtbot.keyClicks(field(page), "correct horse")
    qtbot.keyClick(field(page), Qt.Key.Key_Return)
    assert asked == [("j", "correct horse")]


def test_nothing_typed_asks_nothing(unlock, qtbot):
    page = unlock()
    asked = []
    page.unlock_asked.connect(lambda *words: asked.append(words))
    qtbot.keyClick(field(page), Qt.Key.Key_Return)
    assert asked == []
    assert page.message() == "Type your passphrase."


def test_a_wrong_passphrase_keeps_the_keyboard_and_selects_the_text(unlock, qtbot):
    page = unlock()
    qtbot.keyClicks(field(page), "wrong")
    page.set_busy(True)
    page.refuse(WRONG)
    assert QApplication.focusWidget() is field(page)
    assert field(page).selectedText() != ""
    assert field(page).selectionLength() == len("wrong")
    assert page.message() == WRONG
    assert field(page).accessibleDescription() == f"Error: {WRONG}"


def test_five_tries_are_free_then_it_takes_longer_but_never_for_good():
    assert [wait_after(tries) for tries in range(1, 6)] == [0] * 5
    waits = [wait_after(tries) for tries in range(6, 40)]
    assert waits == sorted(waits)
    assert waits[0] > 0
    assert max(waits) <= 60


def test_while_waiting_nothing_is_asked(unlock, qtbot):
    page = unlock()
    asked = []
    page.unlock_asked.connect(lambda *words: asked.append(words))
    for _ in range(6):
        page.refuse(WRONG)
    qtbot.keyClicks(field(page), "again")
    qtbot.keyClick(field(page), Qt.Key.Key_Return)
    assert asked == []
    page._tick.setInterval(1)
    qtbot.waitUntil(lambda: not page._tick.isActive())
    qtbot.keyClick(field(page), Qt.Key.Key_Return)
    assert asked == [("j", "again")]


def test_caps_lock_is_noticed(unlock, qtbot):
    page = unlock()
    qtbot.keyClick(field(page), Qt.Key.Key_A)
    assert not page._caps.isVisible()
    qtbot.keyClicks(field(page), "B")
    upper = Qt.KeyboardModifier.NoModifier
    from PySide6.QtGui import QKeyEvent

    press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_C, upper, "C")
    QApplication.sendEvent(field(page), press)
    assert page._caps.isVisible()
    QApplication.sendEvent(
        field(page), QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_CapsLock, upper)
    )
    assert not page._caps.isVisible()


def test_the_passphrase_is_hidden_until_it_is_asked_for(unlock, qtbot):
    page = unlock()
    assert field(page).echoMode() == QLineEdit.EchoMode.Password
    page._eye.click()
    assert field(page).echoMode() == QLineEdit.EchoMode.Normal
    assert page._eye.accessibleName() == "Hide the passphrase"
    page._eye.click()
    assert field(page).echoMode() == QLineEdit.EchoMode.Password


def test_who_is_asked_only_where_there_are_several(unlock):
    assert not unlock(ONE).findChild(QComboBox).isVisible()
    page = unlock(TWO)
    assert page.findChild(QComboBox).isVisible()
    page.choose("d")
    asked = []
    page.unlock_asked.connect(lambda *words: asked.append(words))
    field(page).setText("p")
    page._unlock.click()
    assert asked == [("d", "p")]


def test_an_untold_concern_is_said_without_a_name(unlock):
    page = unlock()
    page.set_untold_concern(True)
    said = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "A concern here has not been told to a DSL yet." in said


def test_nothing_typed_is_left_after_unlocking(unlock, qtbot):
    page = unlock()
    qtbot.keyClicks(field(page), "secret")
    page.forget()
    assert field(page).text() == ""
