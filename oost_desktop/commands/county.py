"""`make-county`: an invented service of any size in one office vault, for load."""

import sys
import time
from argparse import Namespace

from oost_desktop.clock import system_clock
from oost_desktop.commands.answer import Answer
from oost_desktop.commands.folders import empty_folder, keep_passphrases
from oost_desktop.progress import Throttled

VAULT = "office"


def make(arguments: Namespace) -> Answer:
    """Make the vault and the files with its passphrases, and say how much is in it."""
    from oost_desktop.invented import invent
    from oost_desktop.services import populating

    out = empty_folder(arguments.out)
    clock = system_clock()
    service = invent(
        arguments.seed,
        tutors=arguments.tutors,
        pupils=arguments.pupils,
        years=arguments.years,
        today=clock.today(),
    )
    passphrases, files = keep_passphrases(out, arguments.seed, populating.OFFICE_PEOPLE)
    began = time.monotonic()
    started = populating.start(out / VAULT, service, passphrases, clock)
    try:
        filled = populating.fill(started.desk, service, started.placed, Throttled(_tell))
    finally:
        started.desk.close()
    seconds = round(time.monotonic() - began, 1)
    said = {
        "vaults": {VAULT: str(out / VAULT)},
        "passphrases": {name: str(path) for name, path in files.items()},
        "tutors": arguments.tutors,
        "pupils": filled.pupils,
        "sessions": filled.sessions,
        "work": filled.work,
        "concerns": filled.concerns,
        "seconds": seconds,
    }
    words = (
        f"{filled.pupils:,} pupils, {filled.sessions:,} sessions and {filled.work:,} pieces of work"
        f" in {out / VAULT}, in {seconds} s. Passphrases: {out / 'passphrases'}."
    )
    return Answer(said, words)


def _tell(_share: float, words: str) -> None:
    sys.stderr.write(f"{words}\n")
