"""The manifest of a bundle: who made it for whom, what it acknowledges, what it holds.

Canonical JSON, signed as a whole. Reading believes nothing about types: a manifest with a
crooked field is refused. Fields this version does not know are passed over, so a newer maker
may say more. Whether what is said is *true* is judged in `opening.py` and `checking.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from oost_desktop import canonical
from oost_desktop.errors import RefusedError
from oost_desktop.sync.frame import Section, crooked

FORMAT = 1
SUITE = 1  # age v1 with X25519 recipients; Ed25519 over the manifest
WIRE = 1  # the newest form of bundle this program writes and reads
MAX_NUMBER = 2**53 - 1


class Direction(StrEnum):
    """Which way a bundle goes."""

    UP = "up"  # a device's own operations, to the office
    DOWN = "down"  # the office's stream, to one device


@dataclass(frozen=True, slots=True)
class Mark:
    """A bundle's number and its random name, by which its maker knows it again."""

    no: int
    id: str | None

    def fields(self) -> dict[str, Any]:
        """For canonical JSON."""
        return {"no": self.no, "id": self.id}


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a chain: a number, and the hash that commits to all before it."""

    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class StreamSpan:
    """The piece of a delivery stream in a bundle: after `base`, up to and with `last`."""

    epoch: str
    base: Link
    last: Link


@dataclass(frozen=True, slots=True)
class StreamAck:
    """How far a device has taken in its stream."""

    epoch: str
    head: Link


@dataclass(frozen=True, slots=True)
class Holding:
    """A scope a device holds: its generation, and a digest of its operations once complete."""

    scope: str
    generation: int
    complete: bool
    count: int
    digest: str


Ends = Mapping[str, tuple[Link, ...]]
"""The last links of a device's feed, by incarnation."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself. `feeds` and below: one direction only, else empty."""

    org: str
    direction: Direction
    mark: Mark
    device: str
    incarnation: str
    kid: str
    to: tuple[str, ...]
    wall: int
    hlc: int
    version: str
    keyset_no: int
    seen: Mark
    sections: tuple[Mapping[str, Any], ...] = ()
    wire_min: int = WIRE
    wire_max: int = WIRE
    feeds: Ends = field(default_factory=dict)
    tips: Ends = field(default_factory=dict)
    claims: Ends = field(default_factory=dict)
    stream: StreamSpan | None = None
    stream_ack: StreamAck | None = None
    held: tuple[Holding, ...] = ()
    office_wall_seen: int = 0
    resync: str | None = None
    rescue: str | None = None

    def to_bytes(self, sections: tuple[Section, ...]) -> bytes:
        """The exact bytes that are signed."""
        body: dict[str, Any] = {
            "fmt": FORMAT,
            "suite": SUITE,
            "org": self.org,
            "kind": self.direction.value,
            "id": self.mark.id,
            "no": self.mark.no,
            "from": {"dev": self.device, "inc": self.incarnation, "kid": self.kid},
            "to": list(self.to),
            "created": {"wall": self.wall, "hlc": f"{self.hlc:016x}"},
            "app": {
                "ver": self.version,
                "wire_min": self.wire_min,
                "wire_max": self.wire_max,
            },
            "keyset_no": self.keyset_no,
            "seen": self.seen.fields(),
            "sections": [section.fields() for section in sections],
            "part": {"n": 1, "of": 1, "group": self.mark.id},
            "feeds": _ends_fields(self.feeds),
            "tips": _ends_fields(self.tips),
            "claims": _ends_fields(self.claims),
            "stream": _span_fields(self.stream),
            "stream_ack": _ack_fields(self.stream_ack),
            "held": [_holding_fields(holding) for holding in self.held],
            "office_wall_seen": self.office_wall_seen,
            "resync": self.resync,
            "rescue": self.rescue,
        }
        return canonical.dumps(body)


def read_manifest(untrusted_raw: bytes) -> Manifest:
    """The manifest of these bytes, whose signature has been verified. Raises RefusedError."""
    body = canonical.load_object(untrusted_raw)
    try:
        _refuse_newer(body)
        return _manifest(body)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise crooked("its first page is not in the form this program knows") from error


def _refuse_newer(body: Mapping[str, Any]) -> None:
    needs = max(_count(body["app"], "wire_min"), _count(body, "fmt"), _count(body, "suite"))
    if needs > WIRE:
        raise RefusedError(
            "This bundle was made by a newer version of the program.",
            "Update the program, then take it in. Nothing was changed, and you can still make"
            " bundles of your own.",
        )


def _manifest(body: Mapping[str, Any]) -> Manifest:
    sender, created, app, part = body["from"], body["created"], body["app"], body["part"]
    if (_count(part, "n"), _count(part, "of")) != (1, 1):
        raise RefusedError("This is one part of several; this version takes whole bundles only.")
    return Manifest(
        org=_text(body, "org"),
        direction=Direction(_text(body, "kind")),
        mark=Mark(_count(body, "no"), _text(body, "id")),
        device=_text(sender, "dev"),
        incarnation=_text(sender, "inc"),
        kid=_text(sender, "kid"),
        to=tuple([_checked_text(each) for each in body["to"]]),
        wall=_count(created, "wall"),
        hlc=int(_text(created, "hlc"), 16),
        version=_text(app, "ver"),
        keyset_no=_count(body, "keyset_no"),
        seen=_mark(body["seen"]),
        sections=tuple([dict(section) for section in body["sections"]]),
        wire_min=_count(app, "wire_min"),
        wire_max=_count(app, "wire_max"),
        feeds=_ends(body["feeds"]),
        tips=_ends(body["tips"]),
        claims=_ends(body["claims"]),
        stream=_span(body["stream"]),
        stream_ack=_ack(body["stream_ack"]),
        held=tuple([_holding(each) for each in body["held"]]),
        office_wall_seen=_count(body, "office_wall_seen"),
        resync=_maybe_text(body["resync"]),
        rescue=_maybe_text(body["rescue"]),
    )


def _checked_text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("not text")
    return value


def _maybe_text(value: Any) -> str | None:
    return None if value is None else _checked_text(value)


def _text(body: Mapping[str, Any], key: str) -> str:
    return _checked_text(body[key])


def _count(body: Mapping[str, Any], key: str) -> int:
    value = body[key]
    if type(value) is not int or not 0 <= value <= MAX_NUMBER:
        raise TypeError("not a count")
    return value


def _flag(body: Mapping[str, Any], key: str) -> bool:
    value = body[key]
    if type(value) is not bool:
        raise TypeError("not a flag")
    return value


def _mark(body: Mapping[str, Any]) -> Mark:
    return Mark(_count(body, "no"), _maybe_text(body["id"]))


def _link(body: Any) -> Link:
    number, text = body
    if type(number) is not int or not 0 <= number <= MAX_NUMBER or len(text) != 64:
        raise TypeError("not a place in a chain")
    return Link(number, bytes.fromhex(text))


def _link_fields(link: Link) -> list[Any]:
    return [link.number, link.hash.hex()]


def _ends_fields(ends: Ends) -> dict[str, Any]:
    return {
        incarnation: [_link_fields(link) for link in links] for incarnation, links in ends.items()
    }


def _ends(body: Any) -> Ends:
    return {
        _checked_text(incarnation): tuple([_link(link) for link in links])
        for incarnation, links in body.items()
    }


def _span_fields(span: StreamSpan | None) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"epoch": span.epoch, "base": _link_fields(span.base), "last": _link_fields(span.last)}


def _span(body: Any) -> StreamSpan | None:
    if body is None:
        return None
    return StreamSpan(_text(body, "epoch"), _link(body["base"]), _link(body["last"]))


def _ack_fields(ack: StreamAck | None) -> dict[str, Any] | None:
    return None if ack is None else {"epoch": ack.epoch, "head": _link_fields(ack.head)}


def _ack(body: Any) -> StreamAck | None:
    return None if body is None else StreamAck(_text(body, "epoch"), _link(body["head"]))


def _holding_fields(holding: Holding) -> dict[str, Any]:
    return {
        "sc": holding.scope,
        "gen": holding.generation,
        "complete": holding.complete,
        "count": holding.count,
        "digest": holding.digest,
    }


def _holding(body: Any) -> Holding:
    return Holding(
        _text(body, "sc"),
        _count(body, "gen"),
        _flag(body, "complete"),
        _count(body, "count"),
        _text(body, "digest"),
    )
