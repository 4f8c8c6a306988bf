"""One empty vault for all record types: each example writes records of its own into it."""

from collections.abc import Iterator
from datetime import date

import pytest

from oost_desktop.clock import MovableClock, london
from oost_desktop.models import RECORDS
from oost_desktop.security.secret import Secret
from oost_desktop.store.vault import Vault


@pytest.fixture(scope="module")
def shared_vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    folder = tmp_path_factory.mktemp("conformance") / "vault"
    clock = MovableClock(london(date(2026, 11, 23), 8)).clock()
    with Vault.create(folder, Secret(bytes(32)), RECORDS, clock, org="test-service") as vault:
        yield vault
