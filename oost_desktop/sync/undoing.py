"""Taking the last import back: its operations go, its records are folded again without them.

Only while nothing was built on it: no later change to one of its records, and no bundle made
since. What was learnt of keys and acknowledgements stays, because it stays true.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from oost_desktop.changes import ChangeSet
from oost_desktop.errors import UserError
from oost_desktop.store import search
from oost_desktop.store.projection import (
    Projected,
    drop_rows,
    fold_into,
    stored_ops,
    write_projected,
)
from oost_desktop.store.vault import Vault
from oost_desktop.sync.visibility import pupil_scope


@dataclass(frozen=True, slots=True)
class _Batch:
    id: str
    peer: str
    before: dict[str, Any]


def remember(connection: Connection, own: str, peer: str) -> dict[str, Any]:
    """The cursors as they are, to be put back by `undo`."""
    seen = connection.exec_driver_sql(
        "select seen_no, seen_id, seen_at from peer where device = ?", (peer,)
    ).one_or_none()
    tips = connection.exec_driver_sql(
        "select incarnation, seq, hex(entry) from feed_tip where device = ?", (peer,)
    )
    head = connection.exec_driver_sql(
        "select epoch, head, hex(chain) from stream where device = ?", (own,)
    ).one_or_none()
    held = connection.exec_driver_sql(
        "select scope, generation, complete, revoked from held where device = ?", (own,)
    )
    newest = connection.exec_driver_sql("select coalesce(max(recv_no), 0) from op").scalar_one()
    sent = connection.exec_driver_sql("select count(*) from sent").scalar_one()
    return {
        "seen": None if seen is None else list(seen),
        "tips": [list(row) for row in tips],
        "head": None if head is None else list(head),
        "held": [list(row) for row in held],
        "newest": newest,
        "sent": sent,
    }


def undo(vault: Vault) -> ChangeSet:
    """Take back the last import. Raises UserError that says why it cannot be."""
    with vault.write() as connection:
        batch = _last(connection)
        entities = _entities(connection, batch.id)
        _refuse_if_built_on(connection, batch, entities)
        changes = _take_out(vault, connection, batch, entities)
        _put_back(connection, vault.place.device, batch)
        connection.exec_driver_sql(
            "update batch set undone_at = ? where id = ?",
            (vault.clock.now().isoformat(), batch.id),
        )
        search.index_again(connection, vault.registry, entities)
        search.rewind(connection)
    vault.changes.publish(changes)
    return changes


def can_undo(connection: Connection) -> bool:
    """Whether `undo` would be let."""
    try:
        batch = _last(connection)
        _refuse_if_built_on(connection, batch, _entities(connection, batch.id))
    except UserError:
        return False
    return True


def _last(connection: Connection) -> _Batch:
    row = connection.exec_driver_sql(
        "select id, peer, before, undone_at from batch order by rowid desc limit 1"
    ).one_or_none()
    if row is None or row.undone_at is not None:
        raise UserError("There is no bundle to take back.")
    return _Batch(row.id, row.peer, json.loads(row.before))


def _entities(connection: Connection, batch: str) -> dict[str, str]:
    rows = connection.exec_driver_sql(
        "select entity, etype from op where recv_no > (select json_extract(before, '$.newest')"
        " from batch where id = ?) and batch = ?",
        (batch, batch),
    )
    return {row.entity: row.etype for row in rows}


def _refuse_if_built_on(connection: Connection, batch: _Batch, entities: dict[str, str]) -> None:
    sent = connection.exec_driver_sql("select count(*) from sent").scalar_one()
    if sent != batch.before["sent"]:
        raise UserError(
            "This bundle cannot be taken back: another has been made from here since.",
            "Correct the records themselves.",
        )
    pupils = {pupil_scope(entity) for entity, etype in entities.items() if etype == "pupil"}
    later = connection.exec_driver_sql(
        "select entity, scope from op where recv_no > ? and batch is not ?",
        (batch.before["newest"], batch.id),
    )
    if any(entity in entities or scope in pupils for entity, scope in later):
        raise UserError(
            "This bundle cannot be taken back: somebody has worked on its records since.",
            "Correct the records themselves.",
        )


def _take_out(
    vault: Vault, connection: Connection, batch: _Batch, entities: dict[str, str]
) -> ChangeSet:
    newest = batch.before["newest"]
    connection.exec_driver_sql(
        "delete from remark where op_id in (select op_id from op where recv_no > ? and batch = ?)",
        (newest, batch.id),
    )
    connection.exec_driver_sql("delete from op where recv_no > ? and batch = ?", (newest, batch.id))
    left = stored_ops(connection, entities)
    projected = Projected()
    fold_into(projected, vault.registry, left, set(left))
    drop_rows(
        connection,
        vault.registry,
        {entity: etype for entity, etype in entities.items() if entity not in left},
    )
    write_projected(connection, vault.registry, projected)
    for entity, etype in entities.items():
        if entity not in left and vault.registry.get(etype) is not None:
            projected.tally.add(etype, entity, is_new=False, is_gone=True)
    return projected.tally.change_set("import")


def _put_back(connection: Connection, own: str, batch: _Batch) -> None:
    before = batch.before
    seen_no, seen_id, seen_at = before["seen"] or (0, None, None)
    connection.exec_driver_sql(
        "update peer set seen_no = ?, seen_id = ?, seen_at = ? where device = ?",
        (seen_no, seen_id, seen_at, batch.peer),
    )
    connection.exec_driver_sql("delete from feed_tip where device = ?", (batch.peer,))
    for incarnation, seq, entry in before["tips"]:
        connection.exec_driver_sql(
            "insert into feed_tip values (?,?,?,?)",
            (batch.peer, incarnation, seq, bytes.fromhex(entry)),
        )
    connection.exec_driver_sql("delete from stream where device = ?", (own,))
    if before["head"] is not None:
        epoch, head, chain = before["head"]
        connection.exec_driver_sql(
            "insert into stream values (?,?,?,?,0,0)", (own, epoch, head, bytes.fromhex(chain))
        )
    connection.exec_driver_sql("delete from held where device = ?", (own,))
    for scope, generation, complete, revoked in before["held"]:
        connection.exec_driver_sql(
            "insert into held values (?,?,?,?,?)", (own, scope, generation, complete, revoked)
        )
