"""A laptop joins by two files and eight words each way; changed files have other words."""

from dataclasses import replace

import pytest

from oost_desktop import canonical
from oost_desktop.errors import RefusedError, UserError
from oost_desktop.ids import random_id
from oost_desktop.security.keys import DeviceKeys
from oost_desktop.security.sealing import SealingPrivateKey
from oost_desktop.security.secret import armour
from oost_desktop.security.signing import Domain, SigningKey
from oost_desktop.sync import enrolment
from oost_desktop.sync.enrolment import EnrolmentRequest
from oost_desktop.sync.keyset import InboxKey, Keyset, Revocation
from oost_desktop.sync.trust import Trust, admit, sign_keyset

LAPTOP = DeviceKeys.generate()
DEVICE = random_id()


class Office:
    """A service with its root, as the coordinator has it."""

    def __init__(self) -> None:
        self.root = SigningKey.generate()
        hub = DeviceKeys.generate()
        keyset = Keyset(
            org=random_id(),
            n=1,
            previous=None,
            issued_ms=0,
            roots=(self.root.public,),
            threshold=1,
            hub_sign=(hub.signing.public,),
            inbox=(InboxKey(hub.identity.recipient, active=True),),
            registrars=(self.root.public,),
        )
        self.trust = sign_keyset(keyset, [self.root])

    def answer(self, request: EnrolmentRequest) -> Trust:
        """The keyset with a certificate for whoever asked."""
        return admit(
            self.trust,
            self.root,
            device=request.device,
            user="u1",
            role="tutor",
            keys=request.keys,
            now_ms=1,
        )

    def words(self, request: EnrolmentRequest) -> str:
        """What the coordinator reads out."""
        return " ".join(enrolment.office_words(self.trust.keyset, request))


@pytest.fixture
def office() -> Office:
    return Office()


def new_request(keys: DeviceKeys = LAPTOP, device: str = DEVICE) -> EnrolmentRequest:
    return enrolment.make_request(
        keys, device=device, person_name="Zoë Ångström", machine="HP 15", created_ms=1
    )


@pytest.fixture
def request_() -> EnrolmentRequest:
    return new_request()


def test_a_tutor_joins(office, request_):
    arrived = enrolment.read_request(request_.raw)
    assert arrived == request_
    assert arrived.words == request_.words
    assert (arrived.person_name, arrived.machine) == ("Zoë Ångström", "HP 15")

    answer = office.answer(arrived)
    joined = enrolment.join(office.words(arrived).upper(), request_, answer.raw)
    assert joined.trust == answer
    assert joined.certificate.user == "u1"
    assert joined.certificate.keys == LAPTOP.public


def test_a_dsl_joins_with_a_sealing_key(office):
    key = SealingPrivateKey.generate().public
    request = enrolment.make_request(
        LAPTOP, device=DEVICE, person_name="A", machine="B", created_ms=1, sealing=key
    )
    assert enrolment.read_request(request.raw).sealing == key


def test_a_request_exchanged_on_the_way_has_other_words(request_):
    theirs = new_request(DeviceKeys.generate())
    assert enrolment.read_request(theirs.raw).words != request_.words


def test_an_old_request_played_again_has_other_words(request_):
    assert new_request().words != request_.words


def test_another_office_posing_as_ours_is_found_by_the_words(office, request_):
    posing = Office()
    with pytest.raises(UserError, match="not the words"):
        enrolment.join(office.words(request_), request_, posing.answer(request_).raw)


def test_one_wrong_or_missing_word_is_enough(office, request_):
    answer = office.answer(request_).raw
    said = office.words(request_).split()
    for typed in ("", " ".join(said[:7]), " ".join([*said[1:], said[0]])):
        with pytest.raises(UserError):
            enrolment.join(typed, request_, answer)


def test_the_words_pin_the_service_its_roots_and_how_many_must_sign(office, request_):
    keyset = office.trust.keyset
    other = SigningKey.generate().public
    said = {enrolment.office_words(keyset, request_)}
    for changed in (
        replace(keyset, org=random_id()),
        replace(keyset, roots=(other,)),
        replace(keyset, roots=(*keyset.roots, other)),
        replace(keyset, threshold=2),
    ):
        said.add(enrolment.office_words(changed, request_))
    assert len(said) == 5
    later = replace(keyset, n=7, previous="ab", registrars=())
    assert enrolment.office_words(later, request_) in said


def test_a_keyset_the_root_did_not_sign_is_refused_before_the_words(office, request_):
    unsigned = replace(office.answer(request_), signatures={})
    with pytest.raises(RefusedError, match="not signed"):
        enrolment.join(office.words(request_), request_, unsigned.raw)


def test_an_answer_to_another_laptop_or_other_keys_is_refused(office, request_):
    for other in (
        new_request(device=random_id()),
        new_request(DeviceKeys.generate()),
    ):
        with pytest.raises(RefusedError, match="does not admit"):
            enrolment.join(office.words(request_), request_, office.answer(other).raw)


def test_a_laptop_that_was_revoked_does_not_join(office, request_):
    answer = office.answer(request_)
    keyset = replace(answer.successor(0), revoked=(Revocation(DEVICE, "lost", None),))
    revoked = sign_keyset(keyset, [office.root], answer.devices)
    with pytest.raises(RefusedError, match="does not admit"):
        enrolment.join(office.words(request_), request_, revoked.raw)


def test_every_changed_byte_of_a_request_is_refused(request_):
    for place in range(len(request_.raw)):
        altered = bytearray(request_.raw)
        altered[place] ^= 1
        with pytest.raises(RefusedError):
            enrolment.read_request(bytes(altered))


def test_a_request_is_signed_as_a_request(request_):
    fields = canonical.loads(request_.raw)
    body = canonical.dumps(fields["request"])
    for domain in Domain:
        signature = armour(LAPTOP.signing.sign(domain, body))
        raw = canonical.dumps({**fields, "sig": signature})
        if domain is Domain.REQUEST:
            assert enrolment.read_request(raw) == request_
        else:
            with pytest.raises(RefusedError, match="altered"):
                enrolment.read_request(raw)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "x"},
        {"person": None},
        {"created": "now"},
        {"nonce": ""},
        {"sealing": "AAAA"},
        {"recipient": "age1"},
        {"signing": ""},
    ],
    ids=str,
)
def test_a_request_out_of_shape_is_refused(request_, change):
    fields = {**canonical.loads(request_.raw)["request"], **change}
    signature = armour(LAPTOP.signing.sign(Domain.REQUEST, canonical.dumps(fields)))
    with pytest.raises(RefusedError):
        enrolment.read_request(canonical.dumps({"request": fields, "sig": signature}))


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"\xff", b" " * 20_000], ids=len)
def test_other_files_are_refused(raw):
    with pytest.raises(RefusedError):
        enrolment.read_request(raw)


def test_a_typed_name_cannot_pose_as_another():
    request = enrolment.make_request(
        LAPTOP,
        device=DEVICE,
        person_name="Ann\u202e\nnotgnirraH \x00\x1b[2J" + "x" * 500,
        machine="نرگس می\u200cرسد",
        created_ms=1,
    )
    arrived = enrolment.read_request(request.raw)
    assert arrived.person_name.startswith("Ann notgnirraH [2Jx")
    assert len(arrived.person_name) == 200
    assert arrived.machine == "نرگس می\u200cرسد"
