"""The SQLCipher recipe: each line of it is here because leaving it out once cost somebody data."""

import sys
import threading
import traceback
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from oost_desktop.errors import BugError, DamageError, UserError
from oost_desktop.store.engine import PLAIN_HEADER, open_engine, our_words, write_engine
from tests.store.vaults import KEY

OTHER_KEY = b"\1" * 32
CANARY = "Zoë Świątek"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.db"


@pytest.fixture
def engine(path: Path):
    engine = open_engine(path, KEY, create=True)
    with write_engine(engine).begin() as connection:
        connection.exec_driver_sql("create table note (n integer primary key, words text)")
    yield engine
    engine.dispose()


def count(engine: Engine) -> int:
    with engine.begin() as connection:
        counted = connection.exec_driver_sql("select count(*) from note").scalar_one()
        assert isinstance(counted, int)
        return counted


def test_a_new_database_is_encrypted_from_its_first_byte(engine, path):
    assert path.read_bytes()[:16] != PLAIN_HEADER
    with write_engine(engine).begin() as connection:
        connection.exec_driver_sql("insert into note (words) values ('a word to look for')")
    for file in path.parent.iterdir():
        assert b"a word to look for" not in file.read_bytes()


def modes(path: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_this_user_may_read_a_database_or_what_lies_beside_it(engine, path):
    found = modes(path)
    assert {"some.db", "some.db-wal"} <= set(found)
    assert set(found.values()) == {0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_an_older_database_is_made_private_when_it_is_opened(engine, path):
    for file in path.parent.iterdir():
        file.chmod(0o644)
    open_engine(path, KEY).dispose()
    assert set(modes(path).values()) == {0o600}


def test_the_wrong_key_is_refused_when_opening(engine, path):
    with pytest.raises(DamageError):
        open_engine(path, OTHER_KEY)


@pytest.mark.parametrize("key", [b"", b"short", bytes(16), bytes(48)])
def test_only_a_whole_raw_key_is_a_key(path, key):
    """An empty key would make a plain file; another length would be taken for a passphrase."""
    with pytest.raises(BugError):
        open_engine(path, key, create=True)
    assert not path.exists()


def test_a_missing_file_is_not_made(path):
    with pytest.raises(UserError):
        open_engine(path, KEY)
    assert not path.exists()


def test_a_file_that_is_no_database_is_called_damaged(path):
    path.write_bytes(b"not a database at all " * 500)
    with pytest.raises(DamageError, match="damaged"):
        open_engine(path, KEY)


def test_a_plain_database_is_not_opened_as_ours(path):
    path.write_bytes(PLAIN_HEADER + bytes(4080))
    with pytest.raises(DamageError):
        open_engine(path, KEY)


def test_a_page_changed_from_outside_is_noticed(engine, path):
    with write_engine(engine).begin() as connection:
        connection.exec_driver_sql(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 200)"
            " insert into note (words) select hex(randomblob(900)) from n"
        )
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    spoilt = open_engine(path, KEY)
    try:
        with pytest.raises(DamageError), our_words(), spoilt.begin() as connection:
            connection.exec_driver_sql("select sum(length(words)) from note").all()
    finally:
        spoilt.dispose()


def test_making_a_table_is_rolled_back_with_the_rest(engine):
    class Stopped(Exception):
        pass

    def stopped_half_way() -> None:
        with write_engine(engine).begin() as connection:
            connection.exec_driver_sql("create table extra (n integer)")
            connection.exec_driver_sql("insert into note (words) values ('x')")
            raise Stopped

    with pytest.raises(Stopped):
        stopped_half_way()
    with engine.begin() as connection, pytest.raises(OperationalError, match="no such table"):
        connection.exec_driver_sql("select * from extra")
    assert count(engine) == 0


def test_a_savepoint_rolls_back_alone(engine):
    with write_engine(engine).begin() as connection:
        connection.exec_driver_sql("insert into note (words) values ('kept')")
        inner = connection.begin_nested()
        connection.exec_driver_sql("insert into note (words) values ('not kept')")
        inner.rollback()
    assert count(engine) == 1


def test_what_the_recipe_promises_of_every_connection(engine):
    wanted = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "trusted_schema": 0}
    with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            for pragma, value in wanted.items():
                found = connection.exec_driver_sql(f"pragma {pragma}").scalar_one()
                assert (pragma, found) == (pragma, value)


def test_eight_writers_wait_for_each_other(engine):
    """Read, then write what was read plus one: with a plain BEGIN four fifths of these fail."""
    with write_engine(engine).begin() as connection:
        connection.exec_driver_sql("insert into note values (1, '0')")
    failures: list[Exception] = []

    def write() -> None:
        for _ in range(50):
            try:
                with write_engine(engine).begin() as connection:
                    now = connection.exec_driver_sql("select words from note").scalar_one()
                    connection.exec_driver_sql("update note set words = ?", (str(int(now) + 1),))
            except OperationalError as error:
                failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with engine.begin() as connection:
        assert connection.exec_driver_sql("select words from note").scalar_one() == "400"


def test_a_reader_sees_one_moment_while_others_write(engine):
    with engine.begin() as reader:
        assert reader.exec_driver_sql("select count(*) from note").scalar_one() == 0
        with write_engine(engine).begin() as writer:
            writer.exec_driver_sql("insert into note (words) values ('x')")
        assert reader.exec_driver_sql("select count(*) from note").scalar_one() == 0
    assert count(engine) == 1


def test_an_error_does_not_hold_the_words_that_were_to_be_written(engine):
    add = "insert into note values (1, ?), (1, ?)"
    with pytest.raises(IntegrityError) as caught, write_engine(engine).begin() as connection:
        connection.exec_driver_sql(add, (CANARY, CANARY))
    assert CANARY not in str(caught.value)
    assert CANARY not in "".join(traceback.format_exception(caught.value))
