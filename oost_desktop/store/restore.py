"""Putting a backup in the place of a vault, whole or not at all.

The decision is the renaming of one folder; what remains after it is carried through by
`finish_restore`, also when the vault is next opened. A restored vault is a new incarnation of
its device, because what it forgot may be known elsewhere (`docs/format.md`, "Incarnations").
The vault it replaces is kept beside it and never deleted here.
"""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from oost_desktop import ids
from oost_desktop.atomic import flush_folder
from oost_desktop.clock import Clock
from oost_desktop.errors import UserError
from oost_desktop.models.columns import moment_text
from oost_desktop.security.keystore import COPY as KEYSTORE_COPY
from oost_desktop.security.keystore import NAME as KEYSTORE
from oost_desktop.security.secret import Secret
from oost_desktop.store.backup import UNFINISHED, clear_unfinished, flush_file, verified
from oost_desktop.store.engine import DATABASE, open_engine, our_words, write_engine
from oost_desktop.store.folders import only_here
from oost_desktop.store.log import here, settle_here
from oost_desktop.store.operations import FIRST_ENTRY

_READY, _MOVED, _ASIDE = "restore-ready-", "restore-moved-", "replaced-"


def restore(backup: Path, folder: Path, db_key: Secret, clock: Clock) -> Path:
    """Put a backup in the place of the closed vault in `folder`, as a new incarnation.

    Returns where the replaced vault is kept. Raises DamageError if the backup does not hold and
    UserError if the vault is open: nothing was changed then.
    """
    now = clock.now()
    with our_words():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with only_here(folder, now):
            finish_restore(folder)
            clear_unfinished(folder)
            work = folder / (UNFINISHED + ids.random_id()[:8])
            work.mkdir(mode=0o700)
            try:
                for name in (DATABASE, KEYSTORE):
                    shutil.copyfile(backup / name, work / name)
                verified(work / DATABASE, db_key)
                _begin_anew(work / DATABASE, db_key, now)
                for name in (DATABASE, KEYSTORE):
                    flush_file(work / name)
                flush_folder(work)
                stamp = _free_stamp(folder, now)
                # From here on it happens, if need be when the vault is next opened.
                work.rename(folder / (_READY + stamp))
            finally:
                shutil.rmtree(work, ignore_errors=True)
            flush_folder(folder)
            finish_restore(folder)
    return folder / (_ASIDE + stamp)


def finish_restore(folder: Path) -> None:
    """Carry a restore through that was decided but interrupted. Else does nothing.

    The folder must be held. Every step may be repeated.
    """
    for ready in folder.glob(_READY + "*"):
        stamp = ready.name.removeprefix(_READY)
        aside = folder / (_ASIDE + stamp)
        aside.mkdir(mode=0o700, exist_ok=True)
        for name in (DATABASE, DATABASE + "-wal", DATABASE + "-shm"):
            if (folder / name).exists():
                (folder / name).rename(aside / name)
        for name in (KEYSTORE, KEYSTORE_COPY):
            # Copied, not moved: without a key file the vault could not be unlocked in between.
            if (folder / name).exists():
                shutil.copyfile(folder / name, aside / name)
        flush_folder(aside)
        ready.rename(folder / (_MOVED + stamp))
    for moved in folder.glob(_MOVED + "*"):
        if (moved / KEYSTORE).exists():
            shutil.copyfile(moved / KEYSTORE, moved / KEYSTORE_COPY)
            for name in (KEYSTORE_COPY, KEYSTORE):
                (moved / name).replace(folder / name)
        if (moved / DATABASE).exists():
            (moved / DATABASE).replace(folder / DATABASE)
        flush_folder(folder)
        shutil.rmtree(moved)


def _free_stamp(folder: Path, now: datetime) -> str:
    stamp = f"{now:%Y%m%d-%H%M%S}"
    while any((folder / (start + stamp)).exists() for start in (_READY, _MOVED, _ASIDE)):
        stamp += "x"
    return stamp


def _begin_anew(database: Path, db_key: Secret, now: datetime) -> None:
    """Give the copy a chain of its own: the old one may have gone on without it."""
    engine = open_engine(database, db_key.reveal())
    try:
        with write_engine(engine).begin() as connection:
            place = here(connection)
            settle_here(
                connection,
                replace(place, incarnation=ids.random_id()[:16], seq=0, entry=FIRST_ENTRY),
            )
            connection.exec_driver_sql(
                "insert or replace into local values ('restored_at', ?)", (moment_text(now),)
            )
    finally:
        engine.dispose()
    if (database.parent / (DATABASE + "-wal")).exists():
        raise UserError("The backup is being used by another program.", "Close it and try again.")
