"""A small service on disk: one office, laptops that joined it by two files and sixteen words."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from oost_desktop import ids
from oost_desktop.clock import MovableClock, london
from oost_desktop.models import RECORDS, Allocation, Pupil, Role, School, Session, StaffMember
from oost_desktop.models.base import Record
from oost_desktop.security.secret import Secret
from oost_desktop.security.signing import SigningKey
from oost_desktop.store.unit import Actor
from oost_desktop.store.vault import Vault
from oost_desktop.sync import exchange, trusted
from oost_desktop.sync.bundle import Made, make_for_device, make_for_office
from oost_desktop.sync.certificates import certify
from oost_desktop.sync.enrolment import make_request, office_words
from oost_desktop.sync.exchange import Applied
from oost_desktop.sync.joining import take_first_bundle
from oost_desktop.sync.keyset import InboxKey, Keyset
from oost_desktop.sync.report import CheckReport
from oost_desktop.sync.trust import admit, sign_keyset

TODAY = date(2026, 11, 23)


class Place:
    """A vault and the person at it, with the short words of these tests."""

    def __init__(self, vault: Vault, user: str, role: Role, out: Path) -> None:
        self.vault = vault
        self.actor = Actor(user, role)
        self.out = out

    @property
    def user(self) -> str:
        return self.actor.id

    @property
    def device(self) -> str:
        return self.vault.place.device

    def create(self, cls: type[Record], **values: Any) -> str:
        with self.vault.act(self.actor) as unit:
            return unit.create(cls, values)

    def change(self, cls: type[Record], entity: str, why: str | None = None, **values: Any) -> bool:
        with self.vault.act(self.actor) as unit:
            return unit.change(cls, entity, values, why=why)

    def remove(self, cls: type[Record], entity: str) -> None:
        with self.vault.act(self.actor) as unit:
            unit.remove(cls, entity)

    def taught(self, pupil: str, day: int = 20, **more: Any) -> str:
        """A session on a day of November 2026, 10:00 to 11:00."""
        values = {
            "pupil": pupil,
            "tutor": self.user,
            "starts": london(date(2026, 11, day), 10),
            "ends": london(date(2026, 11, day), 11),
            "outcome": "TAUGHT",
            "covered": "Fractions",
        }
        return self.create(Session, **{**values, **more})

    def take(self, made: Made | Path) -> Applied:
        file = made if isinstance(made, Path) else made.path
        return exchange.apply(self.vault, exchange.prepare(self.vault, file))

    def check(self, made: Made | Path) -> CheckReport:
        file = made if isinstance(made, Path) else made.path
        return exchange.prepare(self.vault, file).report

    def one(self, cls: type[Record], entity: str, field: str) -> Any:
        with self.vault.read() as connection:
            column = getattr(cls, field)
            return connection.execute(select(column).where(cls.id == entity)).scalar_one_or_none()

    def ids_of(self, cls: type[Record]) -> set[str]:
        with self.vault.read() as connection:
            return set(connection.execute(select(cls.id).where(cls.gone.is_(False))).scalars())

    def clashes(self) -> set[tuple[str, str]]:
        with self.vault.read() as connection:
            rows = connection.exec_driver_sql("select entity, unit from clash")
            return {(row.entity, row.unit) for row in rows}

    def tables(self, scopes: set[str] | None = None) -> dict[str, list[tuple[Any, ...]]]:
        """Every record table and the clashes, as plain rows; only these scopes if given."""
        found: dict[str, list[tuple[Any, ...]]] = {}
        with self.vault.read() as connection:
            for name in (*(each.name for each in RECORDS), "clash"):
                rows = connection.exec_driver_sql(f'select * from "{name}" order by 1, 2')  # noqa: S608
                found[name] = [
                    tuple(row.values())
                    for row in rows.mappings()
                    if scopes is None or row["scope"] in scopes
                ]
        return found

    def op_ids(self, scope: str | None = None) -> set[str]:
        with self.vault.read() as connection:
            return set(
                connection.exec_driver_sql(
                    "select op_id from op where ? is null or scope = ?", (scope, scope)
                ).scalars()
            )

    def count(self, table: str) -> int:
        with self.vault.read() as connection:
            sql = f'select count(*) from "{table}"'  # noqa: S608
            found = connection.exec_driver_sql(sql).scalar_one()
        return int(found)

    def up(self) -> Made:
        return make_for_office(self.vault, self.out)

    def file_bytes(self) -> tuple[bytes, bytes]:
        """The vault's database as it lies on the disk."""
        wal = self.vault.folder / "vault.db-wal"
        return (
            (self.vault.folder / "vault.db").read_bytes(),
            wal.read_bytes() if wal.exists() else b"",
        )


class Service:
    """An office and whoever has joined."""

    def __init__(self, folder: Path, clock: MovableClock, held: ExitStack) -> None:
        self.folder = folder
        self.clock = clock
        self._held = held
        self.out = folder / "stick"
        self.out.mkdir(parents=True)
        self.office = self._found()

    def _vault(self, name: str, org: str) -> Vault:
        vault = Vault.create(
            self.folder / name, Secret.random(), RECORDS, self.clock.clock(), org=org
        )
        return self._held.enter_context(vault)

    def _found(self) -> Place:
        org, root = ids.random_id(), SigningKey.generate()
        vault = self._vault("office", org)
        public = vault.keys.public
        keyset = Keyset(
            org=org,
            n=1,
            previous=None,
            issued_ms=1,
            roots=(root.public,),
            threshold=1,
            hub_sign=(public.signing,),
            inbox=(InboxKey(public.recipient, active=True),),
            registrars=(public.signing,),
        )
        owner = ids.record_id()
        certificate = certify(
            vault.keys.signing,
            org=org,
            device=vault.place.device,
            user=owner,
            role="coordinator",
            keys=public,
            issued_ms=1,
        )
        with vault.write() as connection:
            trusted.keep_trust(connection, sign_keyset(keyset, [root], [certificate]))
        place = Place(vault, owner, Role.COORDINATOR, self.out)
        with vault.act(place.actor) as unit:
            unit.create(StaffMember, {"name": "Sol Bright", "role": "coordinator"}, entity=owner)
        return place

    def tutor(self, name: str, *, user: str | None = None) -> Place:
        """A tutor whose laptop has just joined."""
        user = user or self.office.create(StaffMember, name=name, role="tutor")
        vault = self._vault(f"laptop-{len(list(self.folder.iterdir()))}", ids.random_id())
        request = make_request(
            vault.keys,
            device=vault.place.device,
            person_name=name,
            machine="laptop",
            created_ms=1,
        )
        with self.office.vault.write() as connection:
            trust = admit(
                trusted.trust_of(connection),
                self.office.vault.keys.signing,
                device=request.device,
                user=user,
                role="tutor",
                keys=request.keys,
                now_ms=self.clock.clock().wall_ms(),
            )
            trusted.keep_trust(connection, trust)
        words = office_words(trust.keyset, request)
        place = Place(vault, user, Role.TUTOR, self.out)
        first = self.down(place)
        take_first_bundle(vault, request, first.path.read_bytes(), " ".join(words))
        return place

    def down(self, place: Place) -> Made:
        today = self.clock.clock().today()
        return make_for_device(self.office.vault, place.device, self.out, today)

    def pupil(self, *tutors: Place, **values: Any) -> str:
        """A pupil at the office, allocated to these tutors from September."""
        given = {"legal_forename": "Robin", "legal_surname": "Ash", **values}
        pupil = self.office.create(Pupil, **given)
        for tutor in tutors:
            self.allocate(pupil, tutor)
        return pupil

    def allocate(self, pupil: str, tutor: Place) -> str:
        return self.office.create(
            Allocation, pupil=pupil, tutor=tutor.user, starts=date(2026, 9, 1)
        )

    def school(self, name: str = "Hill School") -> str:
        return self.office.create(School, name=name)

    def round(self, *tutors: Place) -> None:
        """Everybody hands in, then everybody is given what they need."""
        for tutor in tutors:
            self.office.take(tutor.up())
        for tutor in tutors:
            tutor.take(self.down(tutor))


@pytest.fixture
def service(tmp_path: Path, clock: MovableClock) -> Iterator[Service]:
    """A service with an office and nobody else yet."""
    with ExitStack() as held:
        yield Service(tmp_path / "service", clock, held)
