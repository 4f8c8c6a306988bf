"""The keysets a vault holds, and what follows from them about itself and its peers.

Kept as the exact documents, newest last. What is read back has its signatures checked again.
Does not decide when keys change (`enrolment.py`, `keyset.py`).
"""

from sqlalchemy import Connection

from oost_desktop.errors import UserError
from oost_desktop.store.vault import keep_local, local_of
from oost_desktop.sync.trust import Trust, read_signed

OFFICE_DEVICE = "office_device"


def trust_of(connection: Connection) -> Trust:
    """Whom this vault trusts. Raises UserError before it belongs to a service."""
    trust = trust_or_none(connection)
    if trust is None:
        raise UserError(
            "This laptop does not belong to a service yet.", "Finish joining the service first."
        )
    return trust


def trust_or_none(connection: Connection) -> Trust | None:
    """Whom this vault trusts, or None before it belongs to a service."""
    raw = connection.exec_driver_sql(
        "select document from keyset_document order by n desc limit 1"
    ).scalar_one_or_none()
    return None if raw is None else read_signed(raw)


def keep_trust(connection: Connection, trust: Trust) -> None:
    """Keep a keyset; one with the same number gives way to it (it brings more certificates)."""
    connection.exec_driver_sql(
        "insert or replace into keyset_document values (?,?)", (trust.keyset.n, trust.raw)
    )


def documents_since(connection: Connection, n: int) -> list[bytes]:
    """The keysets a peer that holds number `n` needs, oldest first.

    Its own number is included, for the certificates that may have come since.
    """
    return list(
        connection.exec_driver_sql(
            "select document from keyset_document where n >= ? order by n", (n,)
        ).scalars()
    )


def keep_office_device(connection: Connection, device: str) -> None:
    """Remember which device is the office, on a laptop."""
    keep_local(connection, OFFICE_DEVICE, device)


def office_device(connection: Connection) -> str:
    """The office's device id, on a laptop. Raises UserError before the first bundle came."""
    device = local_of(connection, OFFICE_DEVICE)
    if device is None:
        raise UserError(
            "The office’s first bundle has not been taken in yet.",
            "Finish joining the service first.",
        )
    return device
