"""The window around the pages: keys, pages made when needed, finding, hiding, folding."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from oost_desktop.views.actions.registry import ActionRegistry
from oost_desktop.views.actions.shell import ShellAction
from oost_desktop.views.actions.spec import ActionSpec, UiState
from oost_desktop.views.icons import Icon
from oost_desktop.views.main_window import MainWindow
from oost_desktop.views.shell.find_panel import Answer, Found
from oost_desktop.views.shell.page_spec import PageSpec
from oost_desktop.views.shell.workspace import Workspace, WorkspaceSpec

CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """A window with two pages, and a record of what was asked of it."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.done: list[str] = []
        self.asked: list[str] = []
        self.answers: list[Answer] = []
        self.window = MainWindow()
        self.open()

    def open(self) -> None:
        actions = ActionRegistry()
        for id_, key in (
            ("record", "Ctrl+N"),
            ("lock", "Ctrl+L"),
            ("raise_concern", "Ctrl+Shift+C"),
        ):
            actions.add(self._action(id_, key))
        pages = tuple(
            PageSpec(id_, id_.title(), Icon.TODAY, self._factory(id_)) for id_ in ("today", "work")
        )
        spec = WorkspaceSpec(pages, ("Jo Marsden, tutor",), "record")
        self.space = Workspace(spec, actions, self._search)
        actions.setParent(self.space)
        actions.refresh(UiState(unlocked=True))
        self.window.show_screen(self.space)
        self.space.show_page("today")

    def _action(self, id_: str, key: str) -> ActionSpec:
        return ActionSpec(id_, id_.title(), lambda: self.done.append(id_), Icon.LOCK, (key,))

    def _factory(self, id_: str):
        def make() -> QWidget:
            self.made.append(id_)
            page = QWidget()
            column = QVBoxLayout(page)
            column.addWidget(QLabel(id_))
            line = QLineEdit()
            line.setObjectName(f"{id_}-line")
            column.addWidget(line)
            return page

        return make

    def _search(self, words, answer) -> None:
        self.asked.append(words)
        self.answers.append(answer)

    def line(self) -> QLineEdit:
        return self.space._find._line


@pytest.fixture
def desk(qtbot, dress):
    made = Desk()
    qtbot.addWidget(made.window)
    made.window.show()
    qtbot.waitExposed(made.window)
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    made.space.show_page("today")
    return made


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def test_a_page_is_made_when_it_is_first_shown_and_once(desk, qtbot):
    assert desk.made == ["today"]
    press(qtbot, Qt.Key.Key_2, CONTROL)
    press(qtbot, Qt.Key.Key_1, CONTROL)
    press(qtbot, Qt.Key.Key_2, CONTROL)
    assert desk.made == ["today", "work"]
    assert desk.space.current_page() == "work"


def test_a_page_gets_the_keyboard_when_it_comes_on_show(desk, qtbot):
    press(qtbot, Qt.Key.Key_2, CONTROL)
    assert focused().objectName() == "work-line"


def test_the_rail_goes_to_pages_by_arrow_and_marks_the_current_one(desk, qtbot):
    items = desk.space._rail._items
    items["today"].setFocus()
    qtbot.keyClick(items["today"], Qt.Key.Key_Down)
    assert desk.space.current_page() == "work"
    assert items["work"].isChecked()


def test_a_count_is_said_too(desk):
    desk.space.set_count("work", 4)
    assert desk.space._rail._items["work"].accessibleDescription() == "4"
    desk.space.set_count("work", 0)
    assert desk.space._rail._items["work"].accessibleDescription() == ""


def test_a_concern_can_be_raised_from_everywhere_by_key_and_by_the_last_button(desk, qtbot):
    press(qtbot, Qt.Key.Key_C, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    bar = desk.space._bar
    buttons = [one for one in bar.findChildren(QPushButton) if one.isVisible()]
    last = max(buttons, key=lambda one: one.geometry().right())
    assert last.text() == "Raise concern"
    assert last.height() >= 40
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton)
    assert desk.done == ["raise_concern", "raise_concern"]


@pytest.mark.parametrize("width", [1366, 1024, 700])
def test_raise_concern_stays_in_its_corner(desk, width):
    desk.window.resize(width, 640)
    bar = desk.space._bar
    concern = next(b for b in bar.findChildren(QPushButton) if b.text() == "Raise concern")
    assert concern.geometry().right() == bar.width() - 23
    assert concern.y() <= 16


class TestFind:
    def test_words_find_things_and_commands(self, desk, qtbot):
        press(qtbot, Qt.Key.Key_K, CONTROL)
        assert QApplication.focusWidget() is desk.line()
        qtbot.keyClicks(desk.line(), "wo")
        qtbot.waitUntil(lambda: desk.asked == ["wo"])
        desk.answers[-1]((Found("p1", "Zoë Wożniak", "Year 10", "Pupils"),))
        assert desk.space._find.rows() == ("Zoë Wożniak", "Work")

    def test_enter_opens_what_is_marked_and_gives_the_keyboard_back(self, desk, qtbot):
        chosen: list[Found] = []
        desk.space.result_chosen.connect(chosen.append)
        before = QApplication.focusWidget()
        press(qtbot, Qt.Key.Key_K, CONTROL)
        qtbot.keyClicks(desk.line(), "zo")
        qtbot.waitUntil(lambda: desk.asked == ["zo"])
        found = (Found("p1", "Zoë", "", "Pupils"), Found("n1", "Zoo trip", "", "Notes"))
        desk.answers[-1](found)
        qtbot.keyClick(desk.line(), Qt.Key.Key_Down)
        qtbot.keyClick(desk.line(), Qt.Key.Key_Return)
        assert chosen == [found[1]]
        assert QApplication.focusWidget() is before

    def test_a_command_is_done(self, desk, qtbot):
        press(qtbot, Qt.Key.Key_K, CONTROL)
        qtbot.keyClicks(desk.line(), ">lock")
        qtbot.waitUntil(lambda: desk.space._find.rows() == ("Lock",))
        qtbot.keyClick(desk.line(), Qt.Key.Key_Return)
        assert desk.done == ["lock"]
        assert desk.asked == []

    def test_a_late_answer_to_an_older_question_is_thrown_away(self, desk, qtbot):
        press(qtbot, Qt.Key.Key_K, CONTROL)
        qtbot.keyClicks(desk.line(), "zo")
        qtbot.waitUntil(lambda: len(desk.asked) == 1)
        qtbot.keyClicks(desk.line(), "e")
        qtbot.waitUntil(lambda: len(desk.asked) == 2)
        desk.answers[1]((Found("p1", "Zoe", "", "Pupils"),))
        desk.answers[0]((Found("p2", "Zoltan", "", "Pupils"),))
        assert "Zoe" in desk.space._find.rows()
        assert "Zoltan" not in desk.space._find.rows()

    def test_nothing_found_is_said(self, desk, qtbot):
        press(qtbot, Qt.Key.Key_K, CONTROL)
        qtbot.keyClicks(desk.line(), "qqq")
        qtbot.waitUntil(lambda: desk.asked == ["qqq"])
        desk.answers[-1](())
        assert desk.space._find._hint.text() == "Nothing found for “qqq”"

    def test_escape_closes_it(self, desk, qtbot):
        before = QApplication.focusWidget()
        press(qtbot, Qt.Key.Key_K, CONTROL)
        qtbot.keyClick(desk.line(), Qt.Key.Key_Escape)
        assert desk.space._find.isHidden()
        assert QApplication.focusWidget() is before


class TestBlank:
    def test_f12_hides_everything_and_any_key_brings_it_back(self, desk, qtbot):
        before = focused()
        assert isinstance(before, QLineEdit)
        press(qtbot, Qt.Key.Key_F12)
        cover = desk.space._blank
        assert cover.isVisible()
        assert cover.geometry() == desk.space.rect()
        picture = desk.space.grab().toImage()
        shown = {picture.pixelColor(x, 30).name() for x in range(0, picture.width(), 3)}
        assert len(shown) == 1
        press(qtbot, Qt.Key.Key_X)
        assert cover.isHidden()
        assert QApplication.focusWidget() is before
        assert before.text() == ""

    def test_no_command_runs_behind_it(self, desk, qtbot):
        press(qtbot, Qt.Key.Key_F12)
        press(qtbot, Qt.Key.Key_N, CONTROL)
        assert desk.done == []

    def test_a_minute_later_it_locks(self, desk, qtbot):
        press(qtbot, Qt.Key.Key_F12)
        assert desk.space._blank._timer.interval() == 60_000
        with qtbot.waitSignal(desk.space.lock_asked):
            desk.space._blank._timer.setInterval(1)


class TestSide:
    def test_it_folds_in_a_narrow_window_and_f9_brings_it_back(self, desk, qtbot):
        desk.window.resize(1366, 768)
        desk.space.set_side(QLabel("Pupil card"))
        assert desk.space._side_frame.isVisible()
        desk.window.resize(1024, 640)
        qtbot.waitUntil(desk.space._side_frame.isHidden)
        press(qtbot, Qt.Key.Key_F9)
        assert desk.space._side_frame.isVisible()

    def test_an_empty_side_is_never_shown(self, desk, qtbot):
        press(qtbot, Qt.Key.Key_F9)
        assert desk.space._side_frame.isHidden()


def test_ctrl_z_does_what_the_notice_offers(desk, qtbot):
    undone = []
    desk.space.notices.tell("Session saved.", act="Undo", on_act=lambda: undone.append(1))
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert undone == [], "in a field it takes back typing"
    desk.space._rail._items["today"].setFocus()
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert undone == [1]


def test_locking_leaves_nothing_of_the_workspace(desk, qtbot):
    old = desk.space
    with qtbot.waitSignal(old.destroyed):
        desk.window.show_screen(QLabel("locked"))
    assert desk.window.workspace() is None
    assert desk.window.findChildren(QLineEdit) == []
    desk.open()
    assert desk.window.workspace() is desk.space


def test_the_title_names_nobody(desk):
    assert desk.window.windowTitle() == "OOST Desktop"


def test_the_list_of_keys_shows_every_key(desk, qtbot):
    press(qtbot, Qt.Key.Key_Slash, CONTROL)
    sheet = desk.space.findChild(QWidget, "key-sheet")
    words = {one.text() for one in sheet.findChildren(QLabel)}
    actions = desk.space.actions_known
    for spec in actions.specs():
        if spec.keys:
            assert {spec.text, actions.key_text(spec.id)} <= words
    assert actions.key_text(ShellAction.CONCERN) == "Ctrl+Shift+C"
    sheet.close()
