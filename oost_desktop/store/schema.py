"""Bringing a database to the shape this program knows, by Alembic, inside the package.

A newer database is refused untouched. Foreign keys are off while tables are rebuilt, because a
batch change of a parent would otherwise empty its children (`docs/decisions/0004-sqlcipher.md`).
Alembic takes a third of a second to import, so only a migration imports it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from oost_desktop.errors import DamageError, UserError
from oost_desktop.store.engine import our_words, write_engine

if TYPE_CHECKING:
    from alembic.config import Config

# Oldest first. A test compares them with the files in `migrations/versions`.
REVISIONS = ("0001",)

AfterUpgrade = Callable[[Connection], None]
_SCRIPTS = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str | None:
    """The revision of a database, or None for a new one."""
    is_there = connection.exec_driver_sql(
        "select count(*) from sqlite_master where name = 'alembic_version'"
    ).scalar_one()
    if not is_there:
        return None
    found = connection.exec_driver_sql("select version_num from alembic_version")
    return found.scalar_one_or_none()


def refuse_newer(engine: Engine) -> None:
    """Raise UserError if a newer version of the program has written this database."""
    with our_words(), engine.connect() as connection:
        current = revision(connection)
    if current is not None and current not in REVISIONS:
        raise UserError(
            "This caseload was last used by a newer version of the program.",
            "Update the program; nothing was changed.",
        )


def is_current(engine: Engine) -> bool:
    """Whether the database needs no migration."""
    with our_words(), engine.connect() as connection:
        return revision(connection) == REVISIONS[-1]


def upgrade(engine: Engine, then: AfterUpgrade | None = None) -> None:
    """Migrate to the newest revision, and do `then`, in one transaction."""
    from alembic import command

    with our_words(), write_engine(engine).connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("pragma foreign_keys=off")
        try:
            with connection.begin():
                command.upgrade(_config(connection), "head")
                if connection.exec_driver_sql("pragma foreign_key_check").fetchone():
                    raise DamageError("The caseload does not fit together.", "Restore a backup.")
                if then is not None:
                    then(connection)
        finally:
            raw.execute("pragma foreign_keys=on")


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config
