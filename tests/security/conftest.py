"""A key file of an invented office, for the tests of this folder."""

from pathlib import Path

import pytest

from oost_desktop.ids import random_id
from oost_desktop.security.kdf import KdfCost
from oost_desktop.security.keystore import Keystore, Unlocked

PASSPHRASE = "quarry lantern violin"
CHEAP = KdfCost.invented()


@pytest.fixture
def keystore(tmp_path: Path) -> Keystore:
    return Keystore(tmp_path)


@pytest.fixture
def owner() -> str:
    return random_id()


@pytest.fixture
def opened(keystore: Keystore, owner: str) -> Unlocked:
    """The vault of an office with one owner, just made."""
    return keystore.create(random_id(), owner, "owner", PASSPHRASE, CHEAP)
