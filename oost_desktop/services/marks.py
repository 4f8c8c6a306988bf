"""Marks: a few words about what is due or wrong, how urgent they are, and what they are about.

Review, evidence and the gap since the last lesson are judged here once, for the caseload, the
pupil's panel and the file. Lengths come from dated data (`resources/codes/deadlines.csv`) and
the office's settings, never from code. Nothing here reads records.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from oost_desktop.models.calendar import TermCalendar, monday
from oost_desktop.models.codes import code_list
from oost_desktop.services import wording

NEARLY = timedelta(days=14)  # a review is announced when its amber day (10 of 12 weeks) has come


class Tone(StrEnum):
    """How much a mark presses. Words always stand beside it."""

    NEUTRAL = "neutral"
    OK = "ok"
    WARN = "warn"
    DANGER = "danger"


class Topic(StrEnum):
    """What a mark is about; a page chooses the icon."""

    REVIEW = "review"
    EVIDENCE = "evidence"
    SESSION = "session"
    HOURS = "hours"
    HEALTH = "health"
    ADDRESS = "address"
    SEN = "sen"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words, how urgent they are, and their topic. Neutral marks are plain text, not pills."""

    words: str
    tone: Tone = Tone.NEUTRAL
    topic: Topic = Topic.SESSION


@dataclass(frozen=True, slots=True)
class Review:
    """When the next education plan meeting is due and by when to hold it (SLA, schools 5).

    `initial` is true before the first meeting; `because` says why it is held before it is due.
    """

    due: date
    hold_by: date
    initial: bool
    because: str
    mark: Mark


def deadline_days(name: str) -> int:
    """The length of a deadline in its own unit, always positive."""
    return abs(int(code_list("deadlines").extra(name, "length")))


def review(
    calendar: TermCalendar, starts: date, last_held: date | None, interval_days: int, today: date
) -> Review:
    """The next review of a placement: the initial meeting, or about every 12 weeks after."""
    initial = last_held is None
    after = starts if last_held is None else last_held
    days = deadline_days("INITIAL") if initial else interval_days
    due = calendar.review_due(after, days)
    mark = _review_mark(due.due, due.hold_by, today, initial=initial)
    return Review(due.due, due.hold_by, initial, due.because, mark)


def _review_mark(due: date, hold_by: date, today: date, *, initial: bool) -> Mark:
    late = (today - due).days
    if late > 0:
        words = f"overdue {late} day{'' if late == 1 else 's'}"
        return Mark(f"initial {words}" if initial else words, Tone.DANGER, Topic.REVIEW)
    shown = near_date(hold_by if hold_by >= today else due, today)
    tone = Tone.WARN if min(due, hold_by) - today <= NEARLY else Tone.NEUTRAL
    return Mark(f"initial by {shown}" if initial else shown, tone, Topic.REVIEW)


def evidence(until: date | None, today: date) -> Mark:
    """How long the medical evidence lasts (SLA, schools 11)."""
    if until is None:
        return Mark("none recorded", Tone.WARN, Topic.EVIDENCE)
    left = (until - today).days
    if left < 0:
        return Mark(f"ended {near_date(until, today)}", Tone.DANGER, Topic.EVIDENCE)
    if left <= deadline_days("EVIDENCE_RED"):
        return Mark(f"ends {near_date(until, today)}", Tone.DANGER, Topic.EVIDENCE)
    if left <= deadline_days("EVIDENCE_AMBER"):
        return Mark(f"ends {near_date(until, today)}", Tone.WARN, Topic.EVIDENCE)
    return Mark(near_date(until, today), Tone.NEUTRAL, Topic.EVIDENCE)


def last_session(calendar: TermCalendar, last: date | None, starts: date, today: date) -> Mark:
    """How long ago a pupil was last taught: pressing once a week of school days has gone by."""
    since = max(last or starts, starts)
    gap = is_gap(calendar, since, today)
    if last is None:
        return Mark("—", Tone.DANGER if gap else Tone.NEUTRAL, Topic.SESSION)
    words = f"{(today - last).days} days ago" if gap else ago(last, today)
    return Mark(words, Tone.DANGER if gap else Tone.NEUTRAL, Topic.SESSION)


def is_gap(calendar: TermCalendar, since: date, today: date) -> bool:
    """Whether as many school days without tuition as the GAP deadline says lie behind us.

    The day itself and today do not count. Where the calendar ends, working days stand in.
    """
    first, last = since + timedelta(days=1), today - timedelta(days=1)
    if (last - first).days + 1 < deadline_days("GAP"):
        return False
    known = calendar.covers(first) and calendar.covers(last)
    days = (calendar.school_days if known else calendar.working_days)(first, last)
    return days >= deadline_days("GAP")


def ago(day: date, today: date) -> str:
    """today, yesterday, Friday, 11 days ago, 3 weeks ago, or the date after half a year."""
    days = (today - day).days
    if days < 7:
        return wording.near_day(day, today)
    if days < 21:
        return f"{days} days ago"
    return f"{days // 7} weeks ago" if days < 180 else wording.near_day(day, today)


def near_date(day: date, today: date) -> str:
    """7 Dec, or with the year when it is most of a year away; never a weekday alone."""
    return f"{day.day} {day:%b}" + ("" if abs((day - today).days) < 300 else f" {day.year}")


def next_school_week(calendar: TermCalendar, today: date) -> date:
    """The Monday of the next week with a school day in it; next week where nobody knows."""
    week = monday(today) + timedelta(days=7)
    for number in range(10):
        later = week + timedelta(days=7 * number)
        if not calendar.covers(later) or calendar.school_days(later, later + timedelta(days=6)):
            return later
    return week


_QUARTERS = {0: "", 15: "¼", 30: "½", 45: "¾"}


def of_offered(taught: int, offered: int) -> str:
    """1½ of 4½ h: minutes taught of minutes offered, as short as it can be said."""
    if taught % 15 or offered % 15:
        return f"{wording.hours(taught)} of {wording.hours(offered)}"
    return f"{_short_hours(taught)} of {_short_hours(offered)} h"


def _short_hours(minutes: int) -> str:
    whole, left = divmod(minutes, 60)
    return f"{whole or ''}{_QUARTERS[left]}" or "0"
