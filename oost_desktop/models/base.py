"""The shape every record shares, and what a record type says of itself.

A record is one class: its docstring says what it is, its `about` where it travels and who may
write it, its columns what is recorded. The row of a record is a view of its operations: only
the fold (`store/fold.py`) writes it. Nothing here opens a database.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from oost_desktop.models.columns import Flag
from oost_desktop.models.problems import Problem


class Scope(StrEnum):
    """With what a record travels (`docs/format.md`)."""

    PUPIL = "p"  # with one pupil's file, to whoever holds that pupil
    SERVICE = "ref"  # to every device: schools, staff, term dates
    OFFICE = "org"  # between office devices only


class Audience(StrEnum):
    """Who receives a record of a scope they hold."""

    CASE = "case"  # everyone who holds the scope
    AUTHOR_AND_OFFICE = "author+office"
    SEALED = "sealed"  # the office carries ciphertext; only the readers' keys open it


class Role(StrEnum):
    """What a member of staff may do (`docs/security.md`)."""

    TUTOR = "tutor"
    COORDINATOR = "coordinator"
    SENIOR = "senior"
    DSL = "dsl"
    OWNER = "owner"


OFFICE_ROLES = frozenset({Role.COORDINATOR, Role.SENIOR, Role.DSL, Role.OWNER})
EVERYONE = frozenset(Role)

CrossCheck = Callable[[Mapping[str, Any]], Iterable[Problem]]


def no_cross_check(_values: Mapping[str, Any]) -> Iterable[Problem]:
    """The default: the fields' own checks are enough."""
    return ()


@dataclass(frozen=True, slots=True)
class About:
    """What a record type says of itself, once.

    `title` names the fields whose values, joined, name a record in lists. `sections` lays the
    generated form out: a heading and its fields, in reading order; `unasked` are the fields the
    program knows without asking. `order` is the column lists start sorted by ("-" for newest
    first). `check` looks at a whole draft.
    """

    singular: str
    plural: str
    scope: Scope
    title: tuple[str, ...]
    audience: Audience = Audience.CASE
    writers: frozenset[Role] = EVERYONE
    order: str = "-made"
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unasked: tuple[str, ...] = ()
    check: CrossCheck = field(default=no_cross_check)
    retention: str = "Tuition case file"


class Base(DeclarativeBase):
    """All tables that are views of operations."""

    metadata = MetaData(
        naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s"}
    )


class Record(Base):
    """What every record has besides its own fields; all of it written by the fold.

    `made` and `changed` are hybrid logical times (`store/hlc.py`) of the first and last
    operation; `author` is the member of staff who made it; `clashing` counts fields that two
    people changed without seeing each other; `gone` says it was removed, and `disputed` that
    it was changed by someone who had not seen the removal, so it stays visible.
    """

    __abstract__ = True
    about: ClassVar[About]

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    scope: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(Text)
    made: Mapped[int] = mapped_column(Integer)
    changed: Mapped[int] = mapped_column(Integer)
    clashing: Mapped[int] = mapped_column(Integer)
    gone: Mapped[bool] = mapped_column(Flag)
    disputed: Mapped[bool] = mapped_column(Flag)


SHARED_COLUMNS = ("id", "scope", "author", "made", "changed", "clashing", "gone", "disputed")
