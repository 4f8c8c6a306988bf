"""Numbers by which children, schools and teachers are known: the examples of the field."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.gb.upn import calc_check_digit

from oost_desktop.models import identifiers
from oost_desktop.models.problems import Problem

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def refused(problems: list[Problem]) -> bool:
    return any(not problem.warning for problem in problems)


def warned(problems: list[Problem]) -> bool:
    return bool(problems) and all(problem.warning for problem in problems)


@pytest.mark.parametrize(
    "number",
    ["Y830400026001", "P830400012345", "D830200107123", "T831500120042", "B801200005001",
     "y830400026001", " Y830 4000 26001 "],
)  # fmt: skip
def test_a_upn_with_the_right_letter_is_taken(number: str) -> None:
    assert identifiers.upn(number) == []


@pytest.mark.parametrize(
    ("number", "letter"),
    [("A801200005001", "B"), ("Q207000016049", "P"), ("B207000016049", "P"),
     ("Y830400026010", "X"), ("Y830400062001", "U")],
)  # fmt: skip
def test_a_upn_with_the_wrong_letter_names_the_right_one(number: str, letter: str) -> None:
    (problem,) = identifiers.upn(number)
    assert not problem.warning
    assert f"starts with {letter}." in problem.message


@pytest.mark.parametrize(
    "number", ["I830400026001", "Y83040002600O", "Y83040002600", "X8304000A6001", "", "٨" * 13]
)
def test_a_upn_of_the_wrong_shape_is_refused(number: str) -> None:
    assert refused(identifiers.upn(number))


@pytest.mark.parametrize("number", ["X83040002601A", "U83047002400Z", "E000200005001"])
def test_a_temporary_upn_or_an_unknown_authority_is_only_remarked_on(number: str) -> None:
    assert warned(identifiers.upn(number))


digits = st.text("0123456789", min_size=12, max_size=12)
temporary = st.builds(lambda body, last: body[:11] + last, digits, st.sampled_from(LETTERS))
upns = st.one_of(digits, temporary).map(lambda body: calc_check_digit(body) + body)


@given(upns, st.integers(0, 12), st.sampled_from(LETTERS + "0123456789"))
def test_every_single_wrong_character_of_a_upn_is_caught(
    number: str, place: int, wrong: str
) -> None:
    """But a digit for a letter in the last place: the DfE gives both the same values there."""
    assume(wrong != number[place])
    assume(place < 12 or wrong.isdigit() == number[12].isdigit())
    assert refused(identifiers.upn(number[:place] + wrong + number[place + 1 :]))


@given(upns, st.integers(0, 11))
def test_every_swap_of_neighbours_in_a_upn_is_caught(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        assert refused(identifiers.upn(swapped))


@pytest.mark.parametrize(
    "number", ["9276308686", "1000000043", "4500192831", "3012345670", "2000000001"]
)
def test_a_uln_whose_weighted_sum_leaves_ten_is_taken(number: str) -> None:
    assert identifiers.uln(number) == []


@pytest.mark.parametrize(
    "number", ["9276308687", "9267308686", "0276308686", "1000000060", "927630868", "92763O8686"]
)
def test_any_other_uln_is_refused(number: str) -> None:
    assert refused(identifiers.uln(number))


def test_an_nhs_number_typed_as_a_uln_is_recognised() -> None:
    (problem,) = identifiers.uln("9276308687")
    assert "NHS number" in problem.message


def test_nhs_numbers_are_checked_by_their_last_digit() -> None:
    assert identifiers.nhs_number("9434765919") == []
    assert identifiers.nhs_number("401 023 2137") == []
    assert refused(identifiers.nhs_number("9434765918"))
    assert refused(identifiers.nhs_number("9990000000"))


def test_no_number_is_both_a_uln_and_an_nhs_number() -> None:
    assert identifiers.nhs_number("9276308687") == []
    assert refused(identifiers.nhs_number("9276308686"))


@pytest.mark.parametrize("number", ["681990012058G", "689990980001D", "231010260123H"])
def test_a_uci_with_the_right_letter_is_taken(number: str) -> None:
    assert identifiers.uci(number) == []


def test_a_uci_with_another_letter_is_refused_and_named() -> None:
    (problem,) = identifiers.uci("231010260123K")
    assert "ends in H" in problem.message
    assert not problem.warning


def test_a_uci_with_a_letter_in_sixth_place_cannot_be_checked_and_may_stand() -> None:
    assert warned(identifiers.uci("68199B012058G"))


def test_school_and_teacher_numbers() -> None:
    assert identifiers.urn("100000") == [] == identifiers.urn("999999")
    assert refused(identifiers.urn("12345"))
    assert identifiers.laestab("8304000") == [] == identifiers.laestab("830/4000")
    assert refused(identifiers.laestab("830400"))
    assert warned(identifiers.laestab("0004000"))
    assert identifiers.trn("0012345") == []
    assert refused(identifiers.trn("12345AB"))


def test_examination_numbers() -> None:
    assert identifiers.centre_number("23101") == []
    assert refused(identifiers.centre_number("2310"))
    assert identifiers.candidate_number("0123") == []
    assert refused(identifiers.candidate_number("0000"))


@pytest.mark.parametrize(
    "code", ["DE4 3AG", "S41 7ST", "SK17 6BA", "NG10 5QA", "EC1A 1BB", "W1A 0AX", "GIR 0AA"]
)
def test_postcodes_are_taken_however_they_are_typed(code: str) -> None:
    assert identifiers.postcode(code) == []
    assert identifiers.postcode(code.lower().replace(" ", "")) == []
    assert identifiers.tidy_postcode(f" {code.lower().replace(' ', '  ')} ") == code


@pytest.mark.parametrize("code", ["DE4 3AC", "QE4 3AG", "DE4", "DE43", "DE4 3A6"])
def test_what_no_postcode_can_be_is_refused(code: str) -> None:
    assert refused(identifiers.postcode(code))


def test_no_fixed_abode_is_not_refused() -> None:
    assert warned(identifiers.postcode("zz993vz"))


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("01632 960123", "+441632960123"),
        ("+44 1632 960123", "+441632960123"),
        ("+44 (0)1632 960123", "+441632960123"),
        ("0044 1632 960123", "+441632960123"),
        ("07700 900123", "+447700900123"),
        ("020 7946 0123 ext 45", "+442079460123"),
        ("(01632) 960-123", "+441632960123"),
        ("+48 22 123 45 67", "+48221234567"),
    ],
)
def test_telephone_numbers_are_taken_as_people_write_them(typed: str, normal: str) -> None:
    assert identifiers.phone(typed) == []
    assert identifiers.e164(typed) == normal


@pytest.mark.parametrize("typed", ["0123", "ring the ward", "01632 96O123", "+44", ""])
def test_what_cannot_be_rung_is_refused(typed: str) -> None:
    assert refused(identifiers.phone(typed))
    assert identifiers.e164(typed) is None


def test_a_short_helpline_may_stand() -> None:
    assert warned(identifiers.phone("0800 1111"))


def test_email_needs_one_at_and_no_spaces() -> None:
    assert identifiers.email("named.person@peverel.example") == []
    for wrong in ("named person@peverel.example", "a@b@c.example", "peverel.example", "a@b"):
        assert refused(identifiers.email(wrong))


TODAY = date(2026, 11, 23)


def test_a_date_of_birth_must_be_past_and_make_a_pupil_of_4_to_19() -> None:
    assert refused(identifiers.date_of_birth(date(2026, 11, 24), TODAY))
    assert refused(identifiers.date_of_birth(TODAY, TODAY))
    assert refused(identifiers.date_of_birth(date(2022, 11, 24), TODAY))
    assert not refused(identifiers.date_of_birth(date(2022, 11, 23), TODAY))
    assert not refused(identifiers.date_of_birth(date(2006, 11, 24), TODAY))
    assert refused(identifiers.date_of_birth(date(2006, 11, 23), TODAY))
    assert identifiers.date_of_birth(date(2011, 10, 14), TODAY) == []


def test_outside_compulsory_school_age_is_remarked_on() -> None:
    assert warned(identifiers.date_of_birth(date(2022, 5, 1), TODAY))
    assert warned(identifiers.date_of_birth(date(2010, 8, 31), TODAY))
    assert identifiers.date_of_birth(date(2010, 9, 1), TODAY) == []


def test_a_year_group_is_0_to_13_and_may_differ_from_age_with_a_remark() -> None:
    born = date(2011, 8, 31)
    assert identifiers.nc_year(11, born, TODAY) == []
    assert warned(identifiers.nc_year(10, born, TODAY))
    assert refused(identifiers.nc_year(14, born, TODAY))
    assert refused(identifiers.nc_year(-1, None, TODAY))
    assert identifiers.nc_year(10, None, TODAY) == []
