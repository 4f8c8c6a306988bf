"""To whom a concern is sealed: the safeguarding leads of the keyset in force."""

from sqlalchemy import Connection

from oost_desktop.security.sealing import SealingPublicKey
from oost_desktop.sync import trusted


def of_concerns(connection: Connection) -> tuple[SealingPublicKey, ...]:
    """The leads' public keys; none before the service has a lead, and that blocks nothing."""
    trust = trusted.trust_or_none(connection)
    return () if trust is None else trust.keyset.dsl_keys()
