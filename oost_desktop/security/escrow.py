"""When every passphrase is forgotten: two people at the office open a vault together.

Each vault carries an escrow slot sealed to the office's recovery key. That key exists only as
two halves, on two sheets held by two people; one half alone says nothing about it. The laptop
writes a request, the office answers it sealed to that laptop alone, and eight words compared by
telephone show that the request is the one the tutor made. Who may ask is for people to decide.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from mnemonic import Mnemonic

from oost_desktop import canonical
from oost_desktop.errors import DamageError, RefusedError, UserError
from oost_desktop.security import slots
from oost_desktop.security.keyfile import KeyTable
from oost_desktop.security.sealing import Envelope, SealingPrivateKey, SealingPublicKey
from oost_desktop.security.secret import Secret, armour, unarmour
from oost_desktop.security.slots import Slot, SlotType
from oost_desktop.security.words import spoken_words, word_list

_REQUEST_FORMAT = "oost-recovery-request"
_ANSWER_FORMAT = "oost-recovery-answer"
_HALF_BYTES = 32


def split(key: SealingPrivateKey) -> tuple[Secret, Secret]:
    """Two halves of a private key, for two people; both are needed, either is mere noise."""
    seed = key.seed().reveal()
    half = secrets.token_bytes(len(seed))
    return Secret(half), Secret(_xor(seed, half))


def combine(one: Secret, other: Secret, expected: SealingPublicKey) -> SealingPrivateKey:
    """The private key again. Raises UserError if these are not the two halves of it."""
    key = SealingPrivateKey(Secret(_xor(one.reveal(), other.reveal())))
    if key.public != expected:
        raise UserError(
            "These two halves do not make the office’s recovery key.",
            "Both must be of the same date, and not the same half twice.",
        )
    return key


def deposit(seed: Secret, label: str, recovery_key: SealingPublicKey) -> Envelope:
    """A seed that must outlive its holder (a DSL's, the root's), for the two people to take out.

    `label` says which, e.g. `dsl/` and the kid of its public key; it is needed to take it out.
    """
    return Envelope(recovery_key.kid, recovery_key.encrypt(seed, _deposit_info(label)))


def withdraw(envelope: Envelope, label: str, recovery_key: SealingPrivateKey) -> Secret:
    """A deposited seed. Raises RefusedError for another label, another key, or damage."""
    seed = recovery_key.decrypt(envelope.wrapped, _deposit_info(label))
    if seed is None:
        raise RefusedError("This deposit is not for this recovery key, or not of this label.")
    return seed


def half_in_words(half: Secret) -> str:
    """A half as 24 words to print (BIP-39, whose last word holds a check)."""
    return Mnemonic("english").to_mnemonic(half.reveal())


def half_from_words(typed: str) -> Secret:
    """A half from its 24 words. Raises UserError that says what to look at."""
    typed_words = typed.casefold().split()
    for word in typed_words:
        if word not in word_list():
            raise UserError(
                f"“{word}” is not one of the words.", "Check the spelling against the sheet."
            )
    try:
        half = bytes(Mnemonic("english").to_entropy(typed_words))
    except ValueError as error:
        raise _not_a_half() from error
    if len(half) != _HALF_BYTES:
        raise _not_a_half()
    return Secret(half)


@dataclass(frozen=True, slots=True)
class RecoveryRequest:
    """What a locked laptop asks the office. `raw` is the file; nothing in it is secret."""

    raw: bytes
    vault: str
    slot: Slot
    reply_to: SealingPublicKey

    @property
    def words(self) -> tuple[str, ...]:
        """Eight words that both sides read out before the office answers."""
        return spoken_words(b"oost-recovery-request-v1\0" + self.raw)


def make_request(table: KeyTable) -> tuple[RecoveryRequest, SealingPrivateKey]:
    """A request from this vault's key file, and the key that alone will open the answer.

    Raises UserError when the vault has no escrow slot.
    """
    escrow = table.of_type(SlotType.ESCROW)
    if not escrow:
        raise UserError(
            "The office holds no recovery key for this caseload.", "Use the printed recovery code."
        )
    reply_key = SealingPrivateKey.generate()
    fields = {
        "format": _REQUEST_FORMAT,
        "vault": table.vault,
        "slot": escrow[0].to_fields(),
        "reply_to": reply_key.public.to_text(),
    }
    return read_request(canonical.dumps(fields)), reply_key


def read_request(raw: bytes) -> RecoveryRequest:
    """A request file. Raises RefusedError."""
    fields = _fields(raw, _REQUEST_FORMAT)
    try:
        slot, vault = Slot.from_fields(fields["slot"]), str(fields["vault"])
        return RecoveryRequest(raw, vault, slot, SealingPublicKey.from_text(fields["reply_to"]))
    except (DamageError, KeyError, TypeError, AttributeError) as error:
        raise _misshapen() from error


def answer_request(request: RecoveryRequest, recovery_key: SealingPrivateKey) -> bytes:
    """The answer file, which only the laptop that asked can open. Compare the words first.

    Raises RefusedError when the vault's escrow is for another recovery key, or altered.
    """
    contents = slots.unlock_escrow(request.slot, request.vault, recovery_key)
    if contents is None:
        raise RefusedError(
            "This laptop’s recovery slot is not for this recovery key.",
            "Use the sheets that were in force when the laptop joined.",
        )
    sealed = request.reply_to.encrypt(contents.vault_key, _answer_info(request))
    return canonical.dumps({"format": _ANSWER_FORMAT, "sealed": armour(sealed)})


def open_answer(raw: bytes, request: RecoveryRequest, reply_key: SealingPrivateKey) -> Secret:
    """The vault key, for `Keystore.open_with_vault_key`. Raises RefusedError."""
    fields = _fields(raw, _ANSWER_FORMAT)
    try:
        sealed = unarmour(fields["sealed"])
    except (KeyError, ValueError, TypeError) as error:
        raise _misshapen() from error
    vault_key = reply_key.decrypt(sealed, _answer_info(request))
    if vault_key is None:
        raise RefusedError(
            "This answer is to another request.", "Ask the office to answer the newest request."
        )
    return vault_key


def _deposit_info(label: str) -> bytes:
    return b"oost-deposit-v1\0" + label.encode()


def _answer_info(request: RecoveryRequest) -> bytes:
    return b"oost-recovery-answer-v1\0" + request.raw


def _fields(raw: bytes, expected: str) -> dict[str, Any]:
    fields = canonical.load_object(raw)
    if fields.get("format") != expected:
        raise _misshapen()
    return fields


def _not_a_half() -> UserError:
    return UserError(
        "These are not the 24 words of a recovery sheet.",
        "Check that none is missing and that they are in order.",
    )


def _misshapen() -> RefusedError:
    return RefusedError("This file is not part of a recovery.", "Choose the file the other sent.")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
