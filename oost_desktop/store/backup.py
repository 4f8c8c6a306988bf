"""Copies of a vault that are known to open. Putting one back is `store/restore.py`.

A backup is a folder with `vault.db` (encrypted with the vault's own key), `keystore.json` and
`about.json` (counts and dates, nothing about anybody). It gets its name only after the copy was
opened and checked; whatever dies before leaves an unnamed folder that the next backup clears.
"""

import json
import os
import shutil
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from oost_desktop import ids
from oost_desktop.atomic import flush_folder
from oost_desktop.clock import LONDON, Clock
from oost_desktop.errors import DamageError
from oost_desktop.models.columns import moment_text, moment_value
from oost_desktop.security.keystore import NAME as KEYSTORE
from oost_desktop.security.secret import Secret
from oost_desktop.store.engine import DATABASE, open_engine, our_words
from oost_desktop.store.operations import FIRST_ENTRY

DAILY, WEEKLY = 7, 4
_ABOUT = "about.json"
_NAME = "backup-{:%Y%m%d-%H%M%S}"
UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class Backup:
    """One verified copy. `last` and `entry` are its last operation's `recv_no` and chain hash."""

    folder: Path
    made_at: datetime
    operations: int
    last: int
    entry: str
    size: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A backup as the restore list shows it. `lost` counts operations made or received since."""

    backup: Backup
    lost: int


def back_up(engine: Engine, folder: Path, to: Path, db_key: Secret, clock: Clock) -> Backup:
    """Copy the open vault in `folder` into the backups folder `to`, check the copy, thin out.

    Raises UserError (disk full, no permission) or DamageError (the copy does not hold). Keeps
    the newest of each of the last 7 days and 4 weeks on which there was one.
    """
    now = clock.now()
    with our_words():
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        clear_unfinished(to)
        work = to / (UNFINISHED + ids.random_id()[:8])
        work.mkdir(mode=0o700)
        try:
            backup = _copy(engine, folder, work, db_key, now)
            final = _free_name(to, now)
            work.rename(final)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        flush_folder(to)
        _thin_out(to)
    return replace(backup, folder=final)


def _copy(engine: Engine, folder: Path, work: Path, db_key: Secret, now: datetime) -> Backup:
    copy = work / DATABASE
    _vacuum_into(engine, copy)
    shutil.copyfile(folder / KEYSTORE, work / KEYSTORE)
    operations, last, entry = verified(copy, db_key)
    with engine.connect() as connection:
        if _end_of_log(connection, last) != (operations, last, entry):
            raise DamageError(
                "The backup differs from the caseload, so it was thrown away.",
                "Try again. If it happens twice, check the disk.",
            )
    backup = Backup(work, now, operations, last, entry.hex(), copy.stat().st_size)
    about = {
        "made_at": moment_text(now),
        "operations": operations,
        "last": last,
        "entry": backup.entry,
    }
    (work / _ABOUT).write_text(json.dumps(about), encoding="ascii")
    for path in (copy, work / KEYSTORE, work / _ABOUT):
        flush_file(path)
    flush_folder(work)
    return backup


def _vacuum_into(engine: Engine, copy: Path) -> None:
    # Not inside a transaction, so past SQLAlchemy; encrypted with the key of the connection.
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("vacuum into ?", (str(copy),))


def verified(database: Path, db_key: Secret) -> tuple[int, int, bytes]:
    """Open a copy as a person would and look at every page. Raises DamageError."""
    engine = open_engine(database, db_key.reveal())
    try:
        with engine.connect() as connection:
            found = damage(connection)
            if found:
                raise DamageError("The backup cannot be read back.", found[0])
            end = _end_of_log(connection, None)
    finally:
        engine.dispose()
    return end


def damage(connection: Connection) -> list[str]:
    """What SQLCipher and SQLite themselves find wrong with the open database's file."""
    pages = connection.exec_driver_sql("pragma cipher_integrity_check").scalars().all()
    if pages:
        return [f"{len(pages)} pages of the file were changed from outside."]
    said = connection.exec_driver_sql("pragma integrity_check").scalars().all()
    return [] if said == ["ok"] else [f"The database is inconsistent: {line}" for line in said]


def _end_of_log(connection: Connection, last: int | None) -> tuple[int, int, bytes]:
    """How many operations there are up to `last` (or in all), and the last one and its hash."""
    count, end = connection.exec_driver_sql(
        "select count(*), coalesce(max(recv_no), 0) from op where ?1 is null or recv_no <= ?1",
        (last,),
    ).one()
    entry = connection.exec_driver_sql("select entry from op where recv_no = ?", (end,))
    return count, end, entry.scalar_one_or_none() or FIRST_ENTRY


def list_backups(to: Path) -> list[Backup]:
    """The backups in a folder, the newest first. Unfinished ones are not among them."""
    found = []
    for about in to.glob("backup-*/" + _ABOUT):
        try:
            found.append(_read(about))
        except (ValueError, KeyError, OSError):
            continue  # not one of ours, or spoilt: it cannot be offered
    return sorted(found, key=lambda backup: (backup.made_at, backup.folder.name), reverse=True)


def _read(about: Path) -> Backup:
    said = json.loads(about.read_text(encoding="ascii"))
    folder = about.parent
    return Backup(
        folder,
        moment_value(said["made_at"]),
        int(said["operations"]),
        int(said["last"]),
        str(said["entry"]),
        (folder / DATABASE).stat().st_size,
    )


def offers(connection: Connection, to: Path) -> list[Offered]:
    """The backups, the newest first, with how many operations going back to each would lose."""
    return [
        Offered(
            backup,
            connection.exec_driver_sql(
                "select count(*) from op where recv_no > ?", (backup.last,)
            ).scalar_one(),
        )
        for backup in list_backups(to)
    ]


def is_due(connection: Connection, to: Path) -> bool:
    """Whether anything was written since the newest backup."""
    newest = next(iter(list_backups(to)), None)
    if newest is None:
        return True
    count, last, entry = _end_of_log(connection, None)
    return (count, last, entry.hex()) != (newest.operations, newest.last, newest.entry)


def clear_unfinished(to: Path) -> None:
    """Remove what a backup that was interrupted has left behind."""
    for leftover in to.glob(UNFINISHED + "*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _free_name(to: Path, now: datetime) -> Path:
    wanted = to / _NAME.format(now)
    number = 2
    while wanted.exists():
        wanted = to / f"{_NAME.format(now)}-{number}"
        number += 1
    return wanted


def _thin_out(to: Path) -> None:
    backups = list_backups(to)
    kept = {backup.folder for backup in kept_of(backups)}
    for backup in backups:
        if backup.folder not in kept:
            # Renamed first: half a backup must not look like one.
            going = to / (UNFINISHED + backup.folder.name)
            backup.folder.rename(going)
            shutil.rmtree(going, ignore_errors=True)


def kept_of(backups: Iterable[Backup]) -> list[Backup]:
    """Of backups, newest first, those to keep: the last of 7 days and of 4 weeks."""
    ordered = list(backups)
    daily = _newest_of_each(ordered, _day, DAILY)
    weekly = _newest_of_each(ordered, lambda backup: _day(backup).isocalendar()[:2], WEEKLY)
    return [backup for backup in ordered if backup in daily or backup in weekly]


def _day(backup: Backup) -> date:
    return backup.made_at.astimezone(LONDON).date()


def _newest_of_each(
    backups: Iterable[Backup], period: Callable[[Backup], Hashable], count: int
) -> list[Backup]:
    newest: dict[Hashable, Backup] = {}
    for backup in backups:
        newest.setdefault(period(backup), backup)
    return list(newest.values())[:count]


def flush_file(path: Path) -> None:
    """Make what was written survive a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
