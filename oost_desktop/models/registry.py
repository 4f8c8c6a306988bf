"""The record types, looked up by name.

`RecordType` is a declaration as the rest of the program reads it: the class, its fields in
order, and its merge units. The list itself stands in `models/__init__.py`, in menu order;
nothing is found by scanning.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Table, inspect

from oost_desktop.errors import BugError
from oost_desktop.models.base import SHARED_COLUMNS, About, Audience, Record
from oost_desktop.models.fields import FieldSpec, Kind, Rule
from oost_desktop.models.problems import Problem


@dataclass(frozen=True)
class RecordType:
    """One record type: `name` is its table and its `et` in operations."""

    name: str
    cls: type[Record]
    about: About
    fields: Mapping[str, FieldSpec]
    units: Mapping[str, tuple[FieldSpec, ...]]

    @property
    def table(self) -> Table:
        """The table its rows are folded into."""
        table = self.cls.__table__
        assert isinstance(table, Table)
        return table

    @property
    def sealed(self) -> bool:
        """Whether its own words are stored as ciphertext only."""
        return self.about.audience is Audience.SEALED

    @property
    def stored(self) -> tuple[FieldSpec, ...]:
        """The fields that have a column."""
        return tuple(spec for spec in self.fields.values() if not spec.sealed)

    @property
    def searchable(self) -> tuple[FieldSpec, ...]:
        """The fields whose words the find box looks through."""
        return tuple(spec for spec in self.stored if spec.searchable)

    @property
    def listed(self) -> tuple[FieldSpec, ...]:
        """The fields a generated table shows."""
        return tuple(spec for spec in self.stored if spec.listed)

    def problems(self, values: Mapping[str, Any]) -> list[Problem]:
        """All that is missing or wrong in a full set of values, field by field, then across."""
        found: list[Problem] = []
        for spec in self.fields.values():
            found.extend(field_problems(spec, values.get(spec.name)))
        found.extend(self.about.check(values))
        return found


def field_problems(spec: FieldSpec, value: Any) -> list[Problem]:
    """What is wrong with one value on its own."""
    if value is None or value == "" or value == ():
        asked = f"Say {spec.label[0].lower()}{spec.label[1:]}."
        return [Problem(spec.name, asked)] if spec.required else []
    if spec.limit and isinstance(value, str) and len(value) > spec.limit:
        return [Problem(spec.name, f"{spec.label} can hold {spec.limit:,} characters.")]
    if spec.check is None:
        return []
    return [replace(problem, field=spec.name) for problem in spec.check(value)]


class Registry:
    """All record types in menu order, by name."""

    def __init__(self, classes: Iterable[type[Record]]) -> None:
        self._types: dict[str, RecordType] = {}
        self._by_class: dict[type[Record], RecordType] = {}
        for cls in classes:
            record_type = _record_type(cls)
            self._types[record_type.name] = record_type
            self._by_class[cls] = record_type

    def __iter__(self) -> Iterator[RecordType]:
        return iter(self._types.values())

    def get(self, name: str) -> RecordType | None:
        """The type of this name, or None if a newer version of the program made it."""
        return self._types.get(name)

    def of(self, cls: type[Record] | str) -> RecordType:
        """The type of a class or name that must exist."""
        found = self._types.get(cls) if isinstance(cls, str) else self._by_class.get(cls)
        if found is None:
            raise BugError(f"There is no record type {cls!r}.")
        return found


def _record_type(cls: type[Record]) -> RecordType:
    if not cls.__doc__:
        raise BugError(f"{cls.__name__} does not say what it is.")
    fields = dict(_own_fields(cls))
    units: dict[str, tuple[FieldSpec, ...]] = {}
    for spec in fields.values():
        if not spec.sealed:
            units[spec.unit] = (*units.get(spec.unit, ()), spec)
    _check_layout(cls, fields)
    return RecordType(cls.__tablename__, cls, cls.about, fields, units)


def _own_fields(cls: type[Record]) -> Iterator[tuple[str, FieldSpec]]:
    columns = {column.key: column for column in inspect(cls).columns}
    for name in _declared_names(cls):
        declared = getattr(cls, name)
        if isinstance(declared, FieldSpec):
            yield name, replace(declared, name=name)
        elif name in columns and name not in SHARED_COLUMNS:
            yield name, replace(columns[name].info["field"], name=name)


def _declared_names(cls: type[Record]) -> list[str]:
    return [name for name in vars(cls) if not name.startswith("_") and name != "about"]


def _check_layout(cls: type[Record], fields: Mapping[str, FieldSpec]) -> None:
    named = [name for _heading, names in cls.about.sections for name in names]
    unknown = [
        name for name in (*named, *cls.about.title, *cls.about.unasked) if name not in fields
    ]
    if unknown:
        raise BugError(f"{cls.__name__} lays out fields it does not have: {unknown}.")
    for spec in fields.values():
        if (
            spec.kind is Kind.TAGS
            and not spec.sealed
            and (spec.rule is not Rule.SET or spec.register)
        ):
            raise BugError(f"{cls.__name__}.{spec.name}: tags merge as a set of their own.")
