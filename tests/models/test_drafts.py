"""A draft keeps every word, knows what was changed, and says what is wrong."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oost_desktop.clock import london
from oost_desktop.models import RECORDS
from oost_desktop.models.drafts import Draft, Unread
from oost_desktop.models.fields import Kind

TODAY = date(2026, 11, 23)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
CLOCKS = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
VALUES = {
    Kind.TEXT: WORDS,
    Kind.PROSE: WORDS,
    Kind.DAY: st.dates(),
    Kind.MOMENT: st.integers(-(2**31), 2**33).map(lambda each: datetime.fromtimestamp(each, UTC)),
    Kind.CLOCK: CLOCKS,
    Kind.NUMBER: NUMBERS,
    Kind.MINUTES: NUMBERS,
    Kind.PENCE: NUMBERS,
    Kind.CHOICE: WORDS,
    Kind.FLAG: st.booleans(),
    Kind.REF: st.uuids().map(lambda each: each.hex),
    Kind.TAGS: st.lists(WORDS, max_size=4).map(tuple),
}


@st.composite
def drafts(draw):
    """A draft of any record type: some fields from the record, some written over, some emptied."""
    record_type = draw(st.sampled_from(list(RECORDS)))
    fields = record_type.fields.values()
    base = {spec.name: draw(st.none() | VALUES[spec.kind]) for spec in fields}
    draft = Draft(record_type, draw(st.none() | st.just("ab" * 16)), base=base)
    for spec in draw(st.lists(st.sampled_from(list(fields)), max_size=5)):
        typed = st.builds(Unread, WORDS, WORDS)
        draft.set(spec.name, draw(st.none() | VALUES[spec.kind] | typed))
    return draft


@given(drafts())
def test_a_draft_comes_back_from_the_journal_as_it_was(draft):
    back = Draft.from_content(json.loads(json.dumps(draft.to_content())), RECORDS)
    assert back.record_type is draft.record_type
    assert back.id == draft.id
    assert back.values == draft.values
    assert back.base == draft.base
    assert back.unread == draft.unread
    assert back.changed == draft.changed


def test_every_kind_of_value_is_tried():
    assert VALUES.keys() == set(Kind)


def test_only_what_differs_from_the_record_is_changed():
    draft = Draft(RECORDS.of("session"), "ab" * 16, base={"covered": "Ratio", "place": "Kitchen"})
    draft.set("covered", "Ratio and rates")
    draft.set("place", "Kitchen")
    draft.set("adult", "")
    assert draft.changes == {"covered": "Ratio and rates"}


def test_emptying_a_field_is_a_change():
    draft = Draft(RECORDS.of("session"), "ab" * 16, base={"covered": "Ratio"})
    draft.set("covered", "")
    assert draft.changes == {"covered": None}


def test_what_cannot_be_read_stops_saving_and_is_kept():
    draft = Draft(RECORDS.of("session"), values={"starts": london(TODAY, 11)})
    draft.set("starts", Unread("half past", "Write the time as 09:30."))
    messages = [problem.message for problem in draft.problems(TODAY) if problem.field == "starts"]
    assert messages == ["Write the time as 09:30."]
    assert draft.get("starts") == Unread("half past", "Write the time as 09:30.")
    draft.set("starts", london(TODAY, 9))
    assert draft.get("starts") == london(TODAY, 9)
    assert "starts" not in {problem.field for problem in draft.problems(TODAY)}


def test_problems_come_in_the_order_of_the_form():
    draft = Draft(RECORDS.of("session"))
    fields = [problem.field for problem in draft.problems(TODAY)]
    assert fields == ["pupil", "tutor", "starts", "ends", "outcome"]


def test_a_date_of_birth_is_judged_on_the_day_given():
    draft = Draft(RECORDS.of("pupil"), values={"date_of_birth": date(2026, 1, 1)})
    assert "date_of_birth" in {problem.field for problem in draft.problems(TODAY)}


def test_a_field_of_a_newer_version_is_left_out():
    content = Draft(RECORDS.of("school"), values={"name": "Peverel"}).to_content()
    content["values"]["mascot"] = "a goat"
    assert Draft.from_content(content, RECORDS).values["name"] == "Peverel"


@pytest.mark.parametrize("spelt", [("b", "a", "b"), ["a", "b"]])
def test_the_same_tags_in_another_order_are_no_change(spelt):
    draft = Draft(RECORDS.of("pupil"), "ab" * 16, base={"allergies": ("a", "b")})
    draft.set("allergies", spelt)
    assert draft.changed == ()
