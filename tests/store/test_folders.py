"""Where a vault may live, and that one program at a time has it."""

import subprocess
import sys
from pathlib import Path

import pytest

from oost_desktop.errors import UserError
from oost_desktop.models import RECORDS
from oost_desktop.security.secret import Secret
from oost_desktop.store import folders
from oost_desktop.store.vault import Vault
from tests.store.vaults import KEY, copied, opened


@pytest.mark.parametrize(
    "inside",
    [
        "OneDrive - Derbyshire County Council/oost",
        "Dropbox/oost",
        "My Drive/Google Drive/oost",
        "Library/Mobile Documents/com~apple~CloudDocs/oost",
        "Nextcloud/oost",
    ],
)
def test_a_folder_that_is_copied_to_the_internet_is_refused_with_the_reason(
    inside, tmp_path, clock
):
    folder = tmp_path / inside
    with pytest.raises(UserError, match="copied to the internet") as refused:
        Vault.create(folder, Secret(KEY), RECORDS, clock.clock(), org="o")
    assert "two copies written at once spoil both" in refused.value.advice
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="reads the mounts of Linux")
def test_a_folder_on_another_computer_is_refused(tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    share = tmp_path / "share of the office"
    share.mkdir()
    listed = str(share).replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {listed} nfs4 rw 0 0\n")
    monkeypatch.setattr(folders, "_MOUNTS", mounts)
    with pytest.raises(UserError, match="another computer"):
        folders.refuse_unsafe(share / "vault")
    folders.refuse_unsafe(tmp_path / "share of the officer")


def test_a_folder_of_this_computer_is_taken(tmp_path):
    folders.refuse_unsafe(tmp_path / "vault")


def test_a_second_copy_is_refused_and_told_since_when(template, tmp_path, clock):
    with (
        copied(template, tmp_path / "v", clock.clock()),
        pytest.raises(UserError, match=r"Another copy of OOST is open.*since 1\d:42"),
    ):
        opened(tmp_path / "v", clock.clock())


def test_a_program_that_was_killed_does_not_keep_the_folder(template, tmp_path, clock):
    folder = tmp_path / "v"
    copied(template, folder, clock.clock()).close()
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            (
                "import sys; from datetime import datetime; from pathlib import Path\n"
                "from oost_desktop.store.folders import only_here\n"
                "with only_here(Path(sys.argv[1]), datetime.now().astimezone()):\n"
                "    print('held', flush=True); sys.stdin.read()"
            ),
            str(folder),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(UserError, match="Another copy"):
            opened(folder, clock.clock())
        holder.kill()
        holder.wait()
    opened(folder, clock.clock()).close()


def test_a_caseload_is_not_made_over_another(template, tmp_path, clock):
    copied(template, tmp_path / "v", clock.clock()).close()
    with pytest.raises(UserError, match="already"):
        Vault.create(tmp_path / "v", Secret(KEY), RECORDS, clock.clock(), org="o")


def test_an_empty_folder_holds_no_caseload(tmp_path, clock):
    for folder in (tmp_path / "empty", tmp_path / "not there"):
        if folder.name == "empty":
            folder.mkdir()
        with pytest.raises(UserError, match="no caseload"):
            opened(folder, clock.clock())


def test_what_was_left_of_making_one_is_no_caseload_and_is_cleared(tmp_path, clock):
    folder = tmp_path / "v"
    folder.mkdir()
    Path(folder / "vault.db.new").write_bytes(b"half")
    Path(folder / "vault.db.new-wal").write_bytes(b"half")
    with pytest.raises(UserError, match="no caseload"):
        opened(folder, clock.clock())
    Vault.create(folder, Secret(KEY), RECORDS, clock.clock(), org="o").close()
    assert {path.name for path in folder.iterdir()} == {"vault.db", "in-use.lock"}
