"""The fold: a record's row as a pure function of the set of its operations.

Order does not matter, nor does when each operation arrived: the heads of a register are the
writes that no operation of the record names as replaced. One head, or several that say the
same, is the value; several that differ are a clash, of which the latest is shown until somebody
settles it. A removal hides a record only if it saw every standing write, also to sets and to
fields of a newer version; otherwise the record stays and is marked disputed.
(`docs/decisions/0003-operations-and-fold.md`.)

Operations of types or fields this version does not know are passed over here and kept in the
log, so an upgrade folds them as if it had always been there. Nothing here reads or writes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oost_desktop import canonical
from oost_desktop.models.columns import tags_text
from oost_desktop.models.fields import FieldSpec, Rule
from oost_desktop.models.registry import RecordType
from oost_desktop.models.values import fits
from oost_desktop.store.operations import DELETED, EVERYTHING, Op, OpKind


@dataclass(frozen=True, slots=True)
class Clash:
    """A register that two people changed unseen; `heads` are operation ids, sorted."""

    unit: str
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """A record's state. `row` has the stored form of every column; `heads` every register's."""

    row: Mapping[str, Any]
    heads: Mapping[str, tuple[Op, ...]]
    clashes: tuple[Clash, ...]


def fold(record_type: RecordType, ops: Sequence[Op]) -> Folded:
    """The state of one record from at least one of its operations, in any order."""
    if len(ops) == 1 and ops[0].kind == OpKind.CREATE:
        return _fold_one(record_type, ops[0])
    ordered = sorted({op.op_id: op for op in ops}.values(), key=_display_order)
    replaced = replaced_by(ordered)
    row: dict[str, Any] = {}
    heads: dict[str, tuple[Op, ...]] = {}
    clashes: list[Clash] = []
    for unit, specs in record_type.units.items():
        if specs[0].rule is Rule.SET:
            row[unit] = _elements(unit, ordered)
            continue
        found = _heads(unit, ordered, replaced)
        heads[unit] = found
        _write_unit(row, specs, found[-1].set_[unit] if found else None)
        if len({canonical.dumps(op.set_[unit]) for op in found}) > 1:
            clashes.append(Clash(unit, tuple(sorted(op.op_id for op in found))))
    heads[DELETED] = _heads(DELETED, ordered, replaced)
    gone, disputed = _removal(heads[DELETED], standing_writes(ordered, replaced))
    _write_shared(row, ordered, len(clashes), gone, disputed)
    return Folded(row, heads, tuple(clashes))


def element_sources(unit: str, ops: Iterable[Op]) -> dict[str, list[str]]:
    """For each element of a set, the ids of the operations whose additions still stand."""
    ordered = list(ops)
    removed = {
        (op_id, element)
        for op in ordered
        for element, op_ids in change_of_set(op, unit)[1]
        for op_id in op_ids
    }
    standing: dict[str, list[str]] = {}
    for op in ordered:
        for element in change_of_set(op, unit)[0]:
            if (op.op_id, element) not in removed:
                standing.setdefault(element, []).append(op.op_id)
    return standing


def _display_order(op: Op) -> tuple[int, str]:
    return op.hlc, op.op_id


def _fold_one(record_type: RecordType, op: Op) -> Folded:
    """The common case, and the one imports spend their time in: a record only created."""
    row: dict[str, Any] = {}
    heads: dict[str, tuple[Op, ...]] = {}
    only = (op,)
    for unit, specs in record_type.units.items():
        if specs[0].rule is Rule.SET:
            row[unit] = _elements(unit, only) if unit in op.set_ else None
        elif unit in op.set_:
            heads[unit] = only
            _write_unit(row, specs, op.set_[unit])
        else:
            heads[unit] = ()
            _write_unit(row, specs, None)
    heads[DELETED] = ()
    _write_shared(row, only, 0, gone=False, disputed=False)
    return Folded(row, heads, ())


def replaced_by(ops: Iterable[Op]) -> dict[str, set[str]]:
    """By unit, the ids that some operation replaces: also of operations still to come."""
    replaced: dict[str, set[str]] = {}
    for op in ops:
        for unit, op_ids in op.pred.items():
            if unit != EVERYTHING:
                replaced.setdefault(unit, set()).update(op_ids)
    return replaced


def _heads(unit: str, ops: Iterable[Op], replaced: Mapping[str, set[str]]) -> tuple[Op, ...]:
    gone = replaced.get(unit, frozenset[str]())
    return tuple(op for op in ops if unit in op.set_ and op.op_id not in gone)


def _write_unit(row: dict[str, Any], specs: Sequence[FieldSpec], wire: Any) -> None:
    if len(specs) == 1 and not specs[0].register:
        row[specs[0].name] = wire if fits(specs[0], wire) else None
        return
    parts = wire if isinstance(wire, dict) else {}
    for spec in specs:
        part = parts.get(spec.name)
        row[spec.name] = part if fits(spec, part) else None


def change_of_set(op: Op, unit: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """What an operation puts into a set, and takes out: each with the additions it saw."""
    taken = [(word, seen) for word, seen in _listed(op, unit, "rem", _is_removal)]
    return _listed(op, unit, "add", _is_element), taken


def _listed(op: Op, unit: str, part: str, is_sound: Callable[[Any], bool]) -> list[Any]:
    change = op.set_.get(unit)
    found = change.get(part) if isinstance(change, dict) else None
    return [item for item in found if is_sound(item)] if isinstance(found, list) else []


def _is_element(item: Any) -> bool:
    return isinstance(item, str)


def _is_removal(item: Any) -> bool:
    if not (isinstance(item, list) and len(item) == 2 and isinstance(item[1], list)):
        return False
    return all(isinstance(word, str) for word in (item[0], *item[1]))


def _elements(unit: str, ops: Iterable[Op]) -> str | None:
    standing = element_sources(unit, ops)
    return tags_text(list(standing)) if standing else None


def standing_writes(ops: Iterable[Op], replaced: Mapping[str, set[str]]) -> set[str]:
    """The ids of operations of which some write still counts, known to this version or not."""
    nothing = frozenset[str]()
    return {
        op.op_id
        for op in ops
        for unit in op.set_
        if unit != DELETED and op.op_id not in replaced.get(unit, nothing)
    }


def _removal(heads: Sequence[Op], standing: set[str]) -> tuple[bool, bool]:
    removals = [op for op in heads if op.set_[DELETED]]
    if not removals:
        return False, False
    seen = {op_id for op in removals for op_id in op.pred.get(EVERYTHING, ())}
    saw_everything = standing <= seen and len(removals) == len(heads)
    return saw_everything, not saw_everything


def _write_shared(
    row: dict[str, Any], ordered: Sequence[Op], clashing: int, gone: bool, disputed: bool
) -> None:
    first = next((op for op in ordered if op.kind == OpKind.CREATE), ordered[0])
    row["id"] = first.entity
    row["scope"] = first.scope
    row["author"] = first.user
    row["made"] = ordered[0].hlc
    row["changed"] = ordered[-1].hlc
    row["clashing"] = clashing
    row["gone"] = gone
    row["disputed"] = disputed
