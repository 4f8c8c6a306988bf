"""A laptop joins the service: a file to the office, one telephone call, a first bundle back.

On the call the tutor reads eight words to the coordinator, who compares them with the screen, and
the coordinator reads eight back, which the tutor types. Until then nothing is trusted. The words
and why there are eight: `sync/enrolment.py`.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from oost_desktop import ids
from oost_desktop.atomic import replace_file
from oost_desktop.clock import Clock
from oost_desktop.errors import RefusedError, UserError
from oost_desktop.models import RECORDS, Device, Role, StaffMember
from oost_desktop.security.kdf import DEFAULT, KdfCost
from oost_desktop.security.keys import Purpose, subkey
from oost_desktop.security.keystore import Keystore
from oost_desktop.security.passphrase import require_strong
from oost_desktop.services.desk import Desk
from oost_desktop.services.unlocking import LAPTOP, PERSON, desk_at, mark_vault
from oost_desktop.store.vault import Vault, keep_local, local_of
from oost_desktop.sync.bundle import Made, make_for_device
from oost_desktop.sync.enrolment import EnrolmentRequest, make_request, office_words, read_request
from oost_desktop.sync.joining import take_first_bundle
from oost_desktop.sync.report import CheckReport
from oost_desktop.sync.trust import admit
from oost_desktop.sync.trusted import keep_trust, trust_of, trust_or_none

__all__ = [
    "Approved",
    "Begun",
    "EnrolmentRequest",
    "Joined",
    "approve",
    "begin",
    "is_waiting",
    "join",
    "own_request",
    "read_request_file",
    "save_request",
]

REQUEST_SUFFIX = ".oost-request"
MOST_REQUEST_BYTES = 64 * 1024
_REQUEST, _TYPED_NAME = "enrolment_request", "typed_name"


@dataclass(frozen=True)
class Begun:
    """A laptop that has asked to join: the words to read out, and the code to print now."""

    desk: Desk
    words: tuple[str, ...]
    recovery_code: str


def begin(
    folder: Path,
    name: str,
    machine: str,
    passphrase: str,
    clock: Clock,
    *,
    cost: KdfCost = DEFAULT,
    invented: bool = False,
) -> Begun:
    """Make this laptop's vault and its request. `machine` is the label on the laptop."""
    if not invented:
        require_strong(passphrase, [name])
    keystore = Keystore(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The staff record's id is the office's to give; until then the slot has an id of its own.
    own, vault_id = ids.record_id(clock.wall_ms()), ids.random_id()
    unlocked = keystore.create(vault_id, own, Role.TUTOR.value, passphrase, cost)
    code = keystore.add_recovery_slot(unlocked)
    vault = Vault.create(folder, subkey(unlocked.vault_key, Purpose.DB), RECORDS, clock, org="none")
    mark_vault(vault, LAPTOP, invented=invented)
    request = make_request(
        vault.keys,
        device=vault.place.device,
        person_name=name,
        machine=machine,
        created_ms=clock.wall_ms(),
    )
    with vault.write() as connection:
        keep_local(connection, _REQUEST, request.raw.decode("utf-8"))
        keep_local(connection, _TYPED_NAME, name)
    return Begun(desk_at(vault, unlocked, clock), request.words, code)


def is_waiting(desk: Desk) -> bool:
    """Whether this laptop has asked to join and has not yet been let in."""
    with desk.vault.read() as connection:
        return not desk.at_office and trust_or_none(connection) is None


def own_request(desk: Desk) -> EnrolmentRequest:
    """What this laptop asked with, and the words to read out."""
    with desk.vault.read() as connection:
        raw = local_of(connection, _REQUEST)
    if raw is None:
        raise UserError("This laptop has not asked to join a service.")
    return read_request(raw.encode("utf-8"))


def save_request(desk: Desk, folder: Path) -> Path:
    """Write the request file for the office; it holds no secret and no pupil."""
    request = own_request(desk)
    path = folder / f"laptop-{request.device[:8]}{REQUEST_SUFFIX}"
    replace_file(path, request.raw)
    return path


def read_request_file(path: Path) -> EnrolmentRequest:
    """Read a laptop's request at the office. Raises RefusedError, UserError."""
    try:
        if path.stat().st_size > MOST_REQUEST_BYTES:
            raise RefusedError("That file is no laptop's request: it is too large.")
        return read_request(path.read_bytes())
    except OSError as error:
        raise UserError(f"The request could not be read: {error.strerror}.") from error


@dataclass(frozen=True)
class Approved:
    """A laptop let in: the words to read out, and its first bundle."""

    words: tuple[str, ...]
    made: Made


def approve(desk: Desk, request: EnrolmentRequest, staff: str, folder: Path) -> Approved:
    """Let a laptop in for a member of staff, and write its first bundle into a folder.

    Call only after its eight words were compared over a telephone number already on file.
    """
    with desk.vault.read() as connection:
        role = connection.execute(
            select(StaffMember.role).where(StaffMember.id == staff)
        ).scalar_one_or_none()
    if role is None:
        raise UserError("Choose the member of staff whose laptop it is.")
    with desk.vault.act(desk.actor) as unit:
        trust = admit(
            trust_of(unit.connection),
            desk.vault.keys.signing,
            device=request.device,
            user=staff,
            role=role,
            keys=request.keys,
            now_ms=desk.clock.wall_ms(),
        )
        keep_trust(unit.connection, trust)
        unit.create(
            Device,
            {"label": request.machine, "holder": staff, "enrolled_on": desk.today},
            entity=request.device,
        )
    made = make_for_device(desk.vault, request.device, folder, desk.today)
    return Approved(office_words(trust.keyset, request), made)


@dataclass(frozen=True)
class Joined:
    """The laptop's desk, now its tutor's, and what the first bundle brought."""

    desk: Desk
    report: CheckReport


def join(desk: Desk, first_bundle: Path, typed_words: str) -> Joined:
    """Take in the first bundle, once the eight words from the office have been typed.

    Raises UserError (other words), RefusedError; then nothing has changed.
    """
    request = own_request(desk)
    try:
        data = first_bundle.read_bytes()
    except OSError as error:
        raise UserError(f"The bundle could not be read: {error.strerror}.") from error
    joined = take_first_bundle(desk.vault, request, data, typed_words)
    with desk.vault.write() as connection:
        keep_local(connection, PERSON, joined.certificate.user)
        recovery = trust_of(connection).keyset.recovery
    if recovery is not None:
        Keystore(desk.vault.folder).add_escrow_slot(desk.unlocked, recovery)
    return Joined(desk_at(desk.vault, desk.unlocked, desk.clock), joined.report)
