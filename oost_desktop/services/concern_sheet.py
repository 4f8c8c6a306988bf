"""A concern form as it opens: the child, the draft that waits, and whom to ring first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from oost_desktop.models import Pupil, School
from oost_desktop.services import drafting, settings
from oost_desktop.services.desk import Desk
from oost_desktop.services.drafting import KeptDraft
from oost_desktop.services.naming import PupilName, pupils
from oost_desktop.services.sessions import pupil_in
from oost_desktop.services.timetable import occurrences

NEW = "concern:"


@dataclass(frozen=True, slots=True)
class Telephone:
    """Somebody to ring: who they are and their number as the office keeps it."""

    who: str
    number: str


@dataclass(frozen=True)
class Sheet:
    """What the form begins with. `telephones` are the school's lead, then ours."""

    draft: str
    values: Mapping[str, Any]
    kept: KeptDraft | None
    pupil: PupilName | None
    telephones: tuple[Telephone, ...]


def sheet(desk: Desk, pupil: str | None, draft: str | None = None) -> Sheet:
    """The form for a pupil (or for somebody else), or a kept draft by its name."""
    name = draft or f"{NEW}{pupil or 'unknown'}"
    found = drafting.waiting(desk, name)
    if found is not None:
        pupil = pupil_in(found)
    with desk.vault.read() as connection:
        known = pupils(connection, desk.today).get(pupil or "")
        telephones = _telephones(connection, pupil)
        values = {"pupil": pupil, **_now_with(desk, connection, pupil)}
    return Sheet(name, values, found, known, telephones)


def _telephones(connection: Connection, pupil: str | None) -> tuple[Telephone, ...]:
    found = []
    row = connection.execute(
        select(School.dsl_name, School.dsl_phone)
        .join(Pupil, Pupil.school == School.id)
        .where(Pupil.id == (pupil or ""))
    ).one_or_none()
    if row is not None and row[1]:
        found.append(
            Telephone(f"the school's DSL, {row[0]}" if row[0] else "the school's DSL", row[1])
        )
    ours = settings.value_on(connection, "DSL_PHONE")
    if ours:
        found.append(Telephone("ours", ours))
    starting_point = settings.value_on(connection, "STARTING_POINT")
    if starting_point:
        found.append(Telephone("Starting Point", starting_point))
    return tuple(found)


def _now_with(desk: Desk, connection: Connection, pupil: str | None) -> dict[str, Any]:
    """Now, and the place of the lesson that is going on or has just ended with this pupil."""
    now = desk.clock.now().replace(second=0, microsecond=0)
    values: dict[str, Any] = {"happened_at": now, "noticed_at": now}
    if pupil is not None:
        hours = occurrences(connection, desk.today, desk.today, pupil=pupil)
        near = [o for o in hours if o.start <= now <= o.end + timedelta(hours=1)]
        if near:
            values["place"] = near[-1].place or ""
    return values
