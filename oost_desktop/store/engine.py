"""The keyed SQLCipher engine, and the only place that knows its errors.

Raw key, WAL, full synchronisation, explicit transactions: the recipe and its traps are in
`docs/decisions/0004-sqlcipher.md`. Readers begin plainly; every unit of work that writes uses
`write_engine`, which takes the write lock at once, so that it never reads what it cannot keep.
"""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from oost_desktop.errors import BugError, DamageError, OostError, UserError

DATABASE = "vault.db"
PLAIN_HEADER = b"SQLite format 3\0"
KEY_BYTES = 32
BUSY_TIMEOUT_S = 30
_OTHERS = 0o077
_CACHE, _LITTLE_CACHE = -65536, -16384  # KiB; below nought, as SQLite wants it
_PRAGMAS = (
    "foreign_keys=on",
    "journal_mode=wal",
    "synchronous=full",
    f"cache_size={_CACHE}",
    "trusted_schema=off",
    "temp_store=memory",
)


def open_engine(path: Path, key: bytes, *, create: bool = False) -> Engine:
    """An engine on an encrypted database. `key` is 32 raw bytes.

    Raises DamageError if the key does not open the file, UserError if there is no file.
    """
    if len(key) != KEY_BYTES:
        # SQLCipher would take anything else for a passphrase, and nothing for no encryption.
        raise BugError("A database key has 32 bytes.")
    if create and path.exists():
        raise BugError("A vault is already there.")
    _keep_private(path, create=create)
    engine = create_engine(
        "sqlite:///" + str(path),
        module=sqlcipher3.dbapi2,
        creator=lambda: _connect(path, key, create=create),
        poolclass=QueuePool,
        pool_size=3,
        # An error's text may end on a screen or in a log: what was typed must not stand in it.
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        with engine.connect():
            pass
    except (DBAPIError, sqlcipher3.dbapi2.Error) as error:
        engine.dispose()
        raise translated(error) from error
    return engine


def _keep_private(path: Path, *, create: bool) -> None:
    """Let only this user read the file; SQLite gives what it puts beside it the same mode."""
    if sys.platform == "win32":
        return  # there the folder's own list decides
    if create:
        with our_words():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        return
    for name in (path.name, path.name + "-wal", path.name + "-shm"):
        # Missing, or somebody else's: opening it says so in better words.
        with suppress(OSError):
            file = path.with_name(name)
            mode = stat.S_IMODE(file.stat().st_mode)
            if mode & _OTHERS:
                file.chmod(mode & ~_OTHERS)


def write_engine(engine: Engine) -> Engine:
    """The same pool for units of work that write."""
    return engine.execution_options(write=True)


def _connect(path: Path, key: bytes, *, create: bool) -> Any:
    uri = path.resolve().as_uri() + ("?mode=rwc" if create else "?mode=rw")
    connection = sqlcipher3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_TIMEOUT_S
    )
    try:
        connection.execute("pragma cipher_log_level=NONE")
        connection.execute(f"pragma key=\"x'{key.hex()}'\"")
        # `pragma key` accepts any key; only reading proves it. Without a key an existing file
        # would be refused here and a new one would be written in the clear.
        connection.execute("select count(*) from sqlite_master").fetchall()
    except sqlcipher3.dbapi2.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, _record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute("pragma " + pragma)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def little_cache(connection: Connection) -> Iterator[None]:
    """Hold fewer pages while much is appended: it needs memory elsewhere, and is no slower."""
    connection.exec_driver_sql(f"pragma cache_size={_LITTLE_CACHE}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"pragma cache_size={_CACHE}")


def driver_of(connection: Connection) -> Any:
    """The driver's own connection, inside the same transaction.

    For the handful of statements that every save runs: SQLAlchemy's wrapping costs more than
    they do. Errors come out as they do elsewhere (`our_words`).
    """
    return connection.connection.driver_connection


@contextmanager
def our_words() -> Iterator[None]:
    """Turn the database's errors into ours, for whatever happens inside."""
    try:
        yield
    except (DBAPIError, sqlcipher3.dbapi2.Error) as error:
        raise translated(error) from error
    except OSError as error:
        raise _of_the_system(error) from error


def translated(error: Exception) -> OostError:
    """The sentence for a database error."""
    said = str(error).lower()
    if "disk is full" in said:
        return _disk_full()
    if "disk i/o error" in said:
        return UserError(
            "The disk did not take or give what it was asked for. Nothing was changed.",
            "Check that it is connected and not full, then try again.",
        )
    if "locked" in said or "busy" in said:
        return UserError("The caseload is busy.", "Wait a moment and try again.")
    if "readonly" in said or "unable to open" in said:
        return UserError(
            "The caseload's file cannot be opened and written to.",
            "Check that the folder is there and that you may write to it.",
        )
    if "not a database" in said or "malformed" in said or "hmac" in said:
        return DamageError(
            "The caseload file is damaged or is not ours.", "Restore the newest backup."
        )
    return BugError(f"The database refused what it was asked ({type(error).__name__}).")


def _of_the_system(error: OSError) -> OostError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full()
    name = Path(error.filename).name if isinstance(error.filename, str) else "A file"
    return UserError(
        f"“{name}” could not be used: {error.strerror or type(error).__name__}.",
        "Nothing was changed. Check that it is there and that you may write to it.",
    )


def _disk_full() -> UserError:
    return UserError(
        "The disk is full. Nothing was changed.",
        "Free 50 MB and save again.",
    )
