"""The education plan: the one in force, its next version, and targets with the pupil's own view.

A new version is a copy that replaces the one before when it is agreed; nothing is written over
(its states: draft, agreed, current, superseded).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from oost_desktop.errors import UserError
from oost_desktop.models import EducationPlan, Target
from oost_desktop.models.codes import code_list
from oost_desktop.models.problems import Problem
from oost_desktop.services import marks
from oost_desktop.services.desk import Desk, InvalidError, checked, current_values
from oost_desktop.services.pupil_file import TargetRow, target_rows
from oost_desktop.services.pupils import review_interval
from oost_desktop.services.standing import open_placements
from oost_desktop.services.term_calendar import calendar_of

_COPIED = (
    "pupil", "pupil_views", "parent_views", "views_differ", "medical_impact", "baseline",
    "provision", "integration",
)  # fmt: skip
_IN_FORCE = ("CURRENT", "AGREED", "DRAFT")
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with its targets. `remarks` say what it still lacks; none of them stops anybody."""

    id: str
    values: Mapping[str, Any]
    state: str
    targets: tuple[TargetRow, ...]
    remarks: tuple[Problem, ...]


def current(desk: Desk, pupil: str) -> Plan | None:
    """The plan a pupil works to: the current one, else the agreed, else the draft."""
    with desk.vault.read() as connection:
        found = _current_id(connection, pupil)
        return None if found is None else _plan(connection, found)


def plan(desk: Desk, entity: str) -> Plan:
    """One version of a plan."""
    with desk.vault.read() as connection:
        return _plan(connection, entity)


def begin(desk: Desk, pupil: str) -> str:
    """A first draft, or a draft copied from the plan in force. One draft at a time."""
    with desk.vault.act(desk.actor) as unit:
        before = _current_id(unit.connection, pupil)
        values: dict[str, Any] = {"pupil": pupil}
        if before is not None:
            standing = current_values(unit.connection, EducationPlan, before) or {}
            if standing.get("state") == "DRAFT" or _draft(unit.connection, pupil):
                raise UserError("There is a draft of a new plan already.", "Open that one.")
            values = {name: standing[name] for name in _COPIED if standing.get(name)}
        values["review_by"] = _review_by(unit.connection, desk, pupil)
        return unit.create(EducationPlan, {**values, "state": "DRAFT"})


def save(desk: Desk, entity: str, values: Mapping[str, Any]) -> None:
    """Change a plan that may still be changed. Raises InvalidError, UserError."""
    with desk.vault.act(desk.actor) as unit:
        standing = current_values(unit.connection, EducationPlan, entity) or {}
        if not _is_editable(standing.get("state")):
            raise UserError("This version has been superseded.", "Change the current one.")
        checked(desk, EducationPlan, {**standing, **values})
        unit.change(EducationPlan, entity, values)


def make_current(desk: Desk, entity: str) -> None:
    """Put a version in force today: those before it are superseded, open targets move to it."""
    with desk.vault.act(desk.actor) as unit:
        standing = current_values(unit.connection, EducationPlan, entity) or {}
        pupil = str(standing["pupil"])
        for other, _state in _versions(unit.connection, pupil):
            if other != entity:
                unit.change(EducationPlan, other, {"state": "SUPERSEDED"})
        agreed = standing.get("agreed_on") or desk.today
        unit.change(EducationPlan, entity, {"state": "CURRENT", "agreed_on": agreed})
        for target in target_rows(unit.connection, pupil):
            if target.is_open and target.plan != entity:
                unit.change(Target, target.id, {"plan": entity})


def add_target(desk: Desk, pupil: str, values: Mapping[str, Any]) -> str:
    """Set a target: kind, wording, and who set it (SLA: children set their own). InvalidError."""
    with desk.vault.act(desk.actor) as unit:
        filled = {"pupil": pupil, "plan": _current_id(unit.connection, pupil), **values}
        checked(desk, Target, filled)
        return unit.create(Target, filled)


def change_target(desk: Desk, target: str, values: Mapping[str, Any]) -> None:
    """Change a target, or say what became of it."""
    with desk.vault.act(desk.actor) as unit:
        standing = current_values(unit.connection, Target, target) or {}
        checked(desk, Target, {**standing, **values})
        unit.change(Target, target, values)


def rate_target(desk: Desk, target: str, rating: int, words: str = "") -> None:
    """How the pupil sees it, 1 to 5, and in their own words if they said something (SLA)."""
    if not LOWEST <= rating <= HIGHEST:
        raise InvalidError([Problem("self_rating", "A rating is from 1 to 5.")])
    values: dict[str, Any] = {"self_rating": rating}
    if words.strip():
        values["self_words"] = words.strip()
    change_target(desk, target, values)


def _plan(connection: Connection, entity: str) -> Plan:
    values = current_values(connection, EducationPlan, entity)
    if values is None:
        raise UserError("This plan is not on this computer.")
    targets = tuple(
        row for row in target_rows(connection, str(values["pupil"])) if row.plan in (entity, None)
    )
    state = str(values.get("state") or "")
    remarks = tuple(_remarks(values, targets))
    return Plan(entity, values, state, targets, remarks)


def _remarks(values: Mapping[str, Any], targets: tuple[TargetRow, ...]) -> list[Problem]:
    """What the agreement asks of a plan (SLA, O14 and O15, schools 2). Shown, never enforced."""
    found = []
    if not values.get("pupil_views"):
        found.append(Problem("pupil_views", "The pupil's own views are missing.", warning=True))
    if not values.get("parent_views"):
        found.append(Problem("parent_views", "The parents' views are missing.", warning=True))
    for kind in code_list("target_kinds").where("required_in_plan", "1").codes:
        if not any(row.kind == kind.label for row in targets):
            message = f"There is no {kind.label.lower()} target."
            found.append(Problem("targets", message, warning=True))
    if not any(row.set_by_pupil for row in targets):
        found.append(Problem("targets", "No target was set by the pupil.", warning=True))
    return found


def _is_editable(state: str | None) -> bool:
    return state is None or code_list("plan_states").extra(state, "editable") != "0"


def _versions(connection: Connection, pupil: str) -> list[tuple[str, str]]:
    query: Select[*tuple[Any, ...]] = (
        select(EducationPlan.id, EducationPlan.state)
        .where(
            EducationPlan.pupil == pupil,
            EducationPlan.gone.is_(False),
            EducationPlan.state.in_(_IN_FORCE),
        )
        .order_by(EducationPlan.agreed_on.desc(), EducationPlan.made.desc())
    )
    return [(entity, state) for entity, state in connection.execute(query)]


def _current_id(connection: Connection, pupil: str) -> str | None:
    versions = _versions(connection, pupil)
    return next((e for wanted in _IN_FORCE for e, state in versions if state == wanted), None)


def _draft(connection: Connection, pupil: str) -> bool:
    return any(state == "DRAFT" for _entity, state in _versions(connection, pupil))


def _review_by(connection: Connection, desk: Desk, pupil: str) -> Any:
    place = open_placements(connection, desk.today, pupil).get(pupil)
    if place is None:
        return None
    every = review_interval(connection)
    calendar = calendar_of(connection)
    return marks.review(calendar, place.starts, place.last_review, every, desk.today).hold_by
