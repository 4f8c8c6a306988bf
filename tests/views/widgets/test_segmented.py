"""A choice by number keys, arrows and mouse; said as radio buttons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from oost_desktop.views.widgets.segmented import Choice, Segmented

CHOICES = tuple(Choice(word.lower(), word) for word in ("Taught", "Part", "Unwell", "Declined"))


@pytest.fixture
def segmented(qtbot, dress):
    window = QWidget()
    column = QVBoxLayout(window)
    made = Segmented("Outcome", CHOICES, numbered=True)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.resize(700, 200)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    yield made
    window.close()


def _focused(segmented):
    return segmented.window().focusWidget()


def test_nothing_is_chosen_until_somebody_chooses(segmented):
    assert segmented.value() == ""


def test_a_number_key_chooses(segmented, qtbot):
    told: list[str] = []
    by_hand: list[str] = []
    segmented.value_changed.connect(told.append)
    segmented.chosen.connect(by_hand.append)
    qtbot.keyClicks(_focused(segmented), "3")
    assert segmented.value() == "unwell"
    qtbot.keyClicks(_focused(segmented), "1")
    assert told == by_hand == ["unwell", "taught"]


def test_a_number_beyond_the_last_does_nothing(segmented, qtbot):
    qtbot.keyClicks(_focused(segmented), "9")
    assert segmented.value() == ""


def test_arrows_go_from_one_to_the_next(segmented, qtbot):
    by_hand: list[str] = []
    segmented.chosen.connect(by_hand.append)
    segmented.set_value("taught")
    segmented.setFocus()
    qtbot.keyClick(_focused(segmented), Qt.Key.Key_Right)
    assert segmented.value() == "part"
    qtbot.keyClick(_focused(segmented), Qt.Key.Key_Left)
    assert segmented.value() == "taught"
    assert by_hand == ["part", "taught"]


def test_tab_leaves_it_in_one_step(segmented, qtbot):
    segmented.set_value("part")
    segmented.setFocus()
    qtbot.keyClick(_focused(segmented), Qt.Key.Key_Tab)
    assert isinstance(_focused(segmented), QLineEdit)


def test_setting_a_value_is_not_choosing_it(segmented):
    by_hand: list[str] = []
    segmented.chosen.connect(by_hand.append)
    segmented.set_value("declined")
    assert segmented.value() == "declined"
    segmented.set_value(None)
    assert segmented.value() == ""
    assert by_hand == []


def test_other_choices_drop_a_value_that_is_not_among_them(segmented):
    segmented.set_value("declined")
    segmented.set_choices(CHOICES[:2])
    assert segmented.value() == ""
    assert segmented.choices() == CHOICES[:2]


def test_a_segment_is_a_radio_button_with_its_word(segmented, qtbot):
    segmented.set_value("part")
    interface = QAccessible.queryAccessibleInterface(_focused(segmented))
    assert interface is not None
    assert interface.role() == QAccessible.Role.RadioButton
    segmented.press_number(2)
    interface = QAccessible.queryAccessibleInterface(_focused(segmented))
    assert interface is not None
    assert interface.text(QAccessible.Text.Name) == "Part"
    assert interface.state().checked


def test_a_click_anywhere_on_a_segment_chooses(segmented, qtbot):
    last = segmented.childAt(segmented.childrenRect().topRight().x() - 4, 4)
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton, pos=last.rect().bottomRight())
    assert segmented.value() == "declined"


def test_segments_that_do_not_fit_stand_on_two_lines(segmented):
    assert segmented.joined()
    segmented.window().resize(240, 300)
    assert not segmented.joined()
    assert segmented.childrenRect().right() <= segmented.width()
