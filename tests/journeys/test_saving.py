"""A save that has to wait loses no word, brings no draft back, and says truly what is kept."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import Qt

from oost_desktop.errors import UserError
from oost_desktop.services import drafting, records, today
from oost_desktop.views.forms.form_keeper import KEEP_AFTER_MS

LONG_ENOUGH_MS = KEEP_AFTER_MS + 300


@pytest.fixture
def writing(kitchen_table: Any) -> Any:
    """The form of the next session, words typed into it."""
    kitchen_table.unlock()
    coming = today.today(kitchen_table.desk.context.desk).next
    assert coming is not None
    kitchen_table.desk.go("session", coming.hour)
    kitchen_table.settle()
    kitchen_table.bot.keyClicks(kitchen_table.page.form.editor("covered").box, "Fractions.")
    return kitchen_table


@contextmanager
def slow_disk(table: Any) -> Iterator[None]:
    """Whatever is written waits until the end of this block."""
    gate = threading.Event()
    table.app.jobs.run("db", gate.wait, owner=table.app.jobs)
    try:
        yield
    finally:
        gate.set()
        table.settle()


def _press_save(table: Any) -> None:
    page = table.page
    table.bot.keyClick(page.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _covered_today(table: Any) -> list[str]:
    desk = table.desk.context.desk
    held = (records.values_of(desk, "session", entity) for entity in records.ids(desk, "session"))
    return [each["covered"] for each in held if each["starts"].date() == desk.today]


def test_a_slow_save_leaves_no_draft_behind(writing: Any) -> None:
    desk = writing.desk.context.desk
    before = len(drafting.all_drafts(desk))
    with slow_disk(writing):
        _press_save(writing)
        writing.bot.wait(LONG_ENOUGH_MS)
    assert len(drafting.all_drafts(desk)) == before
    assert "Fractions." in _covered_today(writing)


def test_nothing_can_be_typed_that_a_save_under_way_would_lose(writing: Any) -> None:
    form = writing.page.form
    with slow_disk(writing):
        _press_save(writing)
        assert not form.editor("covered").box.isEnabled()


def test_a_save_that_fails_keeps_the_draft_and_gives_the_form_back(
    writing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise UserError("The disk is full.", "Free some space and save again.")

    page = writing.page
    monkeypatch.setattr(page, "write", full)
    _press_save(writing)
    writing.settle()
    assert page.form.editor("covered").box.isEnabled()
    kept = drafting.all_drafts(writing.desk.context.desk)
    assert "Fractions." in [draft.content["values"].get("covered") for draft in kept]
    assert page.form.focus_place()[0] == "covered"


def test_a_draft_that_could_not_be_kept_is_not_called_kept(
    writing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise UserError("The disk is full.", "Free some space and save again.")

    page = writing.page
    with monkeypatch.context() as broken:
        broken.setattr(drafting, "keep", full)
        writing.bot.wait(LONG_ENOUGH_MS)
        writing.settle()
    assert "not kept" in page._kept_words.text()
    page.leave()
    writing.settle()
    assert page._kept_words.text().startswith("Draft kept")
