"""Who wrote what into a record, when, on which computer, and what it replaced.

Read from the operations alone, so it also tells of records that are removed, of fields of a
newer version, and of what arrived later than it was written. Sealed words never show.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from oost_desktop.errors import BugError
from oost_desktop.models.fields import FieldSpec, Rule
from oost_desktop.models.registry import RecordType, Registry
from oost_desktop.models.values import Value, fits, from_wire
from oost_desktop.store import hlc
from oost_desktop.store.fold import change_of_set, fold
from oost_desktop.store.operations import DELETED, SEALED, Op, OpKind
from oost_desktop.store.projection import stored_ops

_LAST_SECOND = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


@dataclass(frozen=True, slots=True)
class Edit:
    """One field before and after. For a set: what was taken out, and what was put in."""

    field: str
    label: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Change:
    """One operation. `wall` is what that computer's clock said, `when` its place in the order."""

    op_id: str
    kind: OpKind | str
    user: str
    device: str
    when: datetime
    wall: datetime
    hlc: int
    why: str | None
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class ClashSide:
    """One of the values that stand against each other; a group's is by field name."""

    op_id: str
    user: str
    device: str
    when: datetime
    value: Value | Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class RecordClash:
    """A register two people changed unseen. The last side is the one now shown.

    `before` is what both of them saw when they wrote, if it was the same.
    """

    unit: str
    labels: tuple[str, ...]
    before: Value | Mapping[str, Value]
    sides: tuple[ClashSide, ...]


def history(connection: Connection, registry: Registry, etype: str, entity: str) -> list[Change]:
    """A record's changes, oldest first. Nothing is put before what it replaced."""
    record_type = registry.of(etype)
    ops = _in_order(_ops(connection, record_type, entity))
    by_id = {op.op_id: op for op in ops}
    return [_change(record_type, op, by_id) for op in ops]


def clashes(
    connection: Connection, registry: Registry, etype: str, entity: str
) -> list[RecordClash]:
    """What of a record needs somebody to decide."""
    record_type = registry.of(etype)
    ops = _ops(connection, record_type, entity)
    by_id = {op.op_id: op for op in ops}
    folded = fold(record_type, ops)
    found = []
    for clash in folded.clashes:
        specs = record_type.units[clash.unit]
        heads = folded.heads[clash.unit]
        replaced = {tuple(sorted(op.pred.get(clash.unit, ()))) for op in heads}
        before = _latest(by_id, heads[0], clash.unit) if len(replaced) == 1 else None
        found.append(
            RecordClash(
                clash.unit,
                tuple(spec.label for spec in specs),
                None if before is None else _unit_value(specs, before.set_[clash.unit]),
                tuple(_side(op, specs) for op in heads),
            )
        )
    return found


def _ops(connection: Connection, record_type: RecordType, entity: str) -> list[Op]:
    ops = stored_ops(connection, [entity]).get(entity, [])
    ops = [op for op in ops if op.etype == record_type.name]
    if not ops:
        raise BugError(f"There is no such {record_type.about.singular}.")
    return ops


def _in_order(ops: Iterable[Op]) -> list[Op]:
    """By hybrid time, except that a wrong clock never puts a change before what it saw."""
    by_id = {op.op_id: op for op in ops}
    waits = {op.op_id: _seen(op) & by_id.keys() for op in by_id.values()}
    followers: dict[str, list[str]] = {}
    for op_id, before in waits.items():
        for earlier in before:
            followers.setdefault(earlier, []).append(op_id)
    ready = [(by_id[op_id].hlc, op_id) for op_id, before in waits.items() if not before]
    heapq.heapify(ready)
    ordered = []
    while ready:
        _time, op_id = heapq.heappop(ready)
        ordered.append(by_id[op_id])
        for follower in followers.get(op_id, ()):
            waits[follower] = waits[follower] - {op_id}
            if not waits[follower]:
                heapq.heappush(ready, (by_id[follower].hlc, follower))
    return ordered


def _seen(op: Op) -> set[str]:
    return {op_id for op_ids in op.pred.values() for op_id in op_ids}


def _change(record_type: RecordType, op: Op, by_id: Mapping[str, Op]) -> Change:
    edits: list[Edit] = []
    for unit, wire in op.set_.items():
        if unit == DELETED:
            continue
        specs = record_type.units.get(unit)
        if specs is None:
            edits.append(_unknown_edit(unit, wire))
        elif specs[0].rule is Rule.SET:
            edits.append(_set_edit(specs[0], op))
        else:
            earlier = _latest(by_id, op, unit)
            edits += _edits(specs, earlier.set_[unit] if earlier else None, wire)
    return Change(
        op.op_id,
        op.kind,
        op.user,
        op.device,
        hlc.moment_of(op.hlc),
        _wall(op.wall),
        op.hlc,
        op.why,
        tuple(edits),
    )


def _wall(ms: int) -> datetime:
    # A clock may say anything; what no calendar has is shown as its first or last day.
    return datetime.fromtimestamp(min(max(ms // 1000, 0), _LAST_SECOND), UTC)


def _latest(by_id: Mapping[str, Op], op: Op, unit: str) -> Op | None:
    """What this write replaced and its author was shown; None if it has not arrived here."""
    there = [by_id[op_id] for op_id in op.pred.get(unit, ()) if op_id in by_id]
    there = [earlier for earlier in there if unit in earlier.set_]
    return max(there, key=lambda earlier: (earlier.hlc, earlier.op_id), default=None)


def _edits(specs: Sequence[FieldSpec], before: Any, after: Any) -> list[Edit]:
    grouped = bool(specs[0].register)
    found = []
    for spec in specs:
        old = _part(spec, before, grouped=grouped)
        new = _part(spec, after, grouped=grouped)
        if old != new:
            found.append(Edit(spec.name, spec.label, old, new))
    return found


def _set_edit(spec: FieldSpec, op: Op) -> Edit:
    added, taken = change_of_set(op, spec.name)
    gone = tuple(word for word, _seen in taken)
    return Edit(spec.name, spec.label, gone or None, tuple(added) or None)


def _unknown_edit(unit: str, wire: Any) -> Edit:
    """A newer version's field under its own name; of sealed words, only that they are there."""
    if unit == SEALED:
        return Edit(unit, "Sealed words", None, None)
    return Edit(unit, unit, None, str(wire))


def _side(op: Op, specs: Sequence[FieldSpec]) -> ClashSide:
    value = _unit_value(specs, op.set_[specs[0].unit])
    return ClashSide(op.op_id, op.user, op.device, hlc.moment_of(op.hlc), value)


def _unit_value(specs: Sequence[FieldSpec], wire: Any) -> Value | Mapping[str, Value]:
    if specs[0].register:
        return {spec.name: _part(spec, wire, grouped=True) for spec in specs}
    return _part(specs[0], wire, grouped=False)


def _part(spec: FieldSpec, wire: Any, *, grouped: bool) -> Value:
    if grouped:
        wire = wire.get(spec.name) if isinstance(wire, dict) else None
    return from_wire(spec, wire) if fits(spec, wire) else None
