"""Tables are a view of operations: however they come, the same tables."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oost_desktop.clock import MovableClock, london
from oost_desktop.ids import random_id
from oost_desktop.models import RECORDS, Contact, Pupil, Registry, Work
from oost_desktop.security.secret import Secret
from oost_desktop.store.log import Entry
from oost_desktop.store.operations import (
    FIRST_ENTRY,
    Intent,
    OpKind,
    Stamp,
    entry_hash,
    write,
)
from oost_desktop.store.projection import columns_of, rebuild, stored_ops
from oost_desktop.store.vault import Vault
from tests.store.vaults import COORDINATOR, KEY, TUTOR, copied, dump, entries, hand_over, opened

WITHOUT_WORK = Registry([record.cls for record in RECORDS if record.name != "work"])


@pytest.fixture(scope="module")
def exchange(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """What two laptops wrote about one pupil, with clashes, tags, a removal and its undoing."""
    folder = tmp_path_factory.mktemp("exchange")
    clock = MovableClock(london(date(2026, 11, 23), 8))
    vaults = []
    for name in "ab":
        made = Vault.create(folder / name, Secret(KEY), RECORDS, clock.clock(), org="test-service")
        vaults.append(made)
    a, b = vaults
    with a, b:
        with a.act(COORDINATOR) as unit:
            pupil = unit.create(Pupil, {"legal_forename": "Ada", "allergies": ("nuts",)})
            contact = unit.create(Contact, {"pupil": pupil, "name": "Mrs Wren", "role": "PARENT"})
            work = unit.create(Work, {"pupil": pupil, "title": "Fractions", "mark": 4, "out_of": 5})
        hand_over(entries(a), b)
        for vault, actor, note in ((a, COORDINATOR, "hers"), (b, COORDINATOR, "his")):
            clock.advance(timedelta(minutes=1))
            with vault.act(actor) as unit:
                unit.change(Pupil, pupil, {"note": note, "allergies": (note,)})
                unit.change(Work, work, {"mark": 5 if note == "hers" else 3})
        with b.act(TUTOR) as unit:
            unit.remove(Contact, contact)
        hand_over(entries(b), a)
        with a.act(COORDINATOR) as unit:
            unit.restore(Contact, contact)
            unit.settle(Pupil, pupil, "note", "both", why="I rang")
        hand_over(entries(a), b)
        with a.read() as one, b.read() as other:
            assert dump(one) == dump(other)
        return entries(a)


@pytest.fixture(scope="module")
def expected(template: Path, tmp_path_factory: pytest.TempPathFactory, exchange) -> object:
    """The tables when everything comes at once."""
    clock = MovableClock(london(date(2026, 11, 23), 8)).clock()
    with copied(template, tmp_path_factory.mktemp("once") / "vault", clock) as vault:
        hand_over(exchange, vault)
        with vault.read() as connection:
            return dump(connection)


@given(order=st.randoms(use_true_random=False), parts=st.integers(1, 6))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_in_any_parts_gives_the_same_tables(
    order, parts, exchange, expected, template, tmp_path, clock
):
    shuffled = list(exchange)
    order.shuffle(shuffled)
    cuts = sorted(order.randint(0, len(shuffled)) for _ in range(parts - 1))
    folder = tmp_path / random_id()
    with copied(template, folder, clock.clock()) as vault:
        for start, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True):
            hand_over(shuffled[start:end], vault)
        hand_over(shuffled[: parts * 2], vault)  # again changes nothing
        with vault.read() as connection:
            assert dump(connection) == expected


def test_rebuilding_gives_the_same_tables(vault, exchange, expected):
    hand_over(exchange, vault)
    with vault.write() as connection:
        rebuild(connection, RECORDS)
        assert dump(connection) == expected


def test_every_prefix_folds_without_what_is_still_to_come(vault, exchange):
    for entry in reversed(exchange):
        hand_over([entry], vault)
        with vault.read() as connection:
            ops = stored_ops(connection, [entry.op.entity])[entry.op.entity]
            rows = {row[0]: row for row in dump(connection)[entry.op.etype]}
        times = [op.hlc for op in ops]
        row = dict(zip(columns_of(RECORDS.of(entry.op.etype)), rows[entry.op.entity], strict=True))
        assert (row["made"], row["changed"]) == (min(times), max(times))


def test_a_type_this_version_does_not_know_is_kept_and_folded_after_the_upgrade(
    template, tmp_path, clock, exchange, expected
):
    folder = tmp_path / "older"
    copied(template, folder, clock.clock()).close()
    with opened(folder, clock.clock(), WITHOUT_WORK) as older:
        hand_over(exchange, older)
        assert [entry.op.raw for entry in entries(older)] == [entry.op.raw for entry in exchange]
        with older.read() as connection:
            assert dump(connection)["work"] == []
    with opened(folder, clock.clock()) as newer, newer.write() as connection:
        rebuild(connection, RECORDS)
        assert dump(connection) == expected


def test_a_field_of_a_newer_version_is_kept_and_does_not_disturb(vault, exchange, expected):
    hand_over(exchange, vault)
    with vault.act(COORDINATOR) as unit:
        pupil = next(e.op.entity for e in exchange if e.op.etype == "pupil")
        unit.change(Pupil, pupil, {"sex": "X_OF_A_NEWER_LIST"})
    with vault.read() as connection:
        found = connection.exec_driver_sql("select sex from pupil").scalar_one()
    assert found == "X_OF_A_NEWER_LIST"


def test_two_records_given_one_id_do_not_disturb_each_other(vault, case, template, tmp_path, clock):
    """No honest program does this; whichever comes first, both vaults show the same."""
    wall = clock.clock().wall_ms()
    stamp = Stamp("test-service", "d" * 32, "1" * 16, "a" * 32, "t", wall)
    scope = f"p:{case.pupil}"
    intent = Intent("contact", case.pupil, scope, OpKind.SET, {"name": "Mallory"}, {})
    op = write(stamp, intent, 1, wall << 16)
    forged = Entry(op, FIRST_ENTRY, entry_hash("1" * 16, 1, FIRST_ENTRY, op.digest), None)
    everything = [*entries(vault), forged]
    hand_over([forged], vault)
    with copied(template, tmp_path / "other", clock.clock()) as other:
        for entry in reversed(everything):
            hand_over([entry], other)
        with vault.read() as one, other.read() as two:
            assert dump(one) == dump(two)
            assert [row[1] for row in dump(one)["pupil"]] == [scope]
    with vault.act(COORDINATOR) as unit:
        unit.change(Pupil, case.pupil, {"note": "still hers"})
