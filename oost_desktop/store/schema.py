"""Bringing a database to the shape this program knows, by Alembic, inside the package.

A newer database is refused untouched. Foreign keys are off while tables are rebuilt, because a
batch change of a parent would otherwise empty its children (`docs/decisions/0004-sqlcipher.md`).
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from oost_desktop.errors import DamageError, UserError
from oost_desktop.store.engine import our_words, write_engine


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision this program writes."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def revision(connection: Connection) -> str | None:
    """The revision of a database, or None for a new one."""
    return MigrationContext.configure(connection).get_current_revision()


def refuse_newer(engine: Engine) -> None:
    """Raise UserError if a newer version of the program has written this database."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    with our_words(), engine.connect() as connection:
        current = revision(connection)
    if current is not None and current not in known:
        raise UserError(
            "This caseload was last used by a newer version of the program.",
            "Update the program; nothing was changed.",
        )


def is_current(engine: Engine) -> bool:
    """Whether the database needs no migration."""
    with our_words(), engine.connect() as connection:
        return revision(connection) == newest()


def upgrade(engine: Engine) -> None:
    """Migrate to the newest revision in one transaction."""
    with our_words(), write_engine(engine).connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("pragma foreign_keys=off")
        try:
            with connection.begin():
                command.upgrade(_config(connection), "head")
                if connection.exec_driver_sql("pragma foreign_key_check").fetchone():
                    raise DamageError("The caseload does not fit together.", "Restore a backup.")
        finally:
            raw.execute("pragma foreign_keys=on")
