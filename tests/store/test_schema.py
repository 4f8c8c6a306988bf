"""Migrations: known, complete, refused when newer, and unable to empty a child table."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from oost_desktop.errors import OostError, UserError
from oost_desktop.models import RECORDS, Pupil, Registry, Work
from oost_desktop.models.base import Base
from oost_desktop.security.secret import Secret
from oost_desktop.store import schema, search, tables
from oost_desktop.store.engine import open_engine, write_engine
from oost_desktop.store.projection import rebuild
from oost_desktop.store.vault import Vault
from tests.store.vaults import COORDINATOR, KEY, copied, opened

SEARCH_INDEX = re.compile(r"find(_(data|idx|content|docsize|config))?")
WITHOUT_WORK = Registry([record.cls for record in RECORDS if record.name != "work"])


@pytest.fixture
def engine(tmp_path: Path):
    engine = open_engine(tmp_path / "vault.db", KEY, create=True)
    schema.upgrade(engine)
    yield engine
    engine.dispose()


def test_the_program_knows_every_migration_and_no_other():
    files = sorted((schema._SCRIPTS / "versions").glob("[0-9]*.py"))
    assert [file.name.split("_")[0] for file in files] == list(schema.REVISIONS)


def test_the_newest_revision_has_exactly_the_declared_tables(engine):
    def counts(_thing: object, name: str | None, kind: str, *_rest: object) -> bool:
        return kind != "table" or SEARCH_INDEX.fullmatch(name or "") is None

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": counts})
        declared: Any = [Base.metadata, tables.metadata]  # Alembic takes several; its types do not
        differences = compare_metadata(context, declared)
    assert differences == []


def test_a_database_of_a_newer_program_is_refused_untouched(template, tmp_path, clock):
    with copied(template, tmp_path / "v", clock.clock()) as vault, vault.write() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '9999'")
    with pytest.raises(UserError, match="newer version"):
        opened(tmp_path / "v", clock.clock())
    engine = open_engine(tmp_path / "v" / "vault.db", KEY)
    with engine.connect() as connection:
        assert schema.revision(connection) == "9999"
    engine.dispose()


PARENT_AND_CHILD = """
from alembic import op
import sqlalchemy as sa
revision = "0901"
down_revision = "{before}"
def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True))
    op.create_table("child", sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent", sa.Integer, sa.ForeignKey("parent.id", ondelete="CASCADE")))
"""
CHANGED_PARENT = """
from alembic import op
import sqlalchemy as sa
revision = "0902"
down_revision = "0901"
def upgrade():
    with op.batch_alter_table("parent", recreate="always") as batch:
        batch.add_column(sa.Column("b", sa.Text))
    {then}
"""
STOPS = 'raise ZeroDivisionError("the power went")'
BREAKS = 'op.execute("insert into child (id, parent) values (99, 99)")'


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations with two more, and a program that knows them."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema._SCRIPTS, folder)
    before = schema.REVISIONS[-1]
    (folder / "versions" / "0901_x.py").write_text(PARENT_AND_CHILD.format(before=before))
    monkeypatch.setattr(schema, "_SCRIPTS", folder)
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "0901", "0902"))
    return folder / "versions"


def with_children(engine: Engine) -> Engine:
    schema.upgrade(engine)
    with write_engine(engine).begin() as connection:
        connection.exec_driver_sql("insert into parent (id) values (1), (2)")
        connection.exec_driver_sql("insert into child values (1, 1), (2, 1), (3, 2)")
    return engine


def counted(engine: Engine, query: str) -> object:
    with engine.begin() as connection:
        return connection.exec_driver_sql(query).scalar_one()


def test_changing_a_parent_table_keeps_its_children(engine, scripts):
    with_children(engine)
    (scripts / "0902_x.py").write_text(CHANGED_PARENT.format(then="pass"))
    schema.upgrade(engine)
    assert counted(engine, "select count(*) from child") == 3
    assert counted(engine, "select count(*) from parent where b is null") == 2
    assert counted(engine, "pragma foreign_keys") == 1


@pytest.mark.parametrize(("then", "error"), [(STOPS, ZeroDivisionError), (BREAKS, OostError)])
def test_a_migration_that_stops_leaves_the_old_shape_and_can_be_run_again(
    engine, scripts, then, error
):
    with_children(engine)
    (scripts / "0902_x.py").write_text(CHANGED_PARENT.format(then=then))
    with pytest.raises(error):
        schema.upgrade(engine)
    assert counted(engine, "select version_num from alembic_version") == "0901"
    assert counted(engine, "select count(*) from child") == 3
    (scripts / "0902_x.py").write_text(CHANGED_PARENT.format(then="pass"))
    schema.upgrade(engine)
    assert counted(engine, "select count(*) from child") == 3


def test_opening_an_older_vault_backs_it_up_and_folds_what_it_did_not_understand(
    template, tmp_path, clock, request
):
    folder = tmp_path / "older"
    with copied(template, folder, clock.clock()) as vault, vault.act(COORDINATOR) as unit:
        pupil = unit.create(Pupil, {"legal_forename": "Ada"})
        unit.create(Work, {"pupil": pupil, "title": "Fractions"})
    with opened(folder, clock.clock(), WITHOUT_WORK) as older, older.write() as connection:
        rebuild(connection, WITHOUT_WORK)
        connection.exec_driver_sql("delete from work")  # as if it had never had a row
        while search.catch_up(connection, WITHOUT_WORK):
            pass
    scripts = request.getfixturevalue("scripts")
    (scripts / "0902_x.py").write_text(CHANGED_PARENT.format(then="pass"))
    asked: list[Path] = []

    def back_up(_engine: Engine, where: Path) -> None:
        asked.append(where)

    with (
        Vault.open(folder, Secret(KEY), RECORDS, clock.clock(), before_upgrade=back_up) as newer,
        newer.write() as connection,
    ):
        assert asked == [folder]
        titles = connection.exec_driver_sql("select title from work").scalars().all()
        assert titles == ["Fractions"]
        assert search.catch_up(connection, RECORDS) > 0
        assert [hit.title for hit in search.find(connection, RECORDS, "frac")] == ["Fractions"]
