"""A signature holds for one message, one key and one purpose."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from oost_desktop.errors import RefusedError
from oost_desktop.security.secret import Secret
from oost_desktop.security.signing import SIGNATURE_BYTES, Domain, SigningKey, VerifyKey

# RFC 8032, section 7.1, tests 1 and 3: seed, public key
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    ),
]


@pytest.mark.parametrize(("seed", "public"), RFC_8032)
def test_the_keys_are_those_of_rfc_8032(seed, public):
    key = SigningKey(Secret(bytes.fromhex(seed)))
    assert key.public.raw.hex() == public
    assert key.seed().reveal().hex() == seed


def test_another_program_can_check_a_signature_from_the_description_alone():
    key = SigningKey.generate()
    signature = key.sign(Domain.BUNDLE, b"manifest")
    assert len(signature) == SIGNATURE_BYTES
    theirs = Ed25519PublicKey.from_public_bytes(key.public.raw)
    theirs.verify(signature, b"oost-bundle-sig-v1\0manifest")


@given(st.binary(max_size=50), st.integers(0, SIGNATURE_BYTES * 8 - 1))
def test_every_bit_of_a_signature_counts(message, bit):
    key = SigningKey.generate()
    signature = bytearray(key.sign(Domain.ENTRY, message))
    assert key.public.verify(Domain.ENTRY, message, bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not key.public.verify(Domain.ENTRY, message, bytes(signature))


def test_a_signature_for_one_purpose_is_none_for_another():
    key = SigningKey.generate()
    signature = key.sign(Domain.ENTRY, b"message")
    held = {domain for domain in Domain if key.public.verify(domain, b"message", signature)}
    assert held == {Domain.ENTRY}
    assert not SigningKey.generate().public.verify(Domain.ENTRY, b"message", signature)
    assert not key.public.verify(Domain.ENTRY, b"Message", signature)
    assert not key.public.verify(Domain.ENTRY, b"message", b"")


def test_no_two_purposes_are_spelt_alike():
    framed = {domain.frame(b"") for domain in Domain}
    assert len(framed) == len(Domain)


def test_a_public_key_travels_as_text():
    key = SigningKey.generate().public
    assert VerifyKey.from_text(key.to_text()) == key
    assert {key, VerifyKey(key.raw)} == {key}
    for text in ("", "AAAA", key.to_text() + "A", key.to_text() + "=", "é"):
        with pytest.raises(RefusedError):
            VerifyKey.from_text(text)
