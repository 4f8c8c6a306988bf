"""A spreadsheet comes in: what every row would do is seen first, then the good ones are applied."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from oost_desktop.invented.cast import CAST
from oost_desktop.invented.crooked import crooked_caseload
from oost_desktop.services import records
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.import_page import ImportPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets
from tests.views.conftest import Dress
from tests.views.pages.conftest import MONDAY, Show, Stand

HEADER = "legal_forename,legal_surname,date_of_birth,nc_year,reason,hours_offered,start_date\n"
GOOD = "Ffion,Hughes,14/03/2012,10,medical,4.5,07/12/2026\n"


@pytest.fixture
def stand(office: Desk, show: Show) -> Stand:
    return show(ImportPage, office)


def _page(stand: Stand) -> ImportPage:
    assert isinstance(stand.page, ImportPage)
    return stand.page


def _choose(stand: Stand, text: str) -> None:
    path = stand.answers.to / "caseload.csv"
    path.write_text(text, encoding="utf-8")
    stand.answers.to = path
    stand.bot.mouseClick(_page(stand).drop.button, Qt.MouseButton.LeftButton)
    stand.settle()


def _column(stand: Stand, title: str) -> list[str]:
    model = _page(stand).model
    titles = [column.title for column in model.columns]
    place = titles.index(title)
    rows = range(model.rowCount())
    return [model.index(row, place).data() for row in rows]


def _pupils(desk: Desk) -> int:
    return len(records.ids(desk, "pupil"))


def test_a_preview_names_every_refused_row_and_its_column_and_changes_nothing(
    stand: Stand, office: Desk
) -> None:
    sheet = crooked_caseload(3, MONDAY)
    before = _pupils(office)
    _choose(stand, sheet.text)
    page = _page(stand)
    page.tiles.tile("refused").click()
    shown = dict(zip(_column(stand, "Row"), _column(stand, "Column"), strict=True))
    # The office has the cast already, under other numbers: what it says of those is its own affair.
    strangers = {row: column for row, column in shown.items() if int(row) > len(CAST) + 1}
    assert strangers == {str(fault.row): fault.column for fault in sheet.faults}
    assert all(_column(stand, "Why"))
    assert _pupils(office) == before


def test_what_needs_reading_comes_first(stand: Stand) -> None:
    _choose(stand, HEADER + GOOD + "Omar,Aziz,31/02/2012,10,medical,5,07/12/2026\n")
    assert _column(stand, "Row") == ["3", "2"]
    assert _column(stand, "What happens") == ["refused", "new"]


def test_applying_brings_in_the_good_rows_and_leaves_the_others_on_show(
    stand: Stand, office: Desk
) -> None:
    before = _pupils(office)
    _choose(stand, HEADER + GOOD + "Omar,Aziz,31/02/2012,10,medical,5,07/12/2026\n")
    stand.bot.keyClick(
        _page(stand).apply_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    stand.settle()
    assert _pupils(office) == before + 1
    assert [words for words, _act, _do in stand.told] == ["1 imported, 1 refused."]
    assert _column(stand, "What happens") == ["refused", "unchanged"]
    assert not _page(stand).apply_button.isEnabled()


def test_columns_with_other_names_are_told_apart_by_hand(stand: Stand, office: Desk) -> None:
    _choose(stand, "Given,Family,Birthday\nFfion,Hughes,14/03/2012\n")
    page = _page(stand)
    assert page.plan is None
    assert "no column that says who" in page.problem.text()
    assert page.map.isVisible()
    for ours, theirs in (
        ("legal_forename", "Given"),
        ("legal_surname", "Family"),
        ("date_of_birth", "Birthday"),
    ):
        box = page.map.boxes[ours]
        box.setCurrentIndex(box.findData(theirs))
        box.activated.emit(box.currentIndex())
        stand.settle()
    assert page.problem.isHidden()
    assert _column(stand, "Pupil")[-1] == "Ffion Hughes"


def test_a_column_of_the_file_is_taken_once(stand: Stand) -> None:
    _choose(stand, HEADER + GOOD)
    boxes = _page(stand).map.boxes
    boxes["preferred_forename"].setCurrentIndex(
        boxes["preferred_forename"].findData("legal_forename")
    )
    boxes["preferred_forename"].activated.emit(1)
    stand.settle()
    assert _page(stand).map.mapping()["preferred_forename"] == "legal_forename"
    assert "legal_forename" not in _page(stand).map.mapping()


@pytest.mark.parametrize("content", ["", "\0\0\0"])
def test_what_is_no_spreadsheet_is_said_in_a_sentence(stand: Stand, content: str) -> None:
    _choose(stand, content)
    page = _page(stand)
    assert "Nothing was changed." in page.problem.text()
    assert page.problem.isVisible()
    assert not page.apply_button.isVisible()


def test_a_file_may_be_dropped(stand: Stand, tmp_path: Path) -> None:
    path = tmp_path / "dropped.csv"
    path.write_text(HEADER + GOOD, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    _page(stand).drop.dropEvent(event)
    stand.settle()
    assert _column(stand, "Pupil") == ["Ffion Hughes"]


@pytest.mark.parametrize("percent", [100, 200])
def test_anyone_can_read_and_reach_everything(
    office: Desk, show: Show, dress: Dress, percent: int
) -> None:
    dress(Scheme.LIGHT, percent)
    stand = show(ImportPage, office, size=(1024 - 208, 640))
    page = _page(stand)
    assert nameless(page) + small_targets(page) + clipped(stand.window) == []
    _choose(stand, HEADER + GOOD)
    page.columns_button.click()
    assert nameless(page) + small_targets(page) + clipped(stand.window) == []
    assert stand.errors == []
