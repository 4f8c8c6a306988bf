"""Is this passphrase good enough, and if not, what would be: said before it is set.

Accepts five words of the list, or whatever zxcvbn holds to need at least 10^8 guesses (score 3).
Does not remember, store or log anything it is shown.
"""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from zxcvbn import zxcvbn

from oost_desktop.errors import UserError
from oost_desktop.security.words import word_list

ENOUGH_WORDS = 5
_ENOUGH_SCORE = 3
_ZXCVBN_READS = 72
_SHORTEST_NAME = 3
_ADVICE = (
    "Anyone could guess this. Take the suggestion, or five words that do not belong together.",
    "This is quickly guessed. Add two more words that do not belong together.",
    "Nearly. Add one more word that does not belong to the others.",
    "Good.",
    "Very good.",
)


@dataclass(frozen=True, slots=True)
class Strength:
    """`score` from 0 (guessed at once) to 4; `advice` is one sentence for the person."""

    score: int
    accepted: bool
    advice: str


def judge(passphrase: str, known: Sequence[str] = ()) -> Strength:
    """How strong a passphrase is. `known`: the person's name and whatever else is easy to try."""
    plain = unicodedata.normalize("NFKC", passphrase)
    if not plain.strip():
        return Strength(0, False, "Type a passphrase, or take the suggestion.")
    if _distinct_listed_words(plain) >= ENOUGH_WORDS:
        return Strength(4, True, _ADVICE[4])
    names = [part for text in known for part in text.split() if len(part) >= _SHORTEST_NAME]
    plain = _without(plain, names)
    score = int(zxcvbn(plain[:_ZXCVBN_READS], user_inputs=names)["score"])
    return Strength(score, score >= _ENOUGH_SCORE, _ADVICE[score])


def require_strong(passphrase: str, known: Sequence[str] = ()) -> None:
    """Raise UserError with the advice unless `judge` accepts the passphrase."""
    strength = judge(passphrase, known)
    if not strength.accepted:
        raise UserError("That passphrase is too easy to guess.", strength.advice)


def suggest(count: int = ENOUGH_WORDS) -> str:
    """Random words with a space between: five are 55 bits; three do for an invented service."""
    return " ".join(secrets.choice(word_list()) for _ in range(count))


def _without(passphrase: str, names: Sequence[str]) -> str:
    """What is known adds nothing to what must be guessed."""
    for name in names:
        passphrase = re.sub(re.escape(name), "", passphrase, flags=re.IGNORECASE)
    return passphrase


def _distinct_listed_words(passphrase: str) -> int:
    return len(set(passphrase.casefold().replace("-", " ").split()) & set(word_list()))
