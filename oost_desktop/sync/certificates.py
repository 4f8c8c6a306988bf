"""Certificates: a registrar's word that this device belongs to this person, in this role.

One per device and person: a tutor's laptop has one, the office's computer one for each who works
there, all with the same keys. Anyone can read one; whether its signer was a registrar is the
keyset's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oost_desktop import canonical
from oost_desktop.errors import BugError, RefusedError
from oost_desktop.security.container import check_recipient
from oost_desktop.security.keys import DevicePublicKeys
from oost_desktop.security.secret import armour, unarmour
from oost_desktop.security.signing import Domain, SigningKey, VerifyKey
from oost_desktop.security.slots import ROLES


@dataclass(frozen=True, slots=True)
class Certificate:
    """`device` and `user` are ids, `by` the kid of the registrar (or root) who signed `body`."""

    org: str
    device: str
    user: str
    role: str
    keys: DevicePublicKeys
    issued_ms: int
    by: str
    body: bytes
    signature: bytes

    def is_signed_by(self, key: VerifyKey) -> bool:
        """Whether this key signed it, whoever that is."""
        return key.kid == self.by and key.verify(Domain.CERTIFICATE, self.body, self.signature)

    def to_fields(self) -> dict[str, Any]:
        """For canonical JSON. What a newer version put into the certificate is kept."""
        return {"certificate": canonical.loads(self.body), "sig": armour(self.signature)}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Certificate":
        """From what `to_fields` gave. Raises RefusedError; the signature is not checked."""
        try:
            signature = unarmour(fields["sig"])
            return _certificate(canonical.dumps(fields["certificate"]), signature)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise _misshapen() from error


def certify(
    registrar: SigningKey,
    *,
    org: str,
    device: str,
    user: str,
    role: str,
    keys: DevicePublicKeys,
    issued_ms: int,
) -> Certificate:
    """Sign that this device is this person's. BugError for a role that is none of the five."""
    if role not in ROLES:
        raise BugError(f"“{role}” is not a role.")
    fields = {
        "org": org,
        "device": device,
        "user": user,
        "role": role,
        "signing": keys.signing.to_text(),
        "recipient": keys.recipient,
        "issued": issued_ms,
        "by": registrar.public.kid,
    }
    body = canonical.dumps(fields)
    return _certificate(body, registrar.sign(Domain.CERTIFICATE, body))


def _certificate(body: bytes, signature: bytes) -> Certificate:
    fields = canonical.load_object(body)
    names = ("org", "device", "user", "role", "signing", "recipient", "by")
    if not all(isinstance(fields[name], str) for name in names):
        raise _misshapen()
    if type(fields["issued"]) is not int or fields["role"] not in ROLES:
        raise _misshapen()
    return Certificate(
        org=fields["org"],
        device=fields["device"],
        user=fields["user"],
        role=fields["role"],
        keys=DevicePublicKeys(
            VerifyKey.from_text(fields["signing"]), check_recipient(fields["recipient"])
        ),
        issued_ms=fields["issued"],
        by=fields["by"],
        body=body,
        signature=signature,
    )


def _misshapen() -> RefusedError:
    return RefusedError("A device's certificate in this file is not in the right form.")
