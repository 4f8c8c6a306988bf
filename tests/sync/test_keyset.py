"""Whom the service trusts changes only by those who may change it."""

from dataclasses import replace
from typing import Any

import pytest

from oost_desktop import canonical
from oost_desktop.errors import BugError, OostError, RefusedError
from oost_desktop.ids import random_id
from oost_desktop.security.keys import DeviceKeys
from oost_desktop.security.sealing import SealingPrivateKey
from oost_desktop.security.signing import Domain, SigningKey
from oost_desktop.sync import trust as trusting
from oost_desktop.sync.certificates import Certificate, certify
from oost_desktop.sync.keyset import Cut, InboxKey, Keyset, Reader, Revocation
from oost_desktop.sync.trust import Trust, admit, follow, read_signed, sign_keyset, with_devices

ORG = random_id()
ROOT, REGISTRAR, STRANGER, NEW_ROOT = (SigningKey.generate() for _ in range(4))
HUB, TUTOR = DeviceKeys.generate(), DeviceKeys.generate()
LEAD, HEAD, DEPUTY_HEAD = (SealingPrivateKey.generate().public for _ in range(3))


def first_keyset(**changes: Any) -> Keyset:
    keyset = Keyset(
        org=ORG,
        n=1,
        previous=None,
        issued_ms=1_767_225_600_000,
        roots=(ROOT.public,),
        threshold=1,
        hub_sign=(HUB.signing.public,),
        inbox=(InboxKey(HUB.identity.recipient, active=True),),
        registrars=(REGISTRAR.public,),
        dsl=(Reader("p1", LEAD),),
        senior=(Reader("p2", HEAD), Reader("p3", DEPUTY_HEAD)),
        recovery=SealingPrivateKey.generate().public,
    )
    return replace(keyset, **changes)


@pytest.fixture
def held() -> Trust:
    return sign_keyset(first_keyset(), [ROOT])


def next_one(trust: Trust, *roots: SigningKey, **changes: Any) -> Trust:
    keyset = replace(trust.successor(issued_ms=0), **changes)
    return sign_keyset(keyset, roots or [ROOT], trust.devices)


def certificate(registrar: SigningKey = REGISTRAR, **changes: Any) -> Certificate:
    fields: dict[str, Any] = {
        "org": ORG,
        "device": "d1",
        "user": "u1",
        "role": "tutor",
        "keys": TUTOR.public,
        "issued_ms": 5,
    }
    return certify(registrar, **{**fields, **changes})


def test_a_keyset_comes_back_from_its_file_as_it_was(held):
    held = with_devices(held, [certificate()])
    revoked = (Revocation("d9", "lost", Cut("i1", 7, "ab")), Revocation("d8", "left", None))
    for trust in (held, next_one(held, revoked=revoked, recovery=None)):
        assert read_signed(trust.raw) == trust
        assert read_signed(trust.raw).raw == trust.raw


def test_the_next_keyset_is_followed_also_through_one_in_between(held):
    second = next_one(held, dsl=())
    third = next_one(second, registrars=())
    assert follow(held, [second.raw]) == second
    assert follow(held, [held.raw, second.raw, third.raw]).keyset == third.keyset
    assert follow(held, []) == held


def test_a_keyset_put_back_in_time_changes_nothing(held):
    second = next_one(held, dsl=())
    assert follow(second, [held.raw]) == second


@pytest.mark.parametrize("n", [3, 2**52])
def test_a_jump_forward_is_refused(held, n):
    second = sign_keyset(replace(held.successor(0), n=n), [ROOT])
    with pytest.raises(RefusedError, match="do not follow"):
        follow(held, [second.raw])


def test_a_gap_is_refused(held):
    third = next_one(next_one(held))
    with pytest.raises(RefusedError, match="do not follow"):
        follow(held, [third.raw])


def test_two_keysets_with_one_number_are_an_alarm(held):
    second, fork = next_one(held, dsl=()), next_one(held, senior=())
    with pytest.raises(RefusedError, match="same number"):
        follow(second, [fork.raw])
    after_fork = next_one(fork)
    with pytest.raises(RefusedError, match="do not follow"):
        follow(second, [after_fork.raw])


def test_nothing_of_a_chain_counts_if_its_end_is_wrong(held):
    second = next_one(held, dsl=())
    with pytest.raises(RefusedError):
        follow(held, [second.raw, next_one(next_one(second)).raw])
    assert follow(held, [second.raw]).keyset.dsl == ()


def test_another_service_is_refused(held):
    other = sign_keyset(first_keyset(org=random_id()), [ROOT])
    with pytest.raises(RefusedError, match="another service"):
        follow(held, [other.raw])


def test_a_new_root_needs_the_signature_of_the_old_and_of_the_new(held):
    changed = replace(held.successor(0), roots=(NEW_ROOT.public,))
    only_new = sign_keyset(changed, [NEW_ROOT])
    with pytest.raises(RefusedError, match="not signed by the service"):
        follow(held, [only_new.raw])
    with pytest.raises(BugError, match="too few"):
        sign_keyset(changed, [ROOT])
    both = sign_keyset(changed, [ROOT, NEW_ROOT])
    assert follow(held, [both.raw]).keyset.roots == (NEW_ROOT.public,)
    assert follow(both, [next_one(both, NEW_ROOT).raw]).keyset.n == 3
    by_old = replace(both.successor(0), roots=(ROOT.public,))
    with pytest.raises(RefusedError):
        follow(both, [sign_keyset(by_old, [ROOT]).raw])


def test_two_of_three_roots_must_sign_and_one_of_them_twice_is_one():
    roots = (ROOT, NEW_ROOT, REGISTRAR)
    keyset = first_keyset(roots=tuple(root.public for root in roots), threshold=2)
    held = sign_keyset(keyset, [ROOT, NEW_ROOT])
    next_keyset = held.successor(0)
    assert follow(held, [sign_keyset(next_keyset, [NEW_ROOT, REGISTRAR]).raw]).keyset.n == 2
    for too_few in ([ROOT], [ROOT, ROOT], [ROOT, STRANGER], []):
        with pytest.raises(BugError):
            sign_keyset(next_keyset, too_few)


def signed_by(trust: Trust, signer: SigningKey, domain: Domain = Domain.KEYSET) -> bytes:
    """A keyset with the root's name on another's signature, or on one for another purpose."""
    signature = signer.sign(domain, trust.body)
    return replace(trust, signatures={ROOT.public.kid: signature}).raw


def test_only_the_root_signs_a_keyset_and_only_as_a_keyset(held):
    second = next_one(held)
    wrong = [signed_by(second, signer) for signer in (STRANGER, REGISTRAR, HUB.signing)]
    wrong += [signed_by(second, ROOT, domain) for domain in Domain if domain != Domain.KEYSET]
    for raw in wrong:
        with pytest.raises(RefusedError, match="not signed"):
            follow(held, [raw])
    assert follow(held, [signed_by(second, ROOT)]).keyset.n == 2


def test_every_changed_byte_of_a_keyset_is_refused_or_harmless(held):
    held = with_devices(held, [certificate()])
    second = next_one(held, dsl=())
    raw = second.raw
    for place in range(len(raw)):
        altered = bytearray(raw)
        altered[place] ^= 1
        try:
            result = follow(held, [bytes(altered)])
        except OostError:
            continue
        # What remains is a spoilt certificate, which is left out in favour of the one held, or
        # the root's name on its signature spoilt so that it counts for nobody.
        assert result.keyset in (held.keyset, second.keyset)
        assert result.devices == held.devices


def test_what_a_newer_version_adds_is_kept_and_sent_on(held):
    body = {**canonical.loads(held.body), "n": 2, "extra": ["x"]}
    body["previous"] = held.digest
    raw_body = canonical.dumps(body)
    signature = ROOT.sign(Domain.KEYSET, raw_body)
    newer = Trust(held.keyset, raw_body, {ROOT.public.kid: signature}, ()).raw
    followed = follow(held, [newer])
    assert followed.keyset.n == 2
    assert b'"extra":["x"]' in followed.raw
    assert read_signed(followed.raw) == followed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", 0),
        ("n", True),
        ("n", "1"),
        ("threshold", 0),
        ("threshold", 2),
        ("roots", []),
        ("roots", ["AAAA"]),
        ("roots", None),
        ("hub_sign", [1]),
        ("inbox", [{"recipient": "age1", "active": True}]),
        ("inbox", [{}]),
        ("dsl", [{"person": 1, "key": "A"}]),
        ("recovery", "A"),
        ("previous", "ab"),
        ("revoked", [{"device": "d", "reason": "lost", "cut": {"inc": "i"}}]),
        ("org", None),
        ("format", "other"),
        ("suite", 2),
    ],
)
def test_a_keyset_out_of_shape_is_refused(held, name, value):
    body = canonical.dumps({**canonical.loads(held.body), name: value})
    signatures = {ROOT.public.kid: ROOT.sign(Domain.KEYSET, body)}
    raw = replace(held, body=body, signatures=signatures).raw
    with pytest.raises(RefusedError):
        read_signed(raw)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"keyset":{},"signatures":[],"devices":[]}'])
def test_another_file_is_refused(raw):
    with pytest.raises(RefusedError):
        read_signed(raw)


def test_a_certificate_counts_if_a_registrar_of_this_service_signed_it(held):
    good = certificate()
    forged = certificate(STRANGER, device="d2")
    by_hub = certificate(HUB.signing, device="d3")
    foreign = certificate(org=random_id(), device="d4")
    altered = replace(certificate(device="d5"), signature=bytes(64))
    promoted = replace(good, device="d6", body=good.body.replace(b"tutor", b"owner"))
    by_root = certificate(ROOT, device="d7")
    trust = with_devices(held, [good, forged, by_hub, foreign, altered, promoted, by_root])
    assert {each.device for each in trust.devices} == {"d1", "d7"}
    arrived = Trust(held.keyset, held.body, held.signatures, (good, forged)).raw
    assert read_signed(arrived).devices == (good,)
    assert follow(held, [arrived]).devices == (good,)


def test_certificates_come_with_the_same_keyset_and_stay_with_the_next(held):
    enrolled = with_devices(held, [certificate()])
    assert follow(held, [enrolled.raw]).certificates("d1") == (certificate(),)
    assert follow(enrolled, [held.raw]).devices == enrolled.devices
    assert follow(enrolled, [next_one(held).raw]).devices == enrolled.devices


def test_the_newest_certificate_of_a_person_at_a_device_wins(held):
    old, new = certificate(role="tutor"), certificate(role="coordinator", issued_ms=6)
    for order in ([old, new], [new, old]):
        assert with_devices(held, order).devices == (new,)
    colleague = certificate(user="u2")
    both = with_devices(held, [old, colleague])
    assert both.certificates("d1") == (old, colleague)
    assert both.by_key(TUTOR.signing.public.kid) == (old, colleague)
    assert both.certificates("d2") == both.by_key(STRANGER.public.kid) == ()


def test_admitting_twice_works_with_a_clock_that_was_put_back(held):
    fields: dict[str, Any] = {"device": "d1", "user": "u1", "keys": TUTOR.public}
    first = admit(held, REGISTRAR, role="tutor", now_ms=2_000, **fields)
    again = admit(first, REGISTRAR, role="senior", now_ms=1_000, **fields)
    assert [each.role for each in again.devices] == ["senior"]
    with pytest.raises(BugError):
        admit(held, STRANGER, role="tutor", now_ms=1, **fields)
    with pytest.raises(BugError):
        admit(held, REGISTRAR, role="head", now_ms=1, **fields)


def test_when_a_registrar_goes_nobody_is_left_without_a_certificate(held):
    enrolled = with_devices(held, [certificate()])
    with pytest.raises(BugError, match="registrar"):
        next_one(enrolled, registrars=(STRANGER.public,))
    anew = [certificate(STRANGER)]
    second = sign_keyset(
        replace(enrolled.successor(0), registrars=(STRANGER.public,)), [ROOT], anew
    )
    assert follow(enrolled, [second.raw]).devices == tuple(anew)


def test_a_lost_laptop_is_revoked_from_its_last_known_operation(held):
    cut = Cut("inc", 118, "ab")
    second = next_one(held, revoked=(Revocation("d1", "lost", cut),))
    keyset = follow(held, [second.raw]).keyset
    revocation = keyset.revocation("d1")
    assert revocation is not None
    assert revocation.cut == cut
    assert keyset.revocation("d2") is None


def test_a_new_inbox_key_leaves_the_old_one_to_open_what_is_on_its_way(held):
    new = DeviceKeys.generate().identity.recipient
    old = replace(held.keyset.inbox[0], active=False)
    second = next_one(held, inbox=(old, InboxKey(new, active=True)))
    keyset = follow(held, [second.raw]).keyset
    assert keyset.active_inbox() == (new,)
    assert old in keyset.inbox


def test_a_concern_goes_to_the_leads_and_to_no_senior(held):
    assert held.keyset.dsl_keys() == (LEAD,)


def test_the_office_signs_bundles_with_its_hub_key_only(held):
    assert held.hub_key(HUB.signing.public.kid) == HUB.signing.public
    for key in (ROOT, REGISTRAR, TUTOR.signing):
        assert held.hub_key(key.public.kid) is None


def test_a_giant_keyset_is_refused_unread(held):
    with pytest.raises(RefusedError):
        read_signed(b" " * (trusting._MAX_BYTES + 1))


@pytest.mark.parametrize(
    "change",
    [
        {"role": "head"},
        {"role": 1},
        {"org": None},
        {"device": 1},
        {"issued": "5"},
        {"issued": True},
        {"signing": "AAAA"},
        {"recipient": "age1"},
    ],
    ids=str,
)
def test_a_certificate_out_of_shape_is_refused(change):
    fields = certificate().to_fields()
    with pytest.raises(RefusedError):
        Certificate.from_fields({**fields, "certificate": {**fields["certificate"], **change}})
    for name in change:
        short = {k: v for k, v in fields["certificate"].items() if k != name}
        with pytest.raises(RefusedError):
            Certificate.from_fields({**fields, "certificate": short})
    with pytest.raises(RefusedError):
        Certificate.from_fields({"certificate": fields["certificate"]})
    assert Certificate.from_fields(fields) == certificate()
