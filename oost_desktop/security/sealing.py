"""Safeguarding text for the named readers only: neither the office nor a thief can open it.

The text is padded to whole KiB and encrypted under a fresh content key; the content key goes to
each reader by HPKE (RFC 9180). Everything is bound to a context (which concern, about whom, by
whom), so a sealed text moved to another record does not open. A salted commitment proves later
which words were sealed. Does not decide who the readers are, and says nothing about the author:
the operation that carries it is signed. Sealing to no reader is allowed: a concern is never
blocked, and the author's content key can let readers in later.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from oost_desktop import canonical
from oost_desktop.errors import DamageError, RefusedError
from oost_desktop.security.secret import Secret, armour, unarmour
from oost_desktop.security.signing import key_id

SUITE = 1  # DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305; a body by the last
BUCKET = 1024
_SALT_BYTES = 32
_NONCE_BYTES = 12
_HPKE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


class SealingPublicKey:
    """A reader's public key. Two are equal when their bytes are."""

    __slots__ = ("_key", "raw")

    def __init__(self, raw: bytes) -> None:
        """`raw` has 32 bytes; raises ValueError otherwise.

        Also for the few keys of low order: sealing to one would fail on the day of the concern.
        """
        self._key = X25519PublicKey.from_public_bytes(raw)
        X25519PrivateKey.generate().exchange(self._key)
        self.raw = raw

    @classmethod
    def from_text(cls, text: str) -> "SealingPublicKey":
        """From base64url as `to_text` gives it. Raises RefusedError."""
        try:
            return cls(unarmour(text))
        except ValueError as error:
            raise RefusedError("A sealing key in this file is not one.") from error

    def to_text(self) -> str:
        """base64url without padding."""
        return armour(self.raw)

    @property
    def kid(self) -> str:
        """The key's short name: 32 hexadecimal characters of its SHA-256."""
        return key_id(self.raw)

    def encrypt(self, secret: Secret, info: bytes) -> bytes:
        """HPKE, one message: 48 bytes longer than the secret."""
        return _HPKE.encrypt(secret.reveal(), self._key, info=info)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SealingPublicKey) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"SealingPublicKey({self.kid})"


class SealingPrivateKey:
    """A reader's private key (a DSL's, the office's recovery key); shows nothing of itself."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: Secret) -> None:
        """`seed` has 32 bytes; raises ValueError otherwise."""
        self._key = X25519PrivateKey.from_private_bytes(seed.reveal())
        self.public = SealingPublicKey(self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> "SealingPrivateKey":
        """A new key."""
        return cls(Secret.random())

    def seed(self) -> Secret:
        """The 32 bytes the key can be made again from."""
        return Secret(self._key.private_bytes_raw())

    def decrypt(self, sealed: bytes, info: bytes) -> Secret | None:
        """What was encrypted to this key under this `info`; None if it was not or is damaged."""
        try:
            return Secret(_HPKE.decrypt(sealed, self._key, info=info))
        except InvalidTag:
            return None

    def __repr__(self) -> str:
        return f"SealingPrivateKey(…, public={self.public!r})"


@dataclass(frozen=True, slots=True)
class Envelope:
    """The content key for one reader. `kid` names the reader's key."""

    kid: str
    wrapped: bytes

    def to_fields(self) -> dict[str, str]:
        """For canonical JSON."""
        return {"kid": self.kid, "wrapped": armour(self.wrapped)}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Envelope":
        """From what `to_fields` gave. Raises RefusedError."""
        try:
            return cls(str(fields["kid"]), unarmour(fields["wrapped"]))
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise _malformed() from error


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed text as it travels and is stored: ciphertext, envelopes, commitment."""

    suite: int
    nonce: bytes
    body: bytes
    envelopes: tuple[Envelope, ...]
    commitment: bytes

    def to_fields(self) -> dict[str, Any]:
        """For canonical JSON. The body is about a third longer than the text, in whole KiB."""
        return {
            "suite": self.suite,
            "nonce": armour(self.nonce),
            "body": armour(self.body),
            "to": [envelope.to_fields() for envelope in self.envelopes],
            "commitment": armour(self.commitment),
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Sealed":
        """From what `to_fields` gave. Raises RefusedError."""
        try:
            return cls(
                suite=int(fields["suite"]),
                nonce=unarmour(fields["nonce"]),
                body=unarmour(fields["body"]),
                envelopes=tuple(Envelope.from_fields(item) for item in fields["to"]),
                commitment=unarmour(fields["commitment"]),
            )
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise _malformed() from error


def seal(
    plain: Mapping[str, Any], context: bytes, recipients: Sequence[SealingPublicKey]
) -> tuple[Sealed, Secret]:
    """Seal a mapping of canonical values. Gives the sealed text and its content key.

    `context` is what the text belongs to, spelt the same way when it is opened. The author keeps
    the content key until the DSL has acknowledged, and may then no longer read it.
    """
    content_key, nonce = Secret.random(), secrets.token_bytes(_NONCE_BYTES)
    padded = secrets.token_bytes(_SALT_BYTES) + _pad(canonical.dumps(dict(plain)))
    body = ChaCha20Poly1305(content_key.reveal()).encrypt(nonce, padded, _bind(context))
    envelopes = tuple(grant(content_key, context, recipient) for recipient in recipients)
    return Sealed(SUITE, nonce, body, envelopes, _commit(padded, context)), content_key


def grant(content_key: Secret, context: bytes, recipient: SealingPublicKey) -> Envelope:
    """Let one more reader in: a deputy named later, or the author while the service allows it."""
    return Envelope(recipient.kid, recipient.encrypt(content_key, _bind(context)))


def open_sealed(
    sealed: Sealed,
    context: bytes,
    key: SealingPrivateKey,
    granted: Sequence[Envelope] = (),
) -> dict[str, Any]:
    """The sealed mapping, for a reader. `granted`: envelopes that were added later.

    Raises RefusedError when it was not sealed to this key, DamageError when it was but the text,
    the envelope or the context is not the one that was sealed.
    """
    return open_with_content_key(sealed, context, content_key_of(sealed, context, key, granted))


def content_key_of(
    sealed: Sealed, context: bytes, key: SealingPrivateKey, granted: Sequence[Envelope] = ()
) -> Secret:
    """The content key, for a reader who wants to let another one in. Raises as `open_sealed`."""
    mine = [each for each in (*sealed.envelopes, *granted) if each.kid == key.public.kid]
    if not mine:
        raise RefusedError(
            "This is sealed to other readers.", "Only the people it names can open it."
        )
    for envelope in mine:
        content_key = key.decrypt(envelope.wrapped, _bind(context))
        if content_key is not None:
            return content_key
    raise _altered()


def open_with_content_key(sealed: Sealed, context: bytes, content_key: Secret) -> dict[str, Any]:
    """The sealed mapping, for its author. Raises DamageError, RefusedError (newer suite)."""
    if sealed.suite != SUITE:
        raise RefusedError(
            "This was sealed by a newer version of the program.", "Install the newest version."
        )
    try:
        cipher = ChaCha20Poly1305(content_key.reveal())
        padded = cipher.decrypt(sealed.nonce, sealed.body, _bind(context))
        # ChaCha20-Poly1305 alone would let an author seal two texts in one for two readers.
        if not hmac.compare_digest(_commit(padded, context), sealed.commitment):
            raise _altered()
        return canonical.load_object(padded[_SALT_BYTES:].rstrip(b" "))
    except (InvalidTag, ValueError, RefusedError) as error:
        raise _altered() from error


def _bind(context: bytes) -> bytes:
    return b"oost-seal-v1\0" + context


def _commit(padded: bytes, context: bytes) -> bytes:
    """Salted by the 32 random bytes at the start of `padded`: nobody can try likely words."""
    about = hashlib.sha256(context).digest()
    return hashlib.sha256(b"oost-commitment-v1\0" + about + padded).digest()


def _pad(raw: bytes) -> bytes:
    """Spaces up to a whole KiB; canonical JSON of a mapping ends in a bracket, so none is lost."""
    return raw + b" " * (-len(raw) % BUCKET)


def _malformed() -> RefusedError:
    return RefusedError("A sealed text in this file is not in the form this program writes.")


def _altered() -> DamageError:
    return DamageError(
        "This sealed text is not as its author left it, or not from this record.",
        "Keep it as it is, telephone the author, and ask for it to be sealed again.",
    )
