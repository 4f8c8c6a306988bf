"""Vaults for tests: copied from one made once, compared whole, fed by hand.

`dump` is every record table and clash as the fold left them; `hand_over` is an exchange of
operations without any bundle.
"""

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, select

from oost_desktop.clock import Clock
from oost_desktop.models import RECORDS, Registry, Role
from oost_desktop.security.secret import Secret
from oost_desktop.store.log import Entry, store_entries
from oost_desktop.store.operations import (
    FIRST_ENTRY,
    Intent,
    OpKind,
    Stamp,
    entry_hash,
    read_own,
    write,
)
from oost_desktop.store.projection import APPLIED, columns_of, project, stored_ops
from oost_desktop.store.tables import clash
from oost_desktop.store.unit import Actor
from oost_desktop.store.vault import Vault

KEY = bytes(range(32))
COORDINATOR = Actor("c" * 32, Role.COORDINATOR)
TUTOR = Actor("7" * 32, Role.TUTOR)


def opened(folder: Path, clock: Clock, registry: Registry = RECORDS) -> Vault:
    return Vault.open(folder, Secret(KEY), registry, clock)


def copied(template: Path, folder: Path, clock: Clock) -> Vault:
    """The template vault at another place: the same device, quicker than making one."""
    shutil.copytree(template, folder)
    return opened(folder, clock)


def dump(connection: Connection, registry: Registry = RECORDS) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every record table and of `clash`, in order."""
    queries: dict[str, Select[Any]] = {
        record_type.name: select(*(record_type.table.c[name] for name in columns_of(record_type)))
        for record_type in registry
    }
    queries["clash"] = select(clash)
    return {
        name: sorted((tuple(row) for row in connection.execute(query)), key=repr)
        for name, query in queries.items()
    }


def entries(vault: Vault) -> list[Entry]:
    """Everything in a vault's log, in the order it came."""
    with vault.read() as connection:
        rows = connection.exec_driver_sql(
            "select body, previous, entry, signature from op order by recv_no"
        )
        return [Entry(read_own(body), prev, entry, sig) for body, prev, entry, sig in rows]


def hand_over(given: Iterable[Entry], to: Vault) -> None:
    """Store what a vault does not know and fold the records concerned."""
    with to.write() as connection:
        known = set(connection.exec_driver_sql("select op_id from op").scalars())
        new = {entry.op.op_id: entry for entry in given if entry.op.op_id not in known}
        store_entries(connection, new.values(), APPLIED, None)
        entities = {entry.op.entity for entry in new.values()}
        ops = stored_ops(connection, entities)
        had_rows = {op.entity for group in ops.values() for op in group if op.op_id in known}
        project(connection, to.registry, ops, frozenset(had_rows))


def from_elsewhere(
    pupil: str, unit: str, wire: object, pred: list[str], when: datetime, device: str = "d" * 32
) -> Entry:
    """A change to a pupil from another device, as an import stores it."""
    wall = int(when.timestamp() * 1000)
    stamp = Stamp("test-service", device, "1" * 16, "a" * 32, "t", wall)
    intent = Intent(
        "pupil", pupil, f"p:{pupil}", OpKind.SET, {unit: wire}, {unit: pred} if pred else {}
    )
    op = write(stamp, intent, 1, wall << 16)
    return Entry(op, FIRST_ENTRY, entry_hash("1" * 16, 1, FIRST_ENTRY, op.digest), None)
