"""A unit of work: what one act of one person does to records, in one transaction.

Callers say what the values should be; the unit works out which registers really change, names
the operations each write replaces, and refuses what the declaration forbids. Every act is
operations plus the rows folded from them, or nothing at all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from oost_desktop import ids
from oost_desktop.changes import ChangeSet
from oost_desktop.errors import BugError, RefusedError, UserError
from oost_desktop.models.base import Audience, Record, Role, Scope
from oost_desktop.models.fields import FieldSpec, Rule
from oost_desktop.models.registry import RecordType, Registry
from oost_desktop.models.values import to_wire
from oost_desktop.store.fold import (
    Folded,
    element_sources,
    fold,
    replaced_by,
    standing_writes,
)
from oost_desktop.store.log import Appender
from oost_desktop.store.operations import DELETED, EVERYTHING, SEALED, Intent, Op, OpKind
from oost_desktop.store.projection import Tally, project, stored_ops


@dataclass(frozen=True, slots=True)
class Actor:
    """The person acting: their staff record's id and what they may do."""

    id: str
    role: Role


class FactNeedsReasonError(UserError):
    """A fact was to be changed without saying why."""

    def __init__(self, label: str) -> None:
        super().__init__(
            f"Say why {label[0].lower()}{label[1:]} is being corrected.",
            "The first entry stays in the history beside yours.",
        )


class UnitOfWork:
    """Collects one act's operations. Made by `Vault.act`; commit is the end of that block."""

    def __init__(
        self,
        connection: Connection,
        registry: Registry,
        appender: Appender,
        actor: Actor,
        wall_ms: Callable[[], int],
    ) -> None:
        self.connection = connection
        self.actor = actor
        self._registry = registry
        self._appender = appender
        self._wall_ms = wall_ms
        self._tally = Tally()

    def create(
        self,
        cls: type[Record] | str,
        values: Mapping[str, Any],
        *,
        entity: str | None = None,
        sealed: Mapping[str, Any] | None = None,
    ) -> str:
        """Create a record; the id is returned. `sealed` is ciphertext made by the caller.

        `entity` gives the record an id chosen before; BugError if it is taken.
        """
        record_type = self._writable(cls)
        if entity is None:
            entity = ids.record_id(self._wall_ms())
        elif self._ops(entity):
            raise BugError(f"This {record_type.about.singular} is there already.")
        self._do(record_type, [], self._new(record_type, entity, values, sealed))
        return entity

    def create_many(self, cls: type[Record] | str, many: Iterable[Mapping[str, Any]]) -> list[str]:
        """Create records of one type, folded and written as one set; their ids in order."""
        record_type = self._writable(cls)
        made: dict[str, list[Op]] = {}
        for values in many:
            entity = ids.record_id(self._wall_ms())
            made[entity] = [self._appender.append(self._new(record_type, entity, values, None))]
        self._tally.merge(project(self.connection, self._registry, made))
        return list(made)

    def _new(
        self,
        record_type: RecordType,
        entity: str,
        values: Mapping[str, Any],
        sealed: Mapping[str, Any] | None,
    ) -> Intent:
        _refuse_unknown(record_type, values)
        scope = self._scope_of_new(record_type, entity, values)
        written: dict[str, Any] = {}
        for unit, specs in record_type.units.items():
            wire = _unit_wire(specs, values, {})
            if wire is not None:
                written[unit] = wire
        if sealed is not None:
            written[SEALED] = sealed
        return Intent(record_type.name, entity, scope, OpKind.CREATE, written, {})

    def change(
        self,
        cls: type[Record] | str,
        entity: str,
        values: Mapping[str, Any],
        *,
        why: str | None = None,
    ) -> bool:
        """Change what differs; says whether anything did.

        Raises FactNeedsReasonError if a fact changes and `why` is empty.
        """
        record_type = self._writable(cls)
        _refuse_unknown(record_type, values)
        ops, folded = self._state(record_type, entity)
        _refuse_other_pupil(record_type, folded, values)
        written: dict[str, Any] = {}
        replaced: dict[str, list[str]] = {}
        for unit, specs in record_type.units.items():
            if not any(spec.name in values for spec in specs):
                continue
            if specs[0].rule is Rule.SET:
                _change_set(written, specs[0], values, ops)
            elif _change_register(written, specs, values, folded, why):
                replaced[unit] = [op.op_id for op in folded.heads[unit]]
        if not written:
            return False
        pred = {unit: op_ids for unit, op_ids in replaced.items() if op_ids}
        scope = str(folded.row["scope"])
        intent = Intent(record_type.name, entity, scope, OpKind.SET, written, pred, why)
        self._do(record_type, ops, intent)
        return True

    def settle(
        self, cls: type[Record] | str, entity: str, unit: str, wire: Any, *, why: str | None
    ) -> None:
        """Settle a clash: one value that replaces every head, and the reason."""
        record_type = self._writable(cls)
        ops, folded = self._state(record_type, entity)
        heads = [op.op_id for op in folded.heads[unit]]
        scope = str(folded.row["scope"])
        intent = Intent(
            record_type.name, entity, scope, OpKind.RESOLVE, {unit: wire}, {unit: heads}, why
        )
        self._do(record_type, ops, intent)

    def remove(self, cls: type[Record] | str, entity: str, *, why: str | None = None) -> None:
        """Remove a record from view. Nothing is erased, and `restore` brings it back."""
        record_type = self._writable(cls)
        ops, folded = self._state(record_type, entity)
        seen = sorted(standing_writes(ops, replaced_by(ops)))
        pred = {DELETED: [op.op_id for op in folded.heads[DELETED]], EVERYTHING: seen}
        self._mark_gone(record_type, ops, folded, OpKind.DELETE, pred, why, gone=True)

    def restore(self, cls: type[Record] | str, entity: str, *, why: str | None = None) -> None:
        """Bring a removed record back."""
        record_type = self._writable(cls)
        ops, folded = self._state(record_type, entity)
        pred = {DELETED: [op.op_id for op in folded.heads[DELETED]]}
        self._mark_gone(record_type, ops, folded, OpKind.UNDELETE, pred, why, gone=False)

    def _mark_gone(
        self,
        record_type: RecordType,
        ops: list[Op],
        folded: Folded,
        kind: OpKind,
        pred: Mapping[str, list[str]],
        why: str | None,
        *,
        gone: bool,
    ) -> None:
        scope, entity = str(folded.row["scope"]), str(folded.row["id"])
        named = {unit: op_ids for unit, op_ids in pred.items() if op_ids}
        intent = Intent(record_type.name, entity, scope, kind, {DELETED: gone}, named, why)
        self._do(record_type, ops, intent)

    def finish(self) -> ChangeSet:
        """Store the operations; the caller commits."""
        self._appender.flush()
        return self._tally.change_set("here")

    def _do(self, record_type: RecordType, before: list[Op], intent: Intent) -> None:
        op = self._appender.append(intent)
        known = frozenset([op.entity]) if before else frozenset[str]()
        done = project(self.connection, self._registry, {op.entity: [*before, op]}, known)
        self._tally.merge(done)

    def _state(self, record_type: RecordType, entity: str) -> tuple[list[Op], Folded]:
        ops = [op for op in self._ops(entity) if op.etype == record_type.name]
        if not ops:
            raise BugError(f"There is no such {record_type.about.singular}.")
        return ops, fold(record_type, ops)

    def _ops(self, entity: str) -> list[Op]:
        self._appender.flush()
        return stored_ops(self.connection, [entity]).get(entity, [])

    def _writable(self, cls: type[Record] | str) -> RecordType:
        record_type = self._registry.of(cls)
        if self.actor.role not in record_type.about.writers:
            raise RefusedError(
                f"Only the office may change {record_type.about.plural}.",
                "Ask your coordinator.",
            )
        return record_type

    def _scope_of_new(self, record_type: RecordType, entity: str, values: Mapping[str, Any]) -> str:
        if record_type.about.scope is not Scope.PUPIL:
            return record_type.about.scope.value
        pupil = entity if record_type.name == "pupil" else values.get("pupil")
        if pupil:
            return f"{Scope.PUPIL.value}:{pupil}"
        if record_type.about.audience is not Audience.CASE:
            # A concern about a child we do not know yet is still taken, and goes to the office.
            return Scope.OFFICE.value
        raise BugError(f"A {record_type.about.singular} needs its pupil.")


def _refuse_unknown(record_type: RecordType, values: Mapping[str, Any]) -> None:
    """A misspelt name must not lose what somebody typed, nor a sealed word be taken for kept."""
    storable = {spec.name for spec in record_type.stored}
    lost = [name for name in values if name not in storable]
    if lost:
        raise BugError(f"A {record_type.about.singular} has no place for {lost}.")


def _refuse_other_pupil(record_type: RecordType, folded: Folded, values: Mapping[str, Any]) -> None:
    """A record travels with its first pupil's file for ever, so it cannot become another's."""
    now = folded.row.get("pupil")
    if "pupil" in values and now is not None and values["pupil"] != now:
        raise RefusedError(
            f"This {record_type.about.singular} stays in the file it was written into.",
            "Remove it there, saying why, and record it for the right pupil.",
        )


def _unit_wire(
    specs: tuple[FieldSpec, ...], values: Mapping[str, Any], now: Mapping[str, Any]
) -> Any:
    """A unit's wire value from given values, filled up with what stands; None if empty."""
    first = specs[0]
    if first.rule is Rule.SET:
        words = values.get(first.name)
        return {"add": sorted(set(words))} if words else None
    if not first.register:
        return to_wire(first, values.get(first.name))
    # What a newer version keeps in this register stays in it.
    parts = dict(now)
    for spec in specs:
        if spec.name in values:
            parts[spec.name] = to_wire(spec, values[spec.name])
    filled = {name: wire for name, wire in parts.items() if wire is not None}
    return filled or None


def _change_register(
    written: dict[str, Any],
    specs: tuple[FieldSpec, ...],
    values: Mapping[str, Any],
    folded: Folded,
    why: str | None,
) -> bool:
    """Put a register's new value into `written` if it differs from what is shown."""
    unit = specs[0].unit
    heads = folded.heads[unit]
    now = heads[-1].set_[unit] if heads else None
    wanted = _unit_wire(specs, values, now if isinstance(now, dict) else {})
    if wanted == now:
        return False
    if specs[0].rule is Rule.FACT and now is not None and not why:
        raise FactNeedsReasonError(specs[0].label)
    written[unit] = wanted
    return True


def _change_set(
    written: dict[str, Any], spec: FieldSpec, values: Mapping[str, Any], ops: list[Op]
) -> None:
    """Put what was added to and taken from a set into `written`."""
    standing = element_sources(spec.name, ops)
    wanted = set(values.get(spec.name) or ())
    added = sorted(wanted - standing.keys())
    taken = [[word, standing[word]] for word in sorted(standing.keys() - wanted)]
    change: dict[str, Any] = {}
    if added:
        change["add"] = added
    if taken:
        change["rem"] = taken
    if change:
        written[spec.name] = change
