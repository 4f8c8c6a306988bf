"""A passphrase is slow to guess, and a hostile key file cannot make unlocking slower."""

import itertools
import unicodedata

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from oost_desktop.errors import BugError, DamageError
from oost_desktop.security import kdf
from oost_desktop.security.kdf import DEFAULT, FLOOR, KdfCost


def test_the_reference_vector_of_argon2id():
    # phc-winner-argon2, src/test.c, version 0x13: t=2, m=2^8, p=1
    assert KdfCost.invented() == KdfCost(256, 2, 1)
    key = kdf.derive_key("password", b"somesalt", KdfCost.invented())
    assert key.reveal().hex() == "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"


def test_the_library_is_the_argon2id_of_rfc_9106():
    # RFC 9106, section 5.3
    tag = Argon2id(
        salt=b"\2" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        secret=b"\3" * 8,
        ad=b"\4" * 12,
    ).derive(b"\1" * 32)
    assert tag.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_a_passphrase_is_the_same_however_its_accents_were_typed():
    one, other = (unicodedata.normalize(form, "Zoë ﬁve Ångström") for form in ("NFC", "NFD"))
    assert one != other
    cost = KdfCost.invented()
    assert kdf.derive_key(one, bytes(16), cost) == kdf.derive_key(other, bytes(16), cost)


def test_the_salt_and_the_passphrase_both_matter():
    cost = KdfCost.invented()
    keys = [
        kdf.derive_key(passphrase, salt, cost).reveal()
        for passphrase, salt in itertools.product(("one", "One"), (bytes(16), b"\1" * 16))
    ]
    assert len(set(keys)) == 4


@pytest.mark.parametrize(
    "cost", [(64 * 1024 - 1, 3, 1), (64 * 1024, 2, 1), (64 * 1024, 3, 0), (8, 1, 1), (256, 2, 2)]
)
def test_nothing_below_the_floor_can_be_made(cost):
    with pytest.raises(BugError):
        KdfCost(*cost)


def test_the_floor_is_the_lower_recommendation_of_rfc_9106_and_the_default_is_above():
    assert (FLOOR.m_kib, FLOOR.t) == (64 * 1024, 3)
    assert DEFAULT.m_kib == 256 * 1024
    assert not FLOOR.is_invented
    assert KdfCost.invented().is_invented


@pytest.mark.parametrize(
    "fields",
    [
        {"m_kib": 64 * 1024 * 1024, "t": 3, "p": 1},
        {"m_kib": 1024 * 1024 + 1, "t": 3, "p": 1},
        {"m_kib": 64 * 1024, "t": 11, "p": 1},
        {"m_kib": 64 * 1024, "t": 3, "p": 9},
        {"m_kib": 16, "t": 1, "p": 1},
        {"m_kib": -1, "t": 3, "p": 1},
        {"m_kib": True, "t": 3, "p": 1},
        {"m_kib": "65536", "t": 3, "p": 1},
        {"t": 3, "p": 1},
    ],
    ids=str,
)
def test_a_key_file_with_a_hostile_cost_is_damage(fields):
    with pytest.raises(DamageError):
        KdfCost.from_slot(fields)


def test_the_largest_allowed_cost_is_read():
    cost = KdfCost.from_slot({"m_kib": 1024 * 1024, "t": 10, "p": 8})
    assert cost == KdfCost(1024 * 1024, 10, 8)


@pytest.mark.parametrize(
    ("floor_takes_s", "m_mib"), [(0.25, 256), (0.1, 512), (0.5, 128), (3.0, 64), (0.22, 288)]
)
def test_calibration_spends_the_second_that_is_given(floor_takes_s, m_mib):
    ticks = iter([10.0, 10.0 + floor_takes_s])
    assert kdf.calibrate(1.0, lambda: next(ticks)) == KdfCost(m_mib * 1024, 3, 1)
