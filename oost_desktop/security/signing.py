"""Ed25519 signatures (RFC 8032), each valid for one purpose only.

A `Domain` is put before every message, so a signature over an operation can never be passed off
as one over a bundle or a keyset. Keys here sign and verify; who may sign what is the keyset's.
"""

import hashlib
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from oost_desktop.errors import RefusedError
from oost_desktop.security.secret import Secret, armour, unarmour

SIGNATURE_BYTES = 64


class Domain(StrEnum):
    """What a signature is about. The text is part of the signed bytes: never change one."""

    ENTRY = "oost-entry-sig-v1"
    BUNDLE = "oost-bundle-sig-v1"
    KEYSET = "oost-keyset-sig-v1"
    CERTIFICATE = "oost-certificate-sig-v1"
    REQUEST = "oost-request-sig-v1"

    def frame(self, message: bytes) -> bytes:
        """The bytes that are signed. The zero byte ends the name, which holds none."""
        return self.value.encode("ascii") + b"\0" + message


class VerifyKey:
    """A public key. Two are equal when their bytes are."""

    __slots__ = ("_key", "raw")

    def __init__(self, raw: bytes) -> None:
        """`raw` has 32 bytes; raises ValueError otherwise."""
        self._key = Ed25519PublicKey.from_public_bytes(raw)
        self.raw = raw

    @classmethod
    def from_text(cls, text: str) -> "VerifyKey":
        """From base64url as `to_text` gives it. Raises RefusedError."""
        try:
            return cls(unarmour(text))
        except ValueError as error:
            raise RefusedError("A signing key in this file is not one.") from error

    def to_text(self) -> str:
        """base64url without padding."""
        return armour(self.raw)

    @property
    def kid(self) -> str:
        """The key's short name: 32 hexadecimal characters of its SHA-256."""
        return key_id(self.raw)

    def verify(self, domain: Domain, message: bytes, signature: bytes) -> bool:
        """Whether the owner of this key signed exactly this message for this purpose."""
        try:
            self._key.verify(signature, domain.frame(message))
        except InvalidSignature:
            return False
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerifyKey) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def __repr__(self) -> str:
        return f"VerifyKey({self.kid})"


class SigningKey:
    """A private key; shows nothing of itself."""

    __slots__ = ("_key", "public")

    def __init__(self, seed: Secret) -> None:
        """`seed` has 32 bytes; raises ValueError otherwise."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed.reveal())
        self.public = VerifyKey(self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> "SigningKey":
        """A new key."""
        return cls(Secret.random())

    def seed(self) -> Secret:
        """The 32 bytes the key can be made again from."""
        return Secret(self._key.private_bytes_raw())

    def sign(self, domain: Domain, message: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(domain.frame(message))

    def __repr__(self) -> str:
        return f"SigningKey(…, public={self.public!r})"


def key_id(public: bytes) -> str:
    """The short name of any public key: 32 hexadecimal characters of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:32]
