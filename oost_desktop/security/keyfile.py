"""The bytes of a key file: read strictly, written canonically, checksummed and sealed.

A checksum finds accidents without any key; a seal (HMAC under the vault key's "slots" sub-key)
finds edits once the vault is open. Decides nothing about which slots there should be.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oost_desktop import canonical
from oost_desktop.errors import DamageError, RefusedError
from oost_desktop.security.keys import Purpose, subkey
from oost_desktop.security.secret import Secret, armour
from oost_desktop.security.slots import Slot, SlotType

_FORMAT = "oost-keystore"
_VERSION = 1
_MAX_BYTES = 1024 * 1024
_MAX_SLOTS = 64


@dataclass(frozen=True, slots=True)
class KeyTable:
    """The key file as read: nothing in it is secret, nothing in it is proven yet."""

    vault: str
    slots: tuple[Slot, ...]
    seal: str
    from_copy: bool = False

    def of_type(self, slot_type: SlotType) -> tuple[Slot, ...]:
        """The slots that open in this way."""
        return tuple(slot for slot in self.slots if slot.type is slot_type)


def is_sealed_by(table: KeyTable, vault_key: Secret) -> bool:
    """Whether whoever wrote this table held this vault key."""
    return hmac.compare_digest(_seal(table.vault, table.slots, vault_key), table.seal)


def check_seal(table: KeyTable, vault_key: Secret) -> None:
    """Raise DamageError if the table was written by somebody without the vault key."""
    if not is_sealed_by(table, vault_key):
        raise DamageError(
            "Somebody has edited the key file of this vault.",
            "Keep it, tell the office, and put back keystore.json from a backup.",
        )


def _body(vault: str, table: tuple[Slot, ...]) -> dict[str, Any]:
    fields = [slot.to_fields() for slot in table]
    return {"format": _FORMAT, "v": _VERSION, "vault": vault, "slots": fields}


def _seal(vault: str, table: tuple[Slot, ...], vault_key: Secret) -> str:
    key = subkey(vault_key, Purpose.SLOTS)
    body = canonical.dumps(_body(vault, table))
    return armour(hmac.new(key.reveal(), body, hashlib.sha256).digest())


def file_bytes(vault: str, table: tuple[Slot, ...], vault_key: Secret) -> bytes:
    """The whole file."""
    sealed = {**_body(vault, table), "seal": _seal(vault, table, vault_key)}
    return canonical.dumps({**sealed, "sum": _checksum(sealed)})


def _checksum(sealed: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical.dumps(dict(sealed))).hexdigest()


def read_file(path: Path) -> KeyTable:
    """The table in a file. Raises DamageError; RefusedError for a newer version's file."""
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_BYTES + 1)
        fields = canonical.load_object(raw) if len(raw) <= _MAX_BYTES else {}
    except (OSError, RefusedError) as error:
        raise _damaged() from error
    if fields.pop("sum", None) != _checksum(fields) or fields.get("format") != _FORMAT:
        raise _damaged()
    if fields.get("v") != _VERSION:
        raise RefusedError(
            "This vault was made by a newer version of the program.", "Install the newest version."
        )
    return _table(fields)


def _table(fields: Mapping[str, Any]) -> KeyTable:
    try:
        vault, seal, rows = fields["vault"], fields["seal"], fields["slots"]
        table = tuple(Slot.from_fields(row) for row in rows)
    except (KeyError, TypeError) as error:
        raise _damaged() from error
    if not isinstance(vault, str) or not isinstance(seal, str) or len(table) > _MAX_SLOTS:
        raise _damaged()
    return KeyTable(vault, table, seal)


def _damaged() -> DamageError:
    return DamageError(
        "The key file of this vault is missing or damaged.",
        "Put back keystore.json from the last backup. The caseload itself is untouched.",
    )
