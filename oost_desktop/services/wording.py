"""Values in words, as people here write them: 23/11/2026, 14:05, 4 h 30 min, £1,234.50."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, assert_never

from oost_desktop.clock import LONDON
from oost_desktop.models.codes import code_list
from oost_desktop.models.fields import FieldSpec, Kind


def shown(spec: FieldSpec, value: Any) -> str:
    """One value of a field as a list, report or history shows it. References stay ids."""
    if value is None:
        return ""
    match spec.kind:
        case Kind.TEXT | Kind.PROSE | Kind.CLOCK | Kind.REF:
            return str(value)
        case Kind.CHOICE:
            return code_list(spec.codes).label(value)
        case Kind.NUMBER:
            return str(value)
        case Kind.MINUTES:
            return hours(value)
        case Kind.PENCE:
            return pounds(value)
        case Kind.FLAG:
            return "Yes" if value else "No"
        case Kind.DAY:
            return short_day(value)
        case Kind.MOMENT:
            return moment(value)
        case Kind.TAGS:
            return ", ".join(tag_words(spec, value))
        case _:
            assert_never(spec.kind)


def tag_words(spec: FieldSpec, value: Iterable[str]) -> list[str]:
    """The words of a set: code labels where it has a code list."""
    if not spec.codes:
        return list(value)
    codes = code_list(spec.codes)
    return [codes.label(code) for code in value]


def code_words(codes: str, code: str | None) -> str:
    """A code's label; nothing for no code."""
    return "" if code is None else code_list(codes).label(code)


def short_day(day: date) -> str:
    """23/11/2026."""
    return f"{day:%d/%m/%Y}"


def long_day(day: date, *, year: bool = False) -> str:
    """Monday 23 November, or with the year."""
    return f"{day:%A} {day.day} {day:%B}" + (f" {day.year}" if year else "")


def near_day(day: date, today: date) -> str:
    """today, yesterday, tomorrow, a weekday within six days, else 4 Mar (and year if not this)."""
    away = (day - today).days
    match away:
        case 0:
            return "today"
        case -1:
            return "yesterday"
        case 1:
            return "tomorrow"
    if -6 <= away < 0:
        return f"{day:%A}"
    return f"{day.day} {day:%b}" + ("" if abs(away) < 300 else f" {day.year}")


def local_day(when: datetime) -> date:
    """The day on which a moment falls here."""
    return when.astimezone(LONDON).date()


def moment(when: datetime) -> str:
    """23/11/2026 14:05, as Derbyshire's clocks had it."""
    return f"{when.astimezone(LONDON):%d/%m/%Y %H:%M}"


def clock_time(when: datetime) -> str:
    """14:05."""
    return f"{when.astimezone(LONDON):%H:%M}"


def span(start: datetime, end: datetime) -> str:
    """11:00 to 12:30."""
    return f"{clock_time(start)} to {clock_time(end)}"


def hours(minutes: int) -> str:
    """4 h 30 min; 5 h; 45 min; 0 h."""
    whole, left = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else ""
    parts = [f"{whole} h"] if whole or not left else []
    if left:
        parts.append(f"{left} min")
    return sign + " ".join(parts)


def pounds(pence: int) -> str:
    """£1,234.50."""
    return f"£{pence // 100:,}.{pence % 100:02d}"


_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def count(number: int, singular: str, plural: str = "") -> str:
    """One session, two sessions, 14 sessions; the first letter small unless first in a line."""
    word = _NUMBERS[number].lower() if number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {singular if number == 1 else plural or singular + 's'}"


def first_capital(text: str) -> str:
    """The text with its first letter large, the rest untouched."""
    return text[:1].upper() + text[1:]


def first_line(text: str, most: int = 160) -> str:
    """The first line of a note, cut at a word with … if it is long, ended like a sentence."""
    line = text.strip().splitlines()[0].strip() if text.strip() else ""
    if len(line) > most:
        return line[:most].rsplit(" ", 1)[0] + "…"
    return line if line.endswith((".", "!", "?", "”", "…")) else f"{line}."


def initials(name: str) -> str:
    """A.W.: what may appear where a name may not."""
    return "".join(f"{part[0].upper()}." for part in name.replace("-", " ").split())
