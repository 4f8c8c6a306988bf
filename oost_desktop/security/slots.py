"""One slot of a key file: the vault key, and what else its holder may have, under one lock.

A slot opens by a passphrase (Argon2id), by the printed recovery code, or by the office's
recovery key (escrow). Its header (whose it is, in which role, how the key is derived) is bound
to what it holds: changed by one bit, it does not open. It names a person by id only: the key
file lies in the open, and no name belongs there.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from oost_desktop import canonical
from oost_desktop.errors import BugError, DamageError
from oost_desktop.ids import random_id
from oost_desktop.security.kdf import SALT_BYTES, KdfCost, derive_key
from oost_desktop.security.keys import hkdf
from oost_desktop.security.sealing import SealingPrivateKey, SealingPublicKey
from oost_desktop.security.secret import Secret, armour, unarmour
from oost_desktop.security.words import parse_recovery_code

ROLES = frozenset({"tutor", "coordinator", "senior", "dsl", "owner"})
_ID = re.compile(r"[0-9a-f]{32}")
_NONCE_BYTES = 12


class SlotType(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"  # noqa: S105  # says how it opens, opens nothing
    RECOVERY = "recovery"
    ESCROW = "escrow"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a slot holds: the vault key and further secrets by name ("dsl", "root")."""

    vault_key: Secret
    extras: Mapping[str, Secret]


@dataclass(frozen=True, slots=True)
class Slot:
    """A closed slot. `person` (an id) and `role` only for passphrases; no names anywhere.

    `cost` only for passphrases; `recovery_kid` names the key that opens an escrow slot.
    """

    id: str
    type: SlotType
    person: str | None
    role: str | None
    cost: KdfCost | None
    recovery_kid: str | None
    salt: bytes = field(repr=False)
    nonce: bytes = field(repr=False, default=b"")
    sealed: bytes = field(repr=False, default=b"")

    def header(self) -> dict[str, Any]:
        """All but what is locked away, for canonical JSON."""
        cost = self.cost
        return {
            "id": self.id,
            "type": self.type.value,
            "person": self.person,
            "role": self.role,
            "kdf": cost and {"name": "argon2id", "m_kib": cost.m_kib, "t": cost.t, "p": cost.p},
            "recovery_kid": self.recovery_kid,
            "salt": armour(self.salt),
        }

    def to_fields(self) -> dict[str, Any]:
        """For canonical JSON."""
        return {**self.header(), "nonce": armour(self.nonce), "sealed": armour(self.sealed)}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Slot":
        """From what `to_fields` gave. Raises DamageError, also for a hostile cost."""
        try:
            kdf = fields["kdf"]
            slot = cls(
                id=fields["id"],
                type=SlotType(fields["type"]),
                person=fields["person"],
                role=fields["role"],
                cost=None if kdf is None else KdfCost.from_slot(kdf),
                recovery_kid=fields["recovery_kid"],
                salt=unarmour(fields["salt"]),
                nonce=unarmour(fields["nonce"]),
                sealed=unarmour(fields["sealed"]),
            )
            if slot.to_fields() != fields or not slot._is_complete():
                raise _misshapen()
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise _misshapen() from error
        return slot

    def _is_complete(self) -> bool:
        by_passphrase = self.type is SlotType.PASSPHRASE
        return (
            len(self.salt) == SALT_BYTES
            and _ID.fullmatch(self.id) is not None
            and (self.cost is not None) == by_passphrase
            and (self.recovery_kid is not None) == (self.type is SlotType.ESCROW)
            and (_is_holder(self.person, self.role) if by_passphrase else self._has_no_holder())
        )

    def _has_no_holder(self) -> bool:
        return self.person is None and self.role is None


def _is_holder(person: str | None, role: str | None) -> bool:
    return person is not None and _ID.fullmatch(person) is not None and role in ROLES


def passphrase_slot(person: str, role: str, cost: KdfCost) -> Slot:
    """An open header for a person's passphrase. BugError unless id and role are one."""
    if not _is_holder(person, role):
        raise BugError("A slot needs a person's id and one of the five roles, never a name.")
    return Slot(random_id(), SlotType.PASSPHRASE, person, role, cost, None, _salt())


def recovery_slot() -> Slot:
    """An open header for the printed recovery code."""
    return Slot(random_id(), SlotType.RECOVERY, None, None, None, None, _salt())


def escrow_slot(recovery_key: SealingPublicKey) -> Slot:
    """An open header for the office's recovery key."""
    return Slot(random_id(), SlotType.ESCROW, None, None, None, recovery_key.kid, _salt())


def passphrase_key(slot: Slot, passphrase: str) -> Secret:
    """The slot's lock from a passphrase. Takes about a second."""
    if slot.cost is None:
        raise BugError("A passphrase was tried on a slot that takes none.")
    return derive_key(passphrase, slot.salt, slot.cost)


def recovery_key(slot: Slot, code: str) -> Secret:
    """The slot's lock from a printed code: 125 random bits need no slow derivation.

    Raises UserError for a code with a slip in it.
    """
    return hkdf(parse_recovery_code(code), "oost-recovery-code-v1", slot.salt)


def close(slot: Slot, vault: str, key: Secret, contents: Contents) -> Slot:
    """The slot with its contents locked under `key`."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = ChaCha20Poly1305(key.reveal())
    sealed = cipher.encrypt(nonce, _payload(contents).reveal(), _bind(slot, vault))
    return replace(slot, nonce=nonce, sealed=sealed)


def unlock(slot: Slot, vault: str, key: Secret) -> Contents | None:
    """The contents; None if the key is another or anything about the slot was altered."""
    try:
        cipher = ChaCha20Poly1305(key.reveal())
        return _contents(cipher.decrypt(slot.nonce, slot.sealed, _bind(slot, vault)))
    except (InvalidTag, ValueError):
        return None


def close_escrow(slot: Slot, vault: str, key: SealingPublicKey, contents: Contents) -> Slot:
    """The escrow slot with its contents sealed to the office's recovery key."""
    return replace(slot, sealed=key.encrypt(_payload(contents), _bind(slot, vault)))


def unlock_escrow(slot: Slot, vault: str, key: SealingPrivateKey) -> Contents | None:
    """The contents; None if it is sealed to another key or was altered."""
    payload = key.decrypt(slot.sealed, _bind(slot, vault))
    return None if payload is None else _contents(payload.reveal())


def _bind(slot: Slot, vault: str) -> bytes:
    return b"oost-slot-v1\0" + canonical.dumps({"slot": slot.header(), "vault": vault})


def _payload(contents: Contents) -> Secret:
    extras = {name: secret.to_text() for name, secret in contents.extras.items()}
    return Secret(canonical.dumps({"vault_key": contents.vault_key.to_text(), "extras": extras}))


def _contents(payload: bytes) -> Contents:
    fields = canonical.load_object(payload)
    extras = {name: Secret.from_text(text) for name, text in fields["extras"].items()}
    return Contents(Secret.from_text(fields["vault_key"]), extras)


def _salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def _misshapen() -> DamageError:
    return DamageError(
        "The key file of this vault is damaged.",
        "Put back keystore.json from the last backup. The caseload itself is untouched.",
    )
