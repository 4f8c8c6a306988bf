"""Making a bundle. Nothing moves but the number of the bundle and the note that it was sent.

It is written beside its final name, flushed, renamed, read back and compared; only then is it
counted as written. Every bundle repeats all that its reader has not acknowledged, so any number
of them may be lost.
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

import oost_desktop
from oost_desktop import canonical, ids
from oost_desktop.atomic import replace_file
from oost_desktop.errors import RefusedError, UserError
from oost_desktop.security import container
from oost_desktop.security.secret import armour
from oost_desktop.security.signing import Domain
from oost_desktop.store.log import Here, here
from oost_desktop.store.vault import Vault, local_of
from oost_desktop.sync import feed, holdings, stream, tips
from oost_desktop.sync.ballots import note_sent, peer_of
from oost_desktop.sync.frame import Section, put_together
from oost_desktop.sync.manifest import Direction, Manifest, Mark
from oost_desktop.sync.opening import is_hub, pack_keysets, sha256_of
from oost_desktop.sync.stream import Recipient
from oost_desktop.sync.trust import Trust
from oost_desktop.sync.trusted import documents_since, office_device, trust_of

OFFICE_WALL_SEEN = "office_wall_seen"
SUFFIX = ".oost"


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle that was written: its file, for which device, its number, how much it carries."""

    path: Path
    device: str
    no: int
    count: int


@dataclass(frozen=True, slots=True)
class _Outgoing:
    manifest: Manifest
    sections: tuple[Section, ...]
    recipients: tuple[str, ...]
    last_seq: int
    last_item: int
    count: int


def make_for_office(vault: Vault, folder: Path) -> Made:
    """Write this laptop's bundle for the office into a folder. Raises UserError."""
    with vault.write() as connection:
        trust = trust_of(connection)
        if is_hub(vault, trust):
            raise UserError("This is the office: choose a laptop to make a bundle for.")
        return _send(vault, connection, folder, _upwards(vault, connection, trust))


def make_for_device(vault: Vault, device: str, folder: Path, today: date) -> Made:
    """Write the office's bundle for a laptop into a folder. Raises UserError, RefusedError."""
    with vault.write() as connection:
        trust = trust_of(connection)
        if not is_hub(vault, trust):
            raise UserError("Only the office makes bundles for laptops.")
        outgoing = _downwards(vault, connection, trust, device, today)
        return _send(vault, connection, folder, outgoing)


def recipient_of(trust: Trust, device: str) -> Recipient:
    """The person whose laptop a device is. Raises RefusedError if it is nobody's any more."""
    certificates = trust.certificates(device)
    if not certificates or trust.keyset.revocation(device) is not None:
        raise RefusedError("That laptop does not belong to the service.")
    return Recipient(device, certificates[-1].user)


def _upwards(vault: Vault, connection: Connection, trust: Trust) -> _Outgoing:
    place, office = here(connection), office_device(connection)
    section = feed.pack_unacknowledged(connection, place.device)
    manifest = _manifest(vault, connection, place, trust, office, Direction.UP)
    manifest = replace(
        manifest,
        feeds=feed.own_ends(connection, place.device),
        stream_ack=holdings.head_of(connection, place.device).ack,
        held=holdings.holdings(connection, place.device),
        resync=holdings.resync_wish(connection),
        office_wall_seen=int(local_of(connection, OFFICE_WALL_SEEN) or 0),
    )
    recipients = trust.keyset.active_inbox()
    return _Outgoing(manifest, (section,), recipients, place.seq, 0, section.count)


def _downwards(
    vault: Vault, connection: Connection, trust: Trust, device: str, today: date
) -> _Outgoing:
    recipient = recipient_of(trust, device)
    stream.catch_up(connection, vault.registry, recipient, today)
    span, section = stream.pack_unacknowledged(connection, device)
    peer = peer_of(connection, device)
    keysets = pack_keysets(documents_since(connection, peer.keyset_no))
    place = here(connection)
    manifest = _manifest(vault, connection, place, trust, device, Direction.DOWN)
    manifest = replace(manifest, stream=span, tips=tips.as_ends(tips.tips_of(connection, device)))
    address = trust.certificates(device)[-1].keys.recipient
    return _Outgoing(
        manifest, (keysets, section), (address,), place.seq, span.last.number, section.count
    )


def _manifest(
    vault: Vault,
    connection: Connection,
    place: Here,
    trust: Trust,
    to: str,
    direction: Direction,
) -> Manifest:
    peer = peer_of(connection, to)
    return Manifest(
        org=place.org,
        direction=direction,
        mark=Mark(peer.sent.no + 1, ids.random_id()),
        device=place.device,
        incarnation=place.incarnation,
        kid=vault.keys.signing.public.kid,
        to=(to,),
        wall=vault.clock.wall_ms(),
        hlc=place.hlc,
        version=oost_desktop.__version__,
        keyset_no=trust.keyset.n,
        seen=peer.seen,
    )


def sealed_bytes(
    vault: Vault, manifest: Manifest, sections: tuple[Section, ...], recipients: tuple[str, ...]
) -> bytes:
    """Sign a manifest and encrypt the whole to its readers: the bytes of a bundle file."""
    raw = manifest.to_bytes(sections)
    signature = vault.keys.signing.sign(Domain.BUNDLE, raw)
    block = canonical.dumps({"kid": manifest.kid, "sig": armour(signature)})
    return container.encrypt(put_together(block, raw, sections), recipients)


def _send(vault: Vault, connection: Connection, folder: Path, outgoing: _Outgoing) -> Made:
    manifest, to = outgoing.manifest, outgoing.manifest.to[0]
    data = sealed_bytes(vault, manifest, outgoing.sections, outgoing.recipients)
    path = folder / file_name(manifest)
    now = vault.clock.now().isoformat()
    connection.exec_driver_sql(
        "insert into sent values (?,?,?,?,?,?,?,?,?)",
        (
            to, manifest.mark.no, manifest.mark.id, manifest.incarnation, outgoing.last_seq,
            outgoing.last_item, now, path.name, sha256_of(data),
        ),
    )  # fmt: skip
    note_sent(connection, to, manifest.mark, now)
    write_verified(path, data)
    return Made(path, to, manifest.mark.no, outgoing.count)


def file_name(manifest: Manifest) -> str:
    """Whom from, whom to and which number: no names, which a stick would show to anyone."""
    return f"OOST-{manifest.device[:8]}-{manifest.to[0][:8]}-{manifest.mark.no}{SUFFIX}"


def write_verified(path: Path, data: bytes) -> None:
    """Write a file whole and read it back. Raises UserError if it did not arrive as it was sent."""
    replace_file(path, data)
    try:
        arrived = sha256_of(path.read_bytes()) == sha256_of(data)
    except OSError:
        arrived = False
    if not arrived:
        path.unlink(missing_ok=True)
        raise UserError(
            f"“{path.name}” did not arrive whole on that disk.",
            "Nothing was sent. Try another stick or folder.",
        )
