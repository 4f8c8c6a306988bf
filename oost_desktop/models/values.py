"""Values as people's Python sees them, and as operations carry them.

The wire form of every kind is a JSON string, integer, boolean or null. `to_wire` and
`from_wire` are each other's inverse for every value a field can hold; tags travel one by one,
as the elements of a set.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, assert_never

from oost_desktop.errors import BugError
from oost_desktop.models.columns import moment_text, moment_value
from oost_desktop.models.fields import FieldSpec, Kind

Value = str | int | bool | date | datetime | tuple[str, ...] | None
Wire = str | int | bool | None


def to_wire(spec: FieldSpec, value: Any) -> Wire:
    """A Python value as it is written into an operation. Empty text is nothing.

    Raises BugError for a value that this field cannot hold (a time of day as "9:30").
    """
    if value is None or value == "":
        return None
    wire = _written(spec, value)
    if not fits(spec, wire):
        raise BugError(f"{spec.label} cannot hold a value of this shape.")
    return wire


def _written(spec: FieldSpec, value: Any) -> Wire:
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


def fits(spec: FieldSpec, wire: Any) -> bool:
    """Whether a value out of a bundle has the shape this field's column can hold.

    Shape only (a day is a day, a number a number): what is sensible is the record's check.
    """
    return wire is None or _FITS[spec.kind](wire)


def fit_of(spec: FieldSpec) -> Callable[[Any], bool]:
    """The same question for one field, to be asked thousands of times of values that are there."""
    return _FITS[spec.kind]


def _is_text(wire: Any) -> bool:
    return type(wire) is str


def _is_number(wire: Any) -> bool:
    return type(wire) is int


def _is_flag(wire: Any) -> bool:
    return type(wire) is bool


def _is_day(wire: Any) -> bool:
    if type(wire) is not str or _DAY.fullmatch(wire) is None:
        return False
    try:
        date.fromisoformat(wire)
    except ValueError:
        return False
    return True


def _is_moment(wire: Any) -> bool:
    if type(wire) is not str or _MOMENT.fullmatch(wire) is None:
        return False
    try:
        datetime.fromisoformat(wire)
    except ValueError:
        return False
    return True


def _is_clock(wire: Any) -> bool:
    return type(wire) is str and _CLOCK.fullmatch(wire) is not None


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_FITS: dict[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: _is_text,
    Kind.PROSE: _is_text,
    Kind.DAY: _is_day,
    Kind.MOMENT: _is_moment,
    Kind.CLOCK: _is_clock,
    Kind.NUMBER: _is_number,
    Kind.MINUTES: _is_number,
    Kind.PENCE: _is_number,
    Kind.CHOICE: _is_text,
    Kind.FLAG: _is_flag,
    Kind.REF: _is_text,
    Kind.TAGS: _is_text,
}
