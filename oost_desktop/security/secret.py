"""Bytes that must not be shown: no representation, log line or pickle gives them away.

`wipe` overwrites the copy held here. It cannot reach the copies that Python, OpenSSL or the
operating system made on the way, and swap is the disk encryption's business: wiping shortens
the time a key lies in memory, it does not promise that it is gone.
"""

import base64
import hmac
import secrets
from typing import NoReturn

from oost_desktop.errors import BugError


class Secret:
    """A few secret bytes: a key, a seed, a decoded code."""

    __slots__ = ("_held",)

    def __init__(self, data: bytes | bytearray) -> None:
        self._held: bytearray | None = bytearray(data)

    @classmethod
    def random(cls, size: int = 32) -> "Secret":
        """`size` random bytes from the operating system."""
        return cls(secrets.token_bytes(size))

    @classmethod
    def from_text(cls, text: str) -> "Secret":
        """From base64url without padding, as `to_text` gives it. Raises ValueError."""
        return cls(unarmour(text))

    def reveal(self) -> bytes:
        """A copy of the bytes. Keep it no longer than the one call that needs it."""
        if self._held is None:
            raise BugError("A secret was used after it was wiped.")
        return bytes(self._held)

    def to_text(self) -> str:
        """base64url without padding, for canonical JSON inside something encrypted."""
        return armour(self.reveal())

    def wipe(self) -> None:
        """Overwrite this copy. Using the secret afterwards is a bug."""
        if self._held is not None:
            self._held[:] = bytes(len(self._held))
            self._held = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self.reveal(), other.reveal())

    __hash__ = None  # type: ignore[assignment]  # a secret is no key of a dictionary

    def __repr__(self) -> str:
        return "Secret(…)"

    def __reduce__(self) -> NoReturn:
        raise BugError("A secret was about to be pickled.")


def armour(data: bytes) -> str:
    """Bytes as base64url without padding: how bytes are written in canonical JSON."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unarmour(text: str) -> bytes:
    """The bytes of the one spelling that `armour` gives. Raises ValueError for any other."""
    data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if armour(data) != text:
        raise ValueError("not base64url as this program writes it")
    return data
