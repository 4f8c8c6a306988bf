"""The office that the benchmarks look at: five years, 60 tutors, 200,000 sessions. Made once."""

import shutil
from argparse import Namespace
from pathlib import Path

from oost_desktop.clock import system_clock
from oost_desktop.commands import county
from oost_desktop.services.desk import Desk
from oost_desktop.services.unlocking import unlock

FOLDER = Path("build") / "benchmarks" / "county"
TUTORS, PUPILS, YEARS, SEED = 60, 1000, 5, 1


def folder() -> Path:
    """The county's folder; making it takes a minute or two and a gigabyte."""
    if not (FOLDER / "made").exists():
        shutil.rmtree(FOLDER, ignore_errors=True)
        county.make(Namespace(out=FOLDER, tutors=TUTORS, pupils=PUPILS, years=YEARS, seed=SEED))
        (FOLDER / "made").touch()
    return FOLDER


def passphrase(name: str) -> str:
    """An invented person's passphrase."""
    return (folder() / "passphrases" / f"{name}.txt").read_text(encoding="utf-8").strip()


def vault() -> Path:
    """The office's vault."""
    return folder() / county.VAULT


def desk(name: str = "coordinator") -> Desk:
    """The county's office, open."""
    return unlock(vault(), passphrase(name), system_clock()).desk
