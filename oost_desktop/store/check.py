"""Proves a vault: the file, the log, the chains and, if asked, signatures and every table.

Reads only; repairs nothing. Problems name record types, devices and numbers, never values.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from oost_desktop.errors import DamageError
from oost_desktop.models.registry import RecordType, Registry
from oost_desktop.security.signing import Domain, VerifyKey
from oost_desktop.store.backup import damage
from oost_desktop.store.log import Here, here
from oost_desktop.store.operations import FIRST_ENTRY, digest_of, entry_hash, read_own
from oost_desktop.store.projection import (
    CHUNK,
    Projected,
    columns_of,
    fold_into,
    stored_ops,
)
from oost_desktop.store.vault import Vault

Progress = Callable[[int, int], None]


def silent(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found. `records` counts those in view, by type; `problems` are sentences."""

    ok: bool
    problems: tuple[str, ...]
    operations: int
    records: Mapping[str, int]


def check(
    vault: Vault,
    *,
    signatures: bool = False,
    rebuild: bool = False,
    keys: Mapping[str, VerifyKey] | None = None,
    progress: Progress = silent,
) -> CheckResult:
    """Check an open vault.

    `signatures` verifies those of this device and of the devices (id to key) in `keys`;
    `rebuild` folds every record again and compares it with its row. `progress` is told how many
    operations of how many are done; with `rebuild` each counts twice.
    """
    verify: dict[str, VerifyKey] = {}
    if signatures:
        verify = {**(keys or {}), vault.place.device: vault.keys.signing.public}
    try:
        return _checked(vault, verify, progress, rebuild=rebuild)
    except DamageError as error:
        return CheckResult(ok=False, problems=(error.title,), operations=0, records={})


def _checked(
    vault: Vault, verify: Mapping[str, VerifyKey], progress: Progress, *, rebuild: bool
) -> CheckResult:
    with vault.read() as connection:
        problems = damage(connection)
        if problems:
            return CheckResult(ok=False, problems=tuple(problems), operations=0, records={})
        count = connection.exec_driver_sql("select count(*) from op").scalar_one()
        steps = _Steps(count * 2 if rebuild else count, progress)
        problems += _check_log(connection, verify, steps)
        if rebuild and problems:
            problems.append(
                "The tables were not compared: the log they are made from does not hold."
            )
        elif rebuild:
            problems += _check_tables(connection, vault.registry, steps)
        records = {
            record_type.name: _count(connection, record_type, "where not gone")
            for record_type in vault.registry
        }
    return CheckResult(not problems, tuple(problems), count, records)


class _Steps:
    def __init__(self, of: int, progress: Progress) -> None:
        self._done, self._of, self._progress = 0, of, progress

    def done(self, count: int) -> None:
        self._done += count
        self._progress(min(self._done, self._of), self._of)


def _count(connection: Connection, record_type: RecordType, condition: str = "") -> int:
    query = f'select count(*) from "{record_type.name}" {condition}'  # noqa: S608
    return int(connection.exec_driver_sql(query).scalar_one())


# --- the log ------------------------------------------------------------------------------

_LOG = (
    "select op_id, device, incarnation, seq, hlc, scope, etype, entity, user, kind, body, digest,"
    " previous, entry, signature from op order by device, incarnation, seq"
)


@dataclass
class _Feed:
    """Where a device's chain has got to. Forks are kept, so one number may have several ends."""

    seq: int = 0
    ends: set[bytes] = field(default_factory=lambda: {FIRST_ENTRY})
    now: set[bytes] = field(default_factory=set)


def _check_log(
    connection: Connection, verify: Mapping[str, VerifyKey], steps: _Steps
) -> Iterator[str]:
    place = here(connection)
    feeds: dict[tuple[str, str], _Feed] = {}
    rows = connection.exec_driver_sql(_LOG)
    for part in rows.partitions(CHUNK):
        for row in part:
            name = f"Entry {row.seq} of device {row.device[:8]}"
            feed = feeds.setdefault((row.device, row.incarnation), _Feed())
            is_own = (row.device, row.incarnation) == (place.device, place.incarnation)
            yield from (f"{name} {what}" for what in _entry_faults(row))
            yield from (f"{name} {what}" for what in _link_faults(feed, row, is_own=is_own))
            key = verify.get(row.device)
            if key is not None and not _is_signed(key, row):
                yield f"{name} does not carry its device's signature."
        steps.done(len(part))
    yield from _own_end_faults(feeds, place)


def _entry_faults(row: Any) -> Iterator[str]:
    if row.op_id != row.digest[:16].hex():
        yield "is not named after its own hash."
    if row.entry != entry_hash(row.incarnation, row.seq, row.previous, row.digest):
        yield "does not have the chain hash it should."
    if row.body is None:
        return  # purged: the chain still holds without it
    if digest_of(row.body) != row.digest:
        yield "was altered."
        return
    op = read_own(row.body)
    said = (op.device, op.incarnation, op.seq, op.hlc, op.scope, op.etype, op.entity, op.user)
    if (*said, op.kind) != tuple(row[1:10]):
        yield "is filed under what it does not say."


def _link_faults(feed: _Feed, row: Any, *, is_own: bool) -> Iterator[str]:
    if row.seq != feed.seq:
        # Others' chains may come in pieces; ours is whole.
        is_next = row.seq == feed.seq + 1
        if is_own and not is_next:
            yield "does not follow the one before: something of this device's own is missing."
        feed.ends = (feed.now or feed.ends) if is_next else set()
        feed.now = set()
        feed.seq = row.seq
    if feed.ends and row.previous not in feed.ends:
        yield "does not continue the chain."
    feed.now.add(row.entry)


def _is_signed(key: VerifyKey, row: Any) -> bool:
    return row.signature is not None and key.verify(Domain.ENTRY, row.entry, row.signature)


def _own_end_faults(feeds: Mapping[tuple[str, str], _Feed], place: Here) -> Iterator[str]:
    feed = feeds.get((place.device, place.incarnation), _Feed(now={FIRST_ENTRY}))
    if feed.seq != place.seq or feed.now != {place.entry}:
        yield "This device's log does not end where it was left."


# --- the tables ---------------------------------------------------------------------------


def _check_tables(connection: Connection, registry: Registry, steps: _Steps) -> Iterator[str]:
    """Fold every record from its operations in memory; compare with what the tables hold."""
    differing: dict[str, int] = {}
    expected: dict[str, int] = {}
    clashes: set[tuple[str, str]] = set()
    entities = connection.exec_driver_sql(
        "select distinct entity from op where status = 'applied' and body is not null"
    )
    for part in entities.scalars().partitions(CHUNK):
        ops = stored_ops(connection, part)
        projected = Projected()
        fold_into(projected, registry, ops)
        for name, rows in projected.rows.items():
            expected[name] = expected.get(name, 0) + len(rows)
            differs = len(set(rows) - _rows(connection, registry.of(name), rows))
            if differs:
                differing[name] = differing.get(name, 0) + differs
        clashes |= {(found.entity, found.clash.unit) for found in projected.clashes}
        steps.done(sum(map(len, ops.values())))
    for record_type in registry:
        name = record_type.name
        if name in differing:
            yield f"{differing[name]} rows of {record_type.about.plural} differ from the log."
        if _count(connection, record_type) > expected.get(name, 0):
            yield f"There are {record_type.about.plural} that no operation made."
    written = connection.exec_driver_sql("select entity, unit from clash")
    if {(entity, unit) for entity, unit in written} != clashes:
        yield "The list of clashes differs from the log."


def _rows(
    connection: Connection, record_type: RecordType, like: Iterable[tuple[Any, ...]]
) -> set[tuple[Any, ...]]:
    columns = ",".join(f'"{column}"' for column in columns_of(record_type))
    ids = json.dumps([row[0] for row in like])
    found = connection.exec_driver_sql(
        f'select {columns} from "{record_type.name}"'  # noqa: S608
        " where id in (select value from json_each(?))",
        (ids,),
    )
    return {tuple(row) for row in found}
