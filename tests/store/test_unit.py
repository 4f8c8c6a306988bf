"""What one act may do: facts need a reason, roles are kept, all of it happens or nothing."""

from datetime import date
from itertools import pairwise

import pytest

from oost_desktop.changes import ChangeSet
from oost_desktop.clock import london
from oost_desktop.errors import BugError, RefusedError, UserError
from oost_desktop.models import Concern, Pupil, School, Session, StaffMember
from oost_desktop.store.operations import MAX_BODY
from oost_desktop.store.unit import FactNeedsReasonError
from tests.store.vaults import COORDINATOR, TUTOR, dump, entries, from_elsewhere, hand_over


def value(vault, query):
    with vault.read() as connection:
        return connection.exec_driver_sql(query).scalar_one()


def test_a_fact_is_not_corrected_without_a_reason(vault, case):
    with pytest.raises(FactNeedsReasonError, match="outcome"), vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"outcome": "ABSENT"})
    assert value(vault, "select outcome from session") == "ATTENDED"
    with vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"outcome": "ABSENT"}, why="I had the wrong day")
    assert value(vault, "select outcome from session") == "ABSENT"
    assert entries(vault)[-1].op.why == "I had the wrong day"


def test_a_fact_first_said_later_needs_no_reason(vault, case):
    with vault.act(TUTOR) as unit:
        assert unit.change(Session, case.session, {"slot": "5" * 32})


def test_a_part_of_a_group_that_is_a_fact_needs_a_reason(vault, case):
    with pytest.raises(FactNeedsReasonError), vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"ends": london(date(2026, 11, 23), 10, 30)})


def test_tutors_cannot_write_what_is_the_offices(vault, case):
    for act in (
        lambda unit: unit.create(School, {"name": "Mine"}),
        lambda unit: unit.change(Pupil, case.pupil, {"note": "x"}),
        lambda unit: unit.remove(Pupil, case.pupil),
        lambda unit: unit.settle(Pupil, case.pupil, "note", "x", why=None),
    ):
        with pytest.raises(RefusedError, match="office"), vault.act(TUTOR) as unit:
            act(unit)
    assert len(entries(vault)) == 2


def test_an_act_that_fails_half_way_leaves_nothing(vault, case):
    with vault.read() as connection:
        before = dump(connection)

    def act() -> None:
        with vault.act(TUTOR) as unit:
            unit.change(Session, case.session, {"covered": "half of an act"})
            unit.create(School, {"name": "not allowed"})

    with pytest.raises(RefusedError):
        act()
    with vault.read() as connection:
        assert dump(connection) == before
    assert len(entries(vault)) == 2


def test_what_did_not_change_is_not_written(vault, case):
    with vault.act(TUTOR) as unit:
        assert not unit.change(Session, case.session, {"covered": "Fractions", "subject": None})
    assert len(entries(vault)) == 2


def test_only_the_fields_that_changed_are_written(vault, case):
    with vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"covered": "Decimals", "outcome": "ATTENDED"})
    assert set(entries(vault)[-1].op.set_) == {"covered"}


def test_a_change_names_what_it_replaces(vault, case):
    with vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"covered": "Decimals"})
        unit.change(Session, case.session, {"covered": "Percentages"})
    *_rest, second, third = entries(vault)
    assert third.op.pred == {"covered": [second.op.op_id]}


def test_a_change_names_every_standing_write_it_replaces(vault, case):
    """Two wrote the same without seeing each other; the next word settles both."""
    with vault.act(COORDINATOR) as unit:
        unit.change(Pupil, case.pupil, {"note": "same"})
    other = from_elsewhere(case.pupil, "note", "same", [], vault.clock.now())
    mine = entries(vault)[-1].op.op_id
    hand_over([other], vault)
    with vault.act(COORDINATOR) as unit:
        unit.change(Pupil, case.pupil, {"note": "next"})
    assert set(entries(vault)[-1].op.pred["note"]) == {mine, other.op.op_id}
    assert value(vault, "select clashing from pupil") == 0
    assert value(vault, "select note from pupil") == "next"


def test_half_of_an_address_changed_carries_the_other_half(vault, case):
    with vault.act(COORDINATOR) as unit:
        unit.change(Pupil, case.pupil, {"postcode": "DE4 3AA"})
    wire = entries(vault)[-1].op.set_["address"]
    assert wire == {"address": "1 Mill Lane", "postcode": "DE4 3AA"}


def test_a_misspelt_field_loses_no_words(vault, case):
    with pytest.raises(BugError, match="topic"), vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"topic": "Decimals"})


def test_sealed_words_are_not_taken_in_the_clear(vault, case):
    with pytest.raises(BugError, match="verbatim"), vault.act(TUTOR) as unit:
        unit.create(Concern, {"pupil": case.pupil, "verbatim": "what she said"})


def test_a_record_stays_in_the_file_of_its_pupil(vault, case):
    with pytest.raises(RefusedError, match="stays in the file"), vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"pupil": "9" * 32}, why="wrong pupil")


def test_records_travel_with_their_pupil_the_service_or_the_office(vault, case):
    with vault.act(COORDINATOR) as unit:
        unit.create(StaffMember, {"name": "Jo Marsden", "role": "tutor"})
        unit.create(Concern, {}, sealed={"to": "the readers"})
    scopes = [entry.op.scope for entry in entries(vault)]
    assert scopes == [f"p:{case.pupil}", f"p:{case.pupil}", "ref", "org"]


def test_a_record_about_nobody_is_refused(vault):
    with pytest.raises(BugError, match="needs its pupil"), vault.act(COORDINATOR) as unit:
        unit.create(Session, {"covered": "x"})


def test_an_id_is_not_given_twice(vault):
    with vault.act(COORDINATOR) as unit:
        unit.create(StaffMember, {"name": "Jo"}, entity="5" * 32)
        with pytest.raises(BugError, match="already"):
            unit.create(StaffMember, {"name": "Kim"}, entity="5" * 32)


def test_more_text_than_an_importer_takes_is_refused_when_it_is_typed(vault, case):
    too_long = "é" * (MAX_BODY // 2 + 1)
    with pytest.raises(UserError, match="more text"), vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"covered": too_long})
    assert value(vault, "select covered from session") == "Fractions"


def test_listeners_hear_once_after_the_commit(vault, case):
    heard: list[ChangeSet] = []
    stop = vault.changes.subscribe(heard.append)
    with vault.act(COORDINATOR) as unit:
        school = unit.create(School, {"name": "Peverel Academy"})
        unit.change(Pupil, case.pupil, {"school": school})
        unit.remove(Session, case.session)
        assert heard == []
    assert heard == [
        ChangeSet(
            {"school": frozenset({school})},
            {"pupil": frozenset({case.pupil})},
            {"session": frozenset({case.session})},
        )
    ]
    with pytest.raises(RefusedError), vault.act(TUTOR) as unit:
        unit.create(School, {"name": "x"})
    assert len(heard) == 1
    stop()
    with vault.act(COORDINATOR) as unit:
        unit.restore(Session, case.session)
    assert len(heard) == 1


def test_every_operation_is_signed_and_chained(vault, case):
    with vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"covered": "Decimals"})
    chain = entries(vault)
    assert [entry.op.seq for entry in chain] == [1, 2, 3]
    assert chain[0].previous == b"\0" * 32
    for earlier, later in pairwise(chain):
        assert later.previous == earlier.entry
    # The signatures themselves are verified by the `vault` fixture after every test.
    assert all(entry.signature for entry in chain)
