"""Alembic's way in: it is handed an open, keyed connection and never makes its own."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from oost_desktop.models.base import Base
from oost_desktop.store.tables import metadata

SEARCH_INDEX = {
    "find",
    *(f"find_{part}" for part in ("config", "content", "data", "docsize", "idx")),
}


def plain_types(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Migrations never import models: our own column types are written as what they store."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance.__class__.__name__}()"
    return False


def is_declared(name: str | None, kind: str, _parents: Any) -> bool:
    """The search index is made by hand and known to no model: it must not be dropped for that."""
    return kind != "table" or name not in SEARCH_INDEX


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[Base.metadata, metadata],
    render_as_batch=True,
    render_item=plain_types,
    include_name=is_declared,
    transaction_per_migration=False,
)
context.run_migrations()
