"""Secrets that people speak, print and type: comparison words and codes on paper.

The words are BIP-39's English list: 2,048 common words, told apart by their first four letters.
Codes are Crockford's base32, which has no I, L, O or U to misread, with one check character that
finds every single slip and every exchange of two characters in a code of up to 31.
"""

import hashlib
import unicodedata
from functools import cache

from mnemonic import Mnemonic

from oost_desktop.errors import UserError
from oost_desktop.security.secret import Secret

SPOKEN_WORDS = 8
CODE_LENGTH = 26
_BITS_A_WORD = 11
_CODE_BITS = 125
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_GROUPS = (5, 5, 5, 5, 6)


@cache
def word_list() -> tuple[str, ...]:
    """The 2,048 words, in order."""
    return tuple(Mnemonic("english").wordlist)


def spoken_words(data: bytes) -> tuple[str, ...]:
    """Eight words (88 bits) of the SHA-256 of `data`, to be compared over the telephone.

    Eight, and all of them: files go one way, so an attacker can try keys at leisure until a few
    words agree.
    """
    digest = int.from_bytes(hashlib.sha256(data).digest())
    top = digest >> (256 - SPOKEN_WORDS * _BITS_A_WORD)
    shifts = range((SPOKEN_WORDS - 1) * _BITS_A_WORD, -1, -_BITS_A_WORD)
    return tuple(word_list()[top >> shift & 0x7FF] for shift in shifts)


def same_words(typed: str, expected: tuple[str, ...]) -> bool:
    """Whether every word was typed, in order. Capitals, commas and spaces do not matter."""
    return tuple(_letters_only(typed).split()) == expected


def new_recovery_code() -> str:
    """A printed code of 125 random bits: `7ZK3M-…`, five groups, the last character a check."""
    return format_code(Secret.random(16))


def format_code(secret: Secret) -> str:
    """The code that stands for the lower 125 bits of 16 bytes."""
    value = int.from_bytes(secret.reveal()) & (1 << _CODE_BITS) - 1
    digits = [value >> shift & 31 for shift in range(_CODE_BITS - 5, -1, -5)]
    text = "".join(_ALPHABET[digit] for digit in [*digits, _check_digit(digits)])
    return _grouped(text)


def parse_recovery_code(typed: str) -> Secret:
    """The 16 bytes of a printed code, in any case, with spaces and dashes, O for 0, I or L for 1.

    Raises UserError that says what is wrong: a character, the length, or the check.
    """
    text = _code_characters(typed)
    for character in text:
        if character not in _ALPHABET:
            raise UserError(
                f"A recovery code has no “{character}” in it.",
                "Check it against the printed sheet: 26 letters and digits.",
            )
    if len(text) != CODE_LENGTH:
        raise UserError(
            f"A recovery code has {CODE_LENGTH} letters and digits; this one has {len(text)}.",
            "Check each group against the printed sheet.",
        )
    *digits, check = (_ALPHABET.index(character) for character in text)
    if _check_digit(digits) != check:
        raise UserError(
            "There is a slip in this recovery code.",
            "Check each group against the printed sheet: a letter is wrong or in the wrong place.",
        )
    value = 0
    for digit in digits:
        value = value << 5 | digit
    return Secret(value.to_bytes(16))


def _code_characters(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).upper()
    # Pd: every kind of dash that a word processor may have put; the minus sign is not one.
    kept = (c for c in plain if not c.isspace() and c != "−" and unicodedata.category(c) != "Pd")
    return "".join(kept).translate(_MISREAD)


def _check_digit(digits: list[int]) -> int:
    """The remainder of a polynomial over GF(32): position i weighs 2 to the power i."""
    check = 0
    for digit in digits:
        check = _double(check) ^ digit
    return _double(check)


def _double(element: int) -> int:
    """Twice an element of GF(32), whose polynomial is x^5 + x^2 + 1."""
    element <<= 1
    return element ^ 0b100101 if element & 32 else element


def _grouped(text: str) -> str:
    groups, start = [], 0
    for size in _GROUPS:
        groups.append(text[start : start + size])
        start += size
    return "-".join(groups)


def _letters_only(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(character if character.isalpha() else " " for character in plain)
