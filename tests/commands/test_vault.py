"""Create, check, back up and restore, as a script would."""

import hashlib
from pathlib import Path

import pytest

from oost_desktop import paths
from oost_desktop.errors import UserError
from oost_desktop.services import keeping

OWNER = "Ruth Heathcote"


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.txt"
    path.write_text("not the passphrase\n", encoding="utf-8")
    return path


def test_a_new_service_has_a_recovery_code_and_one_person(run, tmp_path, passphrase_file):
    folder = tmp_path / "vault"
    options = ("--vault", folder, "--passphrase-file", passphrase_file)
    made = run("vault", "create", *options, "--owner", "Ruth Heathcote", "--json")
    assert made.status == 0
    assert len(made.said["recovery_code"].replace("-", "")) == 26
    found = run("vault", "check", *options, "--rebuild", "--signatures", "--json")
    assert found.status == 0
    assert found.said["ok"] is True
    assert found.said["problems"] == []
    assert found.said["records"]["staff_member"] == 1


def test_the_recovery_code_can_go_to_paper_only(run, tmp_path, passphrase_file):
    sheet = tmp_path / "sheet.pdf"
    made = run(
        "vault", "create", "--vault", tmp_path / "vault", "--passphrase-file", passphrase_file,
        "--recovery-sheet", sheet, "--owner", OWNER, "--json",
    )  # fmt: skip
    assert "recovery_code" not in made.said
    assert sheet.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("sheet", ["nowhere/r.pdf", "there.pdf", "passphrase.txt/r.pdf"])
def test_without_room_for_the_sheet_no_service_is_started(run, tmp_path, passphrase_file, sheet):
    (tmp_path / "there.pdf").write_bytes(b"somebody's")
    before = fingerprints(tmp_path)
    made = run(
        "vault", "create", "--vault", tmp_path / "deep" / "vault",
        "--passphrase-file", passphrase_file, "--owner", OWNER,
        "--recovery-sheet", tmp_path / sheet,
    )  # fmt: skip
    assert (made.status, made.out) == (1, "")
    assert made.err.count("\n") == 1
    assert fingerprints(tmp_path) == before
    assert not (tmp_path / "deep").exists()


@pytest.mark.parametrize("is_there", [True, False])
def test_a_sheet_that_fails_at_last_takes_the_service_back(
    run, tmp_path, passphrase_file, monkeypatch, is_there
):
    def fail(*_all: object) -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(keeping, "save_recovery_paper", fail)
    folder = tmp_path / "deep" / "vault"
    if is_there:
        folder.mkdir(parents=True)
        (folder / "my notes.txt").write_text("kept")
    before = fingerprints(tmp_path)
    made = run(
        "vault", "create", "--vault", folder, "--passphrase-file", passphrase_file,
        "--owner", OWNER, "--recovery-sheet", tmp_path / "r.pdf",
    )  # fmt: skip
    assert (made.status, made.out) == (1, "")
    assert fingerprints(tmp_path) == before
    assert [path.name for path in folder.parent.rglob("*")] == (
        ["vault", "my notes.txt"] if is_there else []
    )


@pytest.mark.parametrize("owner", [(), ("--owner", "  ")])
def test_a_service_has_a_named_owner(run, tmp_path, passphrase_file, owner):
    options = ("--vault", tmp_path / "vault", "--passphrase-file", passphrase_file)
    made = run("vault", "create", *options, *owner)
    assert (made.status, made.out) == (2, "")
    assert made.err == "Say who starts the service. Add --owner and their name.\n"
    assert not (tmp_path / "vault").exists()


def test_a_weak_passphrase_is_refused_and_no_vault_is_made(run, tmp_path):
    weak = tmp_path / "weak.txt"
    weak.write_text("password1\n", encoding="utf-8")
    options = ("--vault", tmp_path / "vault", "--passphrase-file", weak)
    made = run("vault", "create", *options, "--owner", OWNER)
    assert (made.status, made.out) == (1, "")
    assert not (tmp_path / "vault").exists()


def test_a_vault_is_never_made_over_another(run, office, passphrase_file):
    before = fingerprints(office.folder)
    options = ("--vault", office.folder, "--passphrase-file", passphrase_file)
    made = run("vault", "create", *options, "--owner", OWNER)
    assert made.status == 1
    assert fingerprints(office.folder) == before


def test_a_wrong_passphrase_is_one_sentence_and_changes_nothing(run, office, wrong):
    before = fingerprints(office.folder)
    ran = run("vault", "check", "--vault", office.folder, "--passphrase-file", wrong)
    assert (ran.status, ran.out) == (1, "")
    assert "passphrase" in ran.err
    assert "Traceback" not in ran.err
    assert fingerprints(office.folder) == before


def test_a_refusal_is_one_object_with_json(run, office, wrong):
    ran = run("vault", "check", "--vault", office.folder, "--passphrase-file", wrong, "--json")
    assert set(ran.said) == {"error", "advice"}


def test_a_damaged_log_is_found(run, office):
    data = bytearray((office.folder / "vault.db").read_bytes())
    data[len(data) // 2] ^= 1
    (office.folder / "vault.db").write_bytes(data)
    ran = run("vault", "check", *office.by(), "--json")
    assert ran.status == 1
    assert ran.said.get("problems") or ran.said.get("error")


def test_a_backup_restores_to_the_same_records(run, office, tmp_path):
    before = run("vault", "check", *office.by(), "--json").said
    copied = run("vault", "backup", "--out", tmp_path / "backups", *office.by(), "--json")
    assert copied.status == 0
    assert copied.said["operations"] == before["operations"]
    (office.folder / "vault.db").write_bytes(b"spoilt")
    assert run("vault", "restore", tmp_path / "backups", *office.by()).status == 0
    after = run("vault", "check", *office.by(), "--rebuild", "--json").said
    assert after == before


def test_a_backup_opens_a_new_computer(run, office, tmp_path):
    run("vault", "backup", "--out", tmp_path / "backups", *office.by())
    elsewhere = tmp_path / "new computer"
    file = office.passphrases / "coordinator.txt"
    options = ("--vault", elsewhere, "--passphrase-file", file)
    assert run("vault", "restore", "--from", tmp_path / "backups", *options).status == 0
    assert run("vault", "check", *options, "--json").said["ok"] is True


@pytest.mark.parametrize("inside", [".", "inside", "x/../inside"])
def test_a_backup_does_not_lie_inside_what_it_protects(run, office, inside):
    before = fingerprints(office.folder)
    ran = run("vault", "backup", "--out", office.folder / inside, *office.by())
    assert (ran.status, ran.out) == (1, "")
    assert "inside the caseload" in ran.err
    assert fingerprints(office.folder) == before


def test_a_backup_without_a_folder_goes_where_the_window_puts_it(run, office):
    made = run("vault", "backup", *office.by(), "--json").said
    assert Path(made["backup"]).parent == paths.backups_beside(office.folder)


def test_no_backup_no_restore(run, office, tmp_path):
    before = fingerprints(office.folder)
    (tmp_path / "empty").mkdir()
    assert run("vault", "restore", tmp_path / "empty", *office.by()).status == 1
    assert fingerprints(office.folder) == before


def test_no_vault_no_check(run, tmp_path, passphrase_file):
    options = ("--vault", tmp_path / "nothing", "--passphrase-file", passphrase_file)
    assert run("vault", "check", *options).status == 1
    assert not (tmp_path / "nothing").exists()
