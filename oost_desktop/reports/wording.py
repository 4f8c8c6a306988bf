"""Days, times and counts in British English words. Independent of the computer's locale.

The short forms are held together by no-break spaces, so that a table does not cut them.
"""

from collections.abc import Sequence
from datetime import date, datetime

from oost_desktop.clock import LONDON

_MONTHS = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def day(when: date) -> str:
    """7 September 2026."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def moment(when: datetime) -> str:
    """23 November 2026, 14:05: an aware moment as a Derbyshire clock showed it."""
    local = when.astimezone(LONDON)
    return f"{day(local.date())}, {local:%H:%M}"


def short_day(when: date) -> str:
    """7 Sep 2026, for tables."""
    return f"{when.day}\u00a0{_MONTHS[when.month - 1][:3]}\u00a0{when.year}"


def day_and_month(when: date) -> str:
    """7 Sep, for the axis of a chart."""
    return f"{when.day}\u00a0{_MONTHS[when.month - 1][:3]}"


def hours(minutes: int) -> str:
    """4 h 30 min, 45 min, 0 h: for tables."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole}\u00a0h"] if whole or not rest else []
    return "\u00a0".join([*parts, f"{rest}\u00a0min"] if rest else parts)


def hours_in_words(minutes: int) -> str:
    """4 hours 30 minutes: for sentences."""
    whole, rest = divmod(minutes, 60)
    parts = [count(whole, "hour")] if whole or not rest else []
    return " ".join([*parts, count(rest, "minute")] if rest else parts)


def count(number: int, one: str, many: str = "") -> str:
    """1 session, 12 sessions."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Join as a sentence does: a, b and c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
