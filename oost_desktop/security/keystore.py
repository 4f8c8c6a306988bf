"""`keystore.json` beside the database: who can open this vault, and with what.

Every change is written whole or not at all, first to `keystore.json`, then to the twin
`keystore.json.bak`: at any moment one of the two is good, and an old passphrase lives on in
neither. A checksum finds accidents without a key; a seal under the vault key finds edits once
the vault is open. An old copy of the file, in a backup, still opens with its old passphrase:
after a theft, a new vault key is needed, not a new passphrase. Takes no file lock.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from oost_desktop.atomic import replace_file
from oost_desktop.errors import BugError, DamageError, UserError
from oost_desktop.paths import KEY_FILE, KEY_FILE_COPY
from oost_desktop.security import slots
from oost_desktop.security.kdf import DEFAULT, KdfCost
from oost_desktop.security.keyfile import (
    KeyTable,
    check_seal,
    file_bytes,
    is_sealed_by,
    read_file,
)
from oost_desktop.security.keys import VAULT_KEY_BYTES
from oost_desktop.security.sealing import SealingPublicKey
from oost_desktop.security.secret import Secret
from oost_desktop.security.slots import Contents, Slot, SlotType
from oost_desktop.security.words import new_recovery_code

NAME, COPY = KEY_FILE, KEY_FILE_COPY


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An opened vault key. `slot` is None when the key came by an escrow answer.

    `extras` are what this slot's holder alone may have ("dsl": a safeguarding seed, "root": the
    office's root seed). `from_copy`: the first key file was damaged, say so and call `mend`.
    """

    vault: str
    vault_key: Secret
    slot: Slot | None
    extras: Mapping[str, Secret]
    from_copy: bool = False
    slot_key: Secret | None = field(default=None, repr=False)

    def wipe(self) -> None:
        """Overwrite the copies held here, at lock. See `secret.py` for what that promises."""
        self.vault_key.wipe()
        for secret in self.extras.values():
            secret.wipe()
        if self.slot_key is not None:
            self.slot_key.wipe()


class Keystore:
    """The key file of the vault in `folder`. Holds no state: every act reads the file anew."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.copy = folder / COPY

    def exists(self) -> bool:
        """Whether there is a key file, or at least its copy."""
        return self.path.exists() or self.copy.exists()

    def create(
        self,
        vault: str,
        person: str,
        role: str,
        passphrase: str,
        cost: KdfCost = DEFAULT,
        extras: Mapping[str, Secret] | None = None,
    ) -> Unlocked:
        """A new vault key in a new file with one person's slot. BugError if there is a file.

        Add the recovery code and the escrow slot next: neither is optional.
        """
        if self.exists():
            raise BugError("A key file was about to be overwritten.")
        vault_key = Secret.random(VAULT_KEY_BYTES)
        unlocked = _locked_anew(
            slots.passphrase_slot(person, role, cost), vault, passphrase, vault_key, extras or {}
        )
        self._write(vault, (_slot_of(unlocked),), vault_key)
        return unlocked

    def read(self) -> KeyTable:
        """The table, from the copy if the file is damaged. Raises UserError, DamageError."""
        if not self.exists():
            raise UserError("There is no vault in this folder.", "Choose the vault's folder.")
        try:
            return read_file(self.path)
        except DamageError:
            if not self.copy.exists():
                raise
            return replace(read_file(self.copy), from_copy=True)

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the file or its copy, a sentence each, without any key."""
        found = []
        for path in (self.path, self.copy):
            try:
                read_file(path)
            except DamageError as error:
                found.append(f"{path.name}: {error.title}")
        return tuple(found)

    def open_with_passphrase(
        self, passphrase: str, person: str | None = None, first: str | None = None
    ) -> Unlocked:
        """Open one person's slot, or whichever slot the passphrase opens.

        Each slot tried takes about a second; `first` is the id of the person to try first. Raises
        UserError (wrong passphrase), DamageError. Changes nothing.
        """
        table = self.read()
        candidates = [
            slot for slot in table.of_type(SlotType.PASSPHRASE) if person in (None, slot.person)
        ]
        candidates.sort(key=lambda slot: slot.person != first)
        opened = _try(table, candidates, lambda slot: slots.passphrase_key(slot, passphrase))
        if opened is None:
            raise UserError("That passphrase does not open this caseload.", "Check Caps Lock.")
        return opened

    def open_with_recovery_code(self, code: str) -> Unlocked:
        """Open with the printed code. Raises UserError (a slip, another vault's), DamageError."""
        table = self.read()
        candidates = table.of_type(SlotType.RECOVERY)
        opened = _try(table, candidates, lambda slot: slots.recovery_key(slot, code))
        if opened is None:
            raise UserError(
                "That recovery code does not open this caseload.",
                "Check the date on the sheet: only the last one printed for this laptop works.",
            )
        return opened

    def open_with_vault_key(self, vault_key: Secret) -> Unlocked:
        """Open with a key that came by an escrow answer. Raises UserError, DamageError."""
        table = self.read()
        if not is_sealed_by(table, vault_key):
            raise UserError(
                "This answer does not open this caseload.", "Ask the office for a new one."
            )
        return Unlocked(table.vault, vault_key, None, {}, table.from_copy)

    def add_passphrase_slot(
        self,
        unlocked: Unlocked,
        person: str,
        role: str,
        passphrase: str,
        cost: KdfCost = DEFAULT,
        extras: Mapping[str, Secret] | None = None,
    ) -> Slot:
        """A slot for a person; their earlier one, if any, goes (that is also how to reset one)."""
        added = _slot_of(
            _locked_anew(
                slots.passphrase_slot(person, role, cost),
                unlocked.vault,
                passphrase,
                unlocked.vault_key,
                extras or {},
            )
        )
        self._rewrite(unlocked, lambda slot: slot.person != person, added)
        return added

    def add_recovery_slot(
        self, unlocked: Unlocked, extras: Mapping[str, Secret] | None = None
    ) -> str:
        """A new recovery code, to be printed; the earlier sheet stops working."""
        code, slot = new_recovery_code(), slots.recovery_slot()
        contents = Contents(unlocked.vault_key, extras or {})
        added = slots.close(slot, unlocked.vault, slots.recovery_key(slot, code), contents)
        self._rewrite(unlocked, lambda slot: slot.type is not SlotType.RECOVERY, added)
        return code

    def add_escrow_slot(self, unlocked: Unlocked, recovery_key: SealingPublicKey) -> Slot:
        """Let the office's two-person recovery key open this vault; replaces earlier escrow.

        Holds the vault key only: a DSL's seed is deposited by `escrow.deposit`.
        """
        slot, contents = slots.escrow_slot(recovery_key), Contents(unlocked.vault_key, {})
        added = slots.close_escrow(slot, unlocked.vault, recovery_key, contents)
        self._rewrite(unlocked, lambda slot: slot.type is not SlotType.ESCROW, added)
        return added

    def change_passphrase(
        self, unlocked: Unlocked, passphrase: str, cost: KdfCost = DEFAULT
    ) -> Unlocked:
        """A new passphrase for the slot that was opened; the database is untouched.

        Raises BugError unless a passphrase opened it: after recovery, use `add_passphrase_slot`.
        """
        own = _slot_of(unlocked)
        if own.person is None or own.role is None:
            raise BugError("Only a slot that a passphrase opened can be given a new one.")
        changed = _locked_anew(
            slots.passphrase_slot(own.person, own.role, cost),
            unlocked.vault,
            passphrase,
            unlocked.vault_key,
            unlocked.extras,
        )
        self._rewrite(unlocked, lambda slot: slot.person != own.person, _slot_of(changed))
        return changed

    def mend(self, unlocked: Unlocked) -> None:
        """Write both files anew from whichever was good."""
        self._rewrite(unlocked, lambda _: True)

    def _rewrite(self, unlocked: Unlocked, keep: Callable[[Slot], bool], *added: Slot) -> None:
        table = self.read()
        check_seal(table, unlocked.vault_key)
        kept = (slot for slot in table.slots if keep(slot))
        self._write(table.vault, (*kept, *added), unlocked.vault_key)

    def _write(self, vault: str, slots_: Iterable[Slot], vault_key: Secret) -> None:
        data = file_bytes(vault, tuple(slots_), vault_key)
        replace_file(self.path, data)
        replace_file(self.copy, data)


def _locked_anew(
    slot: Slot, vault: str, passphrase: str, vault_key: Secret, extras: Mapping[str, Secret]
) -> Unlocked:
    key = slots.passphrase_key(slot, passphrase)
    closed = slots.close(slot, vault, key, Contents(vault_key, extras))
    return Unlocked(vault, vault_key, closed, dict(extras), slot_key=key)


def _slot_of(unlocked: Unlocked) -> Slot:
    if unlocked.slot is None:
        raise BugError("This vault was not opened through a slot.")
    return unlocked.slot


def _try(
    table: KeyTable, candidates: Iterable[Slot], key_for: Callable[[Slot], Secret]
) -> Unlocked | None:
    for slot in candidates:
        key = key_for(slot)
        contents = slots.unlock(slot, table.vault, key)
        if contents is not None:
            check_seal(table, contents.vault_key)
            return Unlocked(
                table.vault, contents.vault_key, slot, contents.extras, table.from_copy, key
            )
    return None
