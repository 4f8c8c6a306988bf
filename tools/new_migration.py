"""Writes the next migration from what the models now say. Read and edit what it writes.

usage: python tools/new_migration.py "add a place to sessions"
"""

import re
import secrets
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from oost_desktop.store import schema
from oost_desktop.store.engine import DATABASE, open_engine, write_engine

VERSIONS = Path(schema.__file__).parent / "migrations" / "versions"


def main() -> None:
    """Compare a database at the newest revision with the models and write the difference."""
    words = " ".join(sys.argv[1:]).strip()
    if not words:
        raise SystemExit(__doc__)
    number = f"{len(list(VERSIONS.glob('[0-9]*.py'))) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Path(folder) / DATABASE, secrets.token_bytes(32), create=True)
        if number != "0001":
            schema.upgrade(engine)
        with write_engine(engine).connect() as connection:
            config = Config()
            config.set_main_option("script_location", str(VERSIONS.parent))
            config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            config.attributes["connection"] = connection
            slug = re.sub(r"\W+", "_", words.lower()).strip("_")
            script = command.revision(config, slug, autogenerate=True, rev_id=number)
        engine.dispose()
    print(getattr(script, "path", script))
    print(f"Now add {number!r} to REVISIONS in store/schema.py.")


if __name__ == "__main__":
    main()
