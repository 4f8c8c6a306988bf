"""Code lists are dated data, and an unknown member is shown, never refused."""

from datetime import date

import pytest

from oost_desktop.errors import BugError
from oost_desktop.models.codes import code_list
from oost_desktop.paths import resource

NAMES = sorted(path.stem for path in resource("codes").glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_list_reads_and_every_member_has_words(name: str) -> None:
    members = code_list(name)
    assert len(members) > 0
    assert all(member.code and member.label for member in members)
    assert all(None not in member.extra and None not in member.extra.values() for member in members)


def test_a_list_without_a_file_is_a_bug() -> None:
    with pytest.raises(BugError):
        code_list("no_such_list")
    with pytest.raises(BugError):
        code_list("../calendar/term_dates")


def test_an_unknown_code_is_shown_as_it_stands() -> None:
    assert code_list("venues").label("LIGHTHOUSE") == "LIGHTHOUSE"
    assert code_list("venues").get("LIGHTHOUSE") is None
    assert code_list("venues").extra("LIGHTHOUSE", "adult_required") == ""


@pytest.mark.parametrize("code", ["H", "J", "Y", "F"])
def test_retired_attendance_codes_cannot_be_chosen_but_keep_their_labels(code: str) -> None:
    assert code in code_list("attendance_codes", date(2024, 8, 18))
    now = code_list("attendance_codes", date(2026, 11, 23))
    assert code not in now
    assert "retired" in now.label(code)


def test_code_k_is_in_force_from_19_august_2024() -> None:
    assert "K" not in code_list("attendance_codes", date(2024, 8, 18))
    assert "K" in code_list("attendance_codes", date(2024, 8, 19))


def test_an_adult_must_be_there_at_home_and_online() -> None:
    venues = code_list("venues")
    required = {venue.code for venue in venues if venue.extra["adult_required"] == "1"}
    assert required == {"HOME", "ONLINE"}


def test_gcse_grades_rise_from_u_to_9() -> None:
    grades = code_list("scale_values").where("scale", "GCSE")
    assert [grade.extra["value"] for grade in grades] == list("U123456789")


def test_combined_science_has_seventeen_pairs_and_u() -> None:
    pairs = [code.extra["value"] for code in code_list("scale_values").where("scale", "GCSECS")]
    assert pairs[0] == "U"
    assert pairs[1:4] == ["1-1", "2-1", "2-2"]
    assert pairs[-2:] == ["9-8", "9-9"]
    assert len(pairs) == 18


def test_every_scale_of_values_is_a_scale() -> None:
    scales = code_list("assessment_scales")
    assert {value.extra["scale"] for value in code_list("scale_values")} <= {s.code for s in scales}


def test_only_taught_outcomes_count_as_delivered() -> None:
    outcomes = code_list("session_outcomes")
    taught = {outcome.code for outcome in outcomes if outcome.extra["delivered"] == "1"}
    assert taught == {"ATTENDED", "PART"}


def test_an_adult_allegation_never_travels_with_the_child() -> None:
    channels = {c.code: c.extra["channel"] for c in code_list("safeguarding_categories")}
    assert channels["ALLEG"] == channels["LLC"] == "restricted-adult"
    assert channels["FII"] == "child-restricted"
