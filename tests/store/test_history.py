"""Who wrote what, when, and what it replaced; and the two sides of a clash."""

from datetime import UTC, date, datetime, timedelta

from oost_desktop.clock import london
from oost_desktop.models import RECORDS, Concern, Pupil, Session
from oost_desktop.store import history
from oost_desktop.store.history import Edit
from oost_desktop.store.vault import Vault
from tests.store.vaults import COORDINATOR, TUTOR, entries, from_elsewhere, hand_over


def changes(vault: Vault, etype: str, entity: str) -> list[history.Change]:
    with vault.read() as connection:
        return history.history(connection, RECORDS, etype, entity)


def test_each_change_tells_who_when_why_and_what_it_replaced(vault, case, clock):
    clock.advance(timedelta(minutes=5))
    with vault.act(TUTOR) as unit:
        unit.change(
            Session,
            case.session,
            {"ends": london(date(2026, 11, 23), 10, 30), "covered": "Decimals"},
            why="We went on",
        )
    first, second = changes(vault, "session", case.session)
    assert (first.kind, first.user, first.why) == ("create", COORDINATOR.id, None)
    assert Edit("covered", "What we covered", None, "Fractions") in first.edits
    assert (second.user, second.device, second.why) == (
        TUTOR.id,
        vault.place.device,
        "We went on",
    )
    assert second.wall == clock.clock().now()
    assert second.when - second.wall < timedelta(seconds=1)
    nine = datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert set(second.edits) == {
        Edit("covered", "What we covered", "Fractions", "Decimals"),
        Edit("ends", "End", nine, nine + timedelta(minutes=30)),
    }


def test_tags_tell_what_was_taken_out_and_put_in(vault, case):
    for tags in (("nuts", "eggs"), ("eggs", "milk")):
        with vault.act(COORDINATOR) as unit:
            unit.change(Pupil, case.pupil, {"allergies": tags})
    *_rest, last = changes(vault, "pupil", case.pupil)
    assert last.edits == (Edit("allergies", "Allergies and alerts", ("nuts",), ("milk",)),)


def test_removing_and_bringing_back_are_told(vault, case):
    with vault.act(TUTOR) as unit:
        unit.remove(Session, case.session, why="Entered twice")
        unit.restore(Session, case.session)
    _made, removed, restored = changes(vault, "session", case.session)
    assert (removed.kind, removed.why, removed.edits) == ("del", "Entered twice", ())
    assert (restored.kind, restored.why, restored.edits) == ("undel", None, ())


def test_a_clock_of_2099_does_not_put_an_answer_before_its_question(vault, case):
    wrong = from_elsewhere(case.pupil, "note", "from 2099", [], datetime(2099, 1, 1, tzinfo=UTC))
    hand_over([wrong], vault)
    with vault.act(COORDINATOR) as unit:
        unit.change(Pupil, case.pupil, {"note": "now"})
    *_rest, last = changes(vault, "pupil", case.pupil)
    assert last.edits == (Edit("note", "Note", "from 2099", "now"),)


def test_what_this_version_does_not_know_is_told_under_its_own_name(vault, case):
    newer = from_elsewhere(case.pupil, "shoe_size", 38, [], datetime(2026, 11, 23, 12, tzinfo=UTC))
    hand_over([newer], vault)
    *_rest, last = changes(vault, "pupil", case.pupil)
    assert last.edits == (Edit("shoe_size", "shoe_size", None, "38"),)


def test_sealed_words_are_not_told(vault, case):
    with vault.act(TUTOR) as unit:
        concern = unit.create(Concern, {"pupil": case.pupil}, sealed={"words": "cipherword"})
    assert "cipherword" not in repr(changes(vault, "concern", concern))


def test_a_clash_shows_both_values_with_their_writers(vault, case, clock):
    with vault.act(COORDINATOR) as unit:
        unit.change(Pupil, case.pupil, {"note": "before"})
    seen = [entries(vault)[-1].op.op_id]
    clock.advance(timedelta(hours=1))
    with vault.act(COORDINATOR) as unit:
        unit.change(Pupil, case.pupil, {"note": "mine", "postcode": "DE4 3AA"})
    theirs_at = datetime(2026, 11, 23, 14, tzinfo=UTC)
    hand_over([from_elsewhere(case.pupil, "note", "theirs", seen, theirs_at)], vault)
    with vault.read() as connection:
        (clash,) = history.clashes(connection, RECORDS, "pupil", case.pupil)
    assert (clash.unit, clash.labels, clash.before) == ("note", ("Note",), "before")
    assert [(side.value, side.user, side.device) for side in clash.sides] == [
        ("mine", COORDINATOR.id, vault.place.device),
        ("theirs", "a" * 32, "d" * 32),
    ]
    assert clash.sides[1].when == theirs_at
    with vault.act(COORDINATOR) as unit:
        unit.settle(Pupil, case.pupil, "note", "mine, and theirs", why="I rang")
    with vault.read() as connection:
        assert history.clashes(connection, RECORDS, "pupil", case.pupil) == []


def test_a_group_clashes_as_a_whole(vault, case):
    other = {"address": "9 High Street"}
    when = datetime(2026, 11, 23, 14, tzinfo=UTC)
    hand_over([from_elsewhere(case.pupil, "address", other, [], when)], vault)
    with vault.read() as connection:
        (clash,) = history.clashes(connection, RECORDS, "pupil", case.pupil)
    assert clash.labels == ("Address", "Postcode")
    assert [side.value for side in clash.sides] == [
        {"address": "1 Mill Lane", "postcode": None},
        {"address": "9 High Street", "postcode": None},
    ]
