"""Values as people's Python sees them, and as operations carry them.

The wire form of every kind is a JSON string, integer, boolean or null. `to_wire` and
`from_wire` are each other's inverse for every value a field can hold; tags travel one by one,
as the elements of a set.
"""

from datetime import date, datetime
from typing import Any, assert_never

from oost_desktop.models.columns import moment_text, moment_value
from oost_desktop.models.fields import FieldSpec, Kind

Value = str | int | bool | date | datetime | tuple[str, ...] | None
Wire = str | int | bool | None


def to_wire(spec: FieldSpec, value: Any) -> Wire:
    """A Python value as it is written into an operation. Empty text is nothing."""
    if value is None or value == "":
        return None
    match spec.kind:
        case Kind.TEXT | Kind.PROSE | Kind.CLOCK | Kind.CHOICE | Kind.REF:
            return str(value)
        case Kind.NUMBER | Kind.MINUTES | Kind.PENCE:
            return int(value)
        case Kind.FLAG:
            return bool(value)
        case Kind.DAY:
            return str(value.isoformat())
        case Kind.MOMENT:
            return moment_text(value)
        case Kind.TAGS:
            raise TypeError("tags are written as additions and removals, one by one")
        case _:
            assert_never(spec.kind)


def from_wire(spec: FieldSpec, wire: Wire) -> Value:
    """The Python value of what an operation carries."""
    if wire is None:
        return None
    match spec.kind:
        case Kind.TEXT | Kind.PROSE | Kind.CLOCK | Kind.CHOICE | Kind.REF | Kind.TAGS:
            return str(wire)
        case Kind.NUMBER | Kind.MINUTES | Kind.PENCE:
            return int(wire)
        case Kind.FLAG:
            return bool(wire)
        case Kind.DAY:
            return date.fromisoformat(str(wire))
        case Kind.MOMENT:
            return moment_value(str(wire))
        case _:
            assert_never(spec.kind)
