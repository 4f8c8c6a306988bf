"""The office's side of delivery: one numbered, chained stream for each device.

Why streams: `docs/decisions/0006-delivery-streams.md`.

A pupil newly in scope is delivered whole at the stream's present end, so there is one cursor and
no arithmetic. The stream is caught up when a bundle is made, never when something is saved.
Nothing here moves a cursor: that is the device's acknowledgement, in a fresh bundle.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from oost_desktop import ids
from oost_desktop.models.registry import Registry
from oost_desktop.sync import items
from oost_desktop.sync.frame import Section
from oost_desktop.sync.items import COMPLETE, GRANT, NO_LINK, OP, REVOKE
from oost_desktop.sync.manifest import Link, StreamAck, StreamSpan
from oost_desktop.sync.visibility import desired_scopes, visible_condition


@dataclass(frozen=True, slots=True)
class Recipient:
    """A device and the one person whose laptop it is."""

    device: str
    user: str


@dataclass(slots=True)
class _Stream:
    epoch: str
    head: int
    chain: bytes
    acked: int
    caught_up_to: int


def catch_up(connection: Connection, registry: Registry, recipient: Recipient, today: date) -> None:
    """Append to a device's stream all that it should have and has not been given."""
    stream = _stream_of(connection, recipient.device)
    newest = _newest(connection)
    wanted = desired_scopes(connection, recipient.user, today)
    held = _grants(connection, recipient.device)
    writer = _Writer(connection, registry, recipient, stream)
    for scope in sorted(held.keys() - wanted):
        if not held[scope].revoked:
            writer.revoke(scope, held[scope].generation)
    continuing = [scope for scope in wanted if scope in held and not held[scope].revoked]
    writer.deliver(
        "op.recv_no > ? and op.scope in (select value from json_each(?)) and op.device <> ?",
        (stream.caught_up_to, json.dumps(sorted(continuing)), recipient.device),
    )
    for scope in sorted(wanted - set(continuing)):
        generation = held[scope].generation + 1 if scope in held else 1
        writer.grant(scope, generation)
    stream.caught_up_to = newest
    writer.finish()


def restart(connection: Connection, device: str) -> None:
    """Begin a device's stream anew: it, or the office, was put back in time."""
    connection.exec_driver_sql("delete from delivery where device = ?", (device,))
    connection.exec_driver_sql("delete from stream where device = ?", (device,))
    connection.exec_driver_sql("delete from held where device = ?", (device,))


def pack_unacknowledged(connection: Connection, device: str) -> tuple[StreamSpan, Section]:
    """Everything in a device's stream that it has not acknowledged."""
    stream = _stream_of(connection, device)
    base = Link(stream.acked, _chain_at(connection, device, stream.acked))
    rows = connection.exec_driver_sql(
        "select d.kind, d.detail, op.body, op.previous, op.signature from delivery as d"
        " left join op on op.recv_no = d.recv_no where d.device = ? and d.no > ? order by d.no",
        (device, stream.acked),
    )
    section = items.pack(rows.mappings())
    return StreamSpan(stream.epoch, base, Link(stream.head, stream.chain)), section


def judge_ack(connection: Connection, device: str, ack: StreamAck | None) -> tuple[int, bool]:
    """What a fresh acknowledgement means: how far is acknowledged, and whether to begin anew.

    An epoch we do not know, a number we never gave or another hash: the office was put back in
    time. Less than was acknowledged before: the device was.
    """
    stream = _stream_of(connection, device)
    if ack is None:
        return stream.acked, stream.acked > 0
    if ack.epoch != stream.epoch or not stream.acked <= ack.head.number <= stream.head:
        return 0, True
    if _chain_at(connection, device, ack.head.number) != ack.head.hash:
        return 0, True
    return ack.head.number, False


def keep_acked(connection: Connection, device: str, number: int) -> None:
    """Write how far a device has acknowledged its stream."""
    connection.exec_driver_sql("update stream set acked = ? where device = ?", (number, device))


@dataclass(frozen=True, slots=True)
class Grant:
    """A scope given to a device; after a revoke it stays known as revoked."""

    generation: int
    complete: bool
    revoked: bool


def _grants(connection: Connection, device: str) -> dict[str, Grant]:
    return {
        scope: Grant(generation, bool(complete), bool(revoked))
        for scope, generation, complete, revoked in connection.exec_driver_sql(
            "select scope, generation, complete, revoked from held where device = ?", (device,)
        )
    }


def granted_ever(connection: Connection, device: str) -> dict[str, Grant]:
    """Every scope a device was ever given in this epoch, and whether it still is."""
    return _grants(connection, device)


def _newest(connection: Connection) -> int:
    found = connection.exec_driver_sql("select coalesce(max(recv_no), 0) from op").scalar_one()
    return int(found)


def _stream_of(connection: Connection, device: str) -> _Stream:
    row = connection.exec_driver_sql(
        "select epoch, head, chain, acked, caught_up_to from stream where device = ?", (device,)
    ).one_or_none()
    return _Stream(ids.random_id(), 0, NO_LINK, 0, 0) if row is None else _Stream(*tuple(row))


def _chain_at(connection: Connection, device: str, number: int) -> bytes:
    if number == 0:
        return NO_LINK
    found = connection.exec_driver_sql(
        "select chain from delivery where device = ? and no = ?", (device, number)
    ).scalar_one()
    return bytes(found)


class _Writer:
    """Appends to one stream; `finish` writes all of it."""

    def __init__(
        self, connection: Connection, registry: Registry, recipient: Recipient, stream: _Stream
    ) -> None:
        self._connection = connection
        self._recipient = recipient
        self._stream = stream
        self._visible = visible_condition(registry, recipient.device, recipient.user)
        self._rows: list[tuple[str, int, str, str, int | None, bytes]] = []
        self._held: list[tuple[str, str, int, bool, bool]] = []

    def deliver(self, condition: str, parameters: Iterable[str | int]) -> list[str]:
        """Append the visible operations that meet a condition, in the order they came here."""
        visible, visible_parameters = self._visible
        rows = self._connection.exec_driver_sql(
            "select op.recv_no, op.op_id, op.digest from op"  # noqa: S608
            f" where {condition} and {visible} order by op.recv_no",
            (*parameters, *visible_parameters),
        )
        op_ids = []
        for recv_no, op_id, digest in rows:
            self._append(OP, "", recv_no, digest)
            op_ids.append(op_id)
        return op_ids

    def grant(self, scope: str, generation: int) -> None:
        """Give a scope whole: its beginning, all of it (the device's own too), its end."""
        self._append_control(items.control(GRANT, scope, generation))
        op_ids = self.deliver("op.scope = ?", (scope,))
        count, digest = items.scope_digest(op_ids)
        self._append_control(items.control(COMPLETE, scope, generation, count=count, digest=digest))
        self._held.append((self._recipient.device, scope, generation, True, False))

    def revoke(self, scope: str, generation: int) -> None:
        """Take a scope back: the device locks it and hands over what it has not sent."""
        self._append_control(items.control(REVOKE, scope, generation))
        self._held.append((self._recipient.device, scope, generation, True, True))

    def finish(self) -> None:
        """Write the stream."""
        stream = self._stream
        if self._rows:
            self._connection.exec_driver_sql(
                "insert into delivery values (?,?,?,?,?,?)", self._rows
            )
        if self._held:
            self._connection.exec_driver_sql(
                "insert or replace into held values (?,?,?,?,?)", self._held
            )
        self._connection.exec_driver_sql(
            "insert or replace into stream values (?,?,?,?,?,?)",
            (
                self._recipient.device, stream.epoch, stream.head, stream.chain, stream.acked,
                stream.caught_up_to,
            ),
        )  # fmt: skip

    def _append_control(self, item: items.ControlItem) -> None:
        hashed = items.control_hash(item.detail)
        self._append(item.kind, item.detail.decode("utf-8"), None, hashed)

    def _append(self, kind: str, detail: str, recv_no: int | None, hashed: bytes) -> None:
        stream = self._stream
        stream.head += 1
        stream.chain = items.chained(stream.chain, kind, hashed)
        self._rows.append(
            (self._recipient.device, stream.head, kind, detail, recv_no, stream.chain)
        )
