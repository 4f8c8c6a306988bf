"""Writing in a pupil's file: one way in for each kind of record, by the act that knows its rules.

Most kinds have no rules but their declaration; a placement, an allocation, a weekly hour, a plan
and a target have, and theirs are used. Adds no rule of its own.
"""

from collections.abc import Callable, Mapping
from typing import Any

from oost_desktop.errors import UserError
from oost_desktop.models.problems import Problem
from oost_desktop.services import placements, plans, records
from oost_desktop.services.desk import Desk
from oost_desktop.services.records import Option
from oost_desktop.services.standing import current_allocations

Values = Mapping[str, Any]
Add = Callable[[Desk, str, dict[str, Any]], str]
Change = Callable[[Desk, str, dict[str, Any]], None]
CURRENT = "CURRENT"


def add(desk: Desk, etype: str, pupil: str, values: Values) -> str:
    """Put a record into a pupil's file; its id. Raises InvalidError, UserError, RefusedError."""
    adder = _ADDERS.get(etype)
    if adder is not None:
        return adder(desk, pupil, dict(values))
    filled = dict(values) if etype == "pupil" else {**values, "pupil": pupil}
    return records.save(desk, etype, filled)


def change(desk: Desk, etype: str, entity: str, changes: Values, why: str | None = None) -> None:
    """Change a record of a file. Raises InvalidError, FactNeedsReasonError, UserError."""
    changer = _CHANGERS.get(etype)
    if changer is not None:
        changer(desk, entity, dict(changes))
    else:
        records.save(desk, etype, changes, entity=entity, why=why)


def remarks(desk: Desk, etype: str, values: Values, entity: str | None) -> list[Problem]:
    """What is to be read before saving and may be passed: an hour too many, no allocation."""
    if etype != "timetable_slot":
        return []
    found = placements.slot_problems(desk, values, entity)
    # What stops a save is said by the save itself.
    return [problem for problem in found if problem.warning]


def likely(desk: Desk, etype: str, pupil: str) -> dict[str, Any]:
    """What a new record probably says: this pupil, from today, with the tutor they have."""
    if etype == "pupil":
        return {}
    values: dict[str, Any] = {"pupil": pupil}
    if etype == "allocation":
        values["starts"] = desk.today
    if etype == "timetable_slot":
        values["first_day"] = desk.today
        with desk.vault.read() as connection:
            given = current_allocations(connection, desk.today, pupil)
        if given:
            values |= {"tutor": given[-1].tutor, "subject": given[-1].subject}
    return values


def tutors(desk: Desk) -> list[Option]:
    """Everyone who teaches, those with least to carry first, with how much that is."""
    return [Option(row.id, f"{row.name} · {row.words}") for row in placements.tutors(desk)]


def begin_plan(desk: Desk, pupil: str) -> str:
    """A draft of the next education plan, or the one that was begun; its id."""
    try:
        return plans.begin(desk, pupil)
    except UserError:
        drafts = records.ids(desk, "education_plan", where={"pupil": pupil, "state": "DRAFT"})
        if not drafts:
            raise
        return drafts[0]


def _add_placement(desk: Desk, pupil: str, values: dict[str, Any]) -> str:
    return placements.start_placement(desk, pupil, values)


def _add_allocation(desk: Desk, pupil: str, values: dict[str, Any]) -> str:
    if not values.get("tutor") or not values.get("starts") or values.get("ends"):
        return records.save(desk, "allocation", {**values, "pupil": pupil})
    tutor, starts = values["tutor"], values["starts"]
    return placements.allocate(desk, pupil, tutor, values.get("subject"), starts)


def _add_slot(desk: Desk, pupil: str, values: dict[str, Any]) -> str:
    return placements.save_slot(desk, {**values, "pupil": pupil})


def _add_target(desk: Desk, pupil: str, values: dict[str, Any]) -> str:
    return plans.add_target(desk, pupil, values)


def _change_placement(desk: Desk, entity: str, changes: dict[str, Any]) -> None:
    last = changes.pop("ends", None)
    because = changes.pop("ended_because", None)
    if changes:
        records.save(desk, "placement", changes, entity=entity)
    if last is not None:
        # With the last day go the allocations and the weekly hours (SLA, schools 12).
        placements.end_placement(desk, entity, last, because)
    elif because is not None:
        records.save(desk, "placement", {"ended_because": because}, entity=entity)


def _change_allocation(desk: Desk, entity: str, changes: dict[str, Any]) -> None:
    last = changes.pop("ends", None)
    if changes:
        records.save(desk, "allocation", changes, entity=entity)
    if last is not None:
        placements.end_allocation(desk, entity, last)


def _change_slot(desk: Desk, entity: str, changes: dict[str, Any]) -> None:
    placements.save_slot(desk, changes, entity)


def _change_plan(desk: Desk, entity: str, changes: dict[str, Any]) -> None:
    in_force = changes.get("state") == CURRENT
    if in_force:
        del changes["state"]
    if changes:
        plans.save(desk, entity, changes)
    if in_force:
        plans.make_current(desk, entity)


_ADDERS: Mapping[str, Add] = {
    "placement": _add_placement,
    "allocation": _add_allocation,
    "timetable_slot": _add_slot,
    "target": _add_target,
}
_CHANGERS: Mapping[str, Change] = {
    "placement": _change_placement,
    "allocation": _change_allocation,
    "timetable_slot": _change_slot,
    "education_plan": _change_plan,
    "target": plans.change_target,
}
