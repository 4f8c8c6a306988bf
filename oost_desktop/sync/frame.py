r"""The inside of a bundle: signature, manifest and sections, as bytes (`docs/format.md`).

    "OOST1\n" | u32 length, signature block | u32 length, manifest | sections, in manifest order

Lengths are big-endian. Taking apart reads nothing that is not within its limit, inflates no
section beyond what it declares, and hashes what was stored before anything is inflated. What
the manifest means is `manifest.py`'s; who signed it is `opening.py`'s.
"""

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oost_desktop.errors import RefusedError

MAGIC = b"OOST1\n"
MAX_SIGNATURE_BLOCK = 4 * 1024
MAX_MANIFEST = 1024 * 1024
MAX_SECTIONS = 64
MAX_STORED = 64 * 1024 * 1024
MAX_RAW = 256 * 1024 * 1024
MAX_RATIO = 100
MAX_COUNT = 200_000
_LEVEL = 6
_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a bundle as the manifest describes it. `stored` is its bytes in the file."""

    name: str
    codec: str
    stored: bytes
    stored_sha256: str
    raw_len: int
    count: int

    @classmethod
    def pack(cls, name: str, raw: bytes, count: int) -> "Section":
        """Deflate what gains by it. Raises RefusedError if it is more than a bundle may hold."""
        deflated = zlib.compress(raw, _LEVEL)
        # What deflates beyond the permitted ratio is stored as it is: no honest reader refuses it.
        gains = len(deflated) < len(raw) <= MAX_RATIO * len(deflated)
        stored, codec = (deflated, "deflate") if gains else (raw, "none")
        if len(stored) > MAX_STORED or len(raw) > MAX_RAW or count > MAX_COUNT:
            raise RefusedError(
                "This is more than one bundle can carry.", "Make a bundle more often."
            )
        return cls(name, codec, stored, _sha256(stored), len(raw), count)

    def fields(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {
            "name": self.name,
            "codec": self.codec,
            "stored_len": len(self.stored),
            "stored_sha256": self.stored_sha256,
            "raw_len": self.raw_len,
            "count": self.count,
        }

    def inflated(self) -> bytes:
        """The contents. Raises RefusedError if they are not exactly as long as declared."""
        if self.codec == "none":
            return self.stored
        reader = zlib.decompressobj()
        try:
            raw = reader.decompress(self.stored, self.raw_len + 1)
        except zlib.error as error:
            raise crooked("a part of it cannot be unpacked") from error
        if len(raw) != self.raw_len or not reader.eof or reader.unused_data:
            raise crooked("a part of it is not as long as it says")
        return raw


@dataclass(frozen=True, slots=True)
class Frame:
    """A bundle's inside, split but neither verified nor believed."""

    signature_block: bytes
    manifest: bytes
    rest: bytes


def put_together(signature_block: bytes, manifest: bytes, sections: tuple[Section, ...]) -> bytes:
    r"""The inside of a bundle."""
    parts = [MAGIC, _u32(len(signature_block)), signature_block, _u32(len(manifest)), manifest]
    return b"".join([*parts, *(section.stored for section in sections)])


def split(untrusted_plain: bytes) -> Frame:
    """Take the head off. Raises RefusedError."""
    if not untrusted_plain.startswith(MAGIC):
        raise crooked("it is of a form this program does not know")
    at = len(MAGIC)
    signature_block, at = _measured(untrusted_plain, at, MAX_SIGNATURE_BLOCK)
    manifest, at = _measured(untrusted_plain, at, MAX_MANIFEST)
    return Frame(signature_block, manifest, untrusted_plain[at:])


def cut_sections(listed: list[Mapping[str, Any]], rest: bytes) -> dict[str, Section]:
    """The sections a verified manifest lists, each hashed. Raises RefusedError.

    Their lengths must fill the file exactly, so nothing overlaps and nothing is left over.
    """
    if len(listed) > MAX_SECTIONS:
        raise crooked("it has too many parts")
    found: dict[str, Section] = {}
    at = 0
    for said in listed:
        section = _section(said, rest, at)
        if section.name in found:
            raise crooked("it has the same part twice")
        found[section.name] = section
        at += len(section.stored)
    if at != len(rest):
        raise crooked("its parts are not as long as it says")
    return found


def _section(said: Mapping[str, Any], rest: bytes, at: int) -> Section:
    numbers = (said["stored_len"], said["raw_len"], said["count"])
    if any(type(number) is not int or number < 0 for number in numbers):
        raise crooked("a part of it has no length")
    stored_len, raw_len, count = numbers
    if stored_len > MAX_STORED or raw_len > MAX_RAW or count > MAX_COUNT:
        raise crooked("a part of it is larger than it may be")
    if raw_len > MAX_RATIO * stored_len or said["codec"] not in ("none", "deflate"):
        raise crooked("a part of it is packed in a way that is not allowed")
    if said["codec"] == "none" and raw_len != stored_len:
        raise crooked("a part of it is not as long as it says")
    stored = rest[at : at + stored_len]
    if len(stored) != stored_len or _sha256(stored) != said["stored_sha256"]:
        raise crooked("a part of it was altered")
    return Section(str(said["name"]), said["codec"], stored, said["stored_sha256"], raw_len, count)


def crooked(why: str) -> RefusedError:
    """The refusal of a bundle that is not as its maker wrote it, or was made to do harm."""
    return RefusedError(
        f"This bundle is damaged: {why}.",
        "Ask for the bundle to be written again. Nothing was changed here.",
    )


class Reader:
    """Reads length-prefixed pieces one after another. Raises RefusedError at a false length."""

    __slots__ = ("_at", "_raw")

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._at = 0

    @property
    def at_end(self) -> bool:
        """Whether everything has been read."""
        return self._at == len(self._raw)

    def take(self, length: int) -> bytes:
        """The next `length` bytes."""
        end = self._at + length
        if end > len(self._raw):
            raise crooked("a part of it is cut short")
        piece = self._raw[self._at : end]
        self._at = end
        return piece

    def take_measured(self, most: int) -> bytes:
        """The next piece that says its own length."""
        length = int.from_bytes(self.take(_LENGTH), "big")
        if length > most:
            raise crooked("a part of it is larger than it may be")
        return self.take(length)

    def take_pairs(self, count: int, most: int, fixed: int) -> tuple[list[bytes], list[bytes]]:
        """`count` times a piece that says its own length and one of `fixed` bytes."""
        raw, at, total = self._raw, self._at, len(self._raw)
        pieces, tails = [], []
        for _ in range(count):
            start = at + _LENGTH
            end = start + int.from_bytes(raw[at:start], "big")
            at = end + fixed
            if at > total or end - start > most:
                raise crooked("a part of it is cut short")
            pieces.append(raw[start:end])
            tails.append(raw[end:at])
        self._at = at
        return pieces, tails


def measured(piece: bytes) -> bytes:
    """A piece with its length before it."""
    return _u32(len(piece)) + piece


def _measured(raw: bytes, at: int, most: int) -> tuple[bytes, int]:
    length = int.from_bytes(raw[at : at + _LENGTH], "big")
    start = at + _LENGTH
    if length > most or start + length > len(raw):
        raise crooked("it is cut short")
    return raw[start : start + length], start + length


def _u32(number: int) -> bytes:
    return number.to_bytes(_LENGTH, "big")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
