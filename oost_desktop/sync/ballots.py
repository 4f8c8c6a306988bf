"""The numbers of bundles between two devices: ours to them, theirs to us.

A bundle is fresh if its number is larger than any seen from that peer. Only a fresh one's
acknowledgements are believed; a stale one's operations still count.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from oost_desktop.sync.manifest import Mark


@dataclass(frozen=True, slots=True)
class Peer:
    """What is known of the exchange with one device.

    `keyset_no` is the newest they said they hold, `resync` their last granted wish to be given
    everything again.
    """

    device: str
    sent: Mark
    seen: Mark
    keyset_no: int
    resync: str | None = None


def peer_of(connection: Connection, device: str) -> Peer:
    """The exchange with a device so far; zeros before the first bundle."""
    row = connection.exec_driver_sql(
        "select sent_no, sent_id, seen_no, seen_id, keyset_no, resync from peer where device = ?",
        (device,),
    ).one_or_none()
    if row is None:
        return Peer(device, Mark(0, None), Mark(0, None), 0)
    return Peer(device, Mark(row[0], row[1]), Mark(row[2], row[3]), row[4], row[5])


def note_sent(connection: Connection, device: str, mark: Mark, made_at: str) -> None:
    """A bundle was made for this device."""
    _ensure(connection, device)
    connection.exec_driver_sql(
        "update peer set sent_no = ?, sent_id = ?, sent_at = ? where device = ?",
        (mark.no, mark.id, made_at, device),
    )


def note_seen(
    connection: Connection,
    device: str,
    mark: Mark,
    seen_at: str,
    keyset_no: int,
    resync: str | None,
) -> None:
    """A fresh bundle came from this device."""
    _ensure(connection, device)
    connection.exec_driver_sql(
        "update peer set seen_no = ?, seen_id = ?, seen_at = ?, keyset_no = ?, resync = ?"
        " where device = ?",
        (mark.no, mark.id, seen_at, keyset_no, resync, device),
    )


def jump_to(connection: Connection, device: str, mark: Mark) -> None:
    """Our numbers fell behind what the peer has seen of us: go on from there."""
    connection.exec_driver_sql(
        "update peer set sent_no = ?, sent_id = ? where device = ?", (mark.no, mark.id, device)
    )


def _ensure(connection: Connection, device: str) -> None:
    connection.exec_driver_sql(
        "insert or ignore into peer values (?, 0, null, null, 0, null, null, 0, null)", (device,)
    )
