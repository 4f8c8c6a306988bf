"""An office and one laptop that has joined it, with a bundle on the way that will clash.

Made once by the services themselves and copied for each test. The laptop changed what was covered
in a session that the office changed too, recorded one session more, and raised a concern.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from oost_desktop.clock import MovableClock, london
from oost_desktop.invented import invent
from oost_desktop.models import RECORDS, Concern, Session
from oost_desktop.models.fields import Kind
from oost_desktop.security.kdf import KdfCost
from oost_desktop.services import bundles, concerns, enrolling, populating, sessions
from oost_desktop.services.desk import Desk

MONDAY = date(2026, 11, 23)
OFFICE_PHRASES = {
    "owner": "owner phrase", "coordinator": "coordinator phrase", "dsl": "lead phrase",
}  # fmt: skip
LAPTOP_PHRASE = "kitchen phrase"
START = "Read chapter four together; summarised it."
OFFICE_WORDS = START + " Mother rang: pleased all evening."
LAPTOP_WORDS = START + " Asked for chapter five."
SECRET = "Heliotrope seventeen"
"""In every field of the concern that takes words: a page that shows one of them shows this."""


@dataclass(frozen=True)
class World:
    """Folders of the two vaults and a bundle from the laptop; ids in both."""

    office: Path
    laptop: Path
    bundle: Path
    tutor: str
    pupil: str
    session: str
    concern: str


@dataclass(frozen=True)
class Pair:
    """Copies of a `World`. `unlock("office" or "laptop", phrase)` opens one of them."""

    world: World
    folder: Path
    clock: MovableClock
    unlock: Callable[[str, str], Desk]

    @property
    def bundle(self) -> Path:
        """The bundle that waits to be taken in at the office."""
        return self.world.bundle


def build(root: Path) -> World:
    """Make the two vaults and the bundle in a folder."""
    clock = MovableClock(london(MONDAY, 8))
    service = invent(7, tutors=2, pupils=10, weeks=6, today=MONDAY)
    started = populating.start(root / "office", service, OFFICE_PHRASES, clock.clock())
    populating.fill(started.desk, service, started.placed)
    office, tutor = started.desk, started.placed.ids[service.tutors[0].key]
    laptop = _joined(office, root, tutor, clock)
    session, pupil = _latest_of(laptop)
    clock.move_to(london(MONDAY, 9))
    sessions.correct(office, session, {"covered": OFFICE_WORDS})
    clock.move_to(london(MONDAY, 10))
    sessions.correct(laptop, session, {"covered": LAPTOP_WORDS})
    fields = RECORDS.of(Concern).fields.values()
    written = {f.name: SECRET for f in fields if f.sealed and f.kind in (Kind.TEXT, Kind.PROSE)}
    concern = concerns.submit(laptop, {"pupil": pupil, **written})
    made = bundles.make(laptop, root)
    office.close()
    laptop.close()
    return World(root / "office", root / "laptop", made.path, tutor, pupil, session, concern)


def _joined(office: Desk, root: Path, tutor: str, clock: MovableClock) -> Desk:
    begun = enrolling.begin(
        root / "laptop", "Jo Marsden", "L-1", LAPTOP_PHRASE, clock.clock(),
        cost=KdfCost.invented(), invented=True,
    )  # fmt: skip
    request = enrolling.read_request_file(enrolling.save_request(begun.desk, root))
    approved = enrolling.approve(office, request, tutor, root)
    return enrolling.join(begun.desk, approved.made.path, " ".join(approved.words)).desk


def _latest_of(laptop: Desk) -> tuple[str, str]:
    """A session this tutor taught last, and its pupil."""
    with laptop.vault.read() as connection:
        row = connection.execute(
            select(Session.id, Session.pupil)
            .where(Session.tutor == laptop.person.id, Session.outcome == "ATTENDED")
            .order_by(Session.starts.desc())
        ).first()
    assert row is not None
    assert row.pupil is not None
    return row.id, row.pupil
