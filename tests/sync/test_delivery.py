"""Who is given what: pupils granted and taken back, and not one word of anybody else's."""

from datetime import date, timedelta

from oost_desktop.models import (
    Allocation,
    Concern,
    ConcernReceipt,
    Contact,
    Pupil,
    School,
    Session,
)
from oost_desktop.security import container
from oost_desktop.sync.frame import cut_sections, split
from oost_desktop.sync.holdings import held_by, locked_pupils
from oost_desktop.sync.manifest import read_manifest

SEALED = {"suite": 1, "body": "c2VhbGVkIHdvcmRz", "nonce": "bm9uY2U", "to": []}


def inside(place, made):
    """Every byte of a bundle, inflated, as its reader could read it."""
    frame = split(container.decrypt(made.path.read_bytes(), [place.vault.keys.identity]))
    sections = cut_sections(list(read_manifest(frame.manifest).sections), frame.rest)
    return frame.manifest + b"".join(each.inflated() for each in sections.values())


def test_a_pupil_given_late_arrives_whole(service):
    """A thousand changes were made before the tutor was given this pupil."""
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil()
    with service.office.vault.act(service.office.actor) as unit:
        contacts = [
            unit.create(Contact, {"pupil": pupil, "name": f"Contact {n}", "role": "PARENT"})
            for n in range(500)
        ]
        for contact in contacts:
            unit.change(Contact, contact, {"phone": "01332 111111"})
    tutor.take(service.down(tutor))
    assert tutor.ids_of(Pupil) == set()

    service.allocate(pupil, tutor)
    report = tutor.take(service.down(tutor)).report
    assert report.granted == (pupil,)
    scope = f"p:{pupil}"
    assert tutor.op_ids(scope) == service.office.op_ids(scope)
    assert tutor.tables({scope}) == service.office.tables({scope})
    with tutor.vault.read() as connection:
        assert all(each.complete for each in held_by(connection, tutor.device).values())


def test_a_pupil_is_sent_a_fortnight_before_the_first_day_and_not_sooner(service, clock):
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil()
    starts = date(2026, 12, 20)
    service.office.create(Allocation, pupil=pupil, tutor=tutor.user, starts=starts)
    tutor.take(service.down(tutor))
    assert tutor.ids_of(Pupil) == set()
    clock.advance(timedelta(days=13))  # 6 December
    tutor.take(service.down(tutor))
    assert tutor.ids_of(Pupil) == {pupil}


def test_a_pupil_taken_back_is_locked_and_what_was_written_meanwhile_still_counts(service):
    """The tutor was away and wrote before the office's word arrived."""
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil()
    allocation = service.allocate(pupil, tutor)
    tutor.take(service.down(tutor))
    service.office.change(Allocation, allocation, ends=date(2026, 11, 20))
    session = tutor.taught(pupil, 19)

    report = service.office.take(tutor.up()).report
    assert session in service.office.ids_of(Session)
    (file,) = report.files
    assert (file.pupil, file.new, file.late) == (pupil, 1, 1)

    assert tutor.take(service.down(tutor)).report.revoked == (pupil,)
    with tutor.vault.read() as connection:
        assert locked_pupils(connection, tutor.device) == {pupil}
    assert tutor.ids_of(Pupil) == {pupil}, "locked, not erased"


def test_given_taken_back_and_given_again(service):
    """The second time everything comes again, with what was missed in between."""
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil()
    allocation = service.allocate(pupil, tutor)
    tutor.take(service.down(tutor))
    service.office.change(Allocation, allocation, ends=date(2026, 11, 20))
    tutor.take(service.down(tutor))
    contact = service.office.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    tutor.take(service.down(tutor))
    assert contact not in tutor.ids_of(Contact)
    service.office.change(Allocation, allocation, ends=None)
    tutor.take(service.down(tutor))
    assert contact in tutor.ids_of(Contact)
    with tutor.vault.read() as connection:
        assert locked_pupils(connection, tutor.device) == frozenset()


def test_no_word_of_another_pupil_is_in_a_tutors_bundle(service):
    """The bundle is opened and searched."""
    tutor, other = service.tutor("Kit Hale"), service.tutor("Jo Marsden")
    own = service.pupil(tutor, legal_surname="Ash")
    theirs = service.pupil(other, legal_surname="Zzyzx", note="Markerword")
    for place in (tutor, other):
        place.take(service.down(place))
    other.taught(theirs, covered="Quadratics of Zzyzx")
    other.create(Contact, pupil=theirs, name="Vera Zzyzx", role="PARENT")
    service.office.take(other.up())
    service.office.create(Contact, pupil=own, name="Ann Ash", role="PARENT")

    made = service.down(tutor)
    read = inside(tutor, made)
    assert b"Ann Ash" in read, "what is theirs is there"
    for word in (b"Zzyzx", b"Markerword", b"Quadratics", theirs.encode()):
        assert word not in read
        assert word not in made.path.read_bytes()
    assert "Ash" not in made.path.name


def test_a_sealed_concern_goes_to_the_office_and_to_nobody_else(service):
    author, other = service.tutor("Kit Hale"), service.tutor("Jo Marsden")
    pupil = service.pupil(author, other)
    for place in (author, other):
        place.take(service.down(place))
    with author.vault.act(author.actor) as unit:
        concern = unit.create(Concern, {"pupil": pupil}, sealed=SEALED)
    report = service.office.take(author.up()).report
    assert report.files[0].words == ("1 new concern (sealed)",)
    assert concern in service.office.ids_of(Concern)

    made = service.down(other)
    assert concern.encode() not in inside(other, made)
    other.take(made)
    assert other.ids_of(Concern) == set()
    assert author.ids_of(Concern) == {concern}


def test_the_receipt_of_a_concern_goes_to_its_author_only(service):
    author, other = service.tutor("Kit Hale"), service.tutor("Jo Marsden")
    pupil = service.pupil(author, other)
    for place in (author, other):
        place.take(service.down(place))
    with author.vault.act(author.actor) as unit:
        concern = unit.create(Concern, {"pupil": pupil}, sealed=SEALED)
    service.office.take(author.up())
    receipt = service.office.create(
        ConcernReceipt, pupil=pupil, concern=concern, for_author=author.user
    )
    for place in (author, other):
        place.take(service.down(place))
    assert author.ids_of(ConcernReceipt) == {receipt}
    assert other.ids_of(ConcernReceipt) == set()


def test_a_concern_is_taken_even_when_its_pupil_never_was_the_authors(service):
    """Nothing blocks a concern (KCSIE); it is only marked late."""
    tutor = service.tutor("Kit Hale")
    stranger = service.pupil()
    tutor.take(service.down(tutor))
    with tutor.vault.act(tutor.actor) as unit:
        about = unit.create(Concern, {"pupil": stranger}, sealed=SEALED)
        nobody = unit.create(Concern, {}, sealed=SEALED)
    report = service.office.take(tutor.up()).report
    assert service.office.ids_of(Concern) == {about, nobody}
    assert report.refusals == ()
    assert report.total("late") == 1


def test_two_tutors_of_one_pupil_see_each_others_sessions(service):
    first, second = service.tutor("Kit Hale"), service.tutor("Jo Marsden")
    pupil = service.pupil(first, second)
    for place in (first, second):
        place.take(service.down(place))
    sessions = {first.taught(pupil, 17), second.taught(pupil, 18)}
    service.round(first, second)
    assert first.ids_of(Session) == second.ids_of(Session) == sessions


def test_a_second_laptop_of_the_same_tutor_gets_everything_of_theirs(service):
    """A replaced laptop; each device has a stream of its own."""
    tutor = service.tutor("Kit Hale")
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    session = tutor.taught(pupil)
    service.office.take(tutor.up())
    replacement = service.tutor("Kit Hale", user=tutor.user)
    assert replacement.ids_of(Session) == {session}
    assert replacement.tables({f"p:{pupil}"}) == service.office.tables({f"p:{pupil}"})


def test_the_services_own_records_go_to_everyone_and_the_offices_to_nobody(service):
    tutor = service.tutor("Kit Hale")
    school = service.school()
    made = service.down(tutor)
    tutor.take(made)
    assert tutor.ids_of(School) == {school}
    assert tutor.op_ids("org") == set()
