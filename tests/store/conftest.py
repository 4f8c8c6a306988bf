"""An empty vault per test, and the standing test: folding again changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from oost_desktop.clock import MovableClock, london
from oost_desktop.models import RECORDS, Pupil, Session
from oost_desktop.security.secret import Secret
from oost_desktop.store import check
from oost_desktop.store.vault import Vault
from tests.store.vaults import COORDINATOR, KEY, copied


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty, migrated vault: to be copied, never opened."""
    folder = tmp_path_factory.mktemp("template") / "vault"
    clock = MovableClock(london(date(2026, 11, 23), 8)).clock()
    Vault.create(folder, Secret(KEY), RECORDS, clock, org="test-service").close()
    (folder / "keystore.json").write_text('{"stands for": "a key file"}', encoding="ascii")
    return folder


@pytest.fixture
def vault(template: Path, tmp_path: Path, clock: MovableClock) -> Iterator[Vault]:
    """An empty vault. However a test leaves it, log, chain and tables must agree."""
    with copied(template, tmp_path / "vault", clock.clock()) as opened:
        yield opened
        found = check.check(opened, signatures=True, rebuild=True)
        assert found.problems == ()


@dataclass(frozen=True)
class Case:
    """A pupil and a session with them."""

    pupil: str
    session: str


@pytest.fixture
def case(vault: Vault) -> Case:
    """One pupil, one session, written by a coordinator."""
    with vault.act(COORDINATOR) as unit:
        pupil = unit.create(
            Pupil, {"legal_forename": "Ada", "legal_surname": "Wren", "address": "1 Mill Lane"}
        )
        session = unit.create(
            Session,
            {
                "pupil": pupil,
                "tutor": "7" * 32,
                "starts": london(date(2026, 11, 23), 9),
                "ends": london(date(2026, 11, 23), 10),
                "outcome": "ATTENDED",
                "covered": "Fractions",
            },
        )
    return Case(pupil, session)
