"""The log of operations on disk: appending our own, storing others', reading them back.

Only this module writes `op` and `here`. It folds nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any

from sqlalchemy import Connection

from oost_desktop.store import hlc
from oost_desktop.store.engine import driver_of
from oost_desktop.store.operations import Intent, Op, Stamp, entry_hash, write
from oost_desktop.store.projection import APPLIED

Sign = Callable[[bytes], bytes]

_INSERT = (
    "insert into op (op_id, device, incarnation, seq, hlc, scope, etype, entity, user, kind,"
    " body, digest, previous, entry, signature, status, batch)"
    " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation with its place in its device's chain. `signature` covers `entry`."""

    op: Op
    previous: bytes
    entry: bytes
    signature: bytes | None


@dataclass(frozen=True, slots=True)
class Here:
    """This device's place: who it is and the last link of its chain."""

    org: str
    device: str
    incarnation: str
    seq: int
    entry: bytes
    hlc: int


def here(connection: Connection) -> Here:
    """Read this device's place."""
    row = (
        driver_of(connection)
        .execute("select org, device, incarnation, seq, entry, hlc from here")
        .fetchone()
    )
    return Here(*row)


def settle_here(connection: Connection, place: Here) -> None:
    """Write this device's place."""
    driver_of(connection).execute(
        "insert or replace into here values (1,?,?,?,?,?,?)",
        (place.org, place.device, place.incarnation, place.seq, place.entry, place.hlc),
    )


class Appender:
    """Numbers, chains and signs our own operations within one transaction."""

    def __init__(self, connection: Connection, stamp: Stamp, sign: Sign, place: Here) -> None:
        self._connection = connection
        self._stamp = stamp
        self._sign = sign
        self._place = place
        self._fresh: list[Entry] = []

    def append(self, intent: Intent) -> Op:
        """Make the next operation. It is stored by `flush`."""
        place = self._place
        seq = place.seq + 1
        time = hlc.tick(place.hlc, self._stamp.wall)
        op = write(self._stamp, intent, seq, time)
        entry = entry_hash(place.incarnation, seq, place.entry, op.digest)
        self._fresh.append(Entry(op, place.entry, entry, self._sign(entry)))
        self._place = Here(place.org, place.device, place.incarnation, seq, entry, time)
        return op

    def flush(self) -> None:
        """Store what was appended and where the chain now ends."""
        if self._fresh:
            store_entries(self._connection, self._fresh, APPLIED, None)
            settle_here(self._connection, self._place)
            self._fresh = []


OpRow = tuple[Any, ...]
BODY = 10  # where an operation's bytes stand in its row
OP_ID, ENTITY = 0, 7


def op_row(
    op: Op, previous: bytes, entry: bytes, signature: bytes | None, status: str, batch: str | None
) -> OpRow:
    """An operation as `store_rows` writes it."""
    return (
        op.op_id, intern(op.device), intern(op.incarnation), op.seq, op.hlc, intern(op.scope),
        intern(op.etype), op.entity, intern(op.user), intern(op.kind), op.raw, op.digest,
        previous, entry, signature, status, batch,
    )  # fmt: skip


def store_rows(connection: Connection, rows: Sequence[OpRow]) -> None:
    """Store operations that are not yet known, in this order."""
    if rows:
        driver_of(connection).executemany(_INSERT, rows)


def store_entries(
    connection: Connection, entries: Iterable[Entry], status: str, batch: str | None
) -> None:
    """Store operations that are not yet known."""
    rows = [op_row(e.op, e.previous, e.entry, e.signature, status, batch) for e in entries]
    store_rows(connection, rows)
