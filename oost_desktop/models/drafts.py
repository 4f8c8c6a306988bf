"""A record being written: its values, what was changed, what is wrong, and how it is kept.

A draft also keeps what was typed and cannot be read yet ("half past"), so that closing a form
loses nothing. Its content is a JSON-able dictionary for the journal. Nothing here saves,
validates against other records, or knows a window.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from oost_desktop.models.fields import FieldSpec, Kind
from oost_desktop.models.problems import Problem
from oost_desktop.models.registry import RecordType, Registry
from oost_desktop.models.values import Value, from_wire, to_wire

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unread:
    """Something typed that is not a value yet: the words, and what would be understood."""

    text: str
    advice: str


class Draft:
    """One record as it stands in a form. `id` is None until the record exists.

    `base` is what the record held when the draft was begun; `changed` compares with it.
    """

    def __init__(
        self,
        record_type: RecordType,
        entity: str | None = None,
        values: Mapping[str, Any] | None = None,
        base: Mapping[str, Any] | None = None,
    ) -> None:
        self.record_type = record_type
        self.id = entity
        self._base = _tidied(record_type, base or {})
        self._values = {**self._base, **_tidied(record_type, values or {})}
        self._unread: dict[str, Unread] = {}

    @property
    def values(self) -> Mapping[str, Value]:
        """Every field's value by name; None where there is none."""
        return {name: self._values.get(name) for name in self.record_type.fields}

    @property
    def base(self) -> Mapping[str, Value]:
        """What the record held when the draft was begun; empty for a new one."""
        return dict(self._base)

    @property
    def unread(self) -> Mapping[str, Unread]:
        """What was typed and is not a value yet, by field."""
        return dict(self._unread)

    @property
    def changed(self) -> tuple[str, ...]:
        """Names of the fields that differ from the record, in the order of the declaration."""
        return tuple(
            name
            for name in self.record_type.fields
            if name in self._unread or self._values.get(name) != self._base.get(name)
        )

    @property
    def changes(self) -> Mapping[str, Value]:
        """The changed fields with their values, as services take them."""
        return {name: self._values.get(name) for name in self.changed}

    def get(self, name: str) -> Value | Unread:
        """What a form shows for a field: its value, or what was typed and is none."""
        return self._unread.get(name, self._values.get(name))

    def set(self, name: str, value: Value | Unread) -> None:
        """Write a field. Typed words that are no value leave the last value standing."""
        spec = self.record_type.fields[name]
        if isinstance(value, Unread):
            self._unread[name] = value
            return
        self._unread.pop(name, None)
        self._values[name] = _tidy(spec, value)

    def problems(self, today: date) -> list[Problem]:
        """All that is missing or wrong on this day, in the order of the declaration.

        A field that cannot be read has that problem and no other.
        """
        values: dict[str, Any] = {**self.values, "_today": today}
        found = [
            problem
            for problem in self.record_type.problems(values)
            if problem.field not in self._unread
        ]
        found += [Problem(name, typed.advice) for name, typed in self._unread.items()]
        places = {name: place for place, name in enumerate(self.record_type.fields)}
        return sorted(found, key=lambda problem: places.get(problem.field, len(places)))

    def to_content(self) -> Content:
        """The draft as JSON-able values in their wire forms, for the journal."""
        return {
            "type": self.record_type.name,
            "id": self.id,
            "base": _to_wire(self.record_type, self._base),
            "values": _to_wire(self.record_type, self._values),
            "unread": {name: [typed.text, typed.advice] for name, typed in self._unread.items()},
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any], records: Registry) -> "Draft":
        """The draft that `to_content` wrote.

        Fields this version does not know are left out. A type it does not know is a BugError.
        """
        record_type = records.of(str(content["type"]))
        draft = cls(
            record_type,
            content["id"],
            _from_wire(record_type, content["values"]),
            _from_wire(record_type, content["base"]),
        )
        for name, (text, advice) in content["unread"].items():
            if name in record_type.fields:
                draft.set(name, Unread(text, advice))
        return draft


def _tidy(spec: FieldSpec, value: Any) -> Value:
    """A value as it is stored: nothing instead of emptiness, moments in UTC to the second."""
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0)
    if spec.kind is Kind.TAGS:
        return tuple(sorted(set(value)))
    return value  # type: ignore[no-any-return]


def _tidied(record_type: RecordType, values: Mapping[str, Any]) -> dict[str, Value]:
    fields = record_type.fields
    return {name: _tidy(fields[name], value) for name, value in values.items() if name in fields}


def _to_wire(record_type: RecordType, values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _field_to_wire(record_type.fields[name], value) for name, value in values.items()}


def _field_to_wire(spec: FieldSpec, value: Value) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return to_wire(spec, value)


def _from_wire(record_type: RecordType, written: Mapping[str, Any]) -> dict[str, Value]:
    return {
        name: _field_from_wire(record_type.fields[name], wire)
        for name, wire in written.items()
        if name in record_type.fields
    }


def _field_from_wire(spec: FieldSpec, wire: Any) -> Value:
    if spec.kind is Kind.TAGS:
        return tuple(str(word) for word in wire or ())
    return from_wire(spec, wire)
