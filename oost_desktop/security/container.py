"""The outside of a bundle: an age v1 file (age-encryption.org/v1), read and written by pyrage.

Says who can open it and that it is whole; says nothing about who wrote it (the signed manifest
inside does). Our own code writes no cipher and no age header. Whole files in memory: the caller
has checked the size of what it read.
"""

import pyrage

from oost_desktop.errors import BugError, RefusedError
from oost_desktop.security.secret import Secret

MAX_BYTES = 512 * 1024 * 1024
MAX_HEADER = 64 * 1024
MAX_STANZAS = 20
_VERSION_LINE = b"age-encryption.org/v1\n"
_HEADER_END = b"\n--- "
_STANZA = b"\n-> "
_SEND_AGAIN = "Ask for the bundle to be written again. Nothing was changed here."


class Identity:
    """A private key that opens bundles (X25519); shows nothing of itself. `native` is pyrage's."""

    __slots__ = ("native", "recipient")

    def __init__(self, text: Secret) -> None:
        """From `AGE-SECRET-KEY-1…` as `to_secret` gives it. Raises RefusedError."""
        try:
            self.native = pyrage.x25519.Identity.from_str(text.reveal().decode("ascii"))
        except (pyrage.IdentityError, UnicodeDecodeError) as error:
            raise RefusedError("This is not a key that opens bundles.") from error
        self.recipient = str(self.native.to_public())

    @classmethod
    def generate(cls) -> "Identity":
        """A new key."""
        return cls(Secret(str(pyrage.x25519.Identity.generate()).encode("ascii")))

    def to_secret(self) -> Secret:
        """The text that `age -d -i` and the constructor read."""
        return Secret(str(self.native).encode("ascii"))

    def __repr__(self) -> str:
        return f"Identity(…, recipient={self.recipient!r})"


def check_recipient(text: str) -> str:
    """The recipient (`age1…`) if it is one. Raises RefusedError."""
    _recipient(text)
    return text


def encrypt(plain: bytes, recipients: list[str] | tuple[str, ...]) -> bytes:
    """An age file that each recipient (`age1…`) can open. Raises RefusedError for a bad one."""
    if not recipients:
        raise BugError("A bundle was about to be encrypted to nobody.")
    return bytes(pyrage.encrypt(plain, [_recipient(text) for text in recipients]))


def decrypt(data: bytes, identities: list[Identity] | tuple[Identity, ...]) -> bytes:
    """The contents, complete and unchanged, or RefusedError that says why not.

    An age header names nobody, so "for somebody else" and "its first lines were altered" cannot
    be told apart.
    """
    check_header(data)
    try:
        return bytes(pyrage.decrypt(data, [identity.native for identity in identities]))
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise RefusedError(
                "This bundle is not for this laptop, so it cannot be opened here.",
                "Give it to the person it was made for.",
            ) from error
        raise _damaged("it was cut short or altered on the way") from error


def check_header(data: bytes) -> None:
    """Refuse before any cryptography what is no age file of ours, or too large to be one."""
    if len(data) > MAX_BYTES:
        raise RefusedError(f"This file is larger than {MAX_BYTES >> 20} MiB: no bundle is.")
    if not data.startswith(_VERSION_LINE):
        raise RefusedError(
            "This file is not a bundle.",
            "Choose the file that the office or a tutor’s laptop wrote.",
        )
    end = data.find(_HEADER_END, 0, MAX_HEADER)
    if end < 0:
        raise _damaged("its header does not end")
    if data.count(_STANZA, 0, end) > MAX_STANZAS:
        raise _damaged(f"it names more than {MAX_STANZAS} recipients")


def _recipient(text: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise RefusedError("An address for bundles in this file is not one.") from error


def _damaged(why: str) -> RefusedError:
    return RefusedError(f"This bundle is damaged: {why}.", _SEND_AGAIN)
