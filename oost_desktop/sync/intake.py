"""Taking operations in, in memory: known ones passed over, new ones judged and folded.

Works in sets of thousands: which are known, which records exist, which operations are named are
each one question to the database. Nothing is written. The common case, a record created once and
never touched again, is folded as it passes and its parsed form forgotten, so that a bundle of
50,000 stays small in memory.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from oost_desktop.errors import RefusedError
from oost_desktop.models.registry import Registry
from oost_desktop.progress import Cancel, Progress
from oost_desktop.store.log import BODY, ENTITY, OP_ID, OpRow, op_row
from oost_desktop.store.operations import (
    Op,
    OpKind,
    entry_hash,
    read_own,
    read_untrusted,
)
from oost_desktop.store.projection import (
    APPLIED,
    Projected,
    creation_rows,
    fold_into,
    stored_ops,
)
from oost_desktop.sync.judging import (
    LATE,
    QUARANTINED,
    REFUSED,
    UNKNOWN_TYPE,
    Judge,
    Verdict,
    named_by,
)
from oost_desktop.sync.report import ClashSeen, Counts, Refusal, Side

CHUNK = 2000
_FORGED = "This bundle holds a change that poses as one to another record."

Candidate = tuple[bytes, bytes, bytes, bytes, bytes | None]
"""An operation as it came: bytes, digest, previous link, signature, and its link if computed."""


@dataclass
class Taken:
    """What an intake found: rows to store, records folded, what to remark and to report."""

    op_rows: list[OpRow] = field(default_factory=list)
    projected: Projected = field(default_factory=Projected)
    remarks: list[tuple[str, str, str]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    clashes: tuple[ClashSeen, ...] = ()
    latest: int = 0


class Intake:
    """Takes candidates in; `finish` gives what was found. One bundle, one intake."""

    def __init__(
        self, connection: Connection, registry: Registry, judge: Judge, batch: str
    ) -> None:
        self._connection = connection
        self._registry = registry
        self._judge = judge
        self._batch = batch
        self._taken = Taken()
        self._seen: set[str] = set()
        self._single: dict[str, tuple[str, str, int, tuple[object, ...]]] = {}
        self._several: dict[str, list[bytes]] = {}
        self._named: dict[str, str] = {}
        self._row_of = {each.name: creation_rows(each) for each in registry}

    def take(self, candidates: Sequence[Candidate], cancel: Cancel, progress: Progress) -> None:
        """Judge and fold what is new among these. Raises RefusedError for a forgery."""
        total = len(candidates)
        for start in range(0, total, CHUNK):
            cancel.check()
            self._take_chunk(candidates[start : start + CHUNK])
            done = min(start + CHUNK, total)
            progress(done / total, f"{done:,} of {total:,} changes")

    def finish(self) -> Taken:
        """Fold the records that have several operations, and look for forgeries across records."""
        self._refuse_forged_names()
        taken = self._taken
        for entity, (etype, scope, _index, row) in self._single.items():
            taken.projected.rows.setdefault(etype, []).append(row)
            taken.projected.tally.add(etype, entity, is_new=True, is_gone=False)
            taken.counts.new(scope, etype)
        for chunk in _chunks(list(self._several)):
            self._fold_several(chunk)
        taken.clashes = self._new_clashes()
        return taken

    # --- one chunk ------------------------------------------------------------------------

    def _take_chunk(self, chunk: Sequence[Candidate]) -> None:
        op_ids = [digest[:16].hex() for _raw, digest, _previous, _signature, _entry in chunk]
        known = _known(self._connection, op_ids)
        fresh: list[Op] = []
        for op_id, (raw, digest, previous, signature, expected) in zip(op_ids, chunk, strict=True):
            if op_id in known or op_id in self._seen:
                continue
            self._seen.add(op_id)
            op = read_untrusted(raw, digest)
            self._judge.identify(op)
            entry = entry_hash(op.incarnation, op.seq, previous, digest)
            if expected is not None and entry != expected:
                raise RefusedError("A chain of changes in this bundle is broken.")
            verdict = self._judge.verdict(op)
            # The links that came, not equal ones: fifty thousand of each are held at once.
            row = op_row(op, previous, expected or entry, signature, verdict.status, self._batch)
            self._taken.op_rows.append(row)
            if verdict.remarks or verdict.status != APPLIED:
                self._remark(op, verdict)
            if verdict.status == APPLIED:
                self._place(op, fresh)
        self._fold_fresh(fresh)

    def _place(self, op: Op, fresh: list[Op]) -> None:
        """Decide whether an operation can be folded on its own."""
        entity = op.entity
        for op_id in named_by(op) if op.pred or op.kind != OpKind.CREATE else ():
            if self._named.setdefault(op_id, entity) != entity:
                raise RefusedError(_FORGED)
        if op.hlc > self._taken.latest and not self._judge.is_suspect(op):
            self._taken.latest = op.hlc
        if entity in self._several:
            self._several[entity].append(op.raw)
        elif entity in self._single:
            self._several[entity] = [self._raw_at(self._single.pop(entity)[2]), op.raw]
        elif op.kind == OpKind.CREATE:
            # Its place is taken at once: a second operation may follow in this very chunk.
            self._single[entity] = (op.etype, op.scope, len(self._taken.op_rows) - 1, ())
            fresh.append(op)
        else:
            self._several[entity] = [op.raw]

    def _raw_at(self, index: int) -> bytes:
        raw = self._taken.op_rows[index][BODY]
        assert isinstance(raw, bytes)
        return raw

    def _fold_fresh(self, fresh: list[Op]) -> None:
        """Fold creations; those whose record exists here already wait for the rest."""
        exist = _existing(self._connection, [op.entity for op in fresh])
        for op in fresh:
            single = self._single.get(op.entity)
            if single is None:
                continue
            if op.entity in exist:
                del self._single[op.entity]
                self._several[op.entity] = [op.raw]
                continue
            self._single[op.entity] = (*single[:3], self._row_of[op.etype](op))

    def _remark(self, op: Op, verdict: Verdict) -> None:
        counts = self._taken.counts
        if verdict.status == UNKNOWN_TYPE:
            counts.not_understood(op.scope)
        for kind, words in verdict.remarks:
            self._taken.remarks.append((op.op_id, kind, words))
            if kind == LATE:
                counts.late(op.scope, op.entity)
            if kind == REFUSED:
                counts.refused(op.scope)
                self._taken.refusals.append(Refusal(op.etype, op.entity, op.scope, op.user, words))

    # --- the end --------------------------------------------------------------------------

    def _fold_several(self, entities: list[str]) -> None:
        before = stored_ops(self._connection, entities)
        places = _places(self._connection, entities)
        ops: dict[str, list[Op]] = {}
        for entity in entities:
            arrived = [read_own(raw) for raw in self._several[entity]]
            found = places.get(entity, set()) | {(op.etype, op.scope) for op in arrived}
            if len(found) > 1:
                raise RefusedError(_FORGED)
            ops[entity] = [*before.get(entity, ()), *arrived]
        projected = Projected()
        fold_into(projected, self._registry, ops, set(before))
        self._count(projected, {entity: listed[0].scope for entity, listed in ops.items()})
        _merge(self._taken.projected, projected)

    def _count(self, projected: Projected, scopes: dict[str, str]) -> None:
        counts, tally = self._taken.counts, projected.tally
        for counted, add in (
            (tally.created, counts.new),
            (tally.changed, counts.changed),
            (tally.removed, counts.removed),
        ):
            for etype, entities in counted.items():
                for entity in entities:
                    add(scopes[entity], etype)

    def _refuse_forged_names(self) -> None:
        """An operation may only replace operations of its own record."""
        if not self._named:
            return
        here = {
            str(row[OP_ID]): str(row[ENTITY])
            for row in self._taken.op_rows
            if row[OP_ID] in self._named
        }
        for chunk in _chunks(list(self._named)):
            rows = self._connection.exec_driver_sql(
                "select op.op_id, op.entity from json_each(?) as wanted"
                " join op on op.op_id = wanted.value",
                (json.dumps(chunk),),
            )
            here.update((op_id, entity) for op_id, entity in rows)
        if any(self._named[op_id] != entity for op_id, entity in here.items()):
            raise RefusedError(_FORGED)

    def _new_clashes(self) -> tuple[ClashSeen, ...]:
        """Clashes that were not there before with these very heads."""
        found = self._taken.projected.clashes
        if not found:
            return ()
        rows = self._connection.exec_driver_sql(
            "select entity, unit, heads from clash where entity in"
            " (select value from json_each(?))",
            (json.dumps([each.entity for each in found]),),
        )
        before = {(entity, unit, heads) for entity, unit, heads in rows}
        return tuple(
            ClashSeen(
                each.etype,
                each.entity,
                each.scope,
                each.clash.unit,
                self._registry.of(each.etype).units[each.clash.unit][0].label,
                tuple(
                    Side(op.op_id, op.user, op.device, op.hlc, op.set_[each.clash.unit])
                    for op in each.heads
                ),
            )
            for each in found
            if (each.entity, each.clash.unit, json.dumps(each.clash.heads)) not in before
        )


def _merge(into: Projected, other: Projected) -> None:
    for etype, rows in other.rows.items():
        into.rows.setdefault(etype, []).extend(rows)
    into.clashes.extend(other.clashes)
    into.known.update(other.known)
    into.tally.merge(other.tally)


def _known(connection: Connection, op_ids: list[str]) -> frozenset[str]:
    rows = connection.exec_driver_sql(
        "select wanted.value from json_each(?) as wanted join op on op.op_id = wanted.value",
        (json.dumps(op_ids),),
    )
    return frozenset(rows.scalars())


def _existing(connection: Connection, entities: list[str]) -> frozenset[str]:
    rows = connection.exec_driver_sql(
        "select wanted.value from json_each(?) as wanted"
        " where exists (select 1 from op where op.entity = wanted.value)",
        (json.dumps(entities),),
    )
    return frozenset(rows.scalars())


def _places(connection: Connection, entities: list[str]) -> dict[str, set[tuple[str, str]]]:
    rows = connection.exec_driver_sql(
        "select distinct op.entity, op.etype, op.scope from json_each(?) as wanted"
        " join op on op.entity = wanted.value where op.status <> ?",
        (json.dumps(entities), QUARANTINED),
    )
    found: dict[str, set[tuple[str, str]]] = {}
    for entity, etype, scope in rows:
        found.setdefault(entity, set()).add((etype, scope))
    return found


def _chunks(entities: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(entities), CHUNK):
        yield entities[start : start + CHUNK]
