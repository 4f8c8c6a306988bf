"""Where invented things come from: the word lists in `resources/invented`, and seeded dice.

Dice are `random.Random` seeded by text, and picking is done here with `random()` alone, because
only that is the same on every version of Python.
"""

import csv
from collections.abc import Mapping, Sequence
from functools import lru_cache
from random import Random
from typing import TypeVar

from oost_desktop.paths import resource

T = TypeVar("T")


@lru_cache(maxsize=32)
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `resources/invented/NAME.csv`, in order. Read once."""
    path = resource("invented", f"{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@lru_cache(maxsize=512)
def rows_where(name: str, **wanted: str) -> tuple[Mapping[str, str], ...]:
    """The rows whose columns have these values; `key_stages="3"` finds "3 4" as well."""
    return tuple(
        row
        for row in rows(name)
        if all(value in row[column].split(" ") for column, value in wanted.items())
    )


def whole_text(name: str) -> str:
    """A text file of `resources/invented`."""
    return resource("invented", name).read_text(encoding="utf-8")


def seeded(*parts: object) -> Random:
    """Dice of their own for one thing: the same parts always fall the same way."""
    return Random("/".join(str(part) for part in parts))  # noqa: S311 - invented, not secret


def pick(dice: Random, choices: Sequence[T]) -> T:
    """One of the choices."""
    return choices[int(dice.random() * len(choices))]


def between(dice: Random, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return low + int(dice.random() * (high - low + 1))
