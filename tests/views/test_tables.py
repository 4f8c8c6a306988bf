"""Tables: what they hold, how they follow changes, and that nobody waits for them."""

import threading
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from oost_desktop.changes import ChangeSet
from oost_desktop.errors import UserError
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.tables.column_widths import Want, shared_out
from oost_desktop.views.tables.columns import ColumnSpec, Display
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.record_table import PAGE, PagedTableModel, Query
from oost_desktop.views.tables.row_model import LOADING
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.pill import State

COLUMNS = (
    ColumnSpec("Pupil", kind=Display.STRONG, order="name"),
    ColumnSpec("Year", align="right", width_hint=4, order="year"),
    ColumnSpec("Review", kind=Display.PILL, accessible="Next review"),
)


class Pupils:
    """A source that refuses to be asked on the main thread, and remembers what it was asked."""

    columns = COLUMNS
    etypes = ("pupil", "school")

    def __init__(self, number=250):
        self.listed = [f"{place:05}" for place in range(number)]
        self.names = {}
        self.fetched = []
        self.refuses = False

    def ids(self, query):
        assert threading.current_thread() is not threading.main_thread()
        found = [each for each in self.listed if query.find in each]
        return found[::-1] if query.order.startswith("-") else found

    def rows(self, ids):
        assert threading.current_thread() is not threading.main_thread()
        self.fetched.append(tuple(ids))
        if self.refuses:
            raise UserError("The stick has gone.")
        return [
            (self.names.get(each, f"Pupil {each}"), "9", State("due", Tone.WARN)) for each in ids
        ]


@pytest.fixture
def errors():
    return []


@pytest.fixture
def jobs(qapp, errors):
    runner = Jobs(errors.append)
    yield runner
    assert runner.shutdown()


@pytest.fixture
def source():
    return Pupils()


@pytest.fixture
def model(jobs, source, qtbot):
    made = PagedTableModel(jobs, source)
    with qtbot.waitSignal(made.listed):
        made.refresh()
    yield made
    made.deleteLater()


@pytest.fixture
def view(model, qtbot):
    shown = TableView(model, "Pupils")
    qtbot.addWidget(shown)
    shown.resize(600, 400)
    shown.show()
    qtbot.waitUntil(lambda: text(model, 0) != LOADING)
    return shown


def text(model, row, column=0):
    return model.index(row, column).data()


def relist(model, qtbot):
    with qtbot.waitSignal(model.listed):
        model.refresh()


def test_a_row_is_read_aloud_whole(model, qtbot):
    qtbot.waitUntil(lambda: text(model, 0) != LOADING)
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Pupil Pupil 00000, Year 9, Next review due"


def test_the_model_keeps_qts_rules_while_rows_come_and_go(jobs, source, qtbot):
    model = PagedTableModel(jobs, source)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    relist(model, qtbot)
    assert model.rowCount() == 250
    source.listed[7:7] = ["new"]
    relist(model, qtbot)
    assert (model.rowCount(), model.ids[7]) == (251, "new")
    del source.listed[3:9]
    relist(model, qtbot)
    assert (model.rowCount(), model.ids[3]) == (245, "00008")
    source.listed.reverse()
    relist(model, qtbot)
    assert model.ids[0] == "00249"
    source.listed.clear()
    relist(model, qtbot)
    assert model.rowCount() == 0


def test_data_never_touches_the_source(model, source, qtbot):
    assert text(model, 0) == LOADING
    assert source.fetched == []
    qtbot.waitUntil(lambda: text(model, 0) == "Pupil 00000")


def test_a_window_on_100_000_rows_takes_at_most_three_fetches(jobs, qtbot):
    source = Pupils(100_000)
    model = PagedTableModel(jobs, source)
    view = TableView(model, "Pupils")
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show()
    relist(model, qtbot)
    view.scrollTo(model.index(50_000, 0))
    qtbot.waitUntil(lambda: view.indexAt(view.rect().center()).data() not in (None, LOADING))
    assert model.rowCount() == 100_000
    assert len(source.fetched) <= 3
    assert max(map(len, source.fetched)) <= PAGE


def test_what_flies_past_is_not_fetched(jobs, qtbot):
    source = Pupils(100_000)
    model = PagedTableModel(jobs, source)
    relist(model, qtbot)
    for row in range(0, 100_000, PAGE):
        text(model, row)
    qtbot.waitUntil(lambda: model.peek(99_900) is not None)
    assert len(source.fetched) <= 6


def test_an_answer_to_an_older_question_is_dropped(model, source, qtbot):
    sizes: list[int] = []
    model.listed.connect(sizes.append)
    model.set_query(Query(find="1"))
    model.set_query(Query(find="00042"))
    qtbot.waitUntil(lambda: bool(sizes))
    assert sizes == [1]
    assert model.ids == ("00042",)


def test_sorting_is_the_sources_work(model, view, source, qtbot):
    with qtbot.waitSignal(model.listed):
        view.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert model.query.order == "-name"
    assert model.ids[0] == "00249"
    with qtbot.assertNotEmitted(model.listed):
        view.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    assert view.horizontalHeader().sortIndicatorSection() == 0
    with qtbot.waitSignal(model.listed):
        view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    assert model.query.order == ""


def test_sorting_keeps_the_chosen_record(model, view, qtbot):
    view.select_id("00005")
    chosen: list[str] = []
    view.chosen.connect(chosen.append)
    with qtbot.waitSignal(model.modelReset):
        model.sort(0, Qt.SortOrder.DescendingOrder)
    assert view.current_id() == "00005"
    assert view.selected_ids() == ("00005",)
    assert chosen == []
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


def test_a_change_elsewhere_does_not_move_the_list(model, view, source, qtbot):
    view.scrollTo(model.index(150, 0), view.ScrollHint.PositionAtTop)
    source.listed = [*source.listed[1:100], "new", *source.listed[100:]]
    with qtbot.waitSignal(model.listed):
        model.on_changes(ChangeSet(created={"pupil": frozenset({"new"})}))
    assert model.ids[view.rowAt(1)] == "00150"


def test_a_changed_record_is_shown_again_without_a_gap(model, view, source, qtbot):
    seen = []
    model.dataChanged.connect(lambda *_: seen.append(text(model, 0)))
    source.names["00000"] = "Zoë"
    model.on_changes(ChangeSet(changed={"school": frozenset({"x"})}))
    qtbot.waitUntil(lambda: text(model, 0) == "Zoë")
    assert LOADING not in seen


def test_changes_of_other_records_are_not_looked_at(model, qtbot):
    with qtbot.assertNotEmitted(model.listed, wait=150):
        model.on_changes(ChangeSet(changed={"device": frozenset({"x"})}))


def test_removing_the_chosen_record_says_so(model, view, source, qtbot):
    view.select_id("00005")
    chosen: list[str] = []
    view.chosen.connect(chosen.append)
    source.listed = ["a", "b"]
    relist(model, qtbot)
    assert chosen == [""]


def test_rows_that_cannot_be_had_are_told_once(model, source, errors, qtbot):
    source.refuses = True
    text(model, 0)
    qtbot.waitUntil(lambda: bool(errors))
    assert [error.title for error in errors] == ["The stick has gone."]
    source.refuses = False
    text(model, 0)
    qtbot.waitUntil(lambda: text(model, 0) == "Pupil 00000")


def test_enter_opens_and_tab_leaves(view, qtbot):
    view.select_id("00003")
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["00003"]
    with qtbot.assertNotEmitted(view.opened):
        qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert view.current_id() == "00003"


def test_letters_are_left_to_the_programs_keys(view, source, qtbot):
    view.select_id("00003")
    fetched = len(source.fetched)
    qtbot.keyClicks(view, "pu")
    assert view.current_id() == "00003"
    assert len(source.fetched) == fetched


def test_rows_are_high_enough_and_columns_fill_the_width(view):
    assert view.rowHeight(0) >= 30
    for width in (420, 600, 1100):
        view.resize(width, 300)
        shown = sum(view.columnWidth(place) for place in range(3))
        assert shown == view.viewport().width()


@pytest.mark.parametrize("room", [0, 50, 149, 150, 299, 300, 301, 1000])
def test_columns_never_hide_their_least(room):
    wants = [Want(40, 80, 1), Want(50, 120, 0), Want(60, 100, 2)]
    widths = shared_out(room, wants)
    assert all(width >= want.least for width, want in zip(widths, wants, strict=True))
    assert sum(widths) == max(room, 150)


@dataclass(frozen=True)
class Laptop:
    id: str
    holder: str
    days: int | None


def laptop_cells(laptop):
    return (laptop.holder, str(laptop.days), "")


@pytest.fixture
def laptops(qapp):
    columns = (
        ColumnSpec("Holder", order="holder"),
        ColumnSpec("Days", order="days"),
        ColumnSpec("State"),
    )
    model = RowsTableModel(columns, laptop_cells, lambda each: each.id)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    model.set_items(
        [Laptop("a", "Ward", 3), Laptop("b", "adeyemi", None), Laptop("c", "Brough", 9)]
    )
    return model


def test_a_short_list_sorts_by_its_values_and_nothing_comes_last(laptops):
    laptops.sort(1, Qt.SortOrder.DescendingOrder)
    assert laptops.ids == ("c", "a", "b")
    laptops.sort(0, Qt.SortOrder.AscendingOrder)
    assert laptops.ids == ("b", "c", "a")
    laptops.sort(-1)
    assert laptops.ids == ("a", "b", "c")


def test_a_short_list_tells_only_what_changed(laptops, qtbot):
    changed = []
    laptops.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    with qtbot.assertNotEmitted(laptops.modelReset):
        laptops.set_items(
            [Laptop("a", "Ward", 4), Laptop("b", "adeyemi", None), Laptop("c", "Brough", 9)]
        )
    assert changed == [(0, 0)]
    assert laptops.index(0, 1).data() == "4"
    laptops.set_items([Laptop("c", "Brough", 9)])
    assert laptops.ids == ("c",)
    assert laptops.item("a") is None
