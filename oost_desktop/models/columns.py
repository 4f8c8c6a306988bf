"""Column types whose stored form is the wire form.

A value is written the same way in an operation and in a table (`2026-11-23`,
`2026-11-23T11:00:00Z`, `["a","b"]`), so the fold copies it without converting, and converting
happens only when a person looks.
"""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

MOMENT_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def moment_text(value: datetime) -> str:
    """An aware moment as UTC text, to the second: sorts as time does."""
    # Not strftime: on Linux it writes the year 987 with three digits.
    utc = value.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return utc.isoformat() + "Z"


def moment_value(stored: str) -> datetime:
    """The aware UTC moment written by `moment_text`."""
    return datetime.fromisoformat(stored)  # the Z makes it aware; ten times as quick as strptime


class Day(TypeDecorator[date]):
    """A date as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write a date."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> date | None:
        """Read a date."""
        return None if value is None else date.fromisoformat(value)


class Moment(TypeDecorator[datetime]):
    """An aware moment as UTC text, to the second."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write a moment."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Read a moment."""
        return None if value is None else moment_value(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bool | None:
        """Read a flag."""
        return None if value is None else bool(value)


class Tags(TypeDecorator[tuple[str, ...]]):
    """Words in alphabetical order as a JSON list."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Write the words."""
        return None if value is None else tags_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Read the words."""
        return None if value is None else tuple(json.loads(value))


def tags_text(words: tuple[str, ...] | list[str]) -> str:
    """Words as stored: sorted, each once."""
    return json.dumps(sorted(set(words)), ensure_ascii=False, separators=(",", ":"))
