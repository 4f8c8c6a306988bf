"""A laptop joins the service: two files and one telephone call.

The laptop writes a request with its public keys and shows words A; the coordinator imports it,
telephones a number already on file, compares all eight, and reads out words B. The answer is the
first bundle: its keyset is pinned only when the tutor has typed all eight words B. Whoever changes
either file on the way changes the words. Private keys never leave the laptop.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oost_desktop import canonical
from oost_desktop.errors import RefusedError, UserError
from oost_desktop.security.container import check_recipient
from oost_desktop.security.keys import DeviceKeys, DevicePublicKeys
from oost_desktop.security.sealing import SealingPublicKey
from oost_desktop.security.secret import armour, unarmour
from oost_desktop.security.signing import Domain, VerifyKey
from oost_desktop.security.words import same_words, spoken_words
from oost_desktop.sync.certificates import Certificate
from oost_desktop.sync.keyset import Keyset
from oost_desktop.sync.trust import Trust, read_signed

_FORMAT = "oost-enrol-request"
_MAX_BYTES = 16 * 1024
_MAX_LABEL = 200
_NONCE_BYTES = 16
# Characters that turn the direction of writing could make one name look like another.
_TURNS_WRITING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class EnrolmentRequest:
    """What a laptop asks for. `raw` is the file; name and machine are claims, for people to judge.

    `sealing` is there when a DSL or senior member of staff joins on a device of their own.
    """

    raw: bytes
    device: str
    person_name: str
    machine: str
    keys: DevicePublicKeys
    sealing: SealingPublicKey | None
    created_ms: int

    @property
    def words(self) -> tuple[str, ...]:
        """Words A: what the laptop shows and the coordinator compares."""
        return spoken_words(b"oost-enrol-request-v1\0" + self.raw)


@dataclass(frozen=True, slots=True)
class Joined:
    """The service as a new laptop has it: whom it trusts, and its own certificate."""

    trust: Trust
    certificate: Certificate


def make_request(
    keys: DeviceKeys,
    *,
    device: str,
    person_name: str,
    machine: str,
    created_ms: int,
    sealing: SealingPublicKey | None = None,
) -> EnrolmentRequest:
    """A new request, signed by the device's own key; no two are alike."""
    fields = {
        "format": _FORMAT,
        "device": device,
        "person": _label(person_name),
        "machine": _label(machine),
        "signing": keys.public.signing.to_text(),
        "recipient": keys.public.recipient,
        "sealing": None if sealing is None else sealing.to_text(),
        "created": created_ms,
        "nonce": secrets.token_hex(_NONCE_BYTES),
    }
    signature = keys.signing.sign(Domain.REQUEST, canonical.dumps(fields))
    return read_request(canonical.dumps({"request": fields, "sig": armour(signature)}))


def read_request(raw: bytes) -> EnrolmentRequest:
    """A request file, signed by the key it names. Raises RefusedError."""
    if len(raw) > _MAX_BYTES:
        raise _misshapen()
    outer = canonical.load_object(raw)
    try:
        request = _request(raw, outer["request"])
        signature = unarmour(outer["sig"])
        body = canonical.dumps(outer["request"])
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _misshapen() from error
    if not request.keys.signing.verify(Domain.REQUEST, body, signature):
        raise RefusedError(
            "This request was altered on the way.", "Ask for the laptop to write it again."
        )
    return request


def office_words(keyset: Keyset, request: EnrolmentRequest) -> tuple[str, ...]:
    """Words B: the coordinator reads them out, the tutor types them when the answer arrives."""
    return spoken_words(b"oost-enrol-office-v1\0" + keyset.root_fingerprint() + request.raw)


def join(typed: str, request: EnrolmentRequest, raw_keyset: bytes) -> Joined:
    """Pin the service in the first bundle, if its words B were typed and it certifies this laptop.

    Raises UserError for other words, RefusedError for a keyset or certificate that is not right;
    show nothing of the bundle before this has returned.
    """
    service = read_signed(raw_keyset)
    if not same_words(typed, office_words(service.keyset, request)):
        raise UserError(
            "These are not the words that belong to this bundle.",
            "Check all eight against your note. If they are right, telephone the office: "
            "the bundle may not be from there.",
        )
    return Joined(service, own_certificate(service, request))


def own_certificate(service: Trust, request: EnrolmentRequest) -> Certificate:
    """The certificate that answers this request, for these very keys. Raises RefusedError."""
    for certificate in service.certificates(request.device):
        if certificate.keys == request.keys and not service.keyset.revocation(request.device):
            return certificate
    raise RefusedError(
        "This bundle does not admit this laptop.",
        "It answers another request. Ask the office to import the newest one.",
    )


def _request(raw: bytes, fields: Mapping[str, Any]) -> EnrolmentRequest:
    names = ("device", "person", "machine", "signing", "recipient", "nonce")
    if fields["format"] != _FORMAT or not all(isinstance(fields[name], str) for name in names):
        raise _misshapen()
    sealing = fields["sealing"]
    if type(fields["created"]) is not int or len(fields["nonce"]) != 2 * _NONCE_BYTES:
        raise _misshapen()
    return EnrolmentRequest(
        raw=raw,
        device=fields["device"],
        person_name=_label(fields["person"]),
        machine=_label(fields["machine"]),
        keys=DevicePublicKeys(
            VerifyKey.from_text(fields["signing"]), check_recipient(fields["recipient"])
        ),
        sealing=None if sealing is None else SealingPublicKey.from_text(sealing),
        created_ms=fields["created"],
    )


def _label(text: str) -> str:
    """One line, of bearable length, in any script, that reads in the order it is written."""
    line = " ".join(text.split())
    kept = (c for c in line if c not in _TURNS_WRITING and (c.isprintable() or c in "\u200c\u200d"))
    return "".join(kept)[:_MAX_LABEL]


def _misshapen() -> RefusedError:
    return RefusedError(
        "This file is not a request to join.", "Choose the file that the new laptop wrote."
    )
