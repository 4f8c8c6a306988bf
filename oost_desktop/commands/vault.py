"""`vault create | check | backup | restore`."""

from argparse import Namespace
from pathlib import Path

from oost_desktop.clock import system_clock
from oost_desktop.commands.answer import DONE, FAILED, Answer
from oost_desktop.commands.desks import open_desk, passphrase, vault_folder
from oost_desktop.errors import UsageError, UserError


def create(arguments: Namespace) -> Answer:
    """Start a service. The recovery code is said once and kept nowhere."""
    from oost_desktop.services import founding, keeping
    from oost_desktop.services.unlocking import is_vault

    owner = arguments.owner.strip()
    if not owner:
        raise UsageError("Say who starts the service.", "Add --owner and their name.")
    folder = vault_folder(arguments)
    if is_vault(folder):
        raise UserError("There is a caseload in that folder already.", "Choose another.")
    sheet = None if arguments.recovery_sheet is None else arguments.recovery_sheet.absolute()
    if sheet is not None:
        keeping.try_sheet(sheet)
    before = founding.before(folder)
    made = founding.found(folder, owner, passphrase(arguments, new=True), system_clock())
    try:
        said = {"vault": str(folder), "service": made.desk.vault.place.org}
        words = f"A service was started in {folder}."
        if sheet is None:
            said["recovery_code"] = made.recovery_code
            words += f"\nRecovery code, shown this once; write it down: {made.recovery_code}"
        else:
            said["recovery_sheet"] = str(arguments.recovery_sheet)
            keeping.save_recovery_paper(made.desk, made.recovery_code, sheet)
            words += f"\nPrint {arguments.recovery_sheet}, lock it away, and delete the file."
    except BaseException:
        # Without its code on paper the service must not be there either.
        made.desk.close()
        founding.take_back(before)
        if sheet is not None:
            sheet.unlink(missing_ok=True)
        raise
    made.desk.close()
    return Answer(said, words)


def check(arguments: Namespace) -> Answer:
    """Prove a vault; status 1 if anything is wrong with it."""
    from oost_desktop.services import keeping

    with open_desk(arguments) as desk:
        found = keeping.check(desk, signatures=arguments.signatures, rebuild=arguments.rebuild)
    said = {
        "ok": found.ok,
        "problems": list(found.problems),
        "operations": found.operations,
        "records": dict(found.records),
    }
    kept = sum(found.records.values())
    words = "\n".join(found.problems) or f"Whole: {found.operations} operations, {kept} records."
    return Answer(said, words, DONE if found.ok else FAILED)


def backup(arguments: Namespace) -> Answer:
    """Copy a vault to where it can be found again."""
    from oost_desktop.services import keeping

    with open_desk(arguments) as desk:
        made = keeping.back_up(desk, arguments.out or keeping.backups_folder(desk))
    said = {"backup": str(made.folder), "operations": made.operations, "bytes": made.size}
    return Answer(said, f"Backed up and checked: {made.folder} ({made.operations} operations).")


def restore(arguments: Namespace) -> Answer:
    """Put a backup in the vault's place; what it replaces is kept beside it."""
    from oost_desktop.services import keeping

    chosen = arguments.backup or arguments.backup_option
    if chosen is None:
        raise UsageError("Say which backup to put back.", "Name its folder.")
    folder = vault_folder(arguments)
    put_back = keeping.newest_in(Path(chosen))
    aside = keeping.restore(put_back, folder, passphrase(arguments), system_clock())
    said = {"vault": str(folder), "backup": str(put_back), "replaced": str(aside)}
    return Answer(said, f"Restored {folder} from {put_back}. What was there is in {aside}.")
