"""What a tour stands on: its folder, its clock, its invented service, and the desks it opened.

A step is a function of the stage that returns what it checked, in words with numbers, or raises
`NotHeldError`. The stage keeps what later steps need; it opens no vault by itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from oost_desktop.clock import MovableClock, london
from oost_desktop.errors import OostError
from oost_desktop.invented import InventedCase, InventedService, invent
from oost_desktop.services.desk import Desk
from oost_desktop.services.inventing import Placed
from oost_desktop.services.unlocking import unlock

TODAY = date(2026, 11, 23)  # a Monday in term; always the same, so that two tours agree
WEEKS, TUTORS, PUPILS = 6, 3, 12
OFFICE, TRIAL = "office", "spreadsheet"


class NotHeldError(OostError):
    """A check of the tour did not hold: the program breaks a promise of its own."""


def hold(what_held: object, otherwise: str) -> None:
    """Raise NotHeldError, saying what was found instead, unless the check held."""
    if not what_held:
        raise NotHeldError(otherwise)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the tour: `detail` says what was checked, or what did not hold."""

    name: str
    ok: bool
    detail: str


@dataclass
class Stage:
    """Everything a tour has made so far. `people` names who holds which laptop."""

    out: Path
    seed: int
    passphrases: Mapping[str, str]
    clock: MovableClock = field(default_factory=lambda: MovableClock(london(TODAY, 8, 30)))
    placed: Placed = field(default_factory=Placed)
    desks: dict[str, Desk] = field(default_factory=dict)
    vaults: dict[str, Path] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    service: InventedService = field(init=False)
    cases: tuple[InventedCase, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.service = invent(self.seed, tutors=TUTORS, pupils=PUPILS, weeks=WEEKS, today=TODAY)
        self.cases = tuple(self.service.cases())

    def vault_folder(self, name: str) -> Path:
        """Where a vault of this name is or will be."""
        folder = self.out / "vaults" / name
        self.vaults[name] = folder
        return folder

    def sit_at(self, vault: str, person: str) -> Desk:
        """Open a vault as this person, having locked it for whoever was there before."""
        self.leave(vault)
        opened = unlock(self.vaults[vault], self.passphrases[person], self.clock.clock())
        self.desks[vault] = opened.desk
        return opened.desk

    def person_of(self, vault: str) -> str:
        """Whose passphrase opens a vault without asking: a laptop's tutor, the coordinator."""
        return vault.replace("laptop", "tutor") if vault.startswith("laptop") else "coordinator"

    def leave(self, vault: str) -> None:
        """Lock a vault if it is open."""
        if vault in self.desks:
            self.desks.pop(vault).close()

    def leave_all(self) -> None:
        """Lock everything."""
        for vault in tuple(self.desks):
            self.leave(vault)

    def file_in(self, folder: str, name: str) -> Path:
        """A file in a folder of the tour, made if need be."""
        made = self.out / folder
        made.mkdir(exist_ok=True)
        return made / name


def laptop_of(tutor: str) -> str:
    """The name of a tutor's vault, from their key: laptop-01."""
    return tutor.replace("tutor", "laptop")


Act = tuple[str, Callable[[Stage], str]]
