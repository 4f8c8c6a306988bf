"""Writes the next migration from what the models now say, and lists it in `store/schema.py`.

Read and edit what it writes: it sees tables and columns, not what they mean.

usage: python tools/new_migration.py "add a place to sessions"
"""

import re
import secrets
import subprocess
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
            script = command.revision(config, words, autogenerate=True, rev_id=number)
        engine.dispose()
    written = [str(getattr(script, "path", script)), str(_list(number))]
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", *written], check=True)
    print(f"Read, edit and commit: {', '.join(written)}")


def _list(number: str) -> Path:
    """Add a revision to those the program knows."""
    path = Path(schema.__file__)
    known = path.read_text(encoding="utf-8")
    longer, found = re.subn(r"(?m)^(REVISIONS = \([^)]*?),?\s*\)", rf'\1, "{number}")', known)
    if found != 1:
        raise SystemExit(f"Add {number!r} to REVISIONS in {path} by hand.")
    path.write_text(longer, encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
