"""What is read out, printed and typed by people: slips are found, spelling habits forgiven."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oost_desktop.errors import UserError
from oost_desktop.security import words
from oost_desktop.security.secret import Secret

secrets_of_16 = st.binary(min_size=16, max_size=16)
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def lower_125_bits(data: bytes) -> bytes:
    return bytes([data[0] & 0x1F]) + data[1:]


def test_the_list_is_bip_39s():
    assert len(set(words.word_list())) == 2048
    assert words.word_list()[0] == "abandon"
    assert words.word_list()[2047] == "zoo"
    assert len({word[:4] for word in words.word_list()}) == 2048


@given(st.binary(max_size=40))
def test_eight_words_say_the_first_88_bits_of_the_digest(data):
    bits = "".join(f"{words.word_list().index(word):011b}" for word in words.spoken_words(data))
    digest = hashlib.sha256(data).digest()
    assert bits == "".join(f"{byte:08b}" for byte in digest)[:88]


def test_typed_words_may_have_capitals_and_commas_but_not_another_order():
    said = words.spoken_words(b"request")
    assert words.same_words(" ".join(said), said)
    assert words.same_words(", ".join(said).title() + ".\n", said)
    assert not words.same_words(" ".join(reversed(said)), said)
    assert not words.same_words(" ".join(said[:7]), said)
    assert not words.same_words(" ".join((*said, said[0])), said)
    assert not words.same_words("", said)


@given(st.integers(0, 7), st.sampled_from(words.word_list()))
def test_all_eight_words_count(place, other):
    said = words.spoken_words(b"request")
    typed = [*said[:place], other, *said[place + 1 :]]
    assert words.same_words(" ".join(typed), said) == (other == said[place])


@given(secrets_of_16)
def test_a_printed_code_is_read_back(data):
    code = words.format_code(Secret(data))
    assert words.parse_recovery_code(code).reveal() == lower_125_bits(data)


def test_a_new_code_is_26_characters_in_five_groups():
    code = words.new_recovery_code()
    assert [len(group) for group in code.split("-")] == [5, 5, 5, 5, 6]
    assert set(code) <= set(CODE_ALPHABET) | {"-"}
    assert code != words.new_recovery_code()
    assert not words.parse_recovery_code(code).reveal()[0] & 0xE0


@given(secrets_of_16)
def test_case_spaces_dashes_and_letters_like_digits_do_not_matter(data):
    code = words.format_code(Secret(data))
    expected = words.parse_recovery_code(code)
    for typed in (
        code.lower(),
        code.replace("-", " "),
        code.replace("-", ""),
        code.replace("-", " – "),
        f"\t{code}\n",
        code.replace("0", "O").replace("1", "I"),
        code.replace("0", "o").replace("1", "l"),
    ):
        assert words.parse_recovery_code(typed) == expected


@given(secrets_of_16, st.integers(0, 25), st.sampled_from(CODE_ALPHABET))
def test_one_wrong_character_is_always_found(data, place, character):
    code = words.format_code(Secret(data)).replace("-", "")
    wrong = code[:place] + character + code[place + 1 :]
    if wrong == code:
        return
    with pytest.raises(UserError, match="slip"):
        words.parse_recovery_code(wrong)


@given(secrets_of_16, st.integers(0, 25), st.integers(0, 25))
def test_two_exchanged_characters_are_always_found(data, one, other):
    code = list(words.format_code(Secret(data)).replace("-", ""))
    swapped = code.copy()
    swapped[one], swapped[other] = swapped[other], swapped[one]
    if swapped == code:
        return
    with pytest.raises(UserError, match="slip"):
        words.parse_recovery_code("".join(swapped))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "this one has 0"),
        ("7ZK3M", "this one has 5"),
        ("A" * 27, "this one has 27"),
        ("A" * 25 + "U", "no “U”"),
        ("A" * 25 + "!", "no “!”"),
    ],
)
def test_a_code_that_cannot_be_one_is_explained(typed, says):
    with pytest.raises(UserError, match=says) as told:
        words.parse_recovery_code(typed)
    assert told.value.advice
