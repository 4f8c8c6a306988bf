"""Clocks that are wrong cost order in a list, never a word."""

from oost_desktop.store import hlc
from tests.store.world import NOW_MS, World

DAY_MS = 24 * 60 * 60 * 1000
YEARS_73 = 73 * 365 * DAY_MS


def test_what_was_written_after_seeing_a_laptop_of_2099_replaces_it():
    a, wrong = World().laptops("a", "wrong", wrong=YEARS_73)
    a.create(note="first")
    wrong.hear(a)
    wrong.write("note", "from 2099")
    a.hear(wrong)
    a.write("note", "now")
    wrong.hear(a)
    assert a.row()["note"] == wrong.row()["note"] == "now"
    assert a.clashing() == set()


def test_a_laptop_of_2099_does_not_drag_others_with_it():
    a, wrong = World().laptops("a", "wrong", wrong=YEARS_73)
    a.create(note="first")
    wrong.hear(a)
    wrong.write("note", "from 2099")
    a.write("note", "now")
    a.hear(wrong)
    assert a.clashing() == {"note"}
    mine = a.write("note", "settled")
    assert mine.hlc >> 16 < a.world.now + DAY_MS


def test_a_clock_set_back_five_years_loses_no_order_and_no_word():
    (a,) = World().laptops("a")
    first = a.create(note="before")
    a.skew = -5 * 365 * DAY_MS
    second = a.write("note", "after")
    assert second.hlc > first.hlc
    assert a.row()["note"] == "after"


def test_more_events_than_the_counter_holds_in_one_millisecond():
    latest = 0
    for _ in range(65_536 + 10):
        now = hlc.tick(latest, NOW_MS)
        assert now > latest
        latest = now
    assert latest >> 16 <= NOW_MS + 1


def test_the_moment_of_a_time_is_the_clocks():
    assert hlc.moment_of(NOW_MS << 16 | 7).timestamp() == NOW_MS / 1000
