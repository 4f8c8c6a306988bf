"""Whether a row holds the words somebody typed to narrow a list: in any order, accents or not.

Guarantees that "wyn" finds Ŵyn and "lodz" finds Łódź. Knows only words; long lists are narrowed
by their source.
"""

import unicodedata

_NOT_ACCENTS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
"""Letters that Unicode does not take apart into a plain letter and a mark."""


def plain(words: str) -> str:
    """Words as they are compared: small letters without their marks."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    kept = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return kept.translate(_NOT_ACCENTS)


def holds(typed: str, row: str) -> bool:
    """Whether every typed word is somewhere in the row's words."""
    said = plain(row)
    return all(word in said for word in plain(typed).split())
