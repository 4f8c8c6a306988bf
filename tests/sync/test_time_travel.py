"""Laptops put back from a backup, cloned, or with wrong clocks: nothing is lost, and it is seen."""

from dataclasses import replace
from datetime import timedelta

from oost_desktop import ids
from oost_desktop.models import Contact, School, Session
from oost_desktop.store import hlc
from oost_desktop.store.log import here, settle_here
from oost_desktop.sync import feed, tips


def forget_since(place, seq):
    """Put a laptop back to when it had written `seq` operations, as a backup would."""
    with place.vault.write() as connection:
        device = place.device
        connection.exec_driver_sql("delete from op where device = ? and seq > ?", (device, seq))
        entry = connection.exec_driver_sql(
            "select entry from op where device = ? and seq = ?", (device, seq)
        ).scalar_one()
        settle_here(connection, replace(here(connection), seq=seq, entry=entry))
        connection.exec_driver_sql("delete from own_ack")
        connection.exec_driver_sql("delete from session")
        connection.exec_driver_sql("delete from sent")
        connection.exec_driver_sql("update peer set sent_no = 1, seen_no = 1")


def incarnation(place):
    with place.vault.read() as connection:
        return here(connection).incarnation


def test_a_laptop_put_back_unnoticed_loses_nothing(service):
    """Numbers are used twice; both operations live, and the laptop begins a new series."""
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    first = tutor.taught(pupil, 16)
    lost_here = tutor.taught(pupil, 17)
    service.round(tutor)
    before = incarnation(tutor)

    forget_since(tutor, 1)
    again = tutor.taught(pupil, 18)  # takes number 2, which the office has seen
    service.office.take(tutor.up())
    assert service.office.ids_of(Session) == {first, lost_here, again}

    service.round(tutor)
    service.round(tutor)
    assert incarnation(tutor) != before
    assert tutor.op_ids(f"p:{pupil}") == service.office.op_ids(f"p:{pupil}")
    assert tutor.up().count == 0, "and the exchange comes to rest"


def test_a_laptop_that_lost_its_place_in_the_stream_is_given_everything_again(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    service.round(tutor)
    school = service.school()
    service.round(tutor)
    service.round(tutor)
    with tutor.vault.write() as connection:
        connection.exec_driver_sql("delete from op where etype = 'school'")
        connection.exec_driver_sql("delete from school")
        connection.exec_driver_sql("delete from stream")
        connection.exec_driver_sql("delete from held")
    service.round(tutor)
    assert tutor.ids_of(School) == {school}
    assert tutor.op_ids(f"p:{pupil}") == service.office.op_ids(f"p:{pupil}")


def test_an_office_put_back_is_told_and_begins_the_stream_anew(service):
    """The device's acknowledgement is of items the office never made."""
    tutor = service.tutor("Kit Hale")
    service.pupil(tutor)
    service.round(tutor)
    with service.office.vault.write() as connection:
        connection.exec_driver_sql("delete from delivery")
        connection.exec_driver_sql("delete from stream")
        connection.exec_driver_sql("delete from held")
    school = service.school()
    report = tutor.take(service.down(tutor)).report
    assert report.gap or school in tutor.ids_of(School)
    service.round(tutor)
    assert school in tutor.ids_of(School)


def test_a_gap_is_told_and_filled(service):
    """The office lost an operation in the middle: what came counts, the tip waits."""
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    for day in (16, 17, 18):
        tutor.taught(pupil, day)
    whole = tutor.up()
    with tutor.vault.write() as connection:  # as if 1 had been acknowledged to a lost office
        connection.exec_driver_sql(
            "insert into own_ack values (?, 1)", (here(connection).incarnation,)
        )
    part = tutor.up()
    report = service.office.take(part).report
    assert "missing" in report.gap
    assert len(service.office.ids_of(Session)) == 2
    with service.office.vault.read() as connection:
        assert tips.tips_of(connection, tutor.device) == {}
    service.office.take(whole)
    with service.office.vault.read() as connection:
        (tip,) = tips.tips_of(connection, tutor.device)[incarnation(tutor)]
    assert tip.number == 3


def test_two_copies_of_one_laptop_are_both_kept(service):
    """A cloned disk; two histories under the same numbers."""
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    one = tutor.taught(pupil, 16)
    two = tutor.taught(pupil, 17)
    service.office.take(tutor.up())
    forget_since(tutor, 1)
    three = tutor.taught(pupil, 18)
    service.office.take(tutor.up())
    with service.office.vault.read() as connection:
        ends = tips.tips_of(connection, tutor.device)[incarnation(tutor)]
    assert {tip.number for tip in ends} == {2}
    assert len(ends) == 2
    assert service.office.ids_of(Session) == {one, two, three}


def test_a_clock_years_ahead_poisons_nobody(service, clock):
    """The change is taken, flagged, and the office's own time stays believable."""
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    contact = service.office.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    tutor.take(service.down(tutor))
    clock.advance(timedelta(days=70 * 365))
    tutor.change(Contact, contact, phone="01332 111111")
    made = tutor.up()
    clock.advance(timedelta(days=-70 * 365))
    service.office.take(made)
    with service.office.vault.read() as connection:
        latest = here(connection).hlc
        remarks = connection.exec_driver_sql("select kind from remark").scalars().all()
    assert latest >> 16 <= clock.clock().wall_ms() + hlc.DAY_MS
    assert remarks == ["clock"]
    service.office.change(Contact, contact, phone="01332 222222")
    assert service.office.one(Contact, contact, "phone") == "01332 222222"
    assert service.office.clashes() == set()


def test_every_incarnations_work_is_sent(service):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    first = tutor.taught(pupil, 16)
    with tutor.vault.write() as connection:  # as the restore of a backup does
        place = here(connection)
        settle_here(
            connection,
            replace(place, incarnation=ids.random_id()[:16], seq=0, entry=bytes(32)),
        )
    second = tutor.taught(pupil, 17)
    with tutor.vault.read() as connection:
        assert feed.unacknowledged(connection, tutor.device) == 2
    service.round(tutor)
    assert service.office.ids_of(Session) == {first, second}
    assert tutor.up().count == 0
