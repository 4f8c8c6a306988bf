"""Bundles that are damaged, crooked, or not for us: refused in one sentence, nothing changed."""

import hashlib
import random
import zlib
from dataclasses import replace

import pytest

from oost_desktop import canonical
from oost_desktop.errors import RefusedError
from oost_desktop.models import Contact, Pupil, School, Session
from oost_desktop.security import container
from oost_desktop.security.keys import DeviceKeys
from oost_desktop.security.secret import armour
from oost_desktop.security.signing import Domain
from oost_desktop.store.log import Entry
from oost_desktop.store.operations import FIRST_ENTRY, Op, entry_hash, read_own
from oost_desktop.sync import exchange, feed, items
from oost_desktop.sync.bundle import sealed_bytes
from oost_desktop.sync.frame import MAGIC, Section, cut_sections, measured, put_together, split
from oost_desktop.sync.items import NO_LINK
from oost_desktop.sync.manifest import Direction, Link, StreamSpan, read_manifest


def refused(place, data, words):
    """The bundle is refused with these words, and the vault is byte for byte as it was."""
    before = place.file_bytes()
    with pytest.raises(RefusedError, match=words):
        exchange.prepare_bytes(place.vault, data)
    assert place.file_bytes() == before


@pytest.fixture
def tutor(service):
    return service.tutor("Kit Hale")


@pytest.fixture
def pupil(service, tutor):
    pupil = service.pupil(tutor)
    tutor.take(service.down(tutor))
    return pupil


def opened(place, made):
    """A bundle's manifest and sections, read with its reader's key."""
    frame = split(container.decrypt(made.path.read_bytes(), [place.vault.keys.identity]))
    manifest = read_manifest(frame.manifest)
    return manifest, tuple(cut_sections(list(manifest.sections), frame.rest).values())


def inbox(service):
    return (service.office.vault.keys.public.recipient,)


# --- damage -------------------------------------------------------------------------------


def test_every_truncation_is_refused(service, tutor, pupil):
    tutor.taught(pupil)
    data = tutor.up().path.read_bytes()
    header = data.index(b"\n--- ")
    cuts = {0, 1, 20, header, header + 10, len(data) // 2, len(data) - 16, len(data) - 1}
    for end in sorted(cuts):
        refused(service.office, data[:end], "not a bundle|damaged")


def test_flipped_bits_are_refused(service, tutor, pupil):
    tutor.taught(pupil)
    data = bytearray(tutor.up().path.read_bytes())
    chance = random.Random(7)
    for _ in range(120):
        at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        data[at] ^= bit
        refused(service.office, bytes(data), "bundle|key")
        data[at] ^= bit


def test_cut_anywhere_inside_the_encryption_it_is_refused(service, tutor, pupil):
    """The sender itself may have been interrupted: age is whole, what is inside is not."""
    tutor.taught(pupil)
    made = tutor.up()
    plain = container.decrypt(made.path.read_bytes(), [service.office.vault.keys.identity])
    frame = split(plain)
    block = len(MAGIC) + 4 + len(frame.signature_block)
    manifest = block + 4 + len(frame.manifest)
    for end in (0, 3, len(MAGIC), len(MAGIC) + 4, block, block + 4, manifest, len(plain) - 1):
        refused(
            service.office,
            container.encrypt(plain[:end], inbox(service)),
            "damaged|not in the form",
        )


def test_a_longer_file_than_it_says_is_refused(service, tutor, pupil):
    made = tutor.up()
    plain = container.decrypt(made.path.read_bytes(), [service.office.vault.keys.identity])
    refused(service.office, container.encrypt(plain + b"x", inbox(service)), "not as long")


# --- the wrong hands ----------------------------------------------------------------------


def test_a_bundle_for_another_laptop_is_refused(service, tutor):
    other = service.tutor("Jo Marsden")
    refused(other, service.down(tutor).path.read_bytes(), "not for this laptop")


def test_a_bundle_readdressed_by_encryption_alone_is_refused(service, tutor):
    """Whoever can open a bundle could encrypt it to somebody else: the address is signed."""
    other = service.tutor("Jo Marsden")
    made = service.down(tutor)
    plain = container.decrypt(made.path.read_bytes(), [tutor.vault.keys.identity])
    again = container.encrypt(plain, (other.vault.keys.public.recipient,))
    refused(other, again, "for another laptop")


def test_a_bundle_fed_back_to_its_maker_is_refused(service, tutor):
    refused(tutor, tutor.up().path.read_bytes(), "was made here")
    refused(service.office, service.down(tutor).path.read_bytes(), "was made here")


def test_a_bundle_of_another_service_is_refused(service, tutor):
    manifest, sections = opened(service.office, tutor.up())
    other = replace(manifest, org="0" * 32)
    refused(
        service.office,
        sealed_bytes(tutor.vault, other, sections, inbox(service)),
        "another service",
    )


def test_an_unknown_laptops_bundle_is_refused(service, tutor):
    manifest, sections = opened(service.office, tutor.up())
    stranger = DeviceKeys.generate()
    raw = replace(manifest, kid=stranger.public.signing.kid).to_bytes(sections)
    refused(service.office, signed(stranger, raw, sections, inbox(service)), "does not know")


def test_a_tutor_cannot_pass_for_the_office(service, tutor):
    """A tutor's key is known, and is not the office's."""
    other = service.tutor("Jo Marsden")
    manifest, sections = opened(other, service.down(other))
    forged = replace(manifest, kid=tutor.vault.keys.signing.public.kid)
    data = sealed_bytes(tutor.vault, forged, sections, (other.vault.keys.public.recipient,))
    refused(other, data, "not made by the office")


def test_a_bundle_going_the_wrong_way_is_refused(service, tutor):
    manifest, sections = opened(service.office, tutor.up())
    turned = replace(manifest, direction=Direction.DOWN)
    data = sealed_bytes(tutor.vault, turned, sections, inbox(service))
    refused(service.office, data, "wrong way")


def test_a_newer_form_is_refused_and_our_own_bundles_still_go(service, tutor, pupil):
    """The words are “update first”; nothing is acknowledged and nothing lost."""
    manifest, sections = opened(tutor, service.down(tutor))
    newer = replace(manifest, wire_min=2, wire_max=2)
    data = sealed_bytes(service.office.vault, newer, sections, (tutor.vault.keys.public.recipient,))
    refused(tutor, data, "newer version")
    session = tutor.taught(pupil)
    service.office.take(tutor.up())
    assert session in service.office.ids_of(Session)


# --- signatures and sections --------------------------------------------------------------


def signed(keys, raw_manifest, sections, recipients):
    signature = keys.signing.sign(Domain.BUNDLE, raw_manifest)
    kid = keys.signing.public.kid
    block = canonical.dumps({"kid": kid, "sig": armour(signature)})
    return container.encrypt(put_together(block, raw_manifest, sections), recipients)


def test_without_a_signature_it_is_refused(service, tutor):
    manifest, sections = opened(service.office, tutor.up())
    raw = manifest.to_bytes(sections)
    for block in (b"{}", canonical.dumps({"kid": manifest.kid, "sig": armour(bytes(64))})):
        plain = put_together(block, raw, sections)
        refused(service.office, container.encrypt(plain, inbox(service)), "signe|signature")


def test_a_manifest_of_another_bundle_does_not_fit(service, tutor, pupil):
    """Two valid bundles, one's manifest and signature over the other's sections."""
    first = tutor.up()
    tutor.taught(pupil)
    second = tutor.up()
    identity = [service.office.vault.keys.identity]
    one = split(container.decrypt(first.path.read_bytes(), identity))
    two = split(container.decrypt(second.path.read_bytes(), identity))
    mixed = MAGIC + measured(one.signature_block) + measured(one.manifest) + two.rest
    refused(service.office, container.encrypt(mixed, inbox(service)), "damaged")
    swapped = MAGIC + measured(one.signature_block) + measured(two.manifest) + two.rest
    refused(service.office, container.encrypt(swapped, inbox(service)), "signature")


@pytest.mark.parametrize(
    "lie",
    [
        {"count": 2},
        {"raw_len": 1},
        {"raw_len": 5_000_000},
        {"stored_sha256": "0" * 64},
        {"codec": "lzma"},
        {"stored_len": 2**53 - 1},
    ],
    ids=str,
)
def test_a_section_that_lies_about_itself_is_refused(service, tutor, pupil, lie):
    tutor.taught(pupil)
    manifest, (section,) = opened(service.office, tutor.up())
    body = canonical.loads(manifest.to_bytes((section,)))
    body["sections"][0].update(lie)
    data = signed(tutor.vault.keys, canonical.dumps(body), (section,), inbox(service))
    refused(service.office, data, "damaged")


def test_a_bomb_is_not_inflated(service, tutor):
    """A section may unpack to a hundred times its size, and to no more than it declares."""
    manifest, _sections = opened(service.office, tutor.up())
    bomb = Section.pack("ops", b"\0" * 1_000_000, 1)
    assert bomb.codec == "none", "an honest writer stores what would look like a bomb"
    stored = zlib.compress(b"\0" * 1_000_000)
    said = hashlib.sha256(stored).hexdigest()
    false = Section("ops", "deflate", stored, said, 90 * len(stored), 1)
    data = sealed_bytes(tutor.vault, manifest, (false,), inbox(service))
    refused(service.office, data, "not as long as it says")


# --- forged operations --------------------------------------------------------------------


def own_entries(place):
    """The laptop's own operations as its feed would carry them."""
    with place.vault.read() as connection:
        rows = connection.exec_driver_sql(
            "select body, previous, entry, signature from op where device = ? order by seq",
            (place.device,),
        ).all()
    return [Entry(read_own(row[0]), *row[1:]) for row in rows]


def feed_of(place, ops, first=1, previous=FIRST_ENTRY, device=None, sign_with=None):
    """A section of one run made of these operation bytes, chained and signed properly."""
    place_of = place.vault.place
    incarnation = ops[0].incarnation
    header = {
        "dev": device or place_of.device,
        "inc": incarnation,
        "first": first,
        "count": len(ops),
        "previous": armour(previous),
    }
    parts, entry = [measured(canonical.dumps(header))], previous
    keys = sign_with or place.vault.keys
    for seq, op in enumerate(ops, start=first):
        entry = entry_hash(incarnation, seq, entry, op.digest)
        parts += [measured(op.raw), keys.signing.sign(Domain.ENTRY, entry)]
    return Section.pack(feed.NAME, b"".join(parts), len(ops))


def altered(op: Op, **changes) -> Op:
    body = canonical.loads(op.raw)
    body.update(changes)
    return read_own(canonical.dumps(body))


def with_ops(service, tutor, section):
    manifest, _sections = opened(service.office, tutor.up())
    return sealed_bytes(tutor.vault, manifest, (section,), inbox(service))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"org": "f" * 32}, "another service"),
        ({"dev": "f" * 32}, "did not make"),
        ({"usr": "f" * 32}, "did not make"),
        ({"inc": "f" * 16}, "broken"),
        ({"seq": 7}, "broken"),
    ],
    ids=str,
)
def test_an_operation_by_somebody_else_refuses_the_whole_bundle(
    service, tutor, pupil, changes, words
):
    tutor.taught(pupil)
    (entry,) = own_entries(tutor)
    op = altered(entry.op, **changes)
    section = feed_of(tutor, [op])
    if "inc" in changes:  # the run says one incarnation, the operation another
        section = feed_of(tutor, [replace(op, incarnation=entry.op.incarnation)])
    refused(service.office, with_ops(service, tutor, section), words)


def test_a_run_of_another_laptop_is_refused(service, tutor, pupil):
    tutor.taught(pupil)
    (entry,) = own_entries(tutor)
    section = feed_of(tutor, [entry.op], device="f" * 32)
    refused(service.office, with_ops(service, tutor, section), "did not make")


def test_a_chain_signed_by_another_key_is_refused(service, tutor, pupil):
    tutor.taught(pupil)
    (entry,) = own_entries(tutor)
    section = feed_of(tutor, [entry.op], sign_with=DeviceKeys.generate())
    refused(service.office, with_ops(service, tutor, section), "chain of changes")


def test_an_operation_slipped_into_a_chain_is_refused(service, tutor, pupil):
    tutor.taught(pupil, 17)
    tutor.taught(pupil, 18)
    one, two = own_entries(tutor)
    header = {
        "dev": tutor.device, "inc": one.op.incarnation, "first": 1, "count": 2,
        "previous": armour(FIRST_ENTRY),
    }  # fmt: skip
    false = altered(one.op, wall=1)
    parts = [measured(canonical.dumps(header))]
    parts += [measured(false.raw), one.signature, measured(two.op.raw), two.signature]
    section = Section.pack(feed.NAME, b"".join(parts), 2)
    refused(service.office, with_ops(service, tutor, section), "chain of changes")


def test_a_change_to_another_record_under_its_name_is_refused(service, tutor, pupil):
    """A `pred` that names an operation of another record."""
    contact = service.office.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    tutor.take(service.down(tutor))
    with service.office.vault.read() as connection:
        victim = connection.exec_driver_sql(
            "select op_id from op where entity = ?", (contact,)
        ).scalar_one()
    session = tutor.taught(pupil)
    tutor.change(Session, session, next_step="Decimals")
    one, two = own_entries(tutor)
    forged = altered(two.op, pred={"next_step": [victim]})
    section = feed_of(tutor, [one.op, forged])
    refused(service.office, with_ops(service, tutor, section), "another record")


def test_a_change_that_moves_a_record_to_another_file_is_refused(service, tutor, pupil):
    """A tutor cannot reach a pupil they do not have through a record's id."""
    elsewhere = service.pupil(legal_surname="Birch")
    theirs = service.office.create(Contact, pupil=elsewhere, name="Bea Birch", role="PARENT")
    contact = tutor.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    assert contact
    (entry,) = own_entries(tutor)
    section = feed_of(tutor, [altered(entry.op, ent=theirs)])
    refused(service.office, with_ops(service, tutor, section), "another record")


# --- set aside, not refused ---------------------------------------------------------------


def aside(service, tutor, op):
    """The one operation is kept, not folded, not passed on, and told of; gives the reason."""
    data = with_ops(service, tutor, feed_of(tutor, [op]))
    office = service.office
    before = office.tables()
    prepared = exchange.prepare_bytes(office.vault, data)
    (refusal,) = prepared.report.refusals
    exchange.apply(office.vault, prepared)
    assert office.tables() == before
    assert op.op_id in office.op_ids()
    return refusal.reason


def test_a_tutor_who_writes_what_is_the_offices_is_not_believed(service, tutor, pupil):
    contact = tutor.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    assert contact
    (entry,) = own_entries(tutor)
    op = altered(entry.op, et="school", sc="ref", set={"name": "My own school"})
    assert aside(service, tutor, op) == "Only the office may change schools."
    other = service.tutor("Jo Marsden")
    assert op.op_id not in other.op_ids()
    assert service.office.ids_of(School) == set()


def test_a_pupil_never_allocated_is_out_of_reach(service, tutor, pupil):
    elsewhere = service.pupil(legal_surname="Birch")
    tutor.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    (entry,) = own_entries(tutor)
    forged = {**entry.op.set_, "pupil": elsewhere}
    op = altered(entry.op, sc=f"p:{elsewhere}", set=forged)
    assert "never allocated" in aside(service, tutor, op)


def test_a_record_of_one_pupil_in_the_file_of_another(service, tutor, pupil):
    elsewhere = service.pupil(legal_surname="Birch")
    tutor.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    (entry,) = own_entries(tutor)
    op = altered(entry.op, set={**entry.op.set_, "pupil": elsewhere})
    assert "does not belong" in aside(service, tutor, op)


@pytest.mark.parametrize(
    ("field", "wire"),
    [
        ("when", {"starts": 5}),
        ("when", "10:00"),
        ("engagement", "very"),
        ("engagement", True),
        ("from_paper", 1),
        ("covered", ["a", "b"]),
        ("school_told", "2026-13-45T00:00:00Z"),
    ],
    ids=str,
)
def test_a_value_its_field_cannot_hold(service, tutor, pupil, field, wire):
    tutor.taught(pupil)
    (entry,) = own_entries(tutor)
    op = altered(entry.op, set={**entry.op.set_, field: wire})
    assert "not of the right kind" in aside(service, tutor, op)


def test_a_type_only_a_newer_version_knows_is_kept_and_passed_on(service, tutor, pupil):
    """Stored, acknowledged, forwarded; the newer version will fold it."""
    other = service.tutor("Jo Marsden")
    service.allocate(pupil, other)
    tutor.create(Contact, pupil=pupil, name="Ann Ash", role="PARENT")
    (entry,) = own_entries(tutor)
    op = altered(entry.op, et="exam_entry", set={"board": "AQA"})
    data = with_ops(service, tutor, feed_of(tutor, [op]))
    prepared = exchange.prepare_bytes(service.office.vault, data)
    exchange.apply(service.office.vault, prepared)
    assert prepared.report.refusals == ()
    other.take(service.down(other))
    assert op.op_id in other.op_ids(f"p:{pupil}")


# --- the office's stream ------------------------------------------------------------------


def test_deliveries_that_do_not_follow_one_another_are_refused(service, tutor, pupil):
    service.school()
    manifest, sections = opened(tutor, service.down(tutor))
    span = manifest.stream
    crooked = StreamSpan(span.epoch, span.base, Link(span.last.number, b"\1" * 32))
    data = sealed_bytes(
        service.office.vault,
        replace(manifest, stream=crooked),
        sections,
        (tutor.vault.keys.public.recipient,),
    )
    refused(tutor, data, "do not follow")


def test_a_stream_that_forgot_what_it_delivered_is_not_taken_in(service, tutor, pupil):
    """The office was put back in time; our acknowledgement will tell it."""
    service.school()
    manifest, _sections = opened(tutor, service.down(tutor))
    word = items.control(items.REVOKE, f"p:{pupil}", 1)
    section = Section.pack(items.NAME, b"c" + measured(word.detail), 1)
    link = items.link_of(NO_LINK, word)
    span = StreamSpan(manifest.stream.epoch, Link(0, NO_LINK), Link(1, link))
    data = sealed_bytes(
        service.office.vault,
        replace(manifest, stream=span, mark=replace(manifest.mark, no=99)),
        (section,),
        (tutor.vault.keys.public.recipient,),
    )
    prepared = exchange.prepare_bytes(tutor.vault, data)
    exchange.apply(tutor.vault, prepared)
    assert pupil in tutor.ids_of(Pupil)
    assert prepared.report.revoked == ()
