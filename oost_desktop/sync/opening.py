"""Opening a bundle: from a file's bytes to a manifest that is verified and meant for us.

The order is the point: size, age, signature over the manifest's raw bytes, and only
then is the manifest parsed; each section is hashed before it is inflated. Everything here only
reads. What the operations inside may do is judged in `judging.py`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from oost_desktop import canonical
from oost_desktop.errors import RefusedError, UserError
from oost_desktop.models.base import Role
from oost_desktop.security import container
from oost_desktop.security.keys import DeviceKeys
from oost_desktop.security.secret import unarmour
from oost_desktop.security.signing import Domain, VerifyKey
from oost_desktop.store.vault import Vault
from oost_desktop.sync.frame import (
    Frame,
    Reader,
    Section,
    crooked,
    cut_sections,
    measured,
    split,
)
from oost_desktop.sync.manifest import Direction, Manifest, read_manifest
from oost_desktop.sync.trust import Trust, follow
from oost_desktop.sync.trusted import trust_of

KEYSET_SECTION = "keyset"
_MAX_KEYSET = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sender:
    """Who made a bundle, as the keyset knows them: the roles of the people of that device."""

    device: str
    key: VerifyKey
    roles: Mapping[str, Role]


@dataclass(frozen=True, slots=True)
class Opened:
    """A verified bundle for us. `trust` is ours after the keysets it brought."""

    manifest: Manifest
    sections: Mapping[str, Section]
    sender: Sender
    trust: Trust


def read_file(path: Path) -> bytes:
    """A bundle's bytes, no more than one may have. Raises UserError, RefusedError."""
    try:
        size = path.stat().st_size
        if size > container.MAX_BYTES:
            raise RefusedError("This file is larger than any bundle.")
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"“{path.name}” could not be read: {error.strerror}.", "Copy it here and try again."
        ) from error


def is_hub(vault: Vault, trust: Trust) -> bool:
    """Whether this vault is the office's."""
    return trust.hub_key(vault.keys.signing.public.kid) is not None


def open_bundle(vault: Vault, connection: Connection, data: bytes) -> Opened:
    """Open a bundle for this vault. Raises RefusedError with one sentence, and reads only."""
    _refuse_own(connection, data)
    trust = trust_of(connection)
    return verify(vault, trust, unwrap(vault.keys, data))


def unwrap(keys: DeviceKeys, data: bytes) -> Frame:
    """The inside of a bundle encrypted to us; nothing of it is verified."""
    return split(container.decrypt(data, [keys.identity]))


def verify(vault: Vault, trust: Trust, frame: Frame) -> Opened:
    """Believe a bundle's manifest, or refuse it."""
    at_office = is_hub(vault, trust)
    kid, signature = _signature(frame.signature_block)
    sender = _sender(trust, kid, at_office=at_office)
    if not sender.key.verify(Domain.BUNDLE, frame.manifest, signature):
        raise crooked("its signature is not its sender’s")
    manifest = read_manifest(frame.manifest)
    _check_parties(vault, trust, manifest, sender, at_office=at_office)
    sections = cut_sections(list(manifest.sections), frame.rest)
    if not at_office:
        sender = Sender(manifest.device, sender.key, {})
        trust = follow(trust, keyset_documents(sections))
    return Opened(manifest, sections, sender, trust)


def unverified_sections(frame: Frame) -> Mapping[str, Section]:
    """The sections of a bundle whose signer is not known yet: for joining a service only."""
    return cut_sections(list(read_manifest(frame.manifest).sections), frame.rest)


def pack_keysets(documents: Sequence[bytes]) -> Section:
    """The section that carries keysets."""
    raw = b"".join(measured(document) for document in documents)
    return Section.pack(KEYSET_SECTION, raw, len(documents))


def keyset_documents(sections: Mapping[str, Section]) -> list[bytes]:
    """The keysets a bundle brings, oldest first."""
    section = sections.get(KEYSET_SECTION)
    if section is None:
        return []
    reader = Reader(section.inflated())
    documents = []
    while not reader.at_end:
        documents.append(reader.take_measured(_MAX_KEYSET))
    return documents


def sha256_of(data: bytes) -> str:
    """The fingerprint by which a maker knows its own file again."""
    return hashlib.sha256(data).hexdigest()


def _refuse_own(connection: Connection, data: bytes) -> None:
    made_here = connection.exec_driver_sql(
        "select 1 from sent where sha256 = ?", (sha256_of(data),)
    ).first()
    if made_here is not None:
        raise RefusedError(
            "This bundle was made here.", "Give it to the one it was made for; nothing was changed."
        )


def _signature(block: bytes) -> tuple[str, bytes]:
    fields = canonical.load_object(block)
    try:
        return str(fields["kid"]), unarmour(fields["sig"])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise crooked("it is not signed") from error


def _sender(trust: Trust, kid: str, *, at_office: bool) -> Sender:
    if not at_office:
        key = trust.hub_key(kid)
        if key is None:
            raise RefusedError(
                "This bundle was not made by the office.", "Take in only what the office sends."
            )
        return Sender("", key, {})
    certificates = trust.by_key(kid)
    if not certificates:
        raise RefusedError(
            "This bundle was made by a laptop this service does not know.",
            "Ask its sender to join the service.",
        )
    first = certificates[0]
    roles = {each.user: Role(each.role) for each in certificates}
    return Sender(first.device, first.keys.signing, roles)


def _check_parties(
    vault: Vault, trust: Trust, manifest: Manifest, sender: Sender, *, at_office: bool
) -> None:
    if manifest.org != trust.keyset.org:
        raise RefusedError("This bundle belongs to another service.")
    if manifest.device == vault.place.device:
        raise RefusedError("This bundle was made here.")
    if vault.place.device not in manifest.to:
        raise RefusedError("This bundle is for another laptop.", "Give it to its owner.")
    if manifest.kid != sender.key.kid or (at_office and manifest.device != sender.device):
        raise crooked("its sender is not who signed it")
    if manifest.direction is not (Direction.UP if at_office else Direction.DOWN):
        raise crooked("it goes the wrong way")
    if trust.keyset.revocation(manifest.device) is not None:
        raise RefusedError(
            "This bundle is from a laptop that was reported lost or handed back.",
            "Keep the file; the coordinator decides what of it counts.",
        )
