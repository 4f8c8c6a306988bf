"""Starting an invented service, and filling its office's vault: a dozen pupils or a county.

Records go in as sets, each in the name of whoever would have written it; concerns are sealed one
by one, as their authors would. Refuses a vault of real people.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from oost_desktop.clock import Clock
from oost_desktop.errors import BugError
from oost_desktop.invented import InventedService, record_values
from oost_desktop.invented.records import Invented, InventedConcern
from oost_desktop.models import Role, StaffMember
from oost_desktop.progress import Progress, no_progress
from oost_desktop.security.kdf import KdfCost
from oost_desktop.services import concerns, founding
from oost_desktop.services.desk import Desk, Person
from oost_desktop.services.inventing import Placed
from oost_desktop.store.unit import Actor

BATCH = 60_000
OFFICE_PEOPLE = {"owner": "staff-senior", "coordinator": "staff-coordinator", "dsl": "staff-dsl"}
_ORDER = (
    "pupil", "contact", "agreement_acceptance", "placement", "allocation", "timetable_slot",
    "education_plan", "target", "assessment", "session", "work",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class Started:
    """The owner's desk, the recovery code, and the office's own people and reference records."""

    desk: Desk
    recovery_code: str
    placed: Placed


@dataclass(frozen=True, slots=True)
class Filled:
    """How much went in."""

    pupils: int
    sessions: int
    work: int
    concerns: int


def start(
    folder: Path, service: InventedService, passphrases: Mapping[str, str], clock: Clock
) -> Started:
    """Found an invented service: owner, coordinator and DSL with their own passphrases.

    `passphrases` by the keys of `OFFICE_PEOPLE`. Tutors, schools,
    terms, settings and the practice agreement are put in; no pupil yet.
    """
    staff = {person.key: person for person in service.staff}
    cost, owner = KdfCost.invented(), staff[OFFICE_PEOPLE["owner"]]
    made = founding.found(folder, owner.name, passphrases["owner"], clock, cost=cost, invented=True)
    desk, placed = made.desk, Placed({owner.key: made.desk.person.id})
    for name, role in (("coordinator", Role.COORDINATOR), ("dsl", Role.DSL)):
        person = staff[OFFICE_PEOPLE[name]]
        placed.ids[person.key] = founding.add_person(
            desk, person.name, role, passphrases[name], cost=cost
        )
    with desk.vault.act(desk.actor) as unit:
        for key in OFFICE_PEOPLE.values():
            known = record_values(staff[key])
            details = {name: known[name] for name in ("phone", "email", "since")}
            unit.change(StaffMember, placed.ids[key], details)
    waiting = (item for item in service.office_records() if item.key not in placed.ids)
    _put(desk, desk.actor, waiting, placed)
    return Started(desk, made.recovery_code, placed)


def fill(
    desk: Desk, service: InventedService, placed: Placed, progress: Progress = no_progress
) -> Filled:
    """Put every pupil's file, lessons and concerns into a vault where `start` has been."""
    if not desk.invented:
        raise BugError("Invented people were about to be put among real ones.")
    roles = {person.key: Role(person.role) for person in service.staff}
    counts = {"pupil": 0, "session": 0, "work": 0}
    sealed: list[InventedConcern] = []
    waiting: list[Invented] = []
    for number, items in enumerate(_files(service), start=1):
        for item in items:
            if isinstance(item, InventedConcern):
                sealed.append(item)
                continue
            waiting.append(item)
            if item.ETYPE in counts:
                counts[item.ETYPE] += 1
        if len(waiting) >= BATCH or number == service.pupils:
            _put_by_author(desk, waiting, placed, roles)
            waiting = []
            progress(number / service.pupils, f"{number:,} of {service.pupils:,} pupils")
    for concern in sealed:
        _seal(desk, concern, placed)
    return Filled(counts["pupil"], counts["session"], counts["work"], len(sealed))


def _files(service: InventedService) -> Iterator[list[Invented]]:
    for case in service.cases():
        file: list[Invented] = list(case.records())
        for session, work in service.lessons(case):
            file.append(session)
            if work is not None:
                file.append(work)
        yield file


def _put_by_author(
    desk: Desk, items: list[Invented], placed: Placed, roles: Mapping[str, Role]
) -> None:
    """What others refer to goes first; then each author's own in one transaction."""
    items.sort(key=lambda item: (_RANK[item.ETYPE], item.made_by))
    for (_rank, author), group in groupby(items, lambda i: (_RANK[i.ETYPE], i.made_by)):
        _put(desk, Actor(placed.ids[author], roles[author]), group, placed)


def _put(desk: Desk, actor: Actor, items: Iterable[Invented], placed: Placed) -> None:
    with desk.vault.act(actor) as unit:
        for etype, group in groupby(items, lambda item: item.ETYPE):
            alike = list(group)
            made = unit.create_many(etype, (placed.values_of(item) for item in alike))
            placed.ids.update(zip((item.key for item in alike), made, strict=True))


def _seal(desk: Desk, concern: InventedConcern, placed: Placed) -> None:
    author = Person(placed.ids[concern.made_by], "", Role.TUTOR)
    values = record_values(concern) | {"pupil": placed.ids[concern.pupil]}
    concerns.submit(replace(desk, person=author), values)
