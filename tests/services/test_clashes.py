"""Two people, one field, neither saw the other: both are shown, somebody decides, nothing goes."""

from datetime import date

import pytest
from sqlalchemy import select

from oost_desktop.errors import UserError
from oost_desktop.models import RECORDS, Pupil, Session
from oost_desktop.models.base import Role
from oost_desktop.services import clashes
from oost_desktop.services.clashes import Keep, KeepBoth, WriteNew
from oost_desktop.services.desk import InvalidError
from oost_desktop.store.log import Entry, store_entries
from oost_desktop.store.operations import Intent, OpKind, Stamp, entry_hash, write
from oost_desktop.store.projection import APPLIED, project, stored_ops

START = "Read chapter four together; Rhys summarised it"
LAPTOP = START + " in three sentences."
OFFICE = START + ". Mother rang."


def arrive(office, etype, entity, unit, wire, replaced):
    """What J. Marsden's laptop wrote, having seen only the operations named."""
    vault = office.desk.vault
    stamp = Stamp(vault.place.org, "d" * 32, "e" * 16, office.marsden, "f" * 32, 0)
    intent = Intent(
        etype, entity, f"p:{office.zoe}", OpKind.SET, {unit: wire}, {unit: replaced}
    )  # fmt: skip
    hlc = int(office.desk.clock.now().timestamp() * 1000) << 16
    op = write(stamp, intent, 1, hlc)
    with vault.write() as connection:
        entry = entry_hash(op.incarnation, 1, b"\0" * 32, op.digest)
        store_entries(connection, [Entry(op, b"\0" * 32, entry, None)], APPLIED, None)
        ops = stored_ops(connection, [entity])
        project(connection, RECORDS, ops, frozenset([entity]))


@pytest.fixture
def disputed(office):
    """A session whose "What we covered" was changed at the office and on a laptop."""
    session = office.session(date(2026, 11, 12), covered=START)
    with office.desk.vault.read() as connection:
        first = [op.op_id for op in stored_ops(connection, [session])[session]]
    office.change(Session, session, covered=OFFICE)
    arrive(office, "session", session, "covered", LAPTOP, first)
    return session


def covered(office, session):
    with office.desk.vault.read() as connection:
        return connection.execute(
            select(Session.covered, Session.clashing).where(Session.id == session)
        ).one()


def test_both_sides_are_shown_with_who_where_and_what_differs(office, disputed):
    (clash,) = clashes.open_clashes(office.desk)
    assert clash.heading == "Zoë Świątek · session of Thursday 12 November · “What we covered”"
    assert {(side.where, side.who) for side in clash.sides} == {
        ("On the laptop", "Jo Marsden"),
        ("At the office", "Kofi Osei"),
    }
    laptop = next(side for side in clash.sides if side.where == "On the laptop")
    assert laptop.words == LAPTOP
    assert "".join(span.text for span in laptop.spans) == LAPTOP
    assert [span.text for span in laptop.spans if span.differs] == [" in three sentences"]
    assert clash.can_keep_both


def test_keeping_one_side_keeps_exactly_that_and_asks_no_more(office, disputed):
    (clash,) = clashes.open_clashes(office.desk)
    laptop = next(side for side in clash.sides if side.words == LAPTOP)
    clashes.settle(office.desk, "session", disputed, "covered", Keep(laptop.op_id), "Jo was there")
    assert tuple(covered(office, disputed)) == (LAPTOP, 0)
    assert clashes.count(office.desk) == 0
    (decision,) = clashes.settled(office.desk)
    assert (decision.who, decision.why, decision.words) == ("Kofi Osei", "Jo was there", LAPTOP)


def test_keeping_both_loses_no_word(office, disputed):
    clashes.settle(office.desk, "session", disputed, "covered", KeepBoth())
    text = covered(office, disputed)[0]
    assert LAPTOP in text
    assert OFFICE in text


def test_a_new_text_must_be_one_that_could_have_been_typed(office, disputed):
    too_long = WriteNew({"covered": "x" * 60_000})
    with pytest.raises(InvalidError):
        clashes.settle(office.desk, "session", disputed, "covered", too_long)
    clashes.settle(office.desk, "session", disputed, "covered", WriteNew({"covered": "Ch. 4"}))
    assert tuple(covered(office, disputed)) == ("Ch. 4", 0)


def test_what_is_settled_cannot_be_settled_again_unseen(office, disputed):
    clashes.settle(office.desk, "session", disputed, "covered", KeepBoth())
    with pytest.raises(UserError):
        clashes.settle(office.desk, "session", disputed, "covered", KeepBoth())


def test_an_address_is_settled_whole_and_cannot_be_two(office):
    with office.desk.vault.read() as connection:
        first = [op.op_id for op in stored_ops(connection, [office.zoe])[office.zoe]]
    office.change(Pupil, office.zoe, address="1 Old Road", postcode="DE4 3AG")
    wire = {"address": "2 New Road", "postcode": "S41 7ST"}
    arrive(office, "pupil", office.zoe, "address", wire, first)
    (clash,) = clashes.open_clashes(office.desk)
    assert not clash.can_keep_both
    new_road = next(side for side in clash.sides if "New Road" in side.words)
    assert "S41 7ST" in new_road.words
    with pytest.raises(UserError):
        clashes.settle(office.desk, "pupil", office.zoe, "address", KeepBoth())
    clashes.settle(office.desk, "pupil", office.zoe, "address", Keep(new_road.op_id))
    with office.desk.vault.read() as connection:
        query = select(Pupil.address, Pupil.postcode).where(Pupil.id == office.zoe)
        assert tuple(connection.execute(query).one()) == ("2 New Road", "S41 7ST")
    tutor = office.at_desk_of(office.marsden, Role.TUTOR)
    assert clashes.open_clashes(tutor) == []
