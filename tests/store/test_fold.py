"""The fold against an oracle of who saw what, over histories nobody thought of."""

import json

from hypothesis import given
from hypothesis import strategies as st

from oost_desktop.store.fold import Folded, fold
from oost_desktop.store.operations import DELETED
from tests.store.world import ENTITY, PUPIL, REGISTERS, Laptop, World

LAPTOPS = "abc"
VALUES = {
    "note": st.sampled_from(["fractions", "decimals", "", None]),
    "nc_year": st.sampled_from([9, 10, None]),
    "address": st.sampled_from(
        [{"address": "1 Mill Lane", "postcode": "DE4 3AA"}, {"postcode": "DE4 3AB"}, None]
    ),
}
writes = st.one_of(
    *[st.tuples(st.just(unit), st.just("write"), values) for unit, values in VALUES.items()]
)
tags = st.tuples(
    st.just("allergies"), st.sampled_from(["add", "take"]), st.sampled_from(["nuts", "eggs"])
)
removals = st.tuples(st.just(DELETED), st.sampled_from(["remove", "restore"]), st.none())
hearings = st.tuples(st.just("hear"), st.sampled_from(LAPTOPS), st.none())
steps = st.lists(
    st.tuples(st.sampled_from(LAPTOPS), st.one_of(writes, tags, removals, hearings)), max_size=25
)


def played(history: list[tuple[str, tuple[str, str, object]]]) -> World:
    world = World()
    laptops = {laptop.name: laptop for laptop in world.laptops(*LAPTOPS, b=-5_000_000, c=90_000)}
    laptops["a"].create(legal_forename="Ada")
    for name, (what, how, value) in history:
        play(laptops, laptops[name], what, how, value)
    for laptop in laptops.values():
        if laptop.ops:
            agrees_with_oracle(world, laptop)
    return world


def play(laptops: dict[str, Laptop], laptop: Laptop, what: str, how: str, value: object) -> None:
    if what == "hear":
        laptop.hear(laptops[how])
    elif not laptop.ops:
        return  # one cannot change what one has never received
    elif what == DELETED:
        (laptop.remove if how == "remove" else laptop.restore)()
    elif what == "allergies":
        (laptop.add if how == "add" else laptop.take)(str(value))
    else:
        laptop.write(what, value)


def agrees_with_oracle(world: World, laptop: Laptop) -> None:
    folded = fold(PUPIL, list(laptop.ops.values()))
    for unit in REGISTERS:
        heads = {op.op_id for op in folded.heads[unit]}
        assert heads == world.maximal(unit, laptop.ops), "a clash was missed or invented"
        shown = world.shown(unit, laptop.ops)
        if unit == "address":
            parts = shown or {}
            assert folded.row["address"] == parts.get("address")
            assert folded.row["postcode"] == parts.get("postcode")
        else:
            assert folded.row[unit] == shown
    clashing = {clash.unit for clash in folded.clashes}
    assert clashing == {unit for unit in REGISTERS if world.clashing(unit, laptop.ops)}
    assert folded.row["clashing"] == len(clashing)
    assert set(json.loads(folded.row["allergies"] or "[]")) == world.elements(laptop.ops)


@given(steps)
def test_every_laptop_shows_what_the_oracle_says(history):
    played(history)


@given(steps, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(history, random):
    ops = list(played(history).ops.values())
    expected = fold(PUPIL, ops)
    shuffled = ops + random.choices(ops, k=3)
    random.shuffle(shuffled)
    assert state(fold(PUPIL, shuffled)) == state(expected)


@given(steps)
def test_no_removal_hides_a_word_its_writer_had_not_seen(history):
    world = played(history)
    ops = list(world.ops.values())
    folded = fold(PUPIL, ops)
    removals = [op for op in ops if op.set_.get(DELETED)]
    unseen = [
        op
        for op in ops
        if DELETED not in op.set_
        and op.op_id not in {seen for removal in removals for seen in world.seen[removal.op_id]}
        and all(op.op_id in world.maximal(unit, world.ops) for unit in op.set_)
    ]
    if removals and unseen:
        assert not folded.row["gone"]


@given(steps)
def test_a_removal_that_saw_everything_hides_the_record(history):
    world = played(history)
    office = Laptop(world, "office")
    office.take_in(world.ops.values())
    office.remove()
    assert office.row()["gone"]
    assert not office.row()["disputed"]
    office.restore()
    assert not office.row()["gone"]


def state(folded: Folded) -> object:
    heads = {unit: {op.op_id for op in ops} for unit, ops in folded.heads.items()}
    return folded.row, heads, folded.clashes


@given(VALUES["note"], VALUES["address"])
def test_a_record_of_one_operation_folds_as_among_many(note, address):
    """The short way for a record only created gives what the long way gives."""
    world = World()
    (laptop,) = world.laptops("a")
    op = laptop.create(note=note, address=address, allergies={"add": ["nuts"]})
    again = fold(PUPIL, [op, op])
    assert state(fold(PUPIL, [op])) == state(again)
    assert again.row["id"] == ENTITY
