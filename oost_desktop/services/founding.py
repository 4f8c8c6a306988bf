"""Starting a service on the office's computer, and giving people there their own passphrases."""

import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from oost_desktop import ids
from oost_desktop.clock import Clock
from oost_desktop.errors import RefusedError
from oost_desktop.models import RECORDS, Device, Role, StaffMember
from oost_desktop.security.kdf import DEFAULT, KdfCost
from oost_desktop.security.keys import Purpose, subkey
from oost_desktop.security.keystore import Keystore
from oost_desktop.security.passphrase import require_strong
from oost_desktop.security.sealing import SealingPrivateKey
from oost_desktop.security.secret import Secret
from oost_desktop.security.signing import SigningKey
from oost_desktop.services.desk import Desk
from oost_desktop.services.unlocking import OFFICE, desk_at, mark_vault
from oost_desktop.store.vault import Vault
from oost_desktop.sync import trusted
from oost_desktop.sync.certificates import Certificate, certify
from oost_desktop.sync.keyset import InboxKey, Keyset, Reader
from oost_desktop.sync.trust import Trust, sign_keyset, with_devices

ROOT, DSL, RECOVERY = "root", "dsl", "recovery"


@dataclass(frozen=True)
class Founded:
    """The owner's desk, and the recovery code to print now: it is shown once and kept nowhere."""

    desk: Desk
    recovery_code: str


def found(
    folder: Path,
    owner: str,
    passphrase: str,
    clock: Clock,
    *,
    cost: KdfCost = DEFAULT,
    invented: bool = False,
) -> Founded:
    """Start a service. `owner` is the name of the person starting it; a weak passphrase raises.

    Makes the office vault, its root of trust, and the key that two people together can open
    laptops with (`docs/security.md`).
    """
    if not invented:
        require_strong(passphrase, [owner])
    org, person = ids.random_id(), ids.record_id(clock.wall_ms())
    root, recovery = SigningKey.generate(), SealingPrivateKey.generate()
    extras = {ROOT: root.seed(), RECOVERY: recovery.seed()}
    keystore = Keystore(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unlocked = keystore.create(org, person, Role.OWNER.value, passphrase, cost, extras)
    code = keystore.add_recovery_slot(unlocked, extras)
    keystore.add_escrow_slot(unlocked, recovery.public)
    vault = Vault.create(folder, subkey(unlocked.vault_key, Purpose.DB), RECORDS, clock, org=org)
    mark_vault(vault, OFFICE, invented=invented)
    desk = desk_at(vault, unlocked, clock)
    with vault.act(desk.actor) as unit:
        unit.create(StaffMember, {"name": owner, "role": Role.OWNER.value}, entity=person)
        unit.create(
            Device,
            {"label": "Office", "holder": person, "enrolled_on": desk.today},
            entity=vault.place.device,
        )
        trust = _first_keyset(vault, org, root, recovery, clock.wall_ms())
        certificate = _certificate(vault, person, Role.OWNER, clock.wall_ms())
        trusted.keep_trust(unit.connection, with_devices(trust, [certificate]))
    return Founded(desk_at(vault, unlocked, clock), code)


@dataclass(frozen=True)
class Before:
    """What a folder was before a service was started in it: what it held, what was missing."""

    folder: Path
    held: frozenset[Path]
    missing: tuple[Path, ...]


def before(folder: Path) -> Before:
    """Remember the folder, for `take_back`."""
    folder = folder.absolute()
    held = frozenset(folder.iterdir()) if folder.is_dir() else frozenset()
    missing = tuple(each for each in (folder, *folder.parents) if not each.exists())
    return Before(folder, held, missing)


def take_back(before: Before) -> None:
    """Remove a service that was started and closed a moment ago, and nothing that was there."""
    for made in before.folder.iterdir():
        if made in before.held:
            continue
        if made.is_dir():
            shutil.rmtree(made)
        else:
            made.unlink()
    with suppress(OSError):  # not empty: somebody else has put something there meanwhile
        for folder in before.missing:
            folder.rmdir()


def _first_keyset(
    vault: Vault, org: str, root: SigningKey, recovery: SealingPrivateKey, now_ms: int
) -> Trust:
    office = vault.keys.public
    keyset = Keyset(
        org=org,
        n=1,
        previous=None,
        issued_ms=now_ms,
        roots=(root.public,),
        threshold=1,
        hub_sign=(office.signing,),
        inbox=(InboxKey(office.recipient, active=True),),
        registrars=(office.signing,),
        recovery=recovery.public,
    )
    return sign_keyset(keyset, [root])


def _certificate(vault: Vault, person: str, role: Role, now_ms: int) -> Certificate:
    return certify(
        vault.keys.signing,
        org=vault.place.org,
        device=vault.place.device,
        user=person,
        role=role.value,
        keys=vault.keys.public,
        issued_ms=now_ms,
    )


def add_person(
    desk: Desk, name: str, role: Role, passphrase: str, *, cost: KdfCost = DEFAULT
) -> str:
    """Give a colleague at the office their own passphrase; the id of their staff record.

    A safeguarding lead also gets a sealing key that only their passphrase opens, and every later
    concern is sealed to it. Raises RefusedError unless the service's owner is at the desk.
    """
    if ROOT not in desk.extras:
        raise RefusedError(
            "Only the service's owner can give somebody a key.", "Ask them to sign in."
        )
    if not desk.invented:
        require_strong(passphrase, [name])
    person = ids.record_id(desk.clock.wall_ms())
    with desk.vault.act(desk.actor) as unit:
        unit.create(StaffMember, {"name": name, "role": role.value}, entity=person)
    give_passphrase(desk, person, role, passphrase, cost)
    return person


def give_passphrase(
    desk: Desk, person: str, role: Role, passphrase: str, cost: KdfCost = DEFAULT
) -> None:
    """Let a member of staff open this vault with a passphrase of their own.

    A safeguarding lead's key is made here: it exists in their slot and nowhere else.
    """
    extras = {DSL: SealingPrivateKey.generate().seed()} if role is Role.DSL else {}
    with desk.vault.write() as connection:
        _trust_person(desk, connection, person, role, extras)
        # The key file is written last: a slot whose keyset failed would open a nameless desk.
        Keystore(desk.vault.folder).add_passphrase_slot(
            desk.unlocked, person, role.value, passphrase, cost, extras
        )


def _trust_person(
    desk: Desk, connection: Connection, person: str, role: Role, extras: dict[str, Secret]
) -> None:
    now = desk.clock.wall_ms()
    trust = trusted.trust_of(connection)
    if DSL in extras:
        reader = Reader(person, SealingPrivateKey(extras[DSL]).public)
        following = replace(trust.successor(now), dsl=(*trust.keyset.dsl, reader))
        trust = sign_keyset(following, [SigningKey(desk.extras[ROOT])], trust.devices)
    certificate = _certificate(desk.vault, person, role, now)
    trusted.keep_trust(connection, with_devices(trust, [certificate]))
