"""A vault: one person's (or one office's) encrypted folder, open.

`read` gives a connection that sees one moment; `act` a unit of work that becomes one
transaction and one `ChangeSet`. Both are called on the `db` thread. How a vault is unlocked is
`services/unlocking.py`'s; this module is given the key.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from oost_desktop import ids
from oost_desktop.changes import ChangeFeed
from oost_desktop.clock import Clock
from oost_desktop.errors import DamageError, UserError
from oost_desktop.models.registry import Registry
from oost_desktop.security.keys import DeviceKeys
from oost_desktop.security.secret import Secret
from oost_desktop.security.signing import Domain
from oost_desktop.store import folders, schema, search
from oost_desktop.store.engine import DATABASE, open_engine, our_words, write_engine
from oost_desktop.store.log import Appender, Here, here, settle_here
from oost_desktop.store.operations import FIRST_ENTRY, Stamp
from oost_desktop.store.projection import rebuild
from oost_desktop.store.restore import finish_restore
from oost_desktop.store.unit import Actor, UnitOfWork

BeforeUpgrade = Callable[[Engine, Path], None]


class Vault:
    """An open vault. `close` before the key is forgotten; `with` does it."""

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        registry: Registry,
        clock: Clock,
        keys: DeviceKeys,
        held: ExitStack,
    ) -> None:
        self.folder = folder
        self.registry = registry
        self.clock = clock
        self.keys = keys
        self.changes = ChangeFeed()
        self._engine = engine
        self._held = held
        with self.read() as connection:
            self.place = here(connection)

    @classmethod
    def create(
        cls, folder: Path, db_key: Secret, registry: Registry, clock: Clock, *, org: str
    ) -> "Vault":
        """Make a new, empty vault with keys of its own. `org` is the service's id."""
        folders.refuse_unsafe(folder)
        with our_words():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / DATABASE).exists():
            raise UserError("There is a caseload in that folder already.", "Choose another.")
        with _held(folder, clock) as held:
            keys = DeviceKeys.generate()
            _make_database(folder, db_key, keys, org)
            engine = open_engine(folder / DATABASE, db_key.reveal())
            held.callback(engine.dispose)
            return cls(folder, engine, registry, clock, keys, held.pop_all())

    @classmethod
    def open(
        cls,
        folder: Path,
        db_key: Secret,
        registry: Registry,
        clock: Clock,
        *,
        before_upgrade: BeforeUpgrade | None = None,
    ) -> "Vault":
        """Open a vault. `before_upgrade` is called before an older one is migrated: back it up."""
        if not folder.is_dir():
            raise _no_caseload()
        with _held(folder, clock) as held:
            finish_restore(folder)
            if not (folder / DATABASE).exists():
                raise _no_caseload()
            engine = open_engine(folder / DATABASE, db_key.reveal())
            held.callback(engine.dispose)
            schema.refuse_newer(engine)
            if not schema.is_current(engine):
                if before_upgrade is not None:
                    before_upgrade(engine, folder)
                schema.upgrade(engine, lambda connection: _fold_again(connection, registry))
            with our_words(), engine.connect() as connection:
                secret = secret_of(connection, "device")
            if secret is None:
                raise DamageError("This caseload has lost its keys.", "Restore a backup.")
            return cls(folder, engine, registry, clock, DeviceKeys.load(secret), held.pop_all())

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the vault."""
        with our_words(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that makes no operation: drafts, exchange bookkeeping, imports."""
        with our_words(), write_engine(self._engine).begin() as connection:
            yield connection

    @contextmanager
    def act(self, actor: Actor) -> Iterator[UnitOfWork]:
        """One act of one person: all of it, or nothing. Its changes are published after."""
        with self.write() as connection:
            place = here(connection)
            stamp = Stamp(
                place.org,
                place.device,
                place.incarnation,
                actor.id,
                ids.random_id(),
                self.clock.wall_ms(),
            )
            appender = Appender(connection, stamp, self.sign_entry, place)
            unit = UnitOfWork(connection, self.registry, appender, actor, self.clock.wall_ms)
            yield unit
            changes = unit.finish()
        self.changes.publish(changes)

    def sign_entry(self, entry: bytes) -> bytes:
        """This device's signature over one link of its chain."""
        return self.keys.signing.sign(Domain.ENTRY, entry)

    @property
    def engine(self) -> Engine:
        """The engine, for backup and checking only."""
        return self._engine

    def close(self) -> None:
        """Forget the key and free the folder. Nothing may be used afterwards."""
        self._held.close()

    def __enter__(self) -> "Vault":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


def _no_caseload() -> UserError:
    return UserError("There is no caseload in that folder.", "Choose another.")


def _make_database(folder: Path, db_key: Secret, keys: DeviceKeys, org: str) -> None:
    """Make it under another name first: a vault that is there is whole."""
    unfinished = folder / (DATABASE + ".new")
    for leftover in folder.glob(unfinished.name + "*"):
        leftover.unlink()
    engine = open_engine(unfinished, db_key.reveal(), create=True)
    try:
        schema.upgrade(engine)
        with our_words(), write_engine(engine).begin() as connection:
            place = Here(org, ids.random_id(), ids.random_id()[:16], 0, FIRST_ENTRY, 0)
            settle_here(connection, place)
            keep_secret(connection, "device", keys.serialise())
    finally:
        engine.dispose()
    unfinished.replace(folder / DATABASE)


def _fold_again(connection: Connection, registry: Registry) -> None:
    """What an older version kept without understanding takes its place."""
    rebuild(connection, registry)
    search.start_again(connection)


@contextlib.contextmanager
def _held(folder: Path, clock: Clock) -> Iterator[ExitStack]:
    with ExitStack() as held:
        held.enter_context(folders.only_here(folder, clock.now()))
        yield held


def keep_secret(connection: Connection, name: str, secret: Secret) -> None:
    """Keep a secret inside the encrypted database."""
    connection.exec_driver_sql(
        "insert or replace into secret values (?,?)", (name, secret.reveal())
    )


def secret_of(connection: Connection, name: str) -> Secret | None:
    """A secret kept before, or None."""
    found = connection.exec_driver_sql(
        "select value from secret where name = ?", (name,)
    ).scalar_one_or_none()
    return None if found is None else Secret(found)


def keep_local(connection: Connection, name: str, value: str) -> None:
    """Keep a small fact about this vault that travels nowhere."""
    connection.exec_driver_sql("insert or replace into local values (?,?)", (name, value))


def local_of(connection: Connection, name: str) -> str | None:
    """A local fact kept before, or None."""
    return connection.exec_driver_sql(
        "select value from local where name = ?", (name,)
    ).scalar_one_or_none()
