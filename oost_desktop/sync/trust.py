"""What this device believes about the service's keys, and what may change its mind.

A keyset is accepted only if it follows the one held by its digest and is signed by enough roots
of the old and of the new. Certificates of devices travel beside the signed part, so that a
coordinator can enrol a tutor without the root. What this module hands out as `Trust` has been
verified; it does not decide when a keyset is made or who gets which role.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from oost_desktop import canonical
from oost_desktop.errors import BugError, RefusedError
from oost_desktop.security.keys import DevicePublicKeys
from oost_desktop.security.secret import armour, unarmour
from oost_desktop.security.signing import Domain, SigningKey, VerifyKey
from oost_desktop.sync.certificates import Certificate, certify
from oost_desktop.sync.keyset import Keyset

_MAX_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Trust:
    """A verified keyset with the devices it vouches for. `body` is exactly what was signed."""

    keyset: Keyset
    body: bytes
    signatures: Mapping[str, bytes]
    devices: tuple[Certificate, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the signed part, in hexadecimal: what the next keyset names."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def raw(self) -> bytes:
        """What to store and to send on. What a newer version put into the keyset is kept."""
        signatures = {kid: armour(signature) for kid, signature in self.signatures.items()}
        fields = {
            "keyset": canonical.loads(self.body),
            "signatures": signatures,
            "devices": [each.to_fields() for each in self.devices],
        }
        return canonical.dumps(fields)

    def certificates(self, device: str) -> tuple[Certificate, ...]:
        """All certificates of a device: one for each person who works at it."""
        return tuple(each for each in self.devices if each.device == device)

    def by_key(self, kid: str) -> tuple[Certificate, ...]:
        """The certificates of the device whose signing key has this short name."""
        return tuple(each for each in self.devices if each.keys.signing.kid == kid)

    def hub_key(self, kid: str) -> VerifyKey | None:
        """The key with which the office signs bundles, if this is one."""
        return next((key for key in self.keyset.hub_sign if key.kid == kid), None)

    def successor(self, issued_ms: int) -> Keyset:
        """The next keyset, still unchanged and unsigned: `dataclasses.replace` what is new."""
        return replace(self.keyset, n=self.keyset.n + 1, previous=self.digest, issued_ms=issued_ms)


def sign_keyset(
    keyset: Keyset, roots: Sequence[SigningKey], devices: Iterable[Certificate] = ()
) -> Trust:
    """Sign with these roots: for a rotation, with enough of the old and of the new.

    BugError when that is too few for the keyset's own threshold, or when a device would be left
    without a certificate by a registrar (sign those anew when a registrar goes).
    """
    body = canonical.dumps(keyset.to_fields())
    signatures = {root.public.kid: root.sign(Domain.KEYSET, body) for root in roots}
    trust = Trust(keyset, body, signatures, tuple(devices))
    if not _is_signed(trust, keyset):
        raise BugError("A keyset was signed by too few of its roots.")
    if _vouched_for(keyset, trust.devices) != trust.devices:
        raise BugError("A device's certificate is not by a registrar of this keyset.")
    return trust


def with_devices(trust: Trust, added: Iterable[Certificate]) -> Trust:
    """The same keyset with further certificates; for the same device and person the newest wins.

    A certificate that no registrar or root of this keyset signed is left out.
    """
    newest: dict[tuple[str, str], Certificate] = {}
    for each in (*trust.devices, *_vouched_for(trust.keyset, added)):
        held = newest.get((each.device, each.user))
        if held is None or each.issued_ms > held.issued_ms:
            newest[each.device, each.user] = each
    return replace(trust, devices=tuple(newest.values()))


def admit(
    trust: Trust,
    registrar: SigningKey,
    *,
    device: str,
    user: str,
    role: str,
    keys: DevicePublicKeys,
    now_ms: int,
) -> Trust:
    """The same keyset with one more certificate: a laptop that joins, or a person's new role.

    Issued later than the one it replaces even if this machine's clock has been put back.
    BugError if the key is no registrar's.
    """
    earlier = (each.issued_ms for each in trust.certificates(device) if each.user == user)
    issued_ms = max(now_ms, 1 + max(earlier, default=0))
    certificate = certify(
        registrar,
        org=trust.keyset.org,
        device=device,
        user=user,
        role=role,
        keys=keys,
        issued_ms=issued_ms,
    )
    admitted = with_devices(trust, [certificate])
    if certificate not in admitted.devices:
        raise BugError("A certificate was signed by a key that is no registrar's.")
    return admitted


def read_signed(raw: bytes) -> Trust:
    """A keyset signed by enough of its own roots. Raises RefusedError.

    Enough for one out of our own encrypted vault. One out of a bundle is worth nothing until
    the eight words were compared (`enrolment.join`) or it follows a held one (`follow`).
    """
    trust = _read(raw)
    if not _is_signed(trust, trust.keyset):
        raise _unsigned()
    return _only_vouched_for(trust)


def follow(held: Trust, chain: Sequence[bytes]) -> Trust:
    """What is trusted after these keysets, oldest first; older ones than the held are skipped.

    Raises RefusedError for a gap, a fork, a wrong signature or another service: then nothing of
    the chain counts. The same keyset again may bring further certificates.
    """
    for raw in chain:
        new = _read(raw)
        if new.keyset.org != held.keyset.org:
            raise RefusedError("These are the keys of another service.")
        if new.keyset.n < held.keyset.n:
            continue
        if new.digest == held.digest:
            held = with_devices(held, new.devices)
            continue
        _check_follows(held, new)
        for roots_of in (held.keyset, new.keyset):
            if not _is_signed(new, roots_of):
                raise _unsigned()
        held = with_devices(_only_vouched_for(new), held.devices)
    return held


def _check_follows(held: Trust, new: Trust) -> None:
    if new.keyset.n == held.keyset.n:
        raise RefusedError(
            "There are two different versions of the service’s keys with the same number.",
            "Tell the coordinator before anything else: somebody may be posing as the office.",
        )
    if new.keyset.n != held.keyset.n + 1 or new.keyset.previous != held.digest:
        raise RefusedError(
            "The service’s keys in this bundle do not follow those held here.",
            "Import the bundles you left out first, or ask the office for a new one.",
        )


def _is_signed(trust: Trust, roots_of: Keyset) -> bool:
    good = {
        root
        for root in roots_of.roots
        if root.verify(Domain.KEYSET, trust.body, trust.signatures.get(root.kid, b""))
    }
    return len(good) >= roots_of.threshold


def _vouched_for(keyset: Keyset, devices: Iterable[Certificate]) -> tuple[Certificate, ...]:
    signers = {key.kid: key for key in (*keyset.registrars, *keyset.roots)}
    return tuple(
        each
        for each in devices
        if each.org == keyset.org and each.by in signers and each.is_signed_by(signers[each.by])
    )


def _only_vouched_for(trust: Trust) -> Trust:
    return replace(trust, devices=_vouched_for(trust.keyset, trust.devices))


def _read(raw: bytes) -> Trust:
    """The shape of a keyset file. Nothing of it is verified yet."""
    if len(raw) > _MAX_BYTES:
        raise _misshapen()
    fields = canonical.load_object(raw)
    try:
        signatures = {kid: unarmour(text) for kid, text in fields["signatures"].items()}
        devices = tuple(Certificate.from_fields(each) for each in fields["devices"])
        keyset = Keyset.from_fields(fields["keyset"])
        return Trust(keyset, canonical.dumps(fields["keyset"]), signatures, devices)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _misshapen() from error


def _unsigned() -> RefusedError:
    return RefusedError(
        "The service’s keys in this bundle are not signed by the service.",
        "Do not use this bundle. Telephone the office.",
    )


def _misshapen() -> RefusedError:
    return RefusedError("The service’s keys in this file are not in the right form.")
