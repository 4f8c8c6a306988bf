"""A backup opens and holds, or it is not there; restoring is whole, and known to be a restore."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oost_desktop.errors import DamageError, UserError
from oost_desktop.models import Session
from oost_desktop.security.secret import Secret
from oost_desktop.store import backup, check, restore
from oost_desktop.store.backup import Backup
from oost_desktop.store.vault import Vault, local_of
from tests.store.vaults import KEY, TUTOR, dump, opened

WRONG = bytes(32)


def back_up(vault: Vault, to: Path) -> Backup:
    return backup.back_up(vault.engine, vault.folder, to, Secret(KEY), vault.clock)


def record(vault: Vault, session: str, covered: str) -> None:
    with vault.act(TUTOR) as unit:
        unit.change(Session, session, {"covered": covered})


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_a_backup_is_a_vault_that_opens_with_the_same_key(vault, case, to, clock):
    made = back_up(vault, to)
    assert made.operations == 2
    assert {path.name for path in made.folder.iterdir()} == {
        "vault.db",
        "keystore.json",
        "about.json",
    }
    assert (made.folder / "keystore.json").read_bytes() == (
        vault.folder / "keystore.json"
    ).read_bytes()
    with opened(made.folder, clock.clock()) as copy, copy.read() as there, vault.read() as here:
        assert dump(there) == dump(here)


def test_the_list_tells_what_going_back_would_lose(vault, case, to, clock):
    back_up(vault, to)
    clock.advance(timedelta(days=1))
    record(vault, case.session, "Decimals")
    back_up(vault, to)
    record(vault, case.session, "Percentages")
    record(vault, case.session, "Ratios")
    with vault.read() as connection:
        told = [(offer.backup.operations, offer.lost) for offer in backup.offers(connection, to)]
    assert told == [(3, 2), (2, 3)]


def test_a_backup_is_due_when_something_was_written(vault, case, to):
    with vault.read() as connection:
        assert backup.is_due(connection, to)
    back_up(vault, to)
    with vault.read() as connection:
        assert not backup.is_due(connection, to)
    record(vault, case.session, "Decimals")
    with vault.read() as connection:
        assert backup.is_due(connection, to)


def test_seven_days_and_four_weeks_are_kept():
    start = datetime(2026, 9, 1, 9, tzinfo=UTC)
    made = [
        Backup(Path(f"{hour}"), start + timedelta(hours=hour), 1, 1, "", 1)
        for hour in range(0, 24 * 60, 8)
    ]
    newest_first = sorted(made, key=lambda one: one.made_at, reverse=True)
    kept = backup.kept_of(newest_first)
    days = [one.made_at.astimezone(UTC).date() for one in kept]
    last = days[0]
    assert days[:7] == [last - timedelta(days=n) for n in range(7)]
    weeks = {day.isocalendar()[:2] for day in days}
    assert len(weeks) == 4
    assert len(kept) <= 11
    assert kept[0] == newest_first[0]
    # Of each day and week the last one is kept.
    for one in kept:
        same_day = [o for o in made if o.made_at.date() == one.made_at.date()]
        assert one.made_at == max(o.made_at for o in same_day)


def test_old_backups_go_when_a_new_one_is_there(vault, case, to, clock):
    first = back_up(vault, to)
    again = back_up(vault, to)
    assert [one.folder for one in backup.list_backups(to)] == [again.folder]
    assert not first.folder.exists()
    clock.advance(timedelta(days=1))
    back_up(vault, to)
    assert len(backup.list_backups(to)) == 2


def test_a_copy_that_does_not_hold_never_gets_its_name(vault, case, to):
    with pytest.raises(DamageError):
        backup.back_up(vault.engine, vault.folder, to, Secret(WRONG), vault.clock)
    assert list(to.iterdir()) == []


def test_a_backup_in_the_middle_of_an_act_has_what_was_saved_before_it(vault, case, to):
    with vault.act(TUTOR) as unit:
        unit.change(Session, case.session, {"covered": "half way"})
        made = back_up(vault, to)
    assert made.operations == 2
    with vault.read() as connection:
        assert [offer.lost for offer in backup.offers(connection, to)] == [1]


def test_without_a_key_file_there_is_no_backup(vault, case, to):
    (vault.folder / "keystore.json").rename(vault.folder / "elsewhere")
    with pytest.raises(UserError, match=r"keystore\.json"):
        back_up(vault, to)
    assert list(to.iterdir()) == []


def test_what_an_interrupted_backup_left_is_no_backup_and_is_cleared(vault, case, to):
    left = to / ".unfinished-12345678"
    left.mkdir(parents=True)
    (left / "vault.db").write_bytes(b"half")
    (left / "about.json").write_text("{}")
    (to / "backup-of something else").mkdir()
    assert backup.list_backups(to) == []
    back_up(vault, to)
    assert not left.exists()
    assert len(backup.list_backups(to)) == 1


@pytest.fixture
def restored(vault, case, to, clock):
    """A backup was made, work went on, and the vault was closed; the backup and the folder."""
    made = back_up(vault, to)
    record(vault, case.session, "written after the backup")
    folder = vault.folder.parent / "laptop"
    shutil.copytree(vault.folder, folder, ignore=shutil.ignore_patterns("in-use.lock"))
    opened(folder, clock.clock()).close()
    return made, folder


def covered(folder: Path, clock) -> str:
    with opened(folder, clock) as vault, vault.read() as connection:
        words = connection.exec_driver_sql("select covered from session").scalar_one()
        assert isinstance(words, str)
        return words


def test_restoring_goes_back_and_keeps_what_was_replaced(restored, clock):
    made, folder = restored
    aside = restore.restore(made.folder, folder, Secret(KEY), clock.clock())
    assert covered(folder, clock.clock()) == "Fractions"
    assert covered(aside, clock.clock()) == "written after the backup"
    assert (aside / "keystore.json").exists()


def test_a_restored_vault_is_a_new_incarnation_with_a_chain_of_its_own(restored, clock, case):
    made, folder = restored
    with opened(folder, clock.clock()) as vault:
        before = vault.place
    restore.restore(made.folder, folder, Secret(KEY), clock.clock())
    with opened(folder, clock.clock()) as vault:
        assert vault.place.device == before.device
        assert vault.place.incarnation != before.incarnation
        assert vault.place.seq == 0
        with vault.read() as connection:
            assert local_of(connection, "restored_at") == "2026-11-23T11:42:00Z"
        record(vault, case.session, "after the restore")
        assert check.check(vault, signatures=True, rebuild=True).ok


def test_a_spoilt_backup_is_refused_and_nothing_is_changed(restored, clock):
    made, folder = restored
    database = made.folder / "vault.db"
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    with pytest.raises(DamageError):
        restore.restore(made.folder, folder, Secret(KEY), clock.clock())
    assert covered(folder, clock.clock()) == "written after the backup"
    assert not list(folder.glob("re*")) + list(folder.glob(".unf*"))


def test_an_open_vault_is_not_restored_over(restored, clock):
    made, folder = restored
    with opened(folder, clock.clock()), pytest.raises(UserError, match="Another copy"):
        restore.restore(made.folder, folder, Secret(KEY), clock.clock())


def test_a_restore_that_was_interrupted_is_carried_through_when_opening(
    restored, clock, monkeypatch, tmp_path
):
    """Stop at every change of the folder in turn: afterwards the old vault or the new, whole."""
    made, folder = restored
    seen = set()
    for stop_at in range(1, 30):
        laptop = tmp_path / f"laptop {stop_at}"
        shutil.copytree(folder, laptop)
        stopped = interrupted(made.folder, laptop, stop_at, monkeypatch, clock)
        words = covered(laptop, clock.clock())
        seen.add(words)
        assert words in ("Fractions", "written after the backup")
        assert (laptop / "keystore.json").exists()
        assert not list(laptop.glob("restore-*"))
        if not stopped:
            assert words == "Fractions"
            break
    assert seen == {"Fractions", "written after the backup"}
    assert not stopped


class PowerCut(Exception):
    pass


def interrupted(made: Path, laptop: Path, stop_at: int, monkeypatch, clock) -> bool:
    """Restore, but stop before the n-th renaming or copying."""
    done = 0
    real = {name: getattr(Path, name) for name in ("rename", "replace")}
    real_copy, real_rmtree = shutil.copyfile, shutil.rmtree

    def counting(how):
        def step(*args: object, **kwargs: object) -> object:
            nonlocal done
            done += 1
            if done >= stop_at:
                raise PowerCut
            return how(*args, **kwargs)

        return step

    with monkeypatch.context() as patched:
        for name, how in real.items():
            patched.setattr(Path, name, counting(how))
        patched.setattr(shutil, "copyfile", counting(real_copy))
        patched.setattr(shutil, "rmtree", counting(real_rmtree))
        try:
            restore.restore(made, laptop, Secret(KEY), clock.clock())
        except PowerCut:
            return True
    return False
