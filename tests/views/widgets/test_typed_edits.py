"""Time and day fields by the keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from oost_desktop.views.widgets.day_edit import DayEdit
from oost_desktop.views.widgets.shorthand import Facing
from oost_desktop.views.widgets.time_edit import TimeEdit

MONDAY = date(2026, 11, 23)


class Form(QWidget):
    """A time, a day and a place to tab on to."""

    def __init__(self) -> None:
        super().__init__()
        self.time = TimeEdit()
        self.day = DayEdit(lambda: MONDAY, facing=Facing.AHEAD)
        column = QVBoxLayout(self)
        for widget in (self.time, self.day, QLineEdit()):
            column.addWidget(widget)


@pytest.fixture
def form(qtbot, dress):
    window = Form()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


def test_a_time_is_written_out_on_leaving_the_field(form, qtbot):
    form.time.setFocus()
    told: list[str | None] = []
    form.time.value_changed.connect(told.append)
    qtbot.keyClicks(form.time, "0930")
    qtbot.keyClick(form.time, Qt.Key.Key_Tab)
    assert form.time.text() == "09:30"
    assert form.time.value() == "09:30"
    assert told == ["09:30"]


def test_a_day_is_written_out_on_enter(form, qtbot):
    form.day.setFocus()
    qtbot.keyClicks(form.day, "+12w")
    qtbot.keyClick(form.day, Qt.Key.Key_Return)
    assert form.day.text() == "15/02/2027"
    assert form.day.value() == date(2027, 2, 15)
    assert "Monday" in form.day.toolTip()


def test_words_that_cannot_be_read_stay_and_are_marked(form, qtbot):
    form.day.set_value(MONDAY)
    problems: list[str] = []
    form.day.problem_changed.connect(problems.append)
    form.day.setFocus()
    form.day.selectAll()
    qtbot.keyClicks(form.day, "soonish")
    qtbot.keyClick(form.day, Qt.Key.Key_Tab)
    assert form.day.text() == "soonish"
    assert form.day.problem() == problems[-1] != ""
    assert form.day.accessibleDescription().startswith("Error: ")
    assert form.day.property("invalid") is True
    form.day.setText("t")
    form.day.settle()
    assert form.day.value() == MONDAY
    assert form.day.problem() == problems[-1] == ""
    assert form.day.accessibleDescription() == ""


def test_emptying_the_field_means_no_value(form, qtbot):
    form.time.set_value("09:30")
    form.time.setFocus()
    form.time.selectAll()
    qtbot.keyClick(form.time, Qt.Key.Key_Delete)
    qtbot.keyClick(form.time, Qt.Key.Key_Tab)
    assert form.time.value() is None
    assert form.time.problem() == ""


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        ("09:30", Qt.Key.Key_Up, "09:35"),
        ("00:00", Qt.Key.Key_Down, "23:55"),
        (None, Qt.Key.Key_Up, "12:00"),
    ],
)
def test_arrows_step_a_time_by_five_minutes(form, qtbot, start, key, end):
    form.time.set_value(start)
    form.time.setFocus()
    qtbot.keyClick(form.time, key)
    assert form.time.value() == end


def test_arrows_step_a_day(form, qtbot):
    form.day.setFocus()
    qtbot.keyClick(form.day, Qt.Key.Key_Up)
    assert form.day.value() == MONDAY
    qtbot.keyClick(form.day, Qt.Key.Key_Down)
    assert form.day.value() == date(2026, 11, 22)


def test_arrows_never_throw_away_what_is_typed(form, qtbot):
    form.day.setFocus()
    qtbot.keyClicks(form.day, "soonish")
    qtbot.keyClick(form.day, Qt.Key.Key_Up)
    assert form.day.text() == "soonish"
