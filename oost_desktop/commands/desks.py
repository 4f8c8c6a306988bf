"""From `--vault` and a passphrase to an open desk, and back to a locked one.

A passphrase comes from a file, or is asked for at a terminal; never from the command line, where
every program of this computer could read it.
"""

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from oost_desktop import paths, settings
from oost_desktop.clock import system_clock
from oost_desktop.errors import UsageError, UserError
from oost_desktop.services.desk import Desk
from oost_desktop.services.unlocking import unlock

NAMES_THE_FILE = "OOST_PASSPHRASE_FILE"


@contextmanager
def open_desk(arguments: Namespace) -> Iterator[Desk]:
    """The desk of whoever's passphrase it is; locked again at the end."""
    opened = unlock(vault_folder(arguments), passphrase(arguments), system_clock())
    if opened.notice:
        sys.stderr.write(opened.notice + "\n")
    try:
        yield opened.desk
    finally:
        opened.desk.close()


def vault_folder(arguments: Namespace) -> Path:
    """The folder named, or the one the window opens. Raises UsageError if there is neither."""
    if arguments.vault is not None:
        return Path(arguments.vault)
    last = settings.load(paths.settings_file()).vault
    folder = Path(last) if last else paths.vault_home() / "caseload"
    if not paths.holds_vault(folder):
        raise UsageError("Say which caseload you mean.", "Add --vault and its folder.")
    return folder


def passphrase(arguments: Namespace, *, new: bool = False) -> str:
    """The passphrase; a `new` one is asked for twice. Raises UsageError if nobody can be asked."""
    named = arguments.passphrase_file or os.environ.get(NAMES_THE_FILE)
    if named:
        return _first_line(Path(named))
    if not sys.stdin.isatty():
        raise UsageError(
            "There is no passphrase and nobody to ask.",
            f"Add --passphrase-file, or set {NAMES_THE_FILE}.",
        )
    typed = getpass.getpass("Passphrase: ")
    if new and getpass.getpass("The same again: ") != typed:
        raise UserError("The two passphrases differ.", "Nothing was changed. Try again.")
    return typed


def _first_line(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("The passphrase file cannot be read.", "Check its name.") from error
    lines = text.splitlines()
    if not lines or not lines[0].strip():
        raise UserError("The passphrase file is empty.", "Its first line is the passphrase.")
    return lines[0]
