"""A desk: one person, signed in to one vault, at one time. Every service is asked through it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection

from oost_desktop.clock import Clock
from oost_desktop.errors import UserError
from oost_desktop.models import OFFICE_ROLES, RECORDS, Record, Role
from oost_desktop.models.problems import Problem
from oost_desktop.security.keystore import Unlocked
from oost_desktop.security.secret import Secret
from oost_desktop.store.unit import Actor, FactNeedsReasonError
from oost_desktop.store.vault import Vault

__all__ = [
    "Desk",
    "FactNeedsReasonError",
    "InvalidError",
    "Person",
    "checked",
    "current_values",
    "errors_of",
]


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff: the id of their staff record, the name shown, and what they may do."""

    id: str
    name: str
    role: Role


@dataclass(frozen=True)
class Desk:
    """An open vault and the person at it. `unlocked` holds the keys their slot opened."""

    vault: Vault
    person: Person
    clock: Clock
    at_office: bool
    unlocked: Unlocked = field(repr=False)
    invented: bool = False

    @property
    def actor(self) -> Actor:
        """The person as a unit of work knows them."""
        return Actor(self.person.id, self.person.role)

    @property
    def today(self) -> date:
        """The date on the wall."""
        return self.clock.today()

    @property
    def extras(self) -> Mapping[str, Secret]:
        """Secrets for this person alone: "dsl" opens concerns, "root" signs keysets."""
        return self.unlocked.extras

    def close(self) -> None:
        """Lock: close the vault and overwrite the keys held here."""
        self.vault.close()
        self.unlocked.wipe()

    @property
    def is_office_staff(self) -> bool:
        """Whether this person works for the whole service, not only for their own pupils."""
        return self.person.role in OFFICE_ROLES


class InvalidError(UserError):
    """Something typed cannot be kept as it is. `problems` says what, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))


def errors_of(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop a save; warnings are shown and kept going past."""
    return [problem for problem in problems if not problem.warning]


def checked(desk: Desk, cls: type[Record] | str, values: Mapping[str, Any]) -> None:
    """Raise InvalidError if a full set of values breaks a rule of its declaration."""
    found = errors_of(RECORDS.of(cls).problems({**values, "_today": desk.today}))
    if found:
        raise InvalidError(found)


def current_values(
    connection: Connection, cls: type[Record] | str, entity: str
) -> dict[str, Any] | None:
    """A record's stored values by field name, or None if there is no such record."""
    record_type = RECORDS.of(cls)
    table = record_type.table
    row = connection.execute(table.select().where(table.c.id == entity)).mappings().one_or_none()
    if row is None:
        return None
    return {spec.name: row[spec.name] for spec in record_type.stored}
