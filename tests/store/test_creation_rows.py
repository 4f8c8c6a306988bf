"""The quick way an import makes the row of a new record is the fold's way, for every type."""

import pytest

from oost_desktop import ids
from oost_desktop.models import RECORDS
from oost_desktop.models.fields import FieldSpec, Kind, Rule
from oost_desktop.models.values import fits
from oost_desktop.store.fold import fold
from oost_desktop.store.operations import Intent, OpKind, Stamp, write
from oost_desktop.store.projection import columns_of, creation_rows

WIRE = {
    Kind.TEXT: "Łódź",
    Kind.PROSE: "two\nlines",
    Kind.DAY: "2026-11-23",
    Kind.MOMENT: "2026-11-23T11:00:00Z",
    Kind.CLOCK: "11:00",
    Kind.NUMBER: 4,
    Kind.MINUTES: 60,
    Kind.PENCE: 999,
    Kind.CHOICE: "CODE",
    Kind.FLAG: False,
    Kind.REF: "a" * 32,
}


def created(record_type, set_):
    stamp = Stamp("0" * 32, "1" * 32, "2" * 16, "3" * 32, "4" * 32, 1767225600123)
    intent = Intent(record_type.name, ids.record_id(1), "p:x", OpKind.CREATE, set_, {})
    return write(stamp, intent, 1, 1767225600123 << 16)


def whole(specs: tuple[FieldSpec, ...]):
    first = specs[0]
    if first.rule is Rule.SET:
        return {"add": ["b", "a", "b"]}
    if first.register:
        return {spec.name: WIRE[spec.kind] for spec in specs}
    return WIRE[first.kind]


@pytest.mark.parametrize("record_type", list(RECORDS), ids=lambda each: each.name)
def test_the_same_row_whatever_is_said(record_type):
    full = {unit: whole(specs) for unit, specs in record_type.units.items()}
    grouped = {
        unit: {specs[-1].name: WIRE[specs[-1].kind]}
        for unit, specs in record_type.units.items()
        if specs[0].register
    }
    empty = dict.fromkeys(record_type.units)
    for set_ in (full, grouped, empty, {}, {**full, "newer": 1}):
        op = created(record_type, set_)
        row = fold(record_type, (op,)).row
        assert creation_rows(record_type)(op) == tuple(
            row[column] for column in columns_of(record_type)
        )


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (Kind.DAY, "2026-02-30"),
        (Kind.DAY, "20260223"),
        (Kind.MOMENT, "2026-11-23 11:00:00"),
        (Kind.MOMENT, "2026-11-23T25:00:00Z"),
        (Kind.CLOCK, "24:00"),
        (Kind.CLOCK, "9:00"),
        (Kind.NUMBER, True),
        (Kind.NUMBER, "4"),
        (Kind.FLAG, 1),
        (Kind.TEXT, 5),
        (Kind.PROSE, ["a"]),
        (Kind.REF, {}),
    ],
)
def test_what_does_not_fit_is_known(kind, wrong):
    assert not fits(FieldSpec(kind, "Field"), wrong)
    assert fits(FieldSpec(kind, "Field"), WIRE[kind])
    assert fits(FieldSpec(kind, "Field"), None)
