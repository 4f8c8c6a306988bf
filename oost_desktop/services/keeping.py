"""Keeping a caseload safe: prove it, copy it, put a copy back, and paper for the worst day.

Restoring works on a closed vault and needs the passphrase the *backup* was made under.
"""

from pathlib import Path

from oost_desktop import paths
from oost_desktop.atomic import replace_file
from oost_desktop.clock import Clock
from oost_desktop.errors import RefusedError, UserError
from oost_desktop.models import Role
from oost_desktop.reports import recovery_sheet
from oost_desktop.security.keys import Purpose, subkey
from oost_desktop.security.keystore import Keystore
from oost_desktop.security.signing import VerifyKey
from oost_desktop.services.desk import Desk
from oost_desktop.store import backup as backups
from oost_desktop.store import check as checking
from oost_desktop.store import restore as restoring
from oost_desktop.store.backup import Backup
from oost_desktop.store.check import CheckResult, Progress, silent
from oost_desktop.sync import trusted

__all__ = [
    "Backup",
    "back_up",
    "backups_folder",
    "backups_of",
    "check",
    "may_have_sheet",
    "new_recovery_sheet",
    "newest_in",
    "recovery_paper",
    "restore",
    "save_recovery_paper",
    "try_sheet",
]


def check(
    desk: Desk, *, signatures: bool = False, rebuild: bool = False, progress: Progress = silent
) -> CheckResult:
    """Prove this vault; see `store/check.py`. `signatures` by the keys the service vouches for."""
    return checking.check(
        desk.vault,
        signatures=signatures,
        rebuild=rebuild,
        keys=_keys(desk) if signatures else None,
        progress=progress,
    )


def _keys(desk: Desk) -> dict[str, VerifyKey]:
    with desk.vault.read() as connection:
        trust = trusted.trust_or_none(connection)
    devices = () if trust is None else trust.devices
    return {each.device: each.keys.signing for each in devices}


def back_up(desk: Desk, to: Path) -> Backup:
    """Copy the open vault into the backups folder `to`, and check the copy.

    Raises UserError for a folder inside the vault: what spoils one would spoil both.
    """
    if to.resolve().is_relative_to(desk.vault.folder.resolve()):
        raise UserError(
            "A backup inside the caseload that it protects would be lost with it.",
            "Choose a folder outside it.",
        )
    key = subkey(desk.unlocked.vault_key, Purpose.DB)
    return backups.back_up(desk.vault.engine, desk.vault.folder, to, key, desk.clock)


def backups_folder(desk: Desk) -> Path:
    """Where this caseload's backups lie unless told otherwise: beside it, on the same disk."""
    return paths.backups_beside(desk.vault.folder)


def back_up_if_due(desk: Desk) -> Backup | None:
    """Copy and check the vault if anything was written since the newest backup."""
    folder = backups_folder(desk)
    with desk.vault.read() as connection:
        if not backups.is_due(connection, folder):
            return None
    return back_up(desk, folder)


def backups_of(desk: Desk) -> list[Backup]:
    """The backups beside this caseload, the newest first."""
    return backups.list_backups(backups_folder(desk))


def newest_in(folder: Path) -> Path:
    """The folder itself if it is a backup, else the newest in it. Raises UserError if none."""
    if Keystore(folder).exists():
        return folder
    found = backups.list_backups(folder)
    if not found:
        raise UserError("There is no backup in that folder.", "Choose the folder of a backup.")
    return found[0].folder


def restore(backup: Path, folder: Path, passphrase: str, clock: Clock) -> Path:
    """Put a backup in the place of the closed vault in `folder`; where that one is kept now."""
    unlocked = Keystore(backup).open_with_passphrase(passphrase)
    try:
        key = subkey(unlocked.vault_key, Purpose.DB)
        return restoring.restore(backup, folder, key, clock)
    finally:
        unlocked.wipe()


def recovery_paper(desk: Desk, code: str) -> bytes:
    """The recovery sheet as a PDF, to print at once: the code is kept nowhere else."""
    sheet = recovery_sheet.RecoverySheet(
        groups=tuple(code.split("-")),
        opens=f"the caseload on {'the office’s computer' if desk.at_office else 'this laptop'}",
        holder=desk.person.name,
        made_on=desk.today,
        invented=desk.invented,
    )
    return recovery_sheet.render(sheet)


def may_have_sheet(desk: Desk) -> bool:
    """Whether the recovery sheet is this person's: the owner's at the office, else the user's."""
    return not desk.at_office or desk.person.role is Role.OWNER


def new_recovery_sheet(desk: Desk, path: Path) -> Path:
    """Write a sheet with a new code; the earlier sheet opens nothing any more. The path.

    Raises RefusedError for anybody it does not belong to; UserError if it cannot be written
    there, and then the earlier sheet still works.
    """
    if not may_have_sheet(desk):
        raise RefusedError("The recovery sheet is the owner's.", "Ask them to sign in.")
    # Tried first: a code that is on no paper must not take the place of one that is.
    replace_file(path, b"")
    code = Keystore(desk.vault.folder).add_recovery_slot(desk.unlocked, desk.unlocked.extras)
    return save_recovery_paper(desk, code, path)


def try_sheet(path: Path) -> None:
    """Raises UserError unless a recovery sheet can be written there, over nothing."""
    if path.exists():
        raise UserError(f"“{path.name}” is there already.", "Choose another name for the sheet.")
    if not path.parent.is_dir():
        raise UserError(
            f"There is no folder “{path.parent}” for the recovery sheet.", "Choose another."
        )
    replace_file(path, b"")
    path.unlink()


def save_recovery_paper(desk: Desk, code: str, path: Path) -> Path:
    """Write the recovery sheet as a PDF where it was asked for; the path."""
    replace_file(path, recovery_paper(desk, code))
    return path
