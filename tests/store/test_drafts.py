"""Nothing typed is lost: one row per open form, whatever it holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from oost_desktop.store.drafts import KeptDraft, all_of, drop, keep
from tests.store.vaults import COORDINATOR, TUTOR

AT = datetime(2026, 11, 23, 11, 42, tzinfo=UTC)


def a_draft(words: str = "Fractions", name: str = "d1", person: str = TUTOR.id) -> KeptDraft:
    return KeptDraft(name, "session", None, person, {"covered": words}, "covered", 9, AT)


def test_a_draft_comes_back_as_it_was_left(vault):
    draft = replace(a_draft(), subject="5" * 32, content={"covered": "Ŵyn\n“x”", "mark": None})
    with vault.write() as connection:
        keep(connection, draft)
    with vault.read() as connection:
        assert all_of(connection, TUTOR.id) == [draft]


def test_typing_on_replaces_and_other_forms_stay(vault):
    with vault.write() as connection:
        keep(connection, a_draft("Frac"))
        keep(connection, a_draft("other form", "d2"))
        later = replace(a_draft("Fractions, then"), kept_at=AT + timedelta(seconds=2), caret=15)
        keep(connection, later)
    with vault.read() as connection:
        assert all_of(connection, TUTOR.id) == [later, a_draft("other form", "d2")]


def test_each_person_sees_their_own(vault):
    with vault.write() as connection:
        keep(connection, a_draft())
        keep(connection, a_draft("hers", "d2", COORDINATOR.id))
        drop(connection, "d1")
    with vault.read() as connection:
        assert all_of(connection, TUTOR.id) == []
        assert [draft.id for draft in all_of(connection, COORDINATOR.id)] == ["d2"]


def test_half_a_character_costs_nothing_else(vault):
    """Qt may hand over one half of an emoji; the words around it must not go with it."""
    draft = a_draft("before \ud83d after")
    with vault.write() as connection:
        keep(connection, draft)
    with vault.read() as connection:
        assert all_of(connection, TUTOR.id) == [draft]


def test_a_draft_is_no_operation(vault):
    with vault.write() as connection:
        keep(connection, a_draft())
        count = connection.exec_driver_sql("select count(*) from op").scalar_one()
    assert count == 0
