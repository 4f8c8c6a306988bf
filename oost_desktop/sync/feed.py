"""A device's own operations on their way to the office, run by run.

    run:  u32 length, header {"count","dev","first","inc","previous"} | operations
    operation:  u32 length, bytes | 64 bytes of signature

A run is contiguous: each operation's chain link follows from the one before, so the signature
of the last vouches for all (`docs/format.md`). Every signature travels and is kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from oost_desktop import canonical
from oost_desktop.errors import RefusedError
from oost_desktop.security.secret import armour, unarmour
from oost_desktop.security.signing import SIGNATURE_BYTES, Domain, VerifyKey
from oost_desktop.store.operations import MAX_BODY, digest_of, entry_hash
from oost_desktop.sync.frame import MAX_COUNT, Reader, Section, crooked, measured
from oost_desktop.sync.manifest import Ends, Link

NAME = "ops"
_MAX_HEADER = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """Operations that follow each other in one device's chain, with what was computed of them."""

    device: str
    incarnation: str
    first: int
    previous: bytes
    raws: list[bytes]
    signatures: list[bytes]
    digests: list[bytes]
    entries: list[bytes]

    @property
    def last(self) -> int:
        """The number of the last operation."""
        return self.first + len(self.raws) - 1

    def is_signed_by(self, key: VerifyKey) -> bool:
        """Whether the last link, and by it the whole run, is this key's."""
        return key.verify(Domain.ENTRY, self.entries[-1], self.signatures[-1])


def own_acked(connection: Connection) -> dict[str, int]:
    """How far the office has acknowledged our feed, by incarnation."""
    rows = connection.exec_driver_sql("select incarnation, seq from own_ack")
    return {row.incarnation: row.seq for row in rows}


def own_ends(connection: Connection, device: str) -> Ends:
    """The last link of each of our incarnations: what we claim to have written."""
    rows = connection.exec_driver_sql(
        "select incarnation, seq, entry from op where (device, incarnation, seq) in"
        " (select device, incarnation, max(seq) from op where device = ? group by incarnation)",
        (device,),
    )
    ends: dict[str, tuple[Link, ...]] = {}
    for incarnation, seq, entry in rows:
        ends[incarnation] = (*ends.get(incarnation, ()), Link(seq, entry))
    return ends


def pack_unacknowledged(connection: Connection, device: str) -> Section:
    """Everything of ours that the office has not acknowledged, every incarnation's."""
    acked = own_acked(connection)
    incarnations = connection.exec_driver_sql(
        "select distinct incarnation from op where device = ? order by incarnation", (device,)
    ).scalars()
    parts: list[bytes] = []
    count = 0
    for incarnation in list(incarnations):
        rows = connection.exec_driver_sql(
            "select seq, body, previous, entry, signature from op where device = ?"
            " and incarnation = ? and seq > ? and body is not null order by seq, recv_no",
            (device, incarnation, acked.get(incarnation, 0)),
        )
        for run in _contiguous(rows):
            parts.append(_run_header(device, incarnation, run))
            for row in run:
                parts += (measured(row.body), row.signature)
            count += len(run)
    return Section.pack(NAME, b"".join(parts), count)


def unacknowledged(connection: Connection, device: str) -> int:
    """How many operations exist that the office has not acknowledged."""
    found = connection.exec_driver_sql(
        "select count(*) from op left join own_ack on own_ack.incarnation = op.incarnation"
        " where op.device = ? and op.seq > coalesce(own_ack.seq, 0)",
        (device,),
    ).scalar_one()
    return int(found)


def _contiguous(rows: Iterable[Row[Any]]) -> Iterator[list[Row[Any]]]:
    run: list[Row[Any]] = []
    for row in rows:
        if run and row.previous != run[-1].entry:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _run_header(device: str, incarnation: str, run: Sequence[Row[Any]]) -> bytes:
    return measured(
        canonical.dumps(
            {
                "dev": device,
                "inc": incarnation,
                "first": run[0].seq,
                "count": len(run),
                "previous": armour(run[0].previous),
            }
        )
    )


def read_runs(section: Section) -> list[Run]:
    """The runs of a section whose bytes were hashed. Raises RefusedError.

    Nothing is verified yet but the form; the chain links are computed here.
    """
    reader = Reader(section.inflated())
    runs: list[Run] = []
    count = 0
    while not reader.at_end:
        runs.append(_read_run(reader))
        count += len(runs[-1].raws)
    if count != section.count:
        raise crooked("it holds another number of changes than it says")
    return runs


def _read_run(reader: Reader) -> Run:
    header = canonical.load_object(reader.take_measured(_MAX_HEADER))
    try:
        device, incarnation = header["dev"], header["inc"]
        first, count = header["first"], header["count"]
        previous = unarmour(header["previous"])
        texts = type(device) is str and type(incarnation) is str and incarnation.isascii()
        numbers = type(first) is int and type(count) is int
        if not texts or not numbers or first < 1 or not 1 <= count <= MAX_COUNT:
            raise crooked("a series of changes in it has no proper heading")
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise crooked("a series of changes in it has no proper heading") from error
    if len(previous) != 32:
        raise RefusedError("A chain of changes in this bundle is broken.")
    raws, signatures = reader.take_pairs(count, MAX_BODY, SIGNATURE_BYTES)
    digests = [digest_of(raw) for raw in raws]
    entries = []
    entry = previous
    for number, digest in enumerate(digests, start=first):
        entry = entry_hash(incarnation, number, entry, digest)
        entries.append(entry)
    return Run(device, incarnation, first, previous, raws, signatures, digests, entries)
