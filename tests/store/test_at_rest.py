"""What lies on the disk gives nothing away: 200 words looked for in every file."""

import random
import shutil
from pathlib import Path

from oost_desktop.models import Concern, Contact, Pupil, Session
from oost_desktop.security.secret import Secret
from oost_desktop.store import backup, drafts, search
from oost_desktop.store.engine import PLAIN_HEADER
from tests.store.test_drafts import a_draft
from tests.store.vaults import COORDINATOR, KEY


def planted() -> list[str]:
    letters = random.Random(7)
    return ["".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=12)) for _ in range(200)]


def test_no_file_of_a_vault_holds_a_word_of_it(vault, clock, tmp_path):
    words = iter(planted())

    def some(count: int) -> str:
        return " ".join(next(words) for _ in range(count))

    with vault.act(COORDINATOR) as unit:
        pupil = unit.create(
            Pupil,
            {"legal_forename": some(5), "note": some(40), "allergies": tuple(some(5).split())},
        )
        unit.create(Contact, {"pupil": pupil, "name": some(10)})
        session = unit.create(Session, {"pupil": pupil, "covered": some(50)})
        unit.create(Concern, {"pupil": pupil}, sealed={"stands for ciphertext": "x"})
        unit.change(Session, session, {"own_words": some(40)})
    with vault.act(COORDINATOR) as unit:
        unit.remove(Session, session, why=some(10))
    with vault.write() as connection:
        drafts.keep(connection, a_draft(some(40)))
        drafts.drop(connection, "d1")
        search.catch_up(connection, vault.registry)
    to = vault.folder / "backups"
    backup.back_up(vault.engine, vault.folder, to, Secret(KEY), clock.clock())
    while_open = tmp_path / "as a thief finds it"
    shutil.copytree(vault.folder, while_open)  # with its write-ahead log
    names = {path.name for path in while_open.rglob("*")}
    assert {"vault.db", "vault.db-wal"} <= names
    assert found_in(while_open, planted()) == []
    for database in while_open.rglob("vault.db"):
        assert database.read_bytes()[:16] != PLAIN_HEADER
    assert KEY.hex().encode() not in content_of(while_open)
    # The words are really there, for who has the key.
    with vault.read() as connection:
        note = connection.exec_driver_sql("select note from pupil").scalar_one()
    assert set(note.split()) < set(planted())


def content_of(folder: Path) -> bytes:
    return b"\0".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def found_in(folder: Path, words: list[str]) -> list[str]:
    content = content_of(folder)
    return [
        word for word in words if word.encode() in content or word.encode("utf-16-le") in content
    ]


def test_the_search_itself_would_find_a_word(tmp_path):
    (tmp_path / "x").write_text("... " + planted()[3])
    assert found_in(tmp_path, planted()) == [planted()[3]]
