"""Replaces a small file whole or not at all, also through a power cut.

The new bytes are on the disk before the name moves. Keeps no copy of what was there before and
takes no lock: whoever writes decides that.
"""

import os
import sys
from pathlib import Path

from oost_desktop.errors import UserError
from oost_desktop.ids import random_id


def replace_file(path: Path, data: bytes) -> None:
    """Write `data` under this name, readable by this user only.

    Raises UserError (disk full, no permission, folder gone); the old file is then untouched.
    """
    temporary = path.with_name(f".{path.name}.{random_id()[:8]}.tmp")
    try:
        _write_through(temporary, data)
        temporary.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UserError(
            f"“{path.name}” could not be written: {error.strerror}.",
            "Nothing was changed. Check that the disk is there and has room, then try again.",
        ) from error


def _write_through(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut. Windows keeps it without being asked."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_BINARY = getattr(os, "O_BINARY", 0)
