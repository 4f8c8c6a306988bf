"""A small file is the old one or the new one, never half of either."""

import os

import pytest

from oost_desktop.atomic import replace_file
from oost_desktop.errors import UserError


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "keystore.json"
    replace_file(path, b"one")
    replace_file(path, b"two\r\n\x1a")
    assert path.read_bytes() == b"two\r\n\x1a"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(UserError, match="could not be written") as told:
        replace_file(tmp_path / "gone" / "file", b"x")
    assert "Nothing was changed" in told.value.advice


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(tmp_path):
    path = tmp_path / "file"
    path.mkdir()  # a folder cannot be replaced by a file, whatever the user's rights
    (path / "old").write_bytes(b"old")
    with pytest.raises(UserError):
        replace_file(path, b"new")
    assert os.listdir(tmp_path) == ["file"]
    assert (path / "old").read_bytes() == b"old"
