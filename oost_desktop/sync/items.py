"""The delivery stream on the wire: numbered items, each chained to the one before.

    "o" | u32 length, operation | 32 bytes, its previous link | 64 bytes, its signature
    "c" | u32 length, canonical JSON: {"k":"grant","sc","gen"}
                                      {"k":"complete","sc","gen","count","digest"}
                                      {"k":"revoke","sc","gen"}

Numbers are not written: the manifest says where the piece begins. The chain is over hashes, so
an item can be forgotten and the chain still verifies.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping

from oost_desktop import canonical
from oost_desktop.security.signing import SIGNATURE_BYTES
from oost_desktop.store.operations import MAX_BODY, digest_of
from oost_desktop.sync.frame import Reader, Section, crooked, measured

NAME = "stream"
NO_LINK = b"\0" * 32
OP, GRANT, COMPLETE, REVOKE = "op", "grant", "complete", "revoke"
_CONTROLS = frozenset({GRANT, COMPLETE, REVOKE})
_MAX_CONTROL = 1024
_HASH_BYTES = 32
_OP_TAG, _CONTROL_TAG = b"o", b"c"


@dataclass(frozen=True, slots=True)
class OpItem:
    """An operation delivered, with its author's link and signature."""

    raw: bytes
    previous: bytes
    signature: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class ControlItem:
    """A word about a scope: `kind` is grant, complete or revoke."""

    kind: str
    scope: str
    generation: int
    detail: bytes


Item = OpItem | ControlItem


def control(kind: str, scope: str, generation: int, **more: Any) -> ControlItem:
    """Make a word about a scope."""
    detail = canonical.dumps({"k": kind, "sc": scope, "gen": generation, **more})
    return ControlItem(kind, scope, generation, detail)


def read_control(raw: bytes) -> ControlItem:
    """Read a word about a scope. Raises RefusedError."""
    body = canonical.load_object(raw)
    kind, scope, generation = body.get("k"), body.get("sc"), body.get("gen")
    if kind not in _CONTROLS or type(scope) is not str or type(generation) is not int:
        raise crooked("it says something of a file that this program does not understand")
    return ControlItem(kind, scope, generation, raw)


def chained(previous: bytes, kind: str, payload_hash: bytes) -> bytes:
    """The link of an item. `payload_hash`: an operation's digest, or `control_hash`."""
    head = f"oost-stream-v1\0{kind}\0".encode("ascii")
    return hashlib.sha256(head + previous + payload_hash).digest()


def control_hash(detail: bytes) -> bytes:
    """What the chain commits to of a control item."""
    return hashlib.sha256(detail).digest()


def link_of(previous: bytes, item: Item) -> bytes:
    """The link of an item that was read."""
    if isinstance(item, OpItem):
        return chained(previous, OP, item.digest)
    return chained(previous, item.kind, control_hash(item.detail))


def scope_digest(op_ids: Iterable[str]) -> tuple[int, str]:
    """Count and hash of a set of operations: equal on both sides if they hold the same."""
    ordered = sorted(op_ids)
    return len(ordered), hashlib.sha256("".join(ordered).encode("ascii")).hexdigest()


def pack(rows: Iterable[RowMapping]) -> Section:
    """The section of delivery rows: `kind`, `detail`, and an operation's columns."""
    parts: list[bytes] = []
    count = 0
    for row in rows:
        count += 1
        if row["kind"] == OP:
            parts += (_OP_TAG, measured(row["body"]), row["previous"], row["signature"])
        else:
            parts += (_CONTROL_TAG, measured(row["detail"].encode("utf-8")))
    return Section.pack(NAME, b"".join(parts), count)


def read_items(section: Section) -> list[Item]:
    """The items of a section whose bytes were hashed. Raises RefusedError."""
    reader = Reader(section.inflated())
    items: list[Item] = []
    while not reader.at_end:
        tag = reader.take(1)
        if tag == _OP_TAG:
            raw = reader.take_measured(MAX_BODY)
            previous, signature = reader.take(_HASH_BYTES), reader.take(SIGNATURE_BYTES)
            items.append(OpItem(raw, previous, signature, digest_of(raw)))
        elif tag == _CONTROL_TAG:
            items.append(read_control(reader.take_measured(_MAX_CONTROL)))
        else:
            raise crooked("it holds something this program does not know")
    if len(items) != section.count:
        raise crooked("it holds another number of things than it says")
    return items
