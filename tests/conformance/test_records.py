"""Every promise a declaration makes, for every record type: add one, and it is held to all."""

import json
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from oost_desktop.models import RECORDS
from oost_desktop.models.base import SHARED_COLUMNS, Role
from oost_desktop.models.codes import code_list
from oost_desktop.models.fields import Kind, Rule
from oost_desktop.models.registry import RecordType
from oost_desktop.models.values import from_wire, to_wire
from oost_desktop.store import search
from oost_desktop.store.fold import fold
from oost_desktop.store.operations import DELETED, EVERYTHING, Intent, Op, OpKind, Stamp, write
from oost_desktop.store.projection import columns_of, creation_rows
from oost_desktop.store.unit import Actor
from tests.conformance.strategies import value_of, values_of

OWNER = Actor("a" * 32, Role.OWNER)
ENTITY = "e" * 32
TYPES = [pytest.param(record_type, id=record_type.name) for record_type in RECORDS]
QUICK = settings(max_examples=20)

every_type = pytest.mark.parametrize("record_type", TYPES)
every_sealed_type = pytest.mark.parametrize(
    "record_type", [pytest.param(record, id=record.name) for record in RECORDS if record.sealed]
)


# --- what it says of itself ---------------------------------------------------------------


@every_type
def test_it_says_what_it_is(record_type: RecordType):
    assert record_type.cls.__doc__
    assert record_type.cls.__doc__.strip().endswith(".")
    about = record_type.about
    assert about.singular
    assert about.plural
    assert about.retention
    assert about.writers


@every_type
def test_its_title_is_made_of_stored_fields(record_type: RecordType):
    stored = {spec.name for spec in record_type.stored}
    assert record_type.about.title
    assert set(record_type.about.title) <= stored


@every_type
def test_its_form_asks_for_every_field_once_or_says_why_not(record_type: RecordType):
    about = record_type.about
    asked = [name for _heading, names in about.sections for name in names]
    assert sorted([*asked, *about.unasked]) == sorted(record_type.fields)
    for heading, names in about.sections:
        assert heading
        assert names


@every_type
def test_its_lists_are_sorted_by_a_column(record_type: RecordType):
    column = record_type.about.order.removeprefix("-")
    assert column in columns_of(record_type)


@every_type
def test_every_field_can_be_shown_and_understood(record_type: RecordType):
    for spec in record_type.fields.values():
        assert spec.label, spec.name
        assert spec.name not in SHARED_COLUMNS
        assert not spec.name.startswith("_")
        if spec.kind is Kind.CHOICE:
            assert len(code_list(spec.codes)) > 1, spec.name
        if spec.kind is Kind.TAGS and spec.codes:
            assert code_list(spec.codes)
        if spec.kind is Kind.REF:
            assert RECORDS.get(spec.target) is not None, spec.name
        if spec.kind in (Kind.TEXT, Kind.PROSE):
            assert spec.limit > 0


@every_type
def test_fields_that_merge_as_one_are_of_one_rule(record_type: RecordType):
    for unit, specs in record_type.units.items():
        assert len({spec.rule for spec in specs}) == 1, unit
        if any(spec.rule is Rule.SET for spec in specs):
            assert len(specs) == 1
        if specs[0].register:
            assert len(specs) > 1, f"{unit} is a group of one"
            assert unit not in record_type.fields or unit == specs[0].register


@every_type
def test_what_is_sealed_has_no_column_and_is_in_no_index(record_type: RecordType):
    hidden = [spec for spec in record_type.fields.values() if spec.sealed]
    assert not hidden or record_type.sealed
    assert not {spec.name for spec in hidden} & set(record_type.table.columns.keys())
    if record_type.sealed:
        assert not search.is_indexed(record_type)
        assert not record_type.searchable


@every_type
def test_missing_and_overlong_values_are_said_in_words(record_type: RecordType):
    problems = {problem.field: problem for problem in record_type.problems({})}
    for spec in record_type.fields.values():
        if spec.required:
            assert problems[spec.name].message.startswith("Say ")
        if spec.limit:
            overlong = record_type.problems({spec.name: "x" * (spec.limit + 1)})
            assert any(problem.field == spec.name for problem in overlong), spec.name


# --- how it travels -----------------------------------------------------------------------


@every_type
def test_every_value_comes_back_from_the_wire(record_type: RecordType):
    for spec in record_type.fields.values():
        check_round_trip(spec)


def check_round_trip(spec) -> None:
    @QUICK
    @given(value_of(spec))
    def round_trip(value):
        if spec.kind is Kind.TAGS:
            assert tuple(from_wire(spec, word) for word in value) == value
            return
        wire = to_wire(spec, value)
        assert from_wire(spec, wire) == value
        assert json.loads(json.dumps(wire)) == wire

    round_trip()
    assert to_wire(spec, None) is None if spec.kind is not Kind.TAGS else True


@every_type
def test_a_record_is_read_as_it_was_written(record_type: RecordType, shared_vault):
    """Through the operation, its bytes, the fold and the table: the same values."""
    vault = shared_vault

    @QUICK
    @given(values_of(record_type), st.data())
    def written_and_read(values, data):
        with vault.act(OWNER) as unit:
            entity = unit.create(record_type.name, values)
        assert read(vault, record_type, entity) == filled(record_type, values)
        changed = data.draw(values_of(record_type))
        changed = {name: value for name, value in changed.items() if name != "pupil"}
        with vault.act(OWNER) as unit:
            unit.change(record_type.name, entity, changed, why="to see")
        assert read(vault, record_type, entity) == filled(record_type, {**values, **changed})
        with vault.act(OWNER) as unit:
            unit.remove(record_type.name, entity)
        assert gone(vault, record_type, entity)
        with vault.act(OWNER) as unit:
            unit.restore(record_type.name, entity)
        assert not gone(vault, record_type, entity)
        assert read(vault, record_type, entity) == filled(record_type, {**values, **changed})

    written_and_read()


def filled(record_type: RecordType, values: Any) -> dict[str, Any]:
    return {spec.name: values.get(spec.name) for spec in record_type.stored}


def read(vault, record_type: RecordType, entity: str) -> dict[str, Any]:
    columns = [record_type.table.c[spec.name] for spec in record_type.stored]
    with vault.read() as connection:
        row = connection.execute(select(*columns).where(record_type.table.c.id == entity)).one()
    return dict(zip([column.name for column in columns], row, strict=True))


def gone(vault, record_type: RecordType, entity: str) -> bool:
    with vault.read() as connection:
        found = connection.execute(
            select(record_type.table.c.gone).where(record_type.table.c.id == entity)
        ).scalar_one()
    return bool(found)


# --- how it merges ------------------------------------------------------------------------


def ops_of(record_type: RecordType, writes: list[dict[str, Any]]) -> list[Op]:
    """A creation and then writes of laptops that saw the creation only."""
    made: list[Op] = []
    for n, values in enumerate(writes):
        set_: dict[str, Any] = {}
        for unit, specs in record_type.units.items():
            given_ = {s.name: values[s.name] for s in specs if s.name in values}
            if not given_:
                continue
            if specs[0].rule is Rule.SET:
                set_[unit] = {"add": sorted(given_[unit])}
            elif specs[0].register:
                set_[unit] = {s.name: to_wire(s, given_[s.name]) for s in specs if s.name in given_}
            else:
                set_[unit] = to_wire(specs[0], given_[unit])
        pred = (
            {unit: [made[0].op_id] for unit in set_ if unit in made[0].set_ and n} if made else {}
        )
        stamp = Stamp("o", f"{n}" * 32, "1" * 16, "u", f"t{n}", 1_795_000_000_000 + n)
        kind = OpKind.SET if made else OpKind.CREATE
        intent = Intent(record_type.name, ENTITY, f"p:{ENTITY}", kind, set_, pred)
        made.append(write(stamp, intent, 1, (1_795_000_000_000 + n) << 16))
    return made


@every_type
def test_merging_is_the_same_in_every_order_and_twice(record_type: RecordType):
    @QUICK
    @given(st.lists(values_of(record_type), min_size=3, max_size=3))
    def merged(writes):
        ops = ops_of(record_type, writes)
        expected = fold(record_type, ops)
        for order in permutations(ops):
            folded = fold(record_type, [*order, order[0]])
            assert folded.row == expected.row
            assert folded.clashes == expected.clashes
        assert set(expected.row) == set(columns_of(record_type))

    merged()


@every_type
def test_an_import_writes_new_records_as_the_fold_would(record_type: RecordType):
    """`creation_rows` is a short cut; this is what holds it to the fold."""
    row_of = creation_rows(record_type)

    @QUICK
    @given(values_of(record_type))
    def same(values):
        (op,) = ops_of(record_type, [values])
        row = fold(record_type, [op]).row
        assert row_of(op) == tuple(row[column] for column in columns_of(record_type))

    same()


@every_type
def test_fields_written_on_different_laptops_are_all_kept(record_type: RecordType):
    """Whoever wrote last, nobody's field disappears that nobody else wrote."""

    @QUICK
    @given(st.lists(values_of(record_type), min_size=3, max_size=3))
    def kept(writes):
        ops = ops_of(record_type, writes)
        row = fold(record_type, ops).row
        for unit, specs in record_type.units.items():
            writers = [op for op in ops[1:] if unit in op.set_] or [
                op for op in ops[:1] if unit in op.set_
            ]
            if len(writers) == 1 and specs[0].rule is not Rule.SET:
                wire = writers[0].set_[unit]
                shown = {spec.name: row[spec.name] for spec in specs}
                if not specs[0].register:
                    assert shown == {unit: wire}
                else:
                    assert shown == {spec.name: wire.get(spec.name) for spec in specs}

    kept()


@every_type
def test_removed_stays_removed_whatever_known_comes_again(record_type: RecordType):
    @QUICK
    @given(values_of(record_type), st.randoms(use_true_random=False))
    def removed(values, random):
        ops = ops_of(record_type, [values, values])
        seen = {EVERYTHING: sorted(op.op_id for op in ops)}
        intent = Intent(
            record_type.name, ENTITY, f"p:{ENTITY}", OpKind.DELETE, {DELETED: True}, seen
        )
        stamp = Stamp("o", "d" * 32, "1" * 16, "u", "t", 1)
        again = [*ops, write(stamp, intent, 1, 1), *ops]
        random.shuffle(again)
        assert fold(record_type, again).row["gone"]

    removed()


# --- what is sealed -----------------------------------------------------------------------


@every_sealed_type
def test_sealed_words_are_in_no_table_and_not_found(record_type: RecordType, shared_vault):
    with shared_vault.act(OWNER) as unit:
        entity = unit.create(
            record_type.name, {"pupil": "5" * 32}, sealed={"box": "cipherwordforall"}
        )
    with shared_vault.write() as connection:
        while search.catch_up(connection, RECORDS):
            pass
        row = connection.execute(
            select(record_type.table).where(record_type.table.c.id == entity)
        ).one()
        assert "cipherwordforall" not in repr(tuple(row))
        assert search.find(connection, RECORDS, "cipherwordforall") == []
