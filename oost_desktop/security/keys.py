"""The keys a vault lives by: sub-keys of the vault key, and the device's own two keys.

The vault key is 32 random bytes that never change when a passphrase does; everything else that
protects the vault is derived from it by HKDF, each for one purpose. Stores nothing: the key
file keeps the vault key, the encrypted database keeps the device's keys.
"""

from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from oost_desktop import canonical
from oost_desktop.errors import DamageError, RefusedError
from oost_desktop.security.container import Identity
from oost_desktop.security.secret import Secret
from oost_desktop.security.signing import SigningKey, VerifyKey

VAULT_KEY_BYTES = 32
SUBKEY_BYTES = 32


class Purpose(StrEnum):
    """What a sub-key of the vault key is for. Never change one: the vault would not open."""

    DB = "db"  # SQLCipher's raw key
    SLOTS = "slots"  # the seal over the table of slots in the key file


def subkey(vault_key: Secret, purpose: Purpose) -> Secret:
    """32 bytes for one purpose; knowing one sub-key tells nothing about another."""
    return hkdf(vault_key, f"oost-vault-key-v1/{purpose.value}")


def hkdf(key: Secret, info: str, salt: bytes | None = None) -> Secret:
    """32 bytes by HKDF-SHA256 (RFC 5869)."""
    derived = HKDF(hashes.SHA256(), SUBKEY_BYTES, salt=salt, info=info.encode("ascii"))
    return Secret(derived.derive(key.reveal()))


@dataclass(frozen=True, slots=True)
class DevicePublicKeys:
    """What others need of a device: a key that checks its signatures, an address for bundles."""

    signing: VerifyKey
    recipient: str


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """A device's private keys: one signs, one opens bundles. Made once, on the device itself."""

    signing: SigningKey
    identity: Identity

    @classmethod
    def generate(cls) -> "DeviceKeys":
        """New keys for a new device."""
        return cls(SigningKey.generate(), Identity.generate())

    @property
    def public(self) -> DevicePublicKeys:
        """The two public halves."""
        return DevicePublicKeys(self.signing.public, self.identity.recipient)

    def serialise(self) -> Secret:
        """Bytes for the encrypted database, and for nowhere else."""
        fields = {
            "age": self.identity.to_secret().to_text(),
            "signing": self.signing.seed().to_text(),
        }
        return Secret(canonical.dumps(fields))

    @classmethod
    def load(cls, stored: Secret) -> "DeviceKeys":
        """From what `serialise` gave. Raises DamageError."""
        try:
            fields = canonical.load_object(stored.reveal())
            signing = SigningKey(Secret.from_text(fields["signing"]))
            return cls(signing, Identity(Secret.from_text(fields["age"])))
        except (RefusedError, KeyError, ValueError, TypeError, AttributeError) as error:
            raise DamageError(
                "The keys of this laptop are damaged.", "Restore the vault from its last backup."
            ) from error
