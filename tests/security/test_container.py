"""A bundle opens for those it names, whole, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oost_desktop.errors import BugError, RefusedError
from oost_desktop.security import container
from oost_desktop.security.container import Identity
from oost_desktop.security.secret import Secret

OFFICE, TUTOR, STRANGER = (Identity.generate() for _ in range(3))
CHUNK = 64 * 1024


@given(st.binary(max_size=200))
def test_what_goes_in_comes_out_for_each_recipient(plain):
    data = container.encrypt(plain, [OFFICE.recipient, TUTOR.recipient])
    for identity in (OFFICE, TUTOR):
        assert container.decrypt(data, [identity]) == plain
    assert container.decrypt(data, [STRANGER, TUTOR]) == plain


def test_a_bundle_for_another_is_refused_in_those_words():
    data = container.encrypt(b"plain", [OFFICE.recipient])
    for identities in ([STRANGER], []):
        with pytest.raises(RefusedError, match="not for this laptop"):
            container.decrypt(data, identities)


def test_the_outside_names_nobody_and_shows_nothing():
    data = container.encrypt(b"Amelia Quill" * 10, [OFFICE.recipient])
    assert b"Amelia" not in data
    assert OFFICE.recipient.encode() not in data


def test_every_changed_byte_and_every_truncation_is_refused():
    data = container.encrypt(b"x" * 100, [OFFICE.recipient])
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= 1
        with pytest.raises(RefusedError):
            container.decrypt(bytes(changed), [OFFICE])
        with pytest.raises(RefusedError):
            container.decrypt(data[:place], [OFFICE])


def test_missing_last_chunk_and_trailing_data_are_damage():
    data = container.encrypt(bytes(3 * CHUNK), [OFFICE.recipient])
    payload = data.index(b"\n", data.index(b"\n--- ") + 1) + 1 + 16
    for whole_chunks in (0, 1, 2):
        with pytest.raises(RefusedError, match="damaged"):
            container.decrypt(data[: payload + whole_chunks * (CHUNK + 16)], [OFFICE])
    with pytest.raises(RefusedError, match="damaged"):
        container.decrypt(data + b"\0", [OFFICE])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a bundle"),
        (b"PK\3\4 a zip", "not a bundle"),
        (b"-----BEGIN AGE ENCRYPTED FILE-----\n", "not a bundle"),
        (b"age-encryption.org/v1\n" + b"-> X25519 a\nb\n" * 10_000 + b"--- m\n", "damaged"),
        (b"age-encryption.org/v1\n" + b"-> X25519 a\nb\n" * 21 + b"--- m\n", "20 recipients"),
        (b"age-encryption.org/v1\n-> scrypt " + b"a" * 70_000 + b" 18\nb\n--- m\n", "does not end"),
        (b"age-encryption.org/v1\n-> X25519 a\nb\n", "does not end"),
    ],
    ids=["empty", "zip", "armour", "10000", "21", "huge", "endless"],
)
def test_hostile_headers_are_refused_before_any_cryptography(data, says):
    with pytest.raises(RefusedError, match=says):
        container.check_header(data)


def test_a_passphrase_stanza_is_not_tried():
    # A work factor of 2^63 must not be begun.
    data = b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 63\n" + b"A" * 43 + b"\n--- "
    with pytest.raises(RefusedError):
        container.decrypt(data + b"A" * 43 + b"\n" + bytes(100), [OFFICE])


def test_a_bundle_to_nobody_is_a_bug_and_a_wrong_address_is_refused():
    with pytest.raises(BugError):
        container.encrypt(b"x", [])
    for text in ("", "age1", OFFICE.recipient[:-1], "AGE-SECRET-KEY-1"):
        with pytest.raises(RefusedError):
            container.check_recipient(text)
    assert container.check_recipient(OFFICE.recipient) == OFFICE.recipient


def test_an_identity_is_kept_as_ages_own_text():
    text = OFFICE.to_secret()
    assert text.reveal().startswith(b"AGE-SECRET-KEY-1")
    assert Identity(text).recipient == OFFICE.recipient
    for wrong in (b"", b"AGE-SECRET-KEY-1", b"\xff", text.reveal()[:-1]):
        with pytest.raises(RefusedError):
            Identity(Secret(wrong))
