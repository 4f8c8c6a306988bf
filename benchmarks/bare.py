"""Bare SQLCipher, set up as the vault's database is, and nothing else: the floor under saving."""

import secrets
from pathlib import Path
from typing import Any

import sqlcipher3

PRAGMAS = (
    "journal_mode=wal", "synchronous=full", "cache_size=-65536", "temp_store=memory",
)  # fmt: skip


def connect(path: Path) -> Any:
    """A new keyed database with two tables, in autocommit mode."""
    connection = sqlcipher3.connect(str(path), isolation_level=None)
    connection.execute(f"pragma key=\"x'{secrets.token_hex(32)}'\"")
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")
    connection.execute("create table log (no integer primary key, body blob)")
    connection.execute("create table kept (id text primary key, body text)")
    return connection


def save_two_rows(connection: Any, body: bytes) -> None:
    """One transaction of two rows."""
    connection.execute("begin immediate")
    connection.execute("insert into log (body) values (?)", (body,))
    connection.execute(
        "insert into kept values (?,?)", (secrets.token_hex(16), body.decode("utf-8", "replace"))
    )
    connection.execute("commit")
