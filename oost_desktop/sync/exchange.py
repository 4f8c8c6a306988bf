"""Taking a bundle in: check, then apply, then perhaps undo. The whole of it, for services.

`prepare` reads only: a refused bundle leaves the vault byte for byte as it was. `apply` writes
one transaction. `undo` takes the last one back, as long as nothing was built on it.
"""

import gc
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from oost_desktop import ids
from oost_desktop.changes import ChangeSet
from oost_desktop.progress import Cancel, Progress, no_progress
from oost_desktop.store.engine import little_cache
from oost_desktop.store.log import here, settle_here, store_rows
from oost_desktop.store.operations import FIRST_ENTRY
from oost_desktop.store.projection import Projected, write_projected
from oost_desktop.store.vault import Vault, keep_local
from oost_desktop.sync import holdings, stream, tips
from oost_desktop.sync.ballots import jump_to, note_seen
from oost_desktop.sync.bundle import OFFICE_WALL_SEEN
from oost_desktop.sync.checking import Moves, Plan, basis_of, examine
from oost_desktop.sync.intake import Taken
from oost_desktop.sync.manifest import Direction, Manifest
from oost_desktop.sync.opening import Opened, open_bundle, read_file
from oost_desktop.sync.report import CheckReport
from oost_desktop.sync.trusted import keep_trust
from oost_desktop.sync.undoing import remember

AT_ONCE = 5000


@dataclass(frozen=True)
class Prepared:
    """A bundle that was checked and can be applied. `report` is for a person to read."""

    opened: Opened
    plan: Plan

    @property
    def report(self) -> CheckReport:
        """What applying it would do."""
        return self.plan.report


@dataclass(frozen=True)
class Applied:
    """A bundle that was applied. `changes` has been published."""

    batch: str
    report: CheckReport
    changes: ChangeSet


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep Python's search for cycles off: a bundle has none, and a million objects to walk.

    Measured on 50,000 records: a fifth of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def prepare(
    vault: Vault,
    file: Path,
    cancel: Cancel | None = None,
    progress: Progress = no_progress,
) -> Prepared:
    """Open, verify and work out a bundle. Raises RefusedError, UserError, CancelledError."""
    return prepare_bytes(vault, read_file(file), cancel, progress)


def prepare_bytes(
    vault: Vault,
    data: bytes,
    cancel: Cancel | None = None,
    progress: Progress = no_progress,
) -> Prepared:
    """As `prepare`, for a bundle already in memory."""
    with undisturbed(), vault.read() as connection:
        opened = open_bundle(vault, connection, data)
        return prepare_opened(vault, connection, opened, cancel, progress)


def prepare_opened(
    vault: Vault,
    connection: Connection,
    opened: Opened,
    cancel: Cancel | None = None,
    progress: Progress = no_progress,
) -> Prepared:
    """As `prepare`, for a bundle whose sender has been established."""
    today = vault.clock.today()
    plan = examine(vault, connection, opened, today, cancel or Cancel(), progress)
    return Prepared(opened, plan)


def apply(
    vault: Vault,
    prepared: Prepared,
    cancel: Cancel | None = None,
    progress: Progress = no_progress,
) -> Applied:
    """Write a checked bundle in one transaction, checking again if the vault moved since.

    Raises CancelledError until the last row is written; then nothing was.
    """
    with undisturbed(), vault.write() as connection:
        plan = prepared.plan
        if plan.basis != basis_of(connection):
            again = prepare_opened(vault, connection, prepared.opened, cancel, progress)
            plan = again.plan
        write_plan(vault, connection, plan, cancel, progress)
    changes = plan.taken.projected.tally.change_set("import")
    vault.changes.publish(changes)
    return Applied(plan.batch, plan.report, changes)


def write_plan(
    vault: Vault,
    connection: Connection,
    plan: Plan,
    cancel: Cancel | None = None,
    progress: Progress = no_progress,
) -> None:
    """Write what was worked out; the caller commits and publishes."""
    now = vault.clock.now().isoformat()
    manifest, taken = plan.manifest, plan.taken
    connection.exec_driver_sql(
        "insert into batch values (?,?,?,?,?,?,null)",
        (
            plan.batch, now, manifest.device, manifest.mark.no,
            json.dumps(_summary(plan.report)),
            json.dumps(remember(connection, vault.place.device, manifest.device)),
        ),
    )  # fmt: skip
    with little_cache(connection):
        _write_records(vault, connection, taken, cancel or Cancel(), progress)
    if taken.remarks:
        connection.exec_driver_sql("insert or ignore into remark values (?,?,?)", taken.remarks)
    connection.exec_driver_sql("update here set hlc = max(hlc, ?)", (taken.latest,))
    _move(vault, connection, manifest, plan.moves, now)


def _write_records(
    vault: Vault, connection: Connection, taken: Taken, cancel: Cancel, progress: Progress
) -> None:
    """Operations, then the records folded from them, so many at once that stopping is prompt."""
    total = len(taken.op_rows)
    for start in range(0, total, AT_ONCE):
        cancel.check()
        store_rows(connection, taken.op_rows[start : start + AT_ONCE])
        progress(start / total, f"{start:,} of {total:,} changes")
    for etype, rows in taken.projected.rows.items():
        for start in range(0, len(rows), AT_ONCE):
            cancel.check()
            few = Projected(rows={etype: rows[start : start + AT_ONCE]})
            write_projected(connection, vault.registry, few)
    write_projected(connection, vault.registry, replace(taken.projected, rows={}))


def _move(vault: Vault, connection: Connection, manifest: Manifest, moves: Moves, now: str) -> None:
    device = manifest.device
    if moves.fresh:
        resync = manifest.resync
        note_seen(connection, device, manifest.mark, now, manifest.keyset_no, resync)
        if manifest.direction is Direction.DOWN:
            keep_local(connection, OFFICE_WALL_SEEN, str(manifest.wall))
    if moves.tips is not None:
        tips.keep_tips(connection, device, moves.tips)
    if moves.restart_stream:
        stream.restart(connection, device)
    elif moves.stream_acked is not None:
        stream.keep_acked(connection, device, moves.stream_acked)
    for incarnation, seq in moves.own_acked.items():
        connection.exec_driver_sql(
            "insert or replace into own_ack values (?,?)", (incarnation, seq)
        )
    if moves.put_back:
        _begin_incarnation(connection)
    if moves.head is not None and moves.held is not None:
        holdings.keep_head(connection, vault.place.device, moves.head)
        holdings.keep_held(connection, vault.place.device, moves.held.values())
    if moves.trust is not None:
        keep_trust(connection, moves.trust)
    if moves.jump_to is not None:
        jump_to(connection, device, moves.jump_to)


def _begin_incarnation(connection: Connection) -> None:
    """Go on under a new name: numbers written after the backup may be in use elsewhere."""
    place = here(connection)
    new = replace(place, incarnation=ids.random_id()[:16], seq=0, entry=FIRST_ENTRY)
    settle_here(connection, new)


def _summary(report: CheckReport) -> Mapping[str, Any]:
    return {
        "new": report.total("new"),
        "changed": report.total("changed"),
        "removed": report.total("removed"),
        "clashes": len(report.clashes),
        "late": report.total("late"),
        "refused": len(report.refusals),
    }
