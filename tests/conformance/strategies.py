"""Values that each kind of field can hold: what people type, and what nobody would think of."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, assert_never

from hypothesis import strategies as st

from oost_desktop.models.codes import code_list
from oost_desktop.models.fields import FieldSpec, Kind
from oost_desktop.models.registry import RecordType

# Everything a text can hold; halves of characters are refused before an operation is made.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
NAMES = st.sampled_from(["Ŵyn", "Świątek", "O’Brien", "علي", "हिन्दी", "Æthelred", "a\0b", "a\nb"])
IDS = st.text("0123456789abcdef", min_size=32, max_size=32)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
MOMENTS = st.datetimes(
    datetime(1, 1, 2, tzinfo=UTC).replace(tzinfo=None),
    datetime(9999, 12, 30, tzinfo=UTC).replace(tzinfo=None),
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))


def value_of(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """A value of this field, never empty."""
    match spec.kind:
        case Kind.TEXT | Kind.PROSE:
            return TEXT | NAMES
        case Kind.CHOICE:
            # A newer version of a list may have written a code this one does not know.
            return st.sampled_from([code.code for code in code_list(spec.codes)]) | NAMES
        case Kind.REF:
            return IDS
        case Kind.DAY:
            return st.dates(date(1, 1, 1), date(9999, 12, 31))
        case Kind.MOMENT:
            return MOMENTS
        case Kind.CLOCK:
            return st.times().map(lambda time: f"{time:%H:%M}")
        case Kind.NUMBER | Kind.MINUTES | Kind.PENCE:
            return NUMBERS
        case Kind.FLAG:
            return st.booleans()
        case Kind.TAGS:
            return st.sets(TEXT | NAMES, min_size=1, max_size=4).map(lambda s: tuple(sorted(s)))
        case _:
            assert_never(spec.kind)


def values_of(record_type: RecordType) -> st.SearchStrategy[Mapping[str, Any]]:
    """Any of a record's stored fields filled, any empty; its pupil always."""
    fields = {spec.name: value_of(spec) for spec in record_type.stored}
    pupil = {"pupil": fields.pop("pupil")} if "pupil" in fields else {}
    return st.fixed_dictionaries(pupil, optional=fields)
