"""Before something that cannot be undone, the safe answer is the easy one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from oost_desktop.views.prompts import ConfirmDialog, FileKind, QtPrompts, Question

REMOVE = Question(
    "Remove this caseload?",
    "6 pupils and 214 sessions will be deleted from this computer.",
    act="Remove caseload",
    keep="Keep it",
    word="remove",
)


@pytest.fixture
def window(qtbot, dress):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_the_safe_button_is_the_default_and_says_what_it_does(window):
    dialog = ConfirmDialog(REMOVE, window)
    assert dialog.keep_button.isDefault()
    assert dialog.keep_button.text() == "Keep it"
    assert dialog.act_button.text() == "Remove caseload"


def test_destroying_needs_the_word_typed(window, qtbot):
    done = []
    QtPrompts(window).confirm(REMOVE, lambda: done.append(1))
    dialog = window.findChild(ConfirmDialog)
    assert not dialog.act_button.isEnabled()
    qtbot.keyClicks(dialog.word_edit, "Remove ")
    assert dialog.act_button.isEnabled()
    dialog.act_button.click()
    assert done == [1]


def test_escape_keeps_everything(window, qtbot):
    done = []
    QtPrompts(window).confirm(REMOVE, lambda: done.append(1))
    dialog = window.findChild(ConfirmDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == 0
    assert done == []


def test_a_file_dialog_hands_over_what_was_chosen(window, qtbot, tmp_path):
    bundle = tmp_path / "14.oost"
    bundle.write_bytes(b"x")
    chosen: list[object] = []
    prompts = QtPrompts(window)
    prompts.open_files("Check bundles", (FileKind("Bundles", ("*.oost",)),), chosen.append)
    dialog = window.findChild(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(bundle))
    dialog.accepted.emit()
    assert chosen == [(bundle,)]
    dialog.close()
