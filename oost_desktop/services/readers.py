"""To whom a concern is sealed: the safeguarding leads of the keyset in force."""

from sqlalchemy import Connection

from oost_desktop.errors import UserError
from oost_desktop.security.sealing import SealingPublicKey
from oost_desktop.sync import trusted


def of_concerns(connection: Connection) -> tuple[SealingPublicKey, ...]:
    """The leads' public keys. Raises UserError if the service has no lead yet; drafts remain."""
    keys = trusted.trust_of(connection).keyset.dsl_keys()
    if not keys:
        raise UserError(
            "The service has no safeguarding lead yet, so nothing can be sealed.",
            "Ring the school's lead now. Your words are kept as a draft.",
        )
    return keys
