"""The merges people meet, one by one."""

from itertools import permutations

import pytest

from oost_desktop.store.fold import fold
from oost_desktop.store.operations import OpKind
from tests.store.world import PUPIL, Laptop, World


@pytest.fixture
def pair() -> tuple[Laptop, Laptop]:
    """Two laptops that hold the same record."""
    a, b = World().laptops("a", "b")
    a.create(legal_forename="Ada", note="first", address={"address": "1 Mill Lane"})
    b.hear(a)
    return a, b


def meet(*laptops: Laptop) -> None:
    for one in laptops:
        for other in laptops:
            one.hear(other)


def test_two_who_write_the_same_do_not_clash(pair):
    a, b = pair
    a.write("note", "same")
    b.write("note", "same")
    meet(a, b)
    assert a.clashing() == b.clashing() == set()
    a.write("note", "next")
    b.hear(a)
    assert b.row()["note"] == "next"
    assert b.clashing() == set()


def test_two_who_write_different_things_clash_and_the_later_is_shown(pair):
    a, b = pair
    a.write("note", "hers")
    b.write("note", "his")
    meet(a, b)
    assert a.clashing() == b.clashing() == {"note"}
    assert a.row()["note"] == b.row()["note"] == "his"
    assert a.row()["clashing"] == 1


def test_settling_replaces_both_sides_everywhere(pair):
    a, b = pair
    a.write("note", "hers")
    b.write("note", "his")
    meet(a, b)
    a.write("note", "both", OpKind.RESOLVE)
    b.hear(a)
    assert a.clashing() == b.clashing() == set()
    assert b.row()["note"] == "both"


def test_a_third_side_that_comes_late_opens_the_clash_again(pair):
    a, b = pair
    (late,) = a.world.laptops("late")
    late.hear(a)
    a.write("note", "hers")
    b.write("note", "his")
    late.write("note", "theirs")
    meet(a, b)
    a.write("note", "both", OpKind.RESOLVE)
    a.hear(late)
    assert a.clashing() == {"note"}


def test_two_different_settlements_clash(pair):
    a, b = pair
    a.write("note", "hers")
    b.write("note", "his")
    meet(a, b)
    a.write("note", "settled so", OpKind.RESOLVE)
    b.write("note", "settled otherwise", OpKind.RESOLVE)
    meet(a, b)
    assert a.clashing() == {"note"}


def test_operations_may_come_before_what_they_replace_and_before_the_record(pair):
    a, _b = pair
    a.write("note", "second")
    a.write("note", "third")
    for order in permutations(a.ops.values()):
        arrived = []
        for op in order:
            arrived.append(op)
            row = fold(PUPIL, arrived).row
            if op.set_.get("note") == "third":
                assert row["note"] == "third"
        assert row["legal_forename"] == "Ada"
        assert row["note"] == "third"
        assert row["author"] == "user a"
        assert fold(PUPIL, arrived).clashes == ()


def test_a_second_edit_of_ones_own_does_not_swallow_anothers(pair):
    """ODK #698: A edits twice offline, B once between; B's words must not vanish."""
    a, b = pair
    a.write("note", "a one")
    b.write("note", "b between")
    a.write("note", "a two")
    meet(a, b)
    assert a.clashing() == b.clashing() == {"note"}
    shown = {op.set_["note"] for op in fold(PUPIL, list(b.ops.values())).heads["note"]}
    assert shown == {"a two", "b between"}


@pytest.mark.parametrize("how", ["write", "group", "add", "take", "newer field"])
def test_an_edit_made_without_seeing_a_removal_keeps_the_record_in_view(pair, how):
    a, b = pair
    a.add("nuts")
    b.hear(a)
    a.remove()
    match how:
        case "write":
            b.write("note", "she is back on Monday")
        case "group":
            b.write("address", {"address": "2 Mill Lane"})
        case "add":
            b.add("eggs")
        case "take":
            b.take("nuts")
        case _:
            b._do(OpKind.SET, {"field_of_a_newer_version": "x"}, {})
    meet(a, b)
    assert not a.row()["gone"]
    assert a.row()["disputed"]
    assert a.row() == b.row()


def test_two_removals_are_one(pair):
    a, b = pair
    a.remove()
    b.remove()
    meet(a, b)
    assert a.row()["gone"]
    assert not a.row()["disputed"]


def test_removing_again_while_another_brings_it_back_leaves_it_in_view(pair):
    a, b = pair
    a.remove()
    b.hear(a)
    a.restore()
    b.remove()
    meet(a, b)
    assert not a.row()["gone"]
    assert a.row()["disputed"]


def test_an_edit_after_a_removal_was_seen_brings_the_record_back_into_view(pair):
    a, b = pair
    a.remove()
    b.hear(a)
    b.write("note", "not so fast")
    a.hear(b)
    assert not a.row()["gone"]
    assert a.row()["disputed"]


def test_bringing_back_and_editing_at_once_leaves_no_dispute(pair):
    a, b = pair
    a.remove()
    b.hear(a)
    a.restore()
    b.write("note", "edited")
    meet(a, b)
    assert not a.row()["gone"]
    assert not a.row()["disputed"]
    assert a.row()["note"] == "edited"


def test_a_word_added_unseen_outlives_its_removal(pair):
    a, b = pair
    a.add("nuts")
    b.hear(a)
    a.take("nuts")
    b.add("nuts")
    meet(a, b)
    assert a.row()["allergies"] == b.row()["allergies"] == '["nuts"]'
    a.take("nuts")
    b.hear(a)
    assert b.row()["allergies"] is None


def test_halves_of_two_addresses_never_make_a_third(pair):
    a, b = pair
    old, new = {"address": "1 Mill Lane", "postcode": "DE4 3AA"}, {"address": "9 High Street"}
    a.write("address", old)
    b.write("address", new)
    meet(a, b)
    assert a.clashing() == {"address"}
    shown = {name: a.row()[name] for name in ("address", "postcode")}
    assert shown == {"address": "9 High Street", "postcode": None}


@pytest.mark.parametrize(
    "crooked",
    [
        {"note": 5},
        {"note": {"add": ["x"]}},
        {"nc_year": "ten"},
        {"nc_year": True},
        {"date_of_birth": "14/03/2011"},
        {"date_of_birth": "2011-02-30"},
        {"address_confidential": 1},
        {"address": "not a group"},
        {"address": {"postcode": 7}},
        {"allergies": ["nuts"]},
        {"allergies": {"add": "nuts", "rem": 5}},
        {"allergies": {"add": [1, None], "rem": [["nuts"], "x", [["a"], ["b"]]]}},
    ],
)
def test_a_value_that_does_not_fit_its_field_is_kept_and_shown_nowhere(pair, crooked):
    a, _b = pair
    a._do(OpKind.SET, crooked, {})
    row = a.row()
    for unit in crooked:
        for spec in PUPIL.units[unit]:
            assert row[spec.name] is None
    assert row["legal_forename"] == "Ada"
