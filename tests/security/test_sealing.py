"""What a tutor writes for the DSL is read by the DSL, unchanged, and by nobody else."""

import hashlib

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from oost_desktop.errors import DamageError, RefusedError
from oost_desktop.security import sealing
from oost_desktop.security.sealing import Envelope, Sealed, SealingPrivateKey, SealingPublicKey
from oost_desktop.security.secret import Secret

LEAD, DEPUTY, COORDINATOR = (SealingPrivateKey.generate() for _ in range(3))
CONTEXT = b"org|pupil|concern|author|hlc"
WORDS = {"category": "neglect", "what": "Said there was no food at home since Friday.", "urgent": 1}


def sealed_words(*readers: SealingPrivateKey) -> tuple[Sealed, Secret]:
    return sealing.seal(WORDS, CONTEXT, [reader.public for reader in readers])


def changed(data: bytes, place: int) -> bytes:
    altered = bytearray(data)
    altered[place] ^= 1
    return bytes(altered)


def test_lead_and_deputy_read_it_and_the_coordinator_cannot():
    sealed, _ = sealed_words(LEAD, DEPUTY)
    for reader in (LEAD, DEPUTY):
        assert sealing.open_sealed(sealed, CONTEXT, reader) == WORDS
    with pytest.raises(RefusedError, match="other readers"):
        sealing.open_sealed(sealed, CONTEXT, COORDINATOR)


def test_an_envelope_of_anothers_does_not_help_the_coordinator():
    sealed, _ = sealed_words(LEAD)
    forged = Envelope(COORDINATOR.public.kid, sealed.envelopes[0].wrapped)
    with pytest.raises(DamageError):
        sealing.open_sealed(sealed, CONTEXT, COORDINATOR, [forged])


def test_its_author_reads_it_with_the_content_key_and_another_key_does_not_open_it():
    sealed, content_key = sealed_words(LEAD)
    assert sealing.open_with_content_key(sealed, CONTEXT, content_key) == WORDS
    with pytest.raises(DamageError):
        sealing.open_with_content_key(sealed, CONTEXT, Secret.random())


def test_moved_to_another_pupil_it_does_not_open():
    sealed, content_key = sealed_words(LEAD)
    other = CONTEXT.replace(b"pupil", b"other")
    with pytest.raises(DamageError):
        sealing.open_sealed(sealed, other, LEAD)
    with pytest.raises(DamageError):
        sealing.open_with_content_key(sealed, other, content_key)


def test_every_byte_counts():
    sealed, content_key = sealed_words(LEAD)
    fields = {name: getattr(sealed, name) for name in ("nonce", "body", "commitment")}
    for name, data in fields.items():
        for place in range(len(data)):
            altered = Sealed(
                sealed.suite,
                envelopes=sealed.envelopes,
                **{**fields, name: changed(data, place)},
            )
            with pytest.raises(DamageError):
                sealing.open_with_content_key(altered, CONTEXT, content_key)
    wrapped = sealed.envelopes[0].wrapped
    for place in range(len(wrapped)):
        envelope = Envelope(LEAD.public.kid, changed(wrapped, place))
        altered = Sealed(sealed.suite, envelopes=(envelope,), **fields)
        with pytest.raises(DamageError):
            sealing.open_sealed(altered, CONTEXT, LEAD)


@given(st.integers(0, 5000))
def test_length_tells_only_whole_kib(length):
    sealed, _ = sealing.seal({"what": "x" * length}, CONTEXT, [])
    written = length + len('{"what":""}')
    overhead = 32 + 16  # salt, tag
    assert len(sealed.body) - overhead == -(-written // 1024) * 1024


@given(st.dictionaries(st.sampled_from("abc"), st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_text_comes_back_as_written(words):
    sealed, _ = sealing.seal(words, CONTEXT, [LEAD.public])
    travelled = Sealed.from_fields(sealed.to_fields())
    assert travelled == sealed
    assert sealing.open_sealed(travelled, CONTEXT, LEAD) == words


def test_the_same_words_sealed_twice_look_unrelated():
    one, other = (sealed_words(LEAD)[0] for _ in range(2))
    assert one.body != other.body
    assert one.commitment != other.commitment


def test_a_deputy_named_later_is_let_in_without_sealing_again():
    sealed, _ = sealed_words(LEAD)
    content_key = sealing.content_key_of(sealed, CONTEXT, LEAD)
    late = sealing.grant(content_key, CONTEXT, DEPUTY.public)
    assert sealing.open_sealed(sealed, CONTEXT, DEPUTY, [late]) == WORDS
    again = Envelope.from_fields(late.to_fields())
    assert sealing.open_sealed(sealed, CONTEXT, DEPUTY, [again]) == WORDS


def test_a_concern_can_be_sealed_before_any_reader_is_known():
    sealed, content_key = sealed_words()
    assert sealing.open_with_content_key(sealed, CONTEXT, content_key) == WORDS
    late = sealing.grant(content_key, CONTEXT, LEAD.public)
    assert sealing.open_sealed(sealed, CONTEXT, LEAD, [late]) == WORDS


def test_an_author_cannot_seal_two_texts_in_one():
    # The commitment is over what was encrypted: another text under it is refused, even by
    # somebody who holds the content key and encrypts it properly.
    sealed, _ = sealed_words(LEAD)
    other, other_key = sealing.seal({"what": "nothing"}, CONTEXT, [LEAD.public])
    mixed = Sealed(other.suite, other.nonce, other.body, other.envelopes, sealed.commitment)
    with pytest.raises(DamageError):
        sealing.open_with_content_key(mixed, CONTEXT, other_key)
    with pytest.raises(DamageError):
        sealing.open_sealed(mixed, CONTEXT, LEAD)


def test_the_commitment_proves_the_words_to_somebody_who_is_shown_them():
    sealed, content_key = sealed_words(LEAD)
    cipher = ChaCha20Poly1305(content_key.reveal())
    padded = cipher.decrypt(sealed.nonce, sealed.body, b"oost-seal-v1\0" + CONTEXT)
    label = b"oost-commitment-v1\0" + hashlib.sha256(CONTEXT).digest()
    assert hashlib.sha256(label + padded).digest() == sealed.commitment


def test_a_newer_suite_is_told_apart_from_damage():
    sealed, content_key = sealed_words(LEAD)
    newer = Sealed.from_fields({**sealed.to_fields(), "suite": 2})
    with pytest.raises(RefusedError, match="newer"):
        sealing.open_with_content_key(newer, CONTEXT, content_key)


@pytest.mark.parametrize("name", ["suite", "nonce", "body", "to", "commitment"])
@pytest.mark.parametrize("value", [None, "é", [1], ["x"]], ids=repr)
def test_a_sealed_text_out_of_shape_is_refused(name, value):
    fields = sealed_words(LEAD)[0].to_fields()
    with pytest.raises(RefusedError):
        Sealed.from_fields({**fields, name: value})
    del fields[name]
    with pytest.raises(RefusedError):
        Sealed.from_fields(fields)


def test_a_key_that_could_not_be_sealed_to_is_refused_when_it_arrives():
    assert SealingPublicKey.from_text(LEAD.public.to_text()) == LEAD.public
    low_order = Secret(bytes(32)).to_text()
    for text in ("", "AAAA", low_order):
        with pytest.raises(RefusedError):
            SealingPublicKey.from_text(text)


def test_a_reader_keeps_the_key_as_its_seed():
    assert SealingPrivateKey(LEAD.seed()).public == LEAD.public
