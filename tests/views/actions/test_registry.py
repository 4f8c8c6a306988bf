"""Actions are told once, and no two of them want the same key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from oost_desktop.errors import BugError
from oost_desktop.views.actions.registry import ActionRegistry
from oost_desktop.views.actions.shell import (
    ShellHandlers,
    page_actions,
    shell_actions,
    text_size_actions,
)
from oost_desktop.views.actions.spec import ActionSpec, UiState, always
from oost_desktop.views.icons import Icon
from oost_desktop.views.shell.page_spec import PageSpec


def nothing() -> None:
    """Does nothing."""


def spec(id_: str, *keys: str) -> ActionSpec:
    return ActionSpec(id_, id_.title(), nothing, keys=keys)


@pytest.fixture
def actions(qapp):
    return ActionRegistry()


def test_two_actions_may_not_share_a_key(actions):
    actions.add(spec("lock", "Ctrl+L"))
    with pytest.raises(BugError, match="lock"):
        actions.add(spec("list", "ctrl+l"))


def test_an_id_is_used_once(actions):
    actions.add(spec("lock"))
    with pytest.raises(BugError):
        actions.add(spec("lock"))


@pytest.mark.parametrize("chord", ["Ctrl+Alt+E", "Alt+Ctrl+4", "Ctrl+Alt+Shift+A"])
def test_no_chord_types_a_letter_on_a_british_keyboard(actions, chord):
    with pytest.raises(BugError, match="Ctrl\\+Alt"):
        actions.add(spec("euro", chord))


def test_the_windows_own_actions_agree_with_each_other(actions):
    do = ShellHandlers(lambda page: None, nothing, nothing, nothing, nothing, nothing)
    pages = [PageSpec(f"p{n}", f"Page {n}", Icon.TODAY, QWidget) for n in range(11)]
    actions.add(*page_actions(pages, do.show_page), *shell_actions(do))
    actions.add(*text_size_actions(nothing, nothing))
    assert [actions.key_text(f"go_p{n}") for n in (0, 8, 9)] == ["Ctrl+1", "Ctrl+9", ""]
    assert all(each.text and each.group for each in actions.specs())


def test_what_can_be_done_follows_the_state(actions):
    actions.add(
        spec("record"),
        ActionSpec("blank", "Hide", nothing, enabled_when=always),
    )
    actions.refresh(UiState(unlocked=False))
    assert [a.isEnabled() for a in actions.actions()] == [False, True]
    actions.refresh(UiState(unlocked=True))
    assert all(a.isEnabled() for a in actions.actions())


def test_a_key_does_what_its_action_says(actions, qtbot):
    done: list[str] = []
    actions.add(
        ActionSpec("lock", "Lock", lambda: done.append("lock"), keys=("Ctrl+L",)),
    )
    window = QWidget()
    line = QLineEdit(window)
    qtbot.addWidget(window)
    actions.attach(window)
    actions.refresh(UiState(unlocked=True))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert done == ["lock"]
    qtbot.keyClicks(line, "r")
    assert done == ["lock"]
    assert line.text() == "r"
