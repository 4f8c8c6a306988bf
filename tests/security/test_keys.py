"""One vault key, several purposes; a device's keys survive being stored."""

import hashlib
import hmac

import pytest

from oost_desktop.errors import DamageError
from oost_desktop.security import container
from oost_desktop.security.keys import DeviceKeys, Purpose, subkey
from oost_desktop.security.secret import Secret
from oost_desktop.security.signing import Domain


def test_every_purpose_has_its_own_key():
    vault_key = Secret.random()
    keys = {subkey(vault_key, purpose).reveal() for purpose in Purpose} | {vault_key.reveal()}
    assert len(keys) == len(Purpose) + 1
    assert {len(key) for key in keys} == {32}
    assert subkey(vault_key, Purpose.DB) == subkey(Secret(vault_key.reveal()), Purpose.DB)
    assert subkey(vault_key, Purpose.DB) != subkey(Secret.random(), Purpose.DB)


def test_a_sub_key_can_be_derived_without_this_program():
    # HKDF-SHA256 of RFC 5869 written out, so that a vault can be opened in a disaster
    extracted = hmac.new(bytes(32), b"\7" * 32, hashlib.sha256).digest()
    expected = hmac.new(extracted, b"oost-vault-key-v1/db\1", hashlib.sha256).digest()
    assert subkey(Secret(b"\7" * 32), Purpose.DB).reveal() == expected


def test_a_device_keeps_its_keys():
    keys = DeviceKeys.generate()
    again = DeviceKeys.load(keys.serialise())
    assert again.public == keys.public
    signature = again.signing.sign(Domain.ENTRY, b"x")
    assert keys.public.signing.verify(Domain.ENTRY, b"x", signature)
    bundle = container.encrypt(b"hello", [keys.public.recipient])
    assert container.decrypt(bundle, [again.identity]) == b"hello"


@pytest.mark.parametrize(
    "stored",
    [b"", b"{}", b"[]", b'{"age":"AAAA","signing":"AAAA"}', b'{"age":1,"signing":null}'],
)
def test_damaged_keys_are_told(stored):
    with pytest.raises(DamageError):
        DeviceKeys.load(Secret(stored))


def test_half_a_pair_of_keys_is_damage():
    raw = DeviceKeys.generate().serialise().reveal()
    with pytest.raises(DamageError):
        DeviceKeys.load(Secret(raw[:-30] + raw[-29:]))
