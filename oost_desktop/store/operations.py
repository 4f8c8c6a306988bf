"""Operations: the immutable records of what somebody did (`docs/format.md`, "An operation").

An operation is its exact bytes: canonical JSON, hashed once and never written again. `op_id` is
the first 16 bytes of that hash, so the same content is the same operation wherever it turns up.
Each device chains its operations (`entry_hash`) and signs every link.

This module makes and reads operations. It stores nothing and folds nothing.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Any

from oost_desktop import canonical
from oost_desktop.errors import RefusedError, UserError

VERSION = 1
MAX_BODY = 256 * 1024
MAX_FIELDS = 64
MAX_REPLACED = 4096  # a removal names every write it saw
FIRST_ENTRY = b"\0" * 32
DELETED = "_gone"  # the register a removal and its undoing write
EVERYTHING = "*"  # under this a removal names every head it saw
SEALED = "_sealed"  # ciphertext of a sealed record's own words; has no column


class OpKind(StrEnum):
    """What an operation does to its one record."""

    CREATE = "create"
    SET = "set"
    DELETE = "del"
    UNDELETE = "undel"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True)
class Op:
    """One operation, read. `set_` maps units to wire values, `pred` units to ids they replace.

    `raw` is the exact body; everything else but `op_id` and `digest` is read out of it.
    """

    raw: bytes
    digest: bytes
    org: str
    device: str
    incarnation: str
    seq: int
    hlc: int
    wall: int
    user: str
    txn: str
    scope: str
    etype: str
    entity: str
    kind: str
    set_: Mapping[str, Any]
    pred: Mapping[str, list[str]]
    why: str | None

    @property
    def op_id(self) -> str:
        """The operation's name: 32 hexadecimal characters of its hash."""
        return self.digest[:16].hex()


def digest_of(raw: bytes) -> bytes:
    """The full hash of an operation's bytes."""
    return hashlib.sha256(b"oost-op-v1\0" + raw).digest()


def entry_hash(incarnation: str, seq: int, previous: bytes, digest: bytes) -> bytes:
    """The chain link of an operation: commits to everything its device wrote before it."""
    head = f"oost-entry-v1\0{incarnation}\0{seq}\0".encode("ascii")
    return hashlib.sha256(head + previous + digest).digest()


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who, where and when: what every operation of one act shares."""

    org: str
    device: str
    incarnation: str
    user: str
    txn: str
    wall: int


@dataclass(frozen=True, slots=True)
class Intent:
    """What an act wants done to one record, before it is numbered and hashed."""

    etype: str
    entity: str
    scope: str
    kind: OpKind
    set_: Mapping[str, Any]
    pred: Mapping[str, list[str]]
    why: str | None = None


def write(stamp: Stamp, intent: Intent, seq: int, hlc: int) -> Op:
    """Make an operation. Raises UserError if nobody could take it in."""
    body: dict[str, Any] = {
        "v": VERSION,
        "org": stamp.org,
        "dev": stamp.device,
        "inc": stamp.incarnation,
        "seq": seq,
        "hlc": f"{hlc:016x}",  # larger than JSON's whole numbers
        "wall": stamp.wall,
        "usr": stamp.user,
        "txn": stamp.txn,
        "sc": intent.scope,
        "et": intent.etype,
        "ent": intent.entity,
        "k": intent.kind.value,
        "set": dict(intent.set_),
        "pred": dict(intent.pred),
    }
    if intent.why:
        body["why"] = intent.why
    raw = canonical.dumps(body)
    if len(raw) > MAX_BODY:
        raise UserError(
            "This is more text than one record can hold.",
            "Put part of it into a second record; what you typed is still here.",
        )
    return _op(raw, body)


def read_own(raw: bytes) -> Op:
    """Read an operation out of our own database, whose bytes were checked on their way in."""
    return _op(raw, canonical.loads_trusted(raw))


def read_untrusted(untrusted_raw: bytes, digest: bytes | None = None) -> Op:
    """Read an operation that came from outside. Raises RefusedError for anything crooked.

    `digest` is its `digest_of`, if that was computed before.
    """
    if len(untrusted_raw) > MAX_BODY:
        raise RefusedError("An operation is larger than it may be.")
    body = canonical.loads(untrusted_raw)
    if not isinstance(body, dict) or not _well_formed(body):
        raise RefusedError("An operation is not of the shape this program knows.")
    return _op(untrusted_raw, body, digest)


_TEXTS = ("hlc", "org", "dev", "inc", "usr", "txn", "sc", "et", "ent", "k")
_NUMBERS = ("v", "seq", "wall")
_MAPPINGS = ("set", "pred")
_MEMBERS = itemgetter(*_TEXTS, *_NUMBERS, *_MAPPINGS)
_TYPES = [str] * len(_TEXTS) + [int] * len(_NUMBERS) + [dict] * len(_MAPPINGS)
_TIME = re.compile(r"[0-7][0-9a-f]{15}")


def _well_formed(body: dict[str, Any]) -> bool:
    try:
        return (
            list(map(type, _MEMBERS(body))) == _TYPES
            and body["v"] == VERSION
            and body["seq"] >= 1
            and _TIME.fullmatch(body["hlc"]) is not None
            and len(body["set"]) <= MAX_FIELDS
            and len(body["pred"]) <= MAX_FIELDS
            and all(map(_are_names, body["pred"].values()))
            and type(body.get("why", "")) is str
        )
    except KeyError:
        return False


def _are_names(op_ids: object) -> bool:
    return (
        type(op_ids) is list
        and len(op_ids) <= MAX_REPLACED
        and all(type(op_id) is str for op_id in op_ids)
    )


def _op(raw: bytes, body: Mapping[str, Any], digest: bytes | None = None) -> Op:
    return Op(
        raw,
        digest or digest_of(raw),
        body["org"],
        body["dev"],
        body["inc"],
        body["seq"],
        int(body["hlc"], 16),
        body["wall"],
        body["usr"],
        body["txn"],
        body["sc"],
        body["et"],
        body["ent"],
        body["k"],
        body["set"],
        body["pred"],
        body.get("why"),
    )
