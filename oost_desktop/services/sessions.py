"""Recording sessions: what was planned, what happened, and what the rules remark on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from oost_desktop import ids
from oost_desktop.models import RECORDS, Session, Target
from oost_desktop.models.plan import is_closed
from oost_desktop.models.problems import Problem
from oost_desktop.models.session import was_taught
from oost_desktop.services import drafting, records, session_checks
from oost_desktop.services.desk import Desk, InvalidError, current_values, errors_of
from oost_desktop.services.drafting import KeptDraft
from oost_desktop.services.naming import PupilName, pupils
from oost_desktop.services.timetable import Occurrence

DEFAULT_LENGTH = timedelta(hours=1)
_CARRIED_OVER = ("subject", "venue", "place", "mode", "adult", "target")


@dataclass(frozen=True, slots=True)
class LastTime:
    """The latest written-up session with a pupil: what was covered and what was to come."""

    covered: str
    next_step: str
    values: Mapping[str, Any]


def planned_values(desk: Desk, hour: Occurrence) -> dict[str, Any]:
    """A session form filled from the timetable: taught as planned, with last time's adult."""
    last = last_time(desk, hour.pupil)
    values: dict[str, Any] = {
        "pupil": hour.pupil,
        "tutor": hour.tutor,
        "slot": hour.slot,
        "subject": hour.subject,
        "starts": hour.start,
        "ends": hour.end,
        "venue": hour.venue,
        "place": hour.place,
        "mode": hour.mode,
        "outcome": "ATTENDED",
    }
    if last is not None:
        values["adult"] = last.values.get("adult")
        open_targets = {target.id for target in targets_of(desk, hour.pupil)}
        carried = last.values.get("target")
        is_same_subject = last.values.get("subject") == hour.subject
        values["target"] = carried if is_same_subject and carried in open_targets else None
    return values


def unplanned_values(desk: Desk, pupil: str | None = None) -> dict[str, Any]:
    """A session form for an hour nobody planned: it has just ended."""
    end = desk.clock.now().replace(second=0, microsecond=0)
    end -= timedelta(minutes=end.minute % 5)
    values: dict[str, Any] = {
        "pupil": pupil,
        "tutor": desk.person.id,
        "starts": end - DEFAULT_LENGTH,
        "ends": end,
        "outcome": "ATTENDED",
    }
    last = None if pupil is None else last_time(desk, pupil)
    if last is not None:
        values.update(as_last_time(last))
    return values


def as_last_time(last: LastTime) -> dict[str, Any]:
    """What usually stays the same from one session to the next."""
    return {name: last.values.get(name) for name in _CARRIED_OVER}


def last_time(desk: Desk, pupil: str) -> LastTime | None:
    """The latest session with a pupil that was taught."""
    with desk.vault.read() as connection:
        return latest_with(connection, pupil)


def latest_with(connection: Connection, pupil: str) -> LastTime | None:
    """As `last_time`, on a connection already open."""
    taught_ids = connection.execute(
        select(Session.id, Session.outcome)
        .where(Session.pupil == pupil, Session.gone.is_(False), Session.outcome.is_not(None))
        .order_by(Session.starts.desc())
        .limit(20)
    )
    for entity, outcome in taught_ids:
        if outcome and was_taught(outcome):
            values = current_values(connection, Session, entity) or {}
            return LastTime(values.get("covered") or "", values.get("next_step") or "", values)
    return None


def record(desk: Desk, values: Mapping[str, Any]) -> str:
    """Keep a new session. Raises InvalidError."""
    found = errors_of(problems(desk, values))
    if found:
        raise InvalidError(found)
    with desk.vault.act(desk.actor) as unit:
        return unit.create(Session, values)


def correct(desk: Desk, entity: str, changes: Mapping[str, Any], *, why: str | None = None) -> str:
    """Change a recorded session. Raises InvalidError, and FactNeedsReasonError without `why`."""
    standing = records.values_of(desk, "session", entity)
    found = errors_of(problems(desk, {**standing, **changes}, entity))
    if found:
        raise InvalidError(found)
    with desk.vault.act(desk.actor) as unit:
        unit.change(Session, entity, changes, why=why)
    return entity


def problems(desk: Desk, values: Mapping[str, Any], entity: str | None = None) -> list[Problem]:
    """Everything to be said about a session before it is kept: errors, and warnings to pass."""
    found = RECORDS.of(Session).problems({**values, "_today": desk.today})
    start, end = values.get("starts"), values.get("ends")
    if start is None or end is None or errors_of(found):
        return found
    with desk.vault.read() as connection:
        found.extend(session_checks.remarks(connection, values, entity, desk.today))
    if start > desk.clock.now():
        found.append(Problem("starts", "This session has not begun yet.", warning=True))
    return found


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """A target a session can work towards; whose own it is stands beside it."""

    id: str
    wording: str
    set_by_pupil: bool


def targets_of(desk: Desk, pupil: str) -> list[TargetChoice]:
    """A pupil's open targets."""
    with desk.vault.read() as connection:
        rows = connection.execute(
            select(Target.id, Target.wording, Target.set_by, Target.outcome)
            .where(Target.pupil == pupil, Target.gone.is_(False))
            .order_by(Target.kind, Target.wording)
        )
        return [
            TargetChoice(row[0], row[1] or "", row[2] == "PUPIL")
            for row in rows
            if not is_closed(row[3])
        ]


@dataclass(frozen=True, slots=True)
class ForPupil:
    """An hour nobody planned, with a pupil who is known already: their file was open."""

    pupil: str


@dataclass(frozen=True)
class Sheet:
    """A session form as it opens: what it holds, what the record held, and a draft if one waits.

    `draft` names the form in the journal, so that the same hour always finds its own words again.
    """

    draft: str
    entity: str | None
    values: Mapping[str, Any]
    base: Mapping[str, Any]
    kept: KeptDraft | None
    pupil: PupilName | None
    planned: bool
    targets: tuple[TargetChoice, ...]


def sheet(desk: Desk, asked: Occurrence | ForPupil | None, draft: str | None = None) -> Sheet:
    """The form for a planned or recorded hour, for a kept draft, or for an hour nobody planned."""
    hour = asked if isinstance(asked, Occurrence) else None
    name_of_draft = draft or draft_of(asked)
    found = drafting.waiting(desk, name_of_draft)
    entity = hour.session if hour else _recorded_as(draft)
    base: Mapping[str, Any] = {}
    if found is not None:
        values: Mapping[str, Any] = {"pupil": pupil_in(found)}
        entity = found.subject
    elif entity is not None:
        values = base = records.values_of(desk, "session", entity)
    else:
        known = asked.pupil if isinstance(asked, ForPupil) else None
        values = planned_values(desk, hour) if hour else unplanned_values(desk, known)
    pupil = values.get("pupil")
    with desk.vault.read() as connection:
        name = pupils(connection, desk.today).get(pupil or "")
    return Sheet(
        found.id if found else name_of_draft,
        entity,
        values,
        base,
        found,
        name,
        hour is not None and hour.slot is not None,
        tuple(targets_of(desk, pupil)) if pupil else (),
    )


def draft_of(hour: Occurrence | ForPupil | None) -> str:
    """The name under which an hour's form is journalled."""
    if hour is None:
        return "session:unplanned"
    if isinstance(hour, ForPupil):
        return f"session:unplanned:{hour.pupil}"
    if hour.session is not None:
        return f"session:{hour.session}"
    return f"session:{hour.slot}:{hour.start:%Y-%m-%d}"


def _recorded_as(draft: str | None) -> str | None:
    """The session a form's name stands for, if it is one that was recorded."""
    entity = (draft or "").removeprefix("session:")
    return entity if len(entity) == len(ids.record_id()) else None


def pupil_in(kept: KeptDraft) -> str | None:
    """The pupil a kept form is about."""
    values = kept.content.get("values", {})
    return values.get("pupil") if isinstance(values, dict) else None
