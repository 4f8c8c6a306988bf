"""Writing folded records into their tables, in sets.

The only writer of record tables and of `clash`. Given the operations of some records, it folds
each record whole and replaces its row; rebuilding everything is the same act over every record.
Folding and writing are two steps, so that an import can be checked before anything is written.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from sqlalchemy import Connection

from oost_desktop.changes import ChangeSet
from oost_desktop.models.base import SHARED_COLUMNS
from oost_desktop.models.columns import tags_text
from oost_desktop.models.fields import FieldSpec, Kind, Rule
from oost_desktop.models.registry import RecordType, Registry
from oost_desktop.store.engine import driver_of
from oost_desktop.store.fold import Clash, fold
from oost_desktop.store.operations import Op, read_own

APPLIED = "applied"  # the status of an operation that counts; see `log.py`
CHUNK = 5000


@dataclass
class Tally:
    """What a projection did, by record type; becomes a `ChangeSet`."""

    created: dict[str, set[str]] = field(default_factory=dict)
    changed: dict[str, set[str]] = field(default_factory=dict)
    removed: dict[str, set[str]] = field(default_factory=dict)

    def add(self, etype: str, entity: str, *, is_new: bool, is_gone: bool) -> None:
        """Count one record."""
        into = self.removed if is_gone else self.created if is_new else self.changed
        into.setdefault(etype, set()).add(entity)

    def merge(self, other: "Tally") -> None:
        """Add another tally's counts to this one."""
        for mine, theirs in (
            (self.created, other.created),
            (self.changed, other.changed),
            (self.removed, other.removed),
        ):
            for etype, entities in theirs.items():
                mine.setdefault(etype, set()).update(entities)

    def change_set(self, origin: str) -> ChangeSet:
        """The same, frozen."""
        return ChangeSet(
            _frozen(self.created), _frozen(self.changed), _frozen(self.removed), origin
        )


def _frozen(ids: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {etype: frozenset(entities) for etype, entities in ids.items()}


def stored_ops(connection: Connection, entities: Iterable[str]) -> dict[str, list[Op]]:
    """The applied operations already stored for each of these records."""
    found: dict[str, list[Op]] = {}
    for chunk in _chunks(entities):
        rows = connection.exec_driver_sql(
            "select op.entity, op.body from json_each(?) as wanted"
            " join op on op.entity = wanted.value"
            " where op.status = 'applied' and op.body is not null",
            (json.dumps(chunk),),
        )
        for entity, body in rows:
            found.setdefault(entity, []).append(read_own(body))
    return found


def _chunks(entities: Iterable[str]) -> Iterator[list[str]]:
    wanted = list(entities)
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]


@dataclass(frozen=True, slots=True)
class FoundClash:
    """A register with several different heads; `heads` are in display order, the shown one last."""

    etype: str
    entity: str
    scope: str
    clash: Clash
    heads: tuple[Op, ...]


@dataclass
class Projected:
    """Folded records, not yet written. `rows` by type, in the order of `columns_of`."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    clashes: list[FoundClash] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    tally: Tally = field(default_factory=Tally)


def project(
    connection: Connection,
    registry: Registry,
    ops_by_entity: Mapping[str, Sequence[Op]],
    known: frozenset[str] = frozenset(),
) -> Tally:
    """Fold each record from *all* its operations and write its row.

    `known` are the records that had a row before. Types this version does not know are passed
    over. Returns what was created, changed and removed.
    """
    projected = Projected()
    fold_into(projected, registry, ops_by_entity, known)
    write_projected(connection, registry, projected)
    return projected.tally


def fold_into(
    projected: Projected,
    registry: Registry,
    ops_by_entity: Mapping[str, Sequence[Op]],
    known: frozenset[str] | set[str] = frozenset(),
) -> None:
    """Fold records in memory, as `project` does; nothing is written."""
    columns: dict[str, tuple[str, ...]] = {}
    apart = (pair for entity, ops in ops_by_entity.items() for pair in _by_type(entity, ops))
    for entity, ops in apart:
        record_type = registry.get(ops[0].etype)
        if record_type is None:
            continue
        if record_type.name not in columns:
            columns[record_type.name] = columns_of(record_type)
        folded = fold(record_type, ops)
        row = tuple([folded.row[column] for column in columns[record_type.name]])
        projected.rows.setdefault(record_type.name, []).append(row)
        if entity in known:
            projected.known.add(entity)
        is_gone = bool(folded.row["gone"])
        projected.tally.add(record_type.name, entity, is_new=entity not in known, is_gone=is_gone)
        for clash in folded.clashes:
            heads = folded.heads[clash.unit]
            scope = str(folded.row["scope"])
            projected.clashes.append(FoundClash(record_type.name, entity, scope, clash, heads))


def _by_type(entity: str, ops: Sequence[Op]) -> Iterable[tuple[str, Sequence[Op]]]:
    """A record's operations; if somebody gave two records one id, each record's for itself."""
    if len(ops) == 1 or len({op.etype for op in ops}) == 1:
        return [(entity, ops)]
    types = sorted({op.etype for op in ops})
    return [(entity, [op for op in ops if op.etype == etype]) for etype in types]


def creation_rows(record_type: RecordType) -> Callable[[Op], tuple[Any, ...]]:
    """Makes the row of a record that was only created, as the fold would, twenty times as fast.

    For imports, which spend their time here. Every value must have been found to fit its field.
    """
    plan = [(_getter(spec), spec.unit, spec.name) for spec in record_type.stored]

    def row(op: Op) -> tuple[Any, ...]:
        get = op.set_.get
        head = (op.entity, op.scope, op.user, op.hlc, op.hlc, 0, False, False)
        return (
            *head,
            *[
                get(unit)
                if kind == _PLAIN
                else intern(word)
                if kind == _REPEATED and (word := get(unit)) is not None
                else (get(unit) or _NOTHING).get(name)
                if kind == _GROUPED
                else _added(get(unit))
                if kind == _SET
                else None
                for kind, unit, name in plan
            ],
        )

    return row


_PLAIN, _REPEATED, _GROUPED, _SET = range(4)
_NOTHING: Mapping[str, Any] = {}


def _getter(spec: FieldSpec) -> int:
    if spec.rule is Rule.SET:
        return _SET
    if spec.register:
        return _GROUPED
    # Ids and codes repeat thousands of times in a bundle: one copy of each is enough.
    return _REPEATED if spec.kind in (Kind.REF, Kind.CHOICE) else _PLAIN


def _added(change: Mapping[str, Any] | None) -> str | None:
    words = change.get("add") if change else None
    return tags_text(words) if words else None


def write_projected(connection: Connection, registry: Registry, projected: Projected) -> None:
    """Replace the rows of folded records and what is written of their clashes."""
    for name, rows in projected.rows.items():
        columns = columns_of(registry.of(name))
        marks = ",".join("?" * len(columns))
        names = ",".join(f'"{column}"' for column in columns)
        driver_of(connection).executemany(
            f'insert or replace into "{name}" ({names}) values ({marks})',  # noqa: S608
            rows,
        )
    if projected.known:
        connection.exec_driver_sql(
            "delete from clash where entity in (select value from json_each(?))",
            (json.dumps(list(projected.known)),),
        )
    if projected.clashes:
        connection.exec_driver_sql(
            "insert or replace into clash values (?,?,?,?,?)",
            [
                (found.entity, found.clash.unit, found.etype, found.scope,
                 json.dumps(found.clash.heads))
                for found in projected.clashes
            ],
        )  # fmt: skip


def columns_of(record_type: RecordType) -> tuple[str, ...]:
    """A record table's columns in the order rows are written."""
    return (*SHARED_COLUMNS, *(spec.name for spec in record_type.stored))


def drop_rows(connection: Connection, registry: Registry, entities: Mapping[str, str]) -> None:
    """Take away the rows of records (id to type) of which no operation is left."""
    by_type: dict[str, list[str]] = {}
    for entity, etype in entities.items():
        by_type.setdefault(etype, []).append(entity)
    for etype, gone in by_type.items():
        listed = (json.dumps(gone),)
        if registry.get(etype) is not None:
            connection.exec_driver_sql(
                f'delete from "{etype}" where id in (select value from json_each(?))',  # noqa: S608
                listed,
            )
        connection.exec_driver_sql(
            "delete from clash where entity in (select value from json_each(?))", listed
        )


def rebuild(connection: Connection, registry: Registry) -> None:
    """Empty every record table and fold the whole log again."""
    for record_type in registry:
        connection.exec_driver_sql(f'delete from "{record_type.name}"')  # noqa: S608
    connection.exec_driver_sql("delete from clash")
    entities = connection.exec_driver_sql(
        "select distinct entity from op where status = 'applied' and body is not null"
    ).scalars()
    for chunk in _chunks(entities):
        project(connection, registry, stored_ops(connection, chunk))
