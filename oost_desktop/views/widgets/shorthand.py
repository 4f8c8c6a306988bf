"""Reads times, lengths and days as people type them. Knows nothing of Qt.

Guarantees that what cannot be understood gives None and never a guess, and that what is shown
(`09:30`, `1 h 30`, `23/11/2026`) is read back as the same. Dates are British: day before month.
"""

import calendar
import re
from datetime import date, timedelta
from enum import Enum

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = tuple(calendar.month_name[number].lower() for number in range(1, 13))
_CLOCK = re.compile(r"(\d{1,2})(?:[:. h]?(\d{2}))?\s*(am|pm)?")
_LENGTH = re.compile(
    r"(?:(\d{1,2})(?:[.,](\d))?\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,3})\s*(?:m(?:ins?)?)?)?"
)
_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*([dwmy]?)")
_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,})\.?(?:\s+(\d{4}|\d{2}))?")


class Facing(Enum):
    """Which way a day without a year or a weekday's name is meant."""

    BACK = -1
    AHEAD = 1


def read_clock(text: str) -> str | None:
    """`0930`, `9.30`, `9:30`, `9`, `2pm`, `2.15 pm` as "HH:MM", or None."""
    found = _CLOCK.fullmatch(text.strip().lower())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        return None
    return f"{hour:02}:{minute:02}"


def read_length(text: str) -> int | None:
    """`1h`, `1h30`, `1.5h`, `90`, `90m`, `1 h 30 min` in minutes, or None."""
    tidy = text.strip().lower()
    found = _LENGTH.fullmatch(tidy)
    if not tidy or found is None or (found[1] is None and found[3] is None):
        return None
    hours, tenths, minutes = (int(found[place] or 0) for place in (1, 2, 3))
    if found[1] is not None and minutes > 59:
        return None
    return hours * 60 + tenths * 6 + minutes


def read_day(text: str, today: date, facing: Facing = Facing.AHEAD) -> date | None:
    """A day from shorthand, or None.

    `t` today, `y` yesterday, `tom` tomorrow, `-1` and `+3` days, `+12w` weeks, `+6m` months, `+1y`;
    `mon` or `friday`: the next one (or, facing back, the last one), today included;
    `23/11/2026`, `23.11.26`, `23/11`, `7 dec`, `7 December 2026`, `2026-11-23`.
    """
    tidy = " ".join(text.strip().lower().split())
    readers = (_read_word, _read_step, _read_iso, _read_numbers, _read_written)
    return next((day for read in readers if (day := read(tidy, today, facing)) is not None), None)


def show_day(day: date) -> str:
    """23/11/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def show_long_day(day: date) -> str:
    """Monday 23 November 2026."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _read_word(text: str, today: date, facing: Facing) -> date | None:
    near = {"t": 0, "today": 0, "y": -1, "yesterday": -1, "tom": 1, "tomorrow": 1}
    if text in near:
        return today + timedelta(days=near[text])
    bare = text.rstrip(".")
    if len(bare) < 3:
        return None
    for number, name in enumerate(_DAYS):
        if name.startswith(bare):
            ahead = (number - today.weekday()) % 7
            return today + timedelta(
                days=ahead if facing is Facing.AHEAD or not ahead else ahead - 7
            )
    return None


def _read_step(text: str, today: date, _facing: Facing) -> date | None:
    found = _STEP.fullmatch(text)
    if found is None:
        return None
    amount = int(found[2]) * (1 if found[1] == "+" else -1)
    try:
        if found[3] in ("", "d", "w"):
            return today + timedelta(days=amount * (7 if found[3] == "w" else 1))
        return _add_months(today, amount * (12 if found[3] == "y" else 1))
    except (ValueError, OverflowError):
        return None


def _read_iso(text: str, _today: date, _facing: Facing) -> date | None:
    found = _ISO.fullmatch(text)
    return None if found is None else _day(int(found[1]), int(found[2]), int(found[3]))


def _read_numbers(text: str, today: date, facing: Facing) -> date | None:
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    return _dated(int(found[1]), int(found[2]), found[3], today, facing)


def _read_written(text: str, today: date, facing: Facing) -> date | None:
    for name in _DAYS:
        for start in (name, name[:3]):
            text = text.removeprefix(f"{start} ")
    found = _WORDS.fullmatch(text)
    if found is None:
        return None
    months = [place for place, name in enumerate(_MONTHS, 1) if name.startswith(found[2])]
    return _dated(int(found[1]), months[0], found[3], today, facing) if months else None


def _dated(day: int, month: int, year: str | None, today: date, facing: Facing) -> date | None:
    """A day with a full year, a short year (at most 20 years ahead) or the nearest that way."""
    if year is not None and len(year) == 4:
        return _day(int(year), month, day)
    if year is not None:
        full = today.year - today.year % 100 + int(year)
        return _day(full - 100 if full > today.year + 20 else full, month, day)
    for step in range(5):
        found = _day(today.year + step * facing.value, month, day)
        if found is not None and (found - today).days * facing.value >= 0:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _add_months(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))
