"""Opening a caseload with a passphrase or the printed recovery code, and closing it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from oost_desktop import paths
from oost_desktop.clock import Clock
from oost_desktop.errors import DamageError
from oost_desktop.models import RECORDS, Role, StaffMember
from oost_desktop.security.kdf import DEFAULT, KdfCost
from oost_desktop.security.keys import Purpose, subkey
from oost_desktop.security.keystore import Keystore, Unlocked
from oost_desktop.security.slots import Slot
from oost_desktop.services.desk import Desk, Person
from oost_desktop.store import backup
from oost_desktop.store.vault import Vault, keep_local, local_of

KIND, INVENTED = "kind", "invented"
PERSON = "person"  # on a laptop: the staff record that the office gave its holder
OFFICE, LAPTOP = "office", "laptop"


@dataclass(frozen=True, slots=True)
class Opened:
    """An unlocked desk, and a sentence for the person if something was mended on the way."""

    desk: Desk
    notice: str = ""


def is_vault(folder: Path) -> bool:
    """Whether there is a caseload in a folder."""
    return Keystore(folder).exists()


def unlock(folder: Path, passphrase: str, clock: Clock) -> Opened:
    """Open a caseload. Raises UserError (wrong passphrase, in use, newer), DamageError."""
    return _open(folder, Keystore(folder).open_with_passphrase(passphrase), clock)


def unlock_with_code(
    folder: Path, code: str, passphrase: str, clock: Clock, cost: KdfCost = DEFAULT
) -> Opened:
    """Open with the recovery code and put a new passphrase in the place of the forgotten one.

    The sheet belongs to the service's owner, or on a laptop to the one person who uses it.
    """
    keystore = Keystore(folder)
    unlocked = keystore.open_with_recovery_code(code)
    people = [slot for slot in keystore.read().slots if slot.person is not None]
    # Slots come in the order in which passphrases were set, so the first may be a colleague's,
    # who must not come into the owner's keys.
    owners = [slot for slot in people if slot.role == Role.OWNER.value]
    person, role = _holder(next(iter(owners + people), None))
    keystore.add_passphrase_slot(unlocked, person, role, passphrase, cost, unlocked.extras)
    return _open(folder, keystore.open_with_passphrase(passphrase, person), clock)


def _open(folder: Path, unlocked: Unlocked, clock: Clock) -> Opened:
    _holder(unlocked.slot)
    key = subkey(unlocked.vault_key, Purpose.DB)

    def back_up(engine: Engine, vault_folder: Path) -> None:
        backup.back_up(engine, vault_folder, paths.backups_beside(vault_folder), key, clock)

    vault = Vault.open(folder, key, RECORDS, clock, before_upgrade=back_up)
    desk = desk_at(vault, unlocked, clock)
    if unlocked.from_copy:
        Keystore(folder).mend(unlocked)
        return Opened(desk, "The key file was damaged and has been mended from its copy.")
    return Opened(desk)


def desk_at(vault: Vault, unlocked: Unlocked, clock: Clock) -> Desk:
    """The desk of whoever's slot was opened."""
    holder, role = _holder(unlocked.slot)
    with vault.read() as connection:
        who = local_of(connection, PERSON) or holder
        name = _name_of(connection, who)
        at_office = local_of(connection, KIND) == OFFICE
        invented = local_of(connection, INVENTED) == "1"
    person = Person(who, name, Role(role))
    return Desk(vault, person, clock, at_office, unlocked, invented)


def _holder(slot: Slot | None) -> tuple[str, str]:
    """Whose slot it is, and in which role: what a file says, so it may not say it."""
    if slot is None or slot.person is None or slot.role is None:
        raise DamageError("The key file does not say whose caseload this is.", "Restore a backup.")
    return slot.person, slot.role


def _name_of(connection: Connection, person: str) -> str:
    # Before the first bundle from the office a laptop has no staff records, only what was typed.
    name = connection.execute(
        select(StaffMember.name).where(StaffMember.id == person)
    ).scalar_one_or_none()
    return name or local_of(connection, "typed_name") or ""


def mark_vault(vault: Vault, kind: str, *, invented: bool) -> None:
    """Write down what kind of vault this is."""
    with vault.write() as connection:
        keep_local(connection, KIND, kind)
        keep_local(connection, INVENTED, "1" if invented else "0")
