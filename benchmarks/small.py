"""A small invented office for figures that do not need a county."""

from datetime import date
from pathlib import Path

from oost_desktop.clock import MovableClock, london
from oost_desktop.commands.folders import keep_passphrases
from oost_desktop.invented import invent
from oost_desktop.services import populating
from oost_desktop.services.desk import Desk

TODAY = date(2026, 11, 23)


def office(out: Path) -> Desk:
    """Twelve pupils and six weeks, at the owner's desk, in an empty folder."""
    passphrases, _files = keep_passphrases(out, 1, populating.OFFICE_PEOPLE)
    service = invent(1, today=TODAY)
    clock = MovableClock(london(TODAY, 17)).clock()
    started = populating.start(out / "office", service, passphrases, clock)
    populating.fill(started.desk, service, started.placed)
    return started.desk
