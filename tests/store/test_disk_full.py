"""A disk that is really full: a sentence, nothing changed, and it goes on when there is room."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from oost_desktop.errors import UserError
from oost_desktop.models import Session
from oost_desktop.security.secret import Secret
from oost_desktop.store import backup, drafts
from oost_desktop.store.vault import Vault
from tests.store.test_drafts import a_draft
from tests.store.vaults import KEY, TUTOR, dump, entries


@contextmanager
def no_room(vault: Vault) -> Iterator[None]:
    """SQLite refuses every page more than there are: its own "database or disk is full"."""

    def limit(connection: object, _record: object) -> None:
        connection.execute("pragma max_page_count = 1").fetchall()  # type: ignore[attr-defined]

    event.listen(vault.engine, "connect", limit)
    vault.engine.dispose()
    try:
        yield
    finally:
        event.remove(vault.engine, "connect", limit)
        vault.engine.dispose()


def test_saving_says_so_and_changes_nothing(vault, case):
    heard: list[object] = []
    vault.changes.subscribe(heard.append)
    with vault.read() as connection:
        before = dump(connection)
    long_note = "We read. " * 4000
    with no_room(vault):
        with pytest.raises(UserError, match="disk is full") as error, vault.act(TUTOR) as unit:
            unit.change(Session, case.session, {"covered": long_note})
        assert error.value.title == "The disk is full. Nothing was changed."
        assert error.value.advice == "Free 50 MB and save again."
        with vault.read() as connection:
            assert dump(connection) == before
    assert len(entries(vault)) == 2
    assert heard == []
    with vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"covered": long_note})
    assert len(entries(vault)) == 3


def test_keeping_a_draft_says_so_and_leaves_the_earlier_one(vault):
    with vault.write() as connection:
        drafts.keep(connection, a_draft(words="a few words"))
    with (
        no_room(vault),
        pytest.raises(UserError, match="disk is full"),
        vault.write() as connection,
    ):
        drafts.keep(connection, a_draft(words="very many words " * 4000))
    with vault.read() as connection:
        assert [d.content for d in drafts.all_of(connection, TUTOR.id)] == [
            {"covered": "a few words"}
        ]


@pytest.fixture
def small_files() -> Iterator[None]:
    """The operating system lets no file grow beyond 100 kB."""
    if sys.platform == "win32":
        pytest.skip("there is no such limit")
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_backup_that_does_not_fit_leaves_none(vault, case, clock, tmp_path, small_files):
    to = tmp_path / "backups"
    with pytest.raises(UserError):
        backup.back_up(vault.engine, vault.folder, to, Secret(KEY), clock.clock())
    assert backup.list_backups(to) == []
    assert list(Path(to).iterdir()) == []


def test_a_disk_that_fails_while_saving_changes_nothing(vault, case, small_files):
    with pytest.raises(UserError, match="Nothing was changed"), vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"covered": "We read. " * 20_000})
    assert len(entries(vault)) == 2
