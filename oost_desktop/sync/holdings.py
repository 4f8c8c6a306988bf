"""The laptop's side of delivery: how far it has taken in its stream, and which files it holds.

A file that was taken back stays, locked: its pupil is out of the lists and can only be read,
until the office has what was written here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from oost_desktop.store.log import here
from oost_desktop.store.vault import keep_local, local_of
from oost_desktop.sync.items import COMPLETE, GRANT, NO_LINK, REVOKE, ControlItem, scope_digest
from oost_desktop.sync.manifest import Holding, Link, StreamAck
from oost_desktop.sync.visibility import pupil_of

BEGUN_AS = "stream_begun_as"


@dataclass(frozen=True, slots=True)
class Held:
    """A scope on this laptop. `complete` once all of it has arrived."""

    scope: str
    generation: int
    complete: bool
    revoked: bool


@dataclass(frozen=True, slots=True)
class Head:
    """How far this laptop has taken in its stream; an empty epoch before the first bundle."""

    epoch: str
    link: Link

    @property
    def ack(self) -> StreamAck | None:
        """What to tell the office."""
        return StreamAck(self.epoch, self.link) if self.epoch else None


def head_of(connection: Connection, device: str) -> Head:
    """This laptop's place in its stream."""
    row = connection.exec_driver_sql(
        "select epoch, head, chain from stream where device = ?", (device,)
    ).one_or_none()
    return Head("", Link(0, NO_LINK)) if row is None else Head(row[0], Link(row[1], row[2]))


def keep_head(connection: Connection, device: str, head: Head) -> None:
    """Write this laptop's place in its stream."""
    if head.epoch != head_of(connection, device).epoch:
        keep_local(connection, BEGUN_AS, here(connection).incarnation)
    connection.exec_driver_sql(
        "insert or replace into stream values (?,?,?,?,0,0)",
        (device, head.epoch, head.link.number, head.link.hash),
    )


def resync_wish(connection: Connection) -> str | None:
    """A token if this laptop must be given everything again, because it was put back in time.

    A laptop that was restored from a backup, or found out that it had been, goes on under a new
    incarnation: then its stream began under another.
    """
    incarnation = here(connection).incarnation
    begun = local_of(connection, BEGUN_AS)
    return incarnation if begun is not None and begun != incarnation else None


def held_by(connection: Connection, device: str) -> dict[str, Held]:
    """The scopes on this laptop."""
    rows = connection.exec_driver_sql(
        "select scope, generation, complete, revoked from held where device = ?", (device,)
    )
    return {row[0]: Held(row[0], row[1], bool(row[2]), bool(row[3])) for row in rows}


def keep_held(connection: Connection, device: str, held: Iterable[Held]) -> None:
    """Write the scopes on this laptop."""
    connection.exec_driver_sql("delete from held where device = ?", (device,))
    rows = [(device, each.scope, each.generation, each.complete, each.revoked) for each in held]
    if rows:
        connection.exec_driver_sql("insert into held values (?,?,?,?,?)", rows)


def after(held: dict[str, Held], item: ControlItem) -> None:
    """Take one word about a scope into `held`."""
    scope, generation = item.scope, item.generation
    if item.kind == GRANT:
        held[scope] = Held(scope, generation, complete=False, revoked=False)
    elif item.kind == COMPLETE:
        held[scope] = Held(scope, generation, complete=True, revoked=False)
    elif item.kind == REVOKE:
        complete = scope in held and held[scope].complete
        held[scope] = Held(scope, generation, complete=complete, revoked=True)


def holdings(connection: Connection, device: str) -> tuple[Holding, ...]:
    """What this laptop says it holds, with a digest by which the office can tell a difference."""
    held = held_by(connection, device)
    by_scope: dict[str, list[str]] = {scope: [] for scope in held}
    for scope, op_id in connection.exec_driver_sql(
        "select op.scope, op.op_id from held join op on op.scope = held.scope"
        " where held.device = ?",
        (device,),
    ):
        by_scope[scope].append(op_id)
    return tuple(
        Holding(scope, held[scope].generation, held[scope].complete, *scope_digest(op_ids))
        for scope, op_ids in sorted(by_scope.items())
    )


def locked_pupils(connection: Connection, device: str) -> frozenset[str]:
    """Pupils whose files were taken back: read only, and out of the lists."""
    found = (pupil_of(each.scope) for each in held_by(connection, device).values() if each.revoked)
    return frozenset(pupil for pupil in found if pupil is not None)
