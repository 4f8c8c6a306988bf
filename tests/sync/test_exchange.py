"""Bundles there and back: what arrives, what clashes, what is told of it, what is taken back."""

import pytest

from oost_desktop.errors import CancelledError, UserError
from oost_desktop.models import Contact, Pupil, School, Session
from oost_desktop.progress import Cancel
from oost_desktop.sync import exchange, undoing
from oost_desktop.sync.whereabouts import Where, whereabouts


def test_a_sessions_way_to_the_office_and_a_schools_way_back(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    session = tutor.taught(pupil)

    report = service.office.check(tutor.up())
    assert [(file.pupil, file.words) for file in report.files] == [(pupil, ("1 new session",))]
    service.office.take(tutor.up())
    assert service.office.one(Session, session, "covered") == "Fractions"

    school = service.school()
    tutor.take(service.down(tutor))
    assert tutor.one(School, school, "name") == "Hill School"
    assert tutor.one(Pupil, pupil, "legal_surname") == "Ash"


def test_a_clash_is_seen_on_both_sides_and_settled_on_both(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    contact = service.office.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT", phone="1")
    tutor.take(service.down(tutor))
    tutor.change(Contact, contact, phone="01332 111111")
    service.office.change(Contact, contact, phone="01332 222222")

    (clash,) = service.office.check(tutor.up()).clashes
    assert {side.value for side in clash.sides} == {"01332 111111", "01332 222222"}
    assert {side.user for side in clash.sides} == {tutor.user, service.office.user}
    service.round(tutor)
    assert service.office.clashes() == tutor.clashes() == {(contact, "phone")}

    with service.office.vault.act(service.office.actor) as unit:
        unit.settle(Contact, contact, "phone", "01332 111111", why="Rang her.")
    tutor.take(service.down(tutor))
    assert tutor.clashes() == service.office.clashes() == set()
    assert tutor.one(Contact, contact, "phone") == "01332 111111"


def test_the_same_words_from_two_people_never_clash(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    contact = service.office.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    tutor.take(service.down(tutor))
    tutor.change(Contact, contact, phone="01332 111111")
    service.office.change(Contact, contact, phone="01332 111111")
    report = service.office.take(tutor.up()).report
    assert report.clashes == ()
    assert service.office.clashes() == set()


def test_a_second_edit_does_not_hide_the_clash_of_the_first(service):
    """ODK Central issue 698: a later edit in the same offline branch hid an earlier conflict."""
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    contact = service.office.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    tutor.take(service.down(tutor))
    tutor.change(Contact, contact, phone="01332 111111")
    service.office.change(Contact, contact, phone="01332 222222")
    service.office.take(tutor.up())
    tutor.change(Contact, contact, phone="01332 333333")
    service.office.take(tutor.up())
    assert service.office.clashes() == {(contact, "phone")}


def test_taking_a_bundle_in_twice_is_taking_it_in_once(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    tutor.taught(pupil)
    made = tutor.up()
    service.office.take(made)
    before = service.office.tables(), service.office.op_ids()
    again = service.office.take(made)
    assert again.report.known
    assert not again.report.fresh
    assert (service.office.tables(), service.office.op_ids()) == before


def test_any_number_of_bundles_may_be_lost(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    sessions = set()
    for day in (16, 17, 18, 19):
        sessions.add(tutor.taught(pupil, day))
        last = tutor.up()
        service.school(f"School {day}")
        last_down = service.down(tutor)
    service.office.take(last)
    tutor.take(last_down)
    assert service.office.ids_of(Session) == sessions
    assert tutor.ids_of(School) == service.office.ids_of(School)
    assert len(tutor.ids_of(School)) == 4


def test_nothing_is_acknowledged_by_sending(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    tutor.taught(pupil)
    first, second = tutor.up(), tutor.up()
    assert first.count == second.count == 1
    service.office.take(second)
    assert tutor.up().count == 1, "the office's answer has not come back yet"
    tutor.take(service.down(tutor))
    assert tutor.up().count == 0


def test_an_old_bundle_that_turns_up_late_moves_nothing_back(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    tutor.taught(pupil, 17)
    old = tutor.up()
    service.round(tutor)
    tutor.taught(pupil, 18)
    service.round(tutor)
    before = service.office.tables()
    report = service.office.take(old).report
    assert report.known
    assert not report.fresh
    assert service.office.tables() == before
    assert tutor.up().count == 0


def test_a_record_says_where_it_is(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    first = tutor.taught(pupil, 17)

    def where(entity):
        with tutor.vault.read() as connection:
            return whereabouts(connection, [entity])[entity]

    assert where(first).where is Where.SAVED_HERE
    made = tutor.up()
    assert str(where(first)) == f"in bundle {made.no}"
    service.office.take(made)
    tutor.take(service.down(tutor))
    assert where(first).where is Where.AT_OFFICE
    assert where(pupil).where is Where.AT_OFFICE


class StopAt(Cancel):
    """Somebody who changes their mind at the given look."""

    def __init__(self, look):
        super().__init__()
        self.looks = look

    def check(self):
        self.looks -= 1
        if self.looks < 0:
            raise CancelledError
        super().check()


def test_stopping_leaves_no_trace(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    tutor.taught(pupil)
    made, office = tutor.up(), service.office
    with pytest.raises(CancelledError):
        exchange.prepare(office.vault, made.path, StopAt(0))
    prepared = exchange.prepare(office.vault, made.path)
    before = office.tables(), office.op_ids(), office.count("batch"), office.count("peer")
    for look in range(2):  # before the operations, and between them and the records
        with pytest.raises(CancelledError):
            exchange.apply(office.vault, prepared, StopAt(look))
        after = office.tables(), office.op_ids(), office.count("batch"), office.count("peer")
        assert after == before
    exchange.apply(office.vault, prepared)
    assert office.count("batch") == before[2] + 1


# --- undo ---------------------------------------------------------------------------------


def test_an_import_can_be_taken_back_and_taken_in_again(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    contact = service.office.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT", phone="1")
    tutor.take(service.down(tutor))
    tutor.taught(pupil)
    tutor.change(Contact, contact, phone="2")
    made = tutor.up()
    before = service.office.tables(), service.office.op_ids()
    service.office.take(made)
    after = service.office.tables(), service.office.op_ids()
    undoing.undo(service.office.vault)
    assert (service.office.tables(), service.office.op_ids()) == before
    again = service.office.take(made)
    assert again.report.fresh
    assert (service.office.tables(), service.office.op_ids()) == after


def test_on_a_laptop_too(service):
    tutor = service.tutor("Kit Hale")
    service.pupil(tutor)
    made = service.down(tutor)
    before = tutor.tables()
    tutor.take(made)
    after = tutor.tables()
    undoing.undo(tutor.vault)
    assert tutor.tables() == before
    tutor.take(made)
    assert tutor.tables() == after


def test_not_once_somebody_has_worked_on_its_records(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    session = tutor.taught(pupil)
    service.office.take(tutor.up())
    service.office.change(Session, session, next_step="Decimals")
    with pytest.raises(UserError, match="somebody has worked on its records"):
        undoing.undo(service.office.vault)
    assert session in service.office.ids_of(Session)


def test_not_once_a_bundle_was_made_of_it(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    session = tutor.taught(pupil)
    service.office.take(tutor.up())
    service.down(tutor)
    with pytest.raises(UserError, match="another has been made"):
        undoing.undo(service.office.vault)
    assert session in service.office.ids_of(Session)


def test_only_once(service):
    tutor = service.tutor("Kit Hale")
    service.office.take(tutor.up())
    undoing.undo(service.office.vault)
    with pytest.raises(UserError, match="no bundle to take back"):
        undoing.undo(service.office.vault)


def test_a_check_is_worked_out_again_if_the_vault_has_moved(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    contact = service.office.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    tutor.take(service.down(tutor))
    tutor.change(Contact, contact, phone="01332 111111")
    prepared = exchange.prepare(service.office.vault, tutor.up().path)
    assert prepared.report.clashes == ()
    service.office.change(Contact, contact, phone="01332 222222")
    applied = exchange.apply(service.office.vault, prepared)
    assert len(applied.report.clashes) == 1
    assert service.office.clashes() == {(contact, "phone")}
