"""Work forms as they open: to set a piece of work, or to mark one, with what was kept of either.

A kept form is found again by its name: the same pupil's new work, or the same piece being marked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from oost_desktop.models import Work
from oost_desktop.services import drafting, sessions, wording
from oost_desktop.services.desk import Desk, current_values
from oost_desktop.services.drafting import KeptDraft
from oost_desktop.services.naming import PupilName, pupils
from oost_desktop.services.timetable import occurrences

FORM = "work"
NEW = "work:new:"
MARKING = "work:mark:"
LOOK_AHEAD = timedelta(days=14)


@dataclass(frozen=True)
class Sheet:
    """A form about work. `entity` is the piece being marked, None for work being set."""

    draft: str
    entity: str | None
    values: Mapping[str, Any]
    kept: KeptDraft | None
    pupil: PupilName | None


def opened(desk: Desk, subject: str) -> Sheet:
    """The form a subject stands for: a kept form's name, a piece of work to mark, or a pupil.

    Anything else, such as "", opens work to be set for a pupil not yet chosen.
    """
    if subject.startswith(NEW):
        return _to_set(desk, subject.removeprefix(NEW))
    entity = subject.removeprefix(MARKING)
    with desk.vault.read() as connection:
        values = current_values(connection, Work, entity)
        names = pupils(connection, desk.today)
    if values is None:
        return _to_set(desk, subject)
    draft = MARKING + entity
    return Sheet(
        draft, entity, values, drafting.waiting(desk, draft), names.get(values.get("pupil") or "")
    )


def _to_set(desk: Desk, pupil: str) -> Sheet:
    draft = NEW + pupil
    kept = drafting.waiting(desk, draft)
    chosen = sessions.pupil_in(kept) if kept else pupil
    with desk.vault.read() as connection:
        name = pupils(connection, desk.today).get(chosen or "")
        values = _as_usual(desk, connection, pupil) if name is not None else {}
    return Sheet(draft, None, values, kept, name)


def _as_usual(desk: Desk, connection: Connection, pupil: str) -> dict[str, Any]:
    """Last session's subject, and due when this pupil is next seen."""
    last = sessions.latest_with(connection, pupil)
    subject = last.values.get("subject") if last else None
    return {"pupil": pupil, "subject": subject, "due_on": _next_seen(desk, connection, pupil)}


def _next_seen(desk: Desk, connection: Connection, pupil: str) -> date | None:
    tomorrow = desk.today + timedelta(days=1)
    coming = occurrences(connection, tomorrow, tomorrow + LOOK_AHEAD, pupil=pupil)
    return wording.local_day(coming[0].start) if coming else None
