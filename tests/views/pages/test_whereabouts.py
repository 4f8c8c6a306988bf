"""Under every form stands where its record is, and what became of it, with who and why."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from oost_desktop.models import School
from oost_desktop.services import bundles, pupil_file, pupils, record_history, records, sessions
from oost_desktop.services.desk import Desk
from oost_desktop.views.pages.record_page import RecordPage
from oost_desktop.views.pages.session_page import SessionPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets
from tests.views.pages.pair import LAPTOP_PHRASE, Pair

Show = Callable[..., Any]


def _session(desk: Desk) -> str:
    return next(
        found[0]
        for row in pupils.rows(desk)
        if (found := pupil_file.session_ids(desk, row.pupil.id))
    )


def _open(show: Show, desk: Desk, entity: str, **how: Any) -> Any:
    stand = show(SessionPage, desk, f"session:{entity}", **how)
    stand.bot.waitUntil(stand.page.whereabouts.isVisible)
    stand.settle()
    return stand


def test_a_correction_says_who_what_it_was_and_why(tutor: Desk, show: Show) -> None:
    entity = _session(tutor)
    with tutor.vault.read() as connection:
        before = connection.exec_driver_sql(
            "select covered from session where id = ?", (entity,)
        ).scalar_one()
    sessions.correct(tutor, entity, {"covered": "Tessellation"}, why="wrong lesson")
    stand = _open(show, tutor, entity)
    line = stand.page.whereabouts
    stand.bot.keyClick(line.button, Qt.Key.Key_Space)
    stand.bot.waitUntil(line.table.hasFocus)
    newest = record_history.trail(tutor, "session", entity).lines[0]
    assert line.model.ids[0] == newest.id
    assert (newest.who, newest.what) == (tutor.person.name, "What we covered")
    assert newest.before == " ".join((before or "nothing").split())
    assert (newest.after, newest.why) == ("Tessellation", "wrong lesson")
    assert f"Changed by {tutor.person.name}, today" in line.words.text()


def test_a_record_removed_and_put_back_says_both(office: Desk) -> None:
    school = records.ids(office, "school")[0]
    records.remove(office, "school", school)
    records.restore(office, "school", school)
    done = [line.what for line in record_history.trail(office, "school", school).lines]
    assert done[:2] == ["Put back", "Removed"]
    assert done[-1] == "Written down"


def test_what_is_saved_here_is_said_to_be_in_the_bundle_it_goes_into(
    pair: Pair, tmp_path: Path
) -> None:
    laptop = pair.unlock("laptop", LAPTOP_PHRASE)
    entity = _session(laptop)
    sessions.correct(laptop, entity, {"covered": "Tessellation"}, why="wrong lesson")
    assert record_history.trail(laptop, "session", entity).where == "Saved here"
    made = bundles.make(laptop, tmp_path)
    assert record_history.trail(laptop, "session", entity).where == f"In bundle {made.no}"


def test_a_new_record_has_no_history_to_show(office: Desk, show: Show) -> None:
    stand = show(partial(RecordPage, etype="school"), office)
    stand.page.begin_new()
    stand.settle()
    assert stand.page.form.isVisible()
    assert not stand.page.whereabouts.isVisible()
    school = records.ids(office, School.__tablename__)[0]
    stand.page.open_record(school)
    stand.bot.waitUntil(stand.page.whereabouts.isVisible)
    stand.settle()
    assert not stand.page.whereabouts.where.isVisible()  # the office is where it goes


@pytest.mark.parametrize("percent", [100, 200])
def test_anyone_can_read_and_reach_it(
    tutor: Desk, show: Show, dress: Callable[..., None], percent: int
) -> None:
    dress(Scheme.DARK, percent)
    stand = _open(show, tutor, _session(tutor), size=(1040, 800))
    stand.page.whereabouts.button.click()
    stand.bot.waitUntil(stand.page.whereabouts.table.hasFocus)
    stand.settle()
    assert nameless(stand.page) + small_targets(stand.page) + clipped(stand.window) == []
