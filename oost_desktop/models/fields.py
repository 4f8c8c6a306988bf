"""Fields: what one line of a declaration says about one thing we record.

From a `FieldSpec` follow the column, the form's label and editor, the check, the list column,
the merge rule, the search index and the wire form. The helpers here (`text`, `day`, `choice` …)
return ordinary mapped columns that carry their spec in `info`; `sealed` makes a field that never
has a column, because only its ciphertext is stored.

Nothing here draws, stores or sends; other layers read the specs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Integer, Text
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from oost_desktop.models.columns import Day, Flag, Moment, Tags
from oost_desktop.models.problems import Problem

Check = Callable[[Any], list[Problem]]


class Kind(StrEnum):
    """The shapes a value can have. `models/values.py` says how each is written down."""

    TEXT = "text"
    PROSE = "prose"
    DAY = "day"
    MOMENT = "moment"
    CLOCK = "clock"
    NUMBER = "number"
    MINUTES = "minutes"
    PENCE = "pence"
    CHOICE = "choice"
    FLAG = "flag"
    REF = "ref"
    TAGS = "tags"


class Rule(StrEnum):
    """How a field merges and may be changed (`docs/decisions/0003-operations-and-fold.md`)."""

    REGISTER = "register"  # any later write replaces what it saw; unseen writes clash
    FACT = "fact"  # as a register, but changing it after the first save needs a reason
    SET = "set"  # adds and removals merge; a removal only removes the adds it saw


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field. `register` names the unit that merges as one; fields sharing it never mix."""

    kind: Kind
    label: str
    name: str = ""
    help: str = ""
    required: bool = False
    register: str = ""
    rule: Rule = Rule.REGISTER
    codes: str = ""
    target: str = ""
    searchable: bool = False
    listed: bool = False
    sealed: bool = False
    limit: int = 0
    check: Check | None = None

    @property
    def unit(self) -> str:
        """The register this field belongs to: its own name unless it shares one."""
        return self.register or self.name


_COLUMN_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.TEXT: Text(),
    Kind.PROSE: Text(),
    Kind.DAY: Day(),
    Kind.MOMENT: Moment(),
    Kind.CLOCK: Text(),
    Kind.NUMBER: Integer(),
    Kind.MINUTES: Integer(),
    Kind.PENCE: Integer(),
    Kind.CHOICE: Text(),
    Kind.FLAG: Flag(),
    Kind.REF: Text(),
    Kind.TAGS: Tags(),
}

TEXT_LIMIT = 200
PROSE_LIMIT = 50_000


def _column(kind: Kind, label: str, *, index: bool = False, **spec: Any) -> MappedColumn[Any]:
    # Every column may be empty: a record is folded from whichever operations have arrived.
    field = FieldSpec(kind=kind, label=label, **spec)
    return mapped_column(_COLUMN_TYPES[kind], nullable=True, index=index, info={"field": field})


def text(label: str, *, limit: int = TEXT_LIMIT, **spec: Any) -> MappedColumn[Any]:
    """One line of text, at most `limit` characters."""
    return _column(Kind.TEXT, label, limit=limit, **spec)


def prose(label: str, *, limit: int = PROSE_LIMIT, **spec: Any) -> MappedColumn[Any]:
    """Several lines of text."""
    return _column(Kind.PROSE, label, limit=limit, **spec)


def day(label: str, **spec: Any) -> MappedColumn[Any]:
    """A calendar date."""
    return _column(Kind.DAY, label, **spec)


def moment(label: str, **spec: Any) -> MappedColumn[Any]:
    """A point in time, kept in UTC, shown as Derbyshire's clocks show it."""
    return _column(Kind.MOMENT, label, **spec)


def clock_time(label: str, **spec: Any) -> MappedColumn[Any]:
    """A time of day as "HH:MM"."""
    return _column(Kind.CLOCK, label, **spec)


def number(label: str, **spec: Any) -> MappedColumn[Any]:
    """A whole number."""
    return _column(Kind.NUMBER, label, **spec)


def minutes(label: str, **spec: Any) -> MappedColumn[Any]:
    """A length of time in whole minutes, shown as hours and minutes."""
    return _column(Kind.MINUTES, label, **spec)


def choice(label: str, codes: str, **spec: Any) -> MappedColumn[Any]:
    """One code of the named code list (`resources/codes/<codes>.csv`)."""
    return _column(Kind.CHOICE, label, codes=codes, **spec)


def flag(label: str, **spec: Any) -> MappedColumn[Any]:
    """Yes, no, or not said."""
    return _column(Kind.FLAG, label, **spec)


def ref(label: str, to: str, **spec: Any) -> MappedColumn[Any]:
    """Another record, by id. No foreign key: the other may not have arrived yet."""
    return _column(Kind.REF, label, target=to, **spec)


def of_pupil(**spec: Any) -> MappedColumn[Any]:
    """The pupil a record is about: with whose file it travels and is looked up."""
    return _column(Kind.REF, "Pupil", target="pupil", index=True, **spec)


def tags(label: str, codes: str = "", **spec: Any) -> MappedColumn[Any]:
    """Any number of words or codes; two people's additions are both kept."""
    return _column(Kind.TAGS, label, codes=codes, rule=Rule.SET, **spec)


def sealed(kind: Kind, label: str, **spec: Any) -> FieldSpec:
    """A field only its readers' keys can open: it has a form and a check, but no column."""
    limit = PROSE_LIMIT if kind is Kind.PROSE else TEXT_LIMIT
    return FieldSpec(kind=kind, label=label, sealed=True, limit=limit, **spec)
