"""Names as a Derbyshire register holds them: many languages, some in their own script."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from oost_desktop.invented.source import pick, rows

COMMONEST = "English"  # about four pupils in ten


@dataclass(frozen=True, slots=True)
class Name:
    """A forename, a surname, and the forename as its bearer writes it if that is another script."""

    forename: str
    surname: str
    own_script: str


@lru_cache(maxsize=1)
def _by_language() -> Mapping[str, Mapping[str, tuple[Mapping[str, str], ...]]]:
    languages = dict.fromkeys(row["language"] for row in rows("names"))
    return {
        language: {
            kind: tuple(
                row for row in rows("names") if (row["language"], row["kind"]) == (language, kind)
            )
            for kind in ("F", "M", "surname")
        }
        for language in languages
    }


def draw_name(dice: Random, sex: str) -> Name:
    """A name for someone of this sex ("F", "M", or "U" for either)."""
    languages = tuple(_by_language())
    language = COMMONEST if dice.random() < 0.4 else pick(dice, languages)
    kind = sex if sex in {"F", "M"} else pick(dice, ("F", "M"))
    given = pick(dice, _by_language()[language][kind])
    family = language if dice.random() < 0.85 else pick(dice, languages)
    surname = pick(dice, _by_language()[family]["surname"])
    return Name(given["name"], surname["name"], given["own_script"])
