"""The keyset: which keys this service trusts, for what, from now on.

The document only, after The Update Framework (TUF): its shape, its fields, and the questions it
answers. Who may replace it by which other is decided in `trust.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from oost_desktop import canonical
from oost_desktop.errors import RefusedError
from oost_desktop.security.container import check_recipient
from oost_desktop.security.sealing import SealingPublicKey
from oost_desktop.security.signing import VerifyKey

SUITE: Final = 1
_FORMAT: Final = "oost-keyset"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to whom safeguarding text is sealed: a DSL, or a senior member of staff."""

    person: str
    key: SealingPublicKey


@dataclass(frozen=True, slots=True)
class InboxKey:
    """An address of the office. Old ones stay, to open what is still on its way to them."""

    recipient: str
    active: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """The last operation taken from a revoked device: later ones are looked at one by one."""

    inc: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """A device whose bundles go to quarantine. `reason`: lost, left, replaced, compromised."""

    device: str
    reason: str
    cut: Cut | None


@dataclass(frozen=True, slots=True)
class Keyset:
    """The signed part. `previous` is the digest of keyset `n - 1`, None for the first."""

    org: str
    n: int
    previous: str | None
    issued_ms: int
    roots: tuple[VerifyKey, ...]
    threshold: int
    hub_sign: tuple[VerifyKey, ...]
    inbox: tuple[InboxKey, ...]
    registrars: tuple[VerifyKey, ...]
    dsl: tuple[Reader, ...] = ()
    senior: tuple[Reader, ...] = ()
    recovery: SealingPublicKey | None = None
    revoked: tuple[Revocation, ...] = ()

    def active_inbox(self) -> tuple[str, ...]:
        """The addresses (`age1…`) to which a tutor's bundle is encrypted."""
        return tuple(key.recipient for key in self.inbox if key.active)

    def dsl_keys(self) -> tuple[SealingPublicKey, ...]:
        """To whom a concern about a child is sealed."""
        return tuple(reader.key for reader in self.dsl)

    def revocation(self, device: str) -> Revocation | None:
        """Whether, why and from which operation on a device is no longer trusted."""
        return next((each for each in self.revoked if each.device == device), None)

    def root_fingerprint(self) -> bytes:
        """What enrolment pins: the service, its roots, and how many of them must sign."""
        roots = sorted(root.to_text() for root in self.roots)
        return canonical.dumps({"org": self.org, "roots": roots, "threshold": self.threshold})

    def to_fields(self) -> dict[str, Any]:
        """For canonical JSON."""
        return {
            "format": _FORMAT,
            "suite": SUITE,
            "org": self.org,
            "n": self.n,
            "previous": self.previous,
            "issued": self.issued_ms,
            "roots": [key.to_text() for key in self.roots],
            "threshold": self.threshold,
            "hub_sign": [key.to_text() for key in self.hub_sign],
            "inbox": [{"recipient": key.recipient, "active": key.active} for key in self.inbox],
            "registrars": [key.to_text() for key in self.registrars],
            "dsl": [_reader_fields(reader) for reader in self.dsl],
            "senior": [_reader_fields(reader) for reader in self.senior],
            "recovery": None if self.recovery is None else self.recovery.to_text(),
            "revoked": [_revocation_fields(each) for each in self.revoked],
        }

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> "Keyset":
        """From what `to_fields` gave, unknown fields ignored. Raises RefusedError."""
        if fields.get("format") != _FORMAT:
            raise _misshapen()
        if fields.get("suite") != SUITE:
            raise RefusedError(
                "The service’s keys are from a newer version of the program.",
                "Install the newest version.",
            )
        try:
            return _keyset(fields)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise _misshapen() from error


def _keyset(fields: Mapping[str, Any]) -> Keyset:
    recovery = fields["recovery"]
    keyset = Keyset(
        org=_text(fields["org"]),
        n=_number(fields["n"], least=1),
        previous=None if fields["previous"] is None else _text(fields["previous"]),
        issued_ms=_number(fields["issued"]),
        roots=_verify_keys(fields["roots"]),
        threshold=_number(fields["threshold"], least=1),
        hub_sign=_verify_keys(fields["hub_sign"]),
        inbox=tuple(_inbox_key(each) for each in fields["inbox"]),
        registrars=_verify_keys(fields["registrars"]),
        dsl=tuple(_reader(each) for each in fields["dsl"]),
        senior=tuple(_reader(each) for each in fields["senior"]),
        recovery=None if recovery is None else SealingPublicKey.from_text(recovery),
        revoked=tuple(_revocation(each) for each in fields["revoked"]),
    )
    if keyset.threshold > len(set(keyset.roots)) or (keyset.n == 1) != (keyset.previous is None):
        raise _misshapen()
    return keyset


def _verify_keys(texts: list[str]) -> tuple[VerifyKey, ...]:
    return tuple(VerifyKey.from_text(_text(text)) for text in texts)


def _inbox_key(fields: Mapping[str, Any]) -> InboxKey:
    return InboxKey(check_recipient(_text(fields["recipient"])), fields["active"] is True)


def _reader(fields: Mapping[str, Any]) -> Reader:
    return Reader(_text(fields["person"]), SealingPublicKey.from_text(_text(fields["key"])))


def _reader_fields(reader: Reader) -> dict[str, str]:
    return {"person": reader.person, "key": reader.key.to_text()}


def _revocation(fields: Mapping[str, Any]) -> Revocation:
    cut = fields["cut"]
    held = cut and Cut(_text(cut["inc"]), _number(cut["seq"]), _text(cut["hash"]))
    return Revocation(_text(fields["device"]), _text(fields["reason"]), held)


def _revocation_fields(revocation: Revocation) -> dict[str, Any]:
    cut = revocation.cut
    held = cut and {"inc": cut.inc, "seq": cut.seq, "hash": cut.hash}
    return {"device": revocation.device, "reason": revocation.reason, "cut": held}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _misshapen()
    return value


def _number(value: object, least: int = 0) -> int:
    if type(value) is not int or value < least:
        raise _misshapen()
    return value


def _misshapen() -> RefusedError:
    return RefusedError("The service’s keys in this file are not in the right form.")
