"""The first bundle on a new laptop: nothing of it counts until the eight words B were typed.

One transaction makes the laptop the service's: its keys are pinned, the office's device is known
and the first delivery is taken in. Words and certificates are `enrolment.py`'s.
"""

from dataclasses import dataclass, replace

from oost_desktop.changes import ChangeSet
from oost_desktop.errors import UserError
from oost_desktop.store.log import here, settle_here
from oost_desktop.store.vault import Vault
from oost_desktop.sync.certificates import Certificate
from oost_desktop.sync.enrolment import EnrolmentRequest, join
from oost_desktop.sync.exchange import prepare_opened, write_plan
from oost_desktop.sync.frame import crooked
from oost_desktop.sync.opening import keyset_documents, unverified_sections, unwrap, verify
from oost_desktop.sync.report import CheckReport
from oost_desktop.sync.trusted import keep_office_device, keep_trust, trust_or_none


@dataclass(frozen=True)
class JoinedService:
    """Who this laptop's person is in the service, and what the first bundle brought."""

    certificate: Certificate
    report: CheckReport
    changes: ChangeSet


def take_first_bundle(
    vault: Vault, request: EnrolmentRequest, data: bytes, typed: str
) -> JoinedService:
    """Join the service in the first bundle. Raises UserError (other words), RefusedError."""
    frame = unwrap(vault.keys, data)
    documents = keyset_documents(unverified_sections(frame))
    if not documents:
        raise crooked("it brings no keys of a service")
    joined = join(typed, request, documents[-1])
    with vault.write() as connection:
        place = here(connection)
        if trust_or_none(connection) is not None or place.seq:
            raise UserError("This laptop belongs to a service already.")
        settle_here(connection, replace(place, org=joined.trust.keyset.org))
        keep_trust(connection, joined.trust)
        opened = verify(vault, joined.trust, frame)
        keep_office_device(connection, opened.manifest.device)
        plan = prepare_opened(vault, connection, opened).plan
        write_plan(vault, connection, plan)
        settled = here(connection)
    vault.place = settled
    changes = plan.taken.projected.tally.change_set("import")
    vault.changes.publish(changes)
    return JoinedService(joined.certificate, plan.report, changes)
