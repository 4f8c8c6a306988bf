"""Practice: an invented caseload in a folder of its own, to learn on and to begin again with."""

import shutil
from pathlib import Path

from oost_desktop.clock import Clock
from oost_desktop.invented import invent
from oost_desktop.models import Role
from oost_desktop.security.kdf import KdfCost
from oost_desktop.services import founding, populating, unlocking
from oost_desktop.services.desk import Desk

SEED, TUTORS, PUPILS, WEEKS = 7, 3, 12, 6
PASSPHRASE = "practice"  # noqa: S105  opens nobody's data, and is said on the screen
OFFICE_PHRASES = {name: f"{PASSPHRASE} {name}" for name in populating.OFFICE_PEOPLE}


def begin(folder: Path, clock: Clock, *, fresh: bool = False) -> Desk:
    """The practice desk of an invented tutor; made if it is not there, anew if `fresh`."""
    vault = folder / "caseload"
    if fresh and folder.exists():
        shutil.rmtree(folder)
    if not unlocking.is_vault(vault):
        _make(vault, clock)
    return unlocking.unlock(vault, PASSPHRASE, clock).desk


def _make(vault: Path, clock: Clock) -> None:
    service = invent(SEED, tutors=TUTORS, pupils=PUPILS, weeks=WEEKS, today=clock.today())
    vault.parent.mkdir(parents=True, exist_ok=True)
    started = populating.start(vault, service, OFFICE_PHRASES, clock)
    populating.fill(started.desk, service, started.placed)
    tutor = started.placed.ids[service.tutors[0].key]
    founding.give_passphrase(started.desk, tutor, Role.TUTOR, PASSPHRASE, KdfCost.invented())
    unlocking.mark_vault(started.desk.vault, unlocking.LAPTOP, invented=True)
    started.desk.close()
