"""Alembic's way in: it is handed an open, keyed connection and never makes its own."""

from alembic import context

from oost_desktop.models.base import Base
from oost_desktop.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[Base.metadata, metadata],
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
