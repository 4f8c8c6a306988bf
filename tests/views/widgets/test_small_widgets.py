"""What each small widget promises the pages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from oost_desktop.views.icons import Icon
from oost_desktop.views.tokens import Scheme, Tone
from oost_desktop.views.widgets.busy import DELAY_MS, Busy
from oost_desktop.views.widgets.buttons import Button, Kind
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.fact_list import FactList
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.grow_text import GrowText
from oost_desktop.views.widgets.notice_bar import SECONDS, NoticeBar
from oost_desktop.views.widgets.pill import Pill, State
from oost_desktop.views.widgets.progress_bar import WordedBar
from oost_desktop.views.widgets.row_list import Row, RowList
from oost_desktop.views.widgets.stat_tile import StatTile
from oost_desktop.views.widgets.styled import Strong, label, sentence


@pytest.fixture
def show(qtbot, dress):
    """Puts widgets under each other into a window on show."""
    windows = []

    def put(*widgets: QWidget, width: int = 600) -> QWidget:
        window = QWidget()
        windows.append(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(window)
        window.resize(width, 300)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield put
    windows.clear()


class TestWords:
    def test_a_name_with_marks_in_it_is_shown_as_typed(self, dress, qtbot):
        made = label("<b>Zoë</b> & co")
        qtbot.addWidget(made)
        assert made.textFormat() == Qt.TextFormat.PlainText

    def test_only_what_is_strong_is_bold_and_all_is_escaped(self, dress, qtbot):
        made = sentence((Strong("Ring 999"), " <script>"))
        qtbot.addWidget(made)
        assert made.text() == "<b>Ring 999</b> &lt;script&gt;"
        assert made.accessibleName() == "Ring 999 <script>"


class TestButton:
    @pytest.mark.parametrize("percent", [100, 200])
    def test_long_words_break_where_there_is_no_room(self, show, dress, percent):
        dress(Scheme.LIGHT, percent)
        button = Button("Submit · cannot be edited after, only added to", kind=Kind.DANGER)
        window = show(button, width=300)
        window.resize(button.minimumSizeHint().width() + 30, 200)
        assert button.text().count("\n") == 1
        window.resize(1400, 200)
        assert "\n" not in button.text()

    def test_short_words_never_break(self, show):
        button = Button("Record session", meaning=Icon.RECORD)
        show(button, width=10)
        assert button.width() >= button.sizeHint().width()
        assert "\n" not in button.text()


class TestFlowLayout:
    def test_what_does_not_fit_beside_moves_below(self, show):
        ground = QWidget()
        flow = FlowLayout(ground, gap=10)
        buttons = [Button(f"Button {number}") for number in range(5)]
        for button in buttons:
            flow.add(button)
        window = show(ground, width=900)
        assert len({button.y() for button in buttons}) == 1
        window.resize(260, 400)
        assert len({button.y() for button in buttons}) > 1
        assert max(button.geometry().right() for button in buttons) < ground.width()

    def test_stretch_shares_what_a_line_has_left(self, show):
        ground = QWidget()
        flow = FlowLayout(ground, gap=10)
        first, last = QLineEdit(), Button("Go")
        flow.add(first, 1)
        flow.add(last)
        show(ground, width=700)
        assert last.geometry().right() == ground.width() - 1
        assert first.geometry().right() + 11 == last.x()


class TestGrowText:
    def test_it_grows_with_its_words_up_to_its_limit(self, show, qtbot):
        text = GrowText(lines=2, most_lines=5)
        show(text)
        low = text.height()
        line = text.fontMetrics().lineSpacing()
        text.set_value("a\nb\nc\nd")
        qtbot.waitUntil(lambda: text.height() == low + 2 * line)
        text.set_value("\n" * 30)
        qtbot.waitUntil(lambda: text.height() == low + 3 * line)

    def test_tab_leaves_it(self, show, qtbot):
        text, after = GrowText(), QLineEdit()
        show(text, after)
        text.setFocus()
        qtbot.keyClick(text, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is after
        assert text.value() == ""

    def test_the_caret_is_told_and_can_be_put_back(self, show, qtbot):
        text = GrowText()
        show(text)
        places: list[int] = []
        text.caret_moved.connect(places.append)
        qtbot.keyClicks(text, "abc")
        assert places[-1] == text.caret() == 3
        text.set_caret(1)
        assert text.caret() == 1
        text.set_caret(99)
        assert text.caret() == 3

    def test_only_typing_is_told(self, show, qtbot):
        text = GrowText()
        show(text)
        told: list[str] = []
        text.text_edited.connect(told.append)
        text.set_value("from the record")
        assert told == []
        qtbot.keyClicks(text, "x")
        assert told == ["xfrom the record"]


class TestNoticeBar:
    def test_undo_is_offered_and_done_once(self, show, qtbot):
        bar, done = NoticeBar(), []
        show(bar)
        bar.tell("Session saved.", act="Undo", on_act=lambda: done.append(1))
        assert bar.words() == "Session saved."
        bar.act_button().click()
        bar.act_button().click()
        assert done == [1]
        assert bar.words() == ""

    def test_it_stands_for_ten_seconds_and_no_longer(self, show, qtbot):
        bar = NoticeBar()
        show(bar)
        bar.tell("Saved.")
        assert SECONDS == 10
        assert bar._timer.interval() == 10_000
        with qtbot.waitSignal(bar.closed):
            bar._timer.setInterval(1)
        assert bar.isHidden()

    def test_it_stays_while_the_keyboard_is_on_it(self, show, qtbot):
        bar = NoticeBar()
        show(bar)
        bar.tell("Saved.", act="Undo", on_act=bar.dismiss)
        bar.act_button().setFocus()
        with qtbot.waitSignal(bar._timer.timeout):
            bar._timer.setInterval(1)
        assert not bar.isHidden()
        bar.dismiss()

    def test_it_takes_no_focus(self, show):
        bar, line = NoticeBar(), QLineEdit()
        show(line, bar)
        line.setFocus()
        bar.tell("Saved.", act="Undo", seconds=0)
        assert line.hasFocus()


class TestBusy:
    def test_quick_work_flashes_nothing(self, show):
        busy = Busy()
        show(busy)
        busy.start("Checking")
        assert busy.isHidden()
        busy.finish()
        assert busy.isHidden()

    def test_long_work_shows_itself_and_can_be_stopped_once(self, show, qtbot):
        busy = Busy()
        show(busy)
        busy.start("Checking bundle 14")
        qtbot.waitUntil(busy.isVisible, timeout=DELAY_MS * 5)
        stops: list[int] = []
        busy.cancelled.connect(lambda: stops.append(1))
        busy._cancel.click()
        busy._cancel.click()
        assert stops == [1]
        busy.finish()


class TestStatTile:
    def test_space_and_click_make_it_the_filter_and_back(self, show, qtbot):
        tile = StatTile("4", "no session for 7 days", tone=Tone.DANGER)
        show(tile)
        told: list[bool] = []
        tile.pressed_on.connect(told.append)
        qtbot.keyClick(tile, Qt.Key.Key_Space)
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
        assert told == [True, False]
        assert tile.accessibleName() == "4 no session for 7 days"


class TestRowList:
    ROWS = (
        Row("a", ((Strong("Review"), " · Zoë"), "Monday", State("14 days", Tone.WARN))),
        Row("b", ("School resources", "asked 9 November", State("10 days", Tone.DANGER))),
    )

    def test_enter_and_click_open_a_row(self, show, qtbot):
        rows = RowList()
        rows.set_rows(self.ROWS)
        show(rows)
        opened: list[str] = []
        rows.activated.connect(opened.append)
        first, second = rows.row_buttons()
        first.setFocus()
        qtbot.keyClick(first, Qt.Key.Key_Down)
        qtbot.keyClick(second, Qt.Key.Key_Return)
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
        assert opened == ["b", "a"]

    def test_a_row_is_said_whole(self, show):
        rows = RowList(("What", "When", ""))
        rows.set_rows(self.ROWS)
        show(rows)
        assert rows.row_buttons()[0].accessibleName() == "Review · Zoë, Monday, 14 days"

    def test_cells_stand_under_each_other_in_a_narrow_card(self, show, qtbot):
        rows = RowList(("What", "When", ""))
        rows.set_rows(self.ROWS)
        window = show(rows, width=700)
        wide = rows.row_buttons()[0].height()
        window.resize(rows.minimumSizeHint().width() + 30, 500)
        qtbot.waitUntil(lambda: rows.row_buttons()[0].height() > 2 * wide)
        window.resize(700, 500)
        qtbot.waitUntil(lambda: rows.row_buttons()[0].height() == wide)


class TestFactsAndStates:
    def test_a_pill_is_as_wide_as_its_word(self, dress, qtbot):
        pill = Pill(State("not started", Tone.WARN, Icon.CLOCK))
        qtbot.addWidget(pill)
        words = pill.fontMetrics().horizontalAdvance("not started")
        assert pill.sizeHint().width() > words
        assert pill.text() == "not started"

    def test_a_fact_is_said_with_its_label(self, dress, qtbot):
        facts = FactList((("Named person", "Ms R. Holloway"),))
        qtbot.addWidget(facts)
        said = [child.accessibleName() for child in facts.findChildren(QWidget)]
        assert "Named person: Ms R. Holloway" in said

    def test_a_bar_says_in_words_what_it_shows(self, dress, qtbot):
        bar = WordedBar("This week")
        qtbot.addWidget(bar)
        bar.set_amount(1.7, "8 h 30 of 5 h offered")
        assert bar._bar.value() == bar._bar.maximum()
        assert bar._bar.accessibleName() == "This week: 8 h 30 of 5 h offered"

    def test_an_empty_list_offers_one_thing_to_do(self, dress, qtbot):
        empty = EmptyState("Nothing to mark", "Work set appears here.", "Set work")
        qtbot.addWidget(empty)
        with qtbot.waitSignal(empty.pressed):
            empty.button.click()
