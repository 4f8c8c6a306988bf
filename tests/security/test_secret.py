"""A secret does not show itself, and says so when it is used after it was wiped."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oost_desktop.errors import BugError
from oost_desktop.security.container import Identity
from oost_desktop.security.keys import DeviceKeys
from oost_desktop.security.sealing import SealingPrivateKey
from oost_desktop.security.secret import Secret, armour, unarmour
from oost_desktop.security.signing import SigningKey

MARK = b"do not show me, I am a key------"


def shown(value: object) -> str:
    return f"{value!r} {value}"


def test_no_private_key_shows_its_bytes():
    secret = Secret(MARK)
    keys = [secret, SigningKey(secret), SealingPrivateKey(secret), [secret], {"key": secret}]
    for key in keys:
        text = shown(key)
        assert "do not show" not in text
        assert MARK.hex() not in text
        assert secret.to_text() not in text


def test_the_devices_keys_do_not_show_themselves():
    keys = DeviceKeys.generate()
    text = shown(keys) + shown(Identity.generate())
    assert "AGE-SECRET-KEY" not in text
    assert keys.signing.seed().to_text() not in text


def test_a_secret_is_not_pickled():
    with pytest.raises(BugError):
        pickle.dumps(Secret(MARK))


def test_a_wiped_secret_is_overwritten_and_cannot_be_used():
    secret = Secret(MARK)
    held = secret._held
    secret.wipe()
    assert held == bytearray(len(MARK))
    secret.wipe()
    with pytest.raises(BugError):
        secret.reveal()


def test_secrets_are_compared_by_their_bytes():
    assert Secret(MARK) == Secret(MARK)
    assert Secret(MARK) != Secret(MARK[:-1] + b"+")
    assert Secret.random() != Secret.random()


@given(st.binary(max_size=70))
def test_bytes_have_one_spelling_in_text(data):
    assert unarmour(armour(data)) == data
    assert Secret.from_text(Secret(data).to_text()).reveal() == data


@pytest.mark.parametrize("text", ["AB", "AA==", "A", "A+/=", "+/+/", "AA\n", "é", "AAA "])
def test_any_other_spelling_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        unarmour(text)
