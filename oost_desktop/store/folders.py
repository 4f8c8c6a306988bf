"""Where a vault may live: a folder of this computer's own disk, used by one program at a time."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from oost_desktop.errors import UserError

LOCK = "in-use.lock"
_SYNCHRONISED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "com~apple~clouddocs",
    "mobile documents",
    "nextcloud",
    "box sync",
)
_NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "9p", "sshfs", "fuse.sshfs", "davfs"}
)
_MOUNTS = Path("/proc/mounts")
_DRIVE_REMOTE = 4  # GetDriveTypeW


def refuse_unsafe(folder: Path) -> None:
    """Raise UserError, with the reason, for a folder that others copy or write to."""
    resolved = folder.expanduser().resolve()
    for part in resolved.parts:
        if any(name in part.lower() for name in _SYNCHRONISED):
            raise UserError(
                f"“{part}” is copied to the internet by another program.",
                "Choose a folder on this computer only: two copies written at once spoil both.",
            )
    if _on_network(resolved):
        raise UserError(
            "That folder is on another computer.",
            "Choose a folder on this computer's own disk: a broken connection spoils the file.",
        )


def _on_network(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        root = str(folder.anchor)
        kind: int = ctypes.windll.kernel32.GetDriveTypeW(root)
        return root.startswith("\\\\") or kind == _DRIVE_REMOTE
    if not _MOUNTS.exists():
        return False
    best, kind_of_best = "", ""
    for line in _MOUNTS.read_text(errors="replace").splitlines():
        _device, point, kind, *_rest = line.split()
        point = point.replace("\\040", " ")
        inside = str(folder) == point or str(folder).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind_of_best = point, kind
    return kind_of_best in _NETWORK_TYPES


@contextmanager
def only_here(folder: Path, started: datetime) -> Iterator[None]:
    """Hold the folder for one program. Raises UserError if another has it, and says since when.

    The operating system frees the lock when the program ends, however it ends.
    """
    path = folder / LOCK
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UserError(
            f"The folder “{folder.name}” cannot be written to: {error.strerror}.",
            "Check that it is there and that you may write to it.",
        ) from error
    try:
        if not _take(handle):
            since = os.read(handle, 100).decode("utf-8", "replace") or "a moment ago"
            raise UserError(
                f"Another copy of OOST is open on this caseload (since {since}).",
                "Use that one, or close it first.",
            )
        os.ftruncate(handle, 0)
        os.write(handle, started.astimezone().strftime("%H:%M").encode())
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte far behind the words, so that another program can still read them.
            os.lseek(handle, 1000, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
