"""Today: what is next, what is not finished, and what falls due for my pupils."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from oost_desktop.clock import LONDON
from oost_desktop.models.calendar import TermCalendar
from oost_desktop.services import marking, marks, sessions, wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.marks import Mark, Tone, Topic
from oost_desktop.services.naming import PupilName, pupils
from oost_desktop.services.pupils import review_interval
from oost_desktop.services.standing import open_placements
from oost_desktop.services.term_calendar import calendar_of
from oost_desktop.services.timetable import Occurrence, occurrences
from oost_desktop.store import drafts

LOOK_BACK = timedelta(days=14)
STILL_NOW = timedelta(hours=1)  # a session that has just ended is still the one to record
MOST_LINES = 7
DRAFTS = {
    "session": "Session", "concern": "Concern", "work": "Work", "documents": "Report",
    "clashes": "Clash", "file": "Pupil's file", "timetable": "Weekly hour",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One line that asks for something. `opens` names the form or page, `subject` its record."""

    what: str
    pupil: PupilName | None
    detail: str
    state: str
    tone: Tone
    opens: str
    subject: str
    hour: Occurrence | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The session now or next, with what was said last time."""

    hour: Occurrence
    pupil: PupilName
    lead: str
    covered: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Later:
    """A further session of today: still to come, or recorded already."""

    hour: Occurrence
    pupil: PupilName
    where: str
    subject: str
    state: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Today:
    """All that the first page shows."""

    day: date
    heading: str
    next: Next | None
    later: tuple[Later, ...]
    to_finish: tuple[Item, ...]
    due: tuple[Item, ...]


def today(desk: Desk) -> Today:
    """The first page of a tutor's day."""
    day, now = desk.today, desk.clock.now()
    with desk.vault.read() as connection:
        names = pupils(connection, day)
        calendar = calendar_of(connection)
        hours = [
            hour
            for hour in occurrences(connection, day - LOOK_BACK, day, tutor=desk.person.id)
            if hour.pupil in names
        ]
        of_today = [o for o in hours if o.start.astimezone(LONDON).date() == day]
        coming = [o for o in of_today if not o.is_written_up and o.end + STILL_NOW > now]
        upcoming = _next(desk, connection, coming[0], names) if coming else None
        shown = upcoming.hour if upcoming else None
        waiting = [o for o in hours if not o.is_written_up and o.end < now and o is not shown]
        later = tuple(_later(o, names) for o in of_today if o is not shown and o not in waiting)
        to_finish = [
            *(_not_written_up(o, names, day) for o in waiting),
            *_drafts(desk, connection, names),
        ]
        due = _due(connection, names, calendar, day)
    to_finish += _what_fits(_to_mark(desk), MOST_LINES - len(to_finish))
    heading = _heading(of_today, calendar, day)
    return Today(day, heading, upcoming, later, tuple(to_finish), tuple(due))


def _heading(of_today: list[Occurrence], calendar: TermCalendar, day: date) -> str:
    planned = wording.first_capital(wording.count(len(of_today), "session")) + " today"
    week = calendar.week_in_words(day)
    return f"{planned} · {week}" if week else planned


def _next(
    desk: Desk, connection: Connection, hour: Occurrence, names: dict[str, PupilName]
) -> Next:
    now = desk.clock.now()
    lead = "Now" if hour.start <= now < hour.end else "Next" if hour.start > now else "Just ended"
    last = sessions.latest_with(connection, hour.pupil)
    place = where(hour)
    return Next(
        hour,
        names[hour.pupil],
        f"{lead} · {wording.span(hour.start, hour.end)}" + (f" · {place}" if place else ""),
        last.covered if last else "",
        last.next_step if last else "",
    )


def _later(hour: Occurrence, names: dict[str, PupilName]) -> Later:
    state, tone = ("Recorded", Tone.OK) if hour.is_written_up else ("Planned", Tone.NEUTRAL)
    return Later(hour, names[hour.pupil], where(hour), subject_words(hour.subject), state, tone)


def where(hour: Occurrence) -> str:
    """Home · Matlock; Online · adult must be present."""
    venue = wording.code_words("venues", hour.venue)
    if hour.mode == "ONLINE" or hour.venue == "ONLINE":
        return "Online · adult must be present"
    return " · ".join(part for part in (venue, hour.place or "") if part)


def subject_words(subject: str | None) -> str:
    """Maths."""
    return wording.code_words("subjects", subject)


def _not_written_up(hour: Occurrence, names: dict[str, PupilName], day: date) -> Item:
    held = hour.start.astimezone(LONDON).date()
    days = (day - held).days
    title = "Today's session" if days == 0 else f"{_day_name(held, day)} session"
    age = "today" if days == 0 else _days(days)
    tone = Tone.NEUTRAL if days == 0 else Tone.DANGER if days > 1 else Tone.WARN
    return Item(
        title, names[hour.pupil], "not written up", age, tone, "session", hour.slot or "", hour
    )


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


def _day_name(day: date, today_: date) -> str:
    if (today_ - day).days == 1:
        return "Yesterday's"
    return f"{day:%A}'s" if (today_ - day).days < 7 else f"{day.day} {day:%B}'s"


def _what_fits(to_mark: list[Item], room: int) -> list[Item]:
    """As much to mark as the page still has room for; a last line leads to the rest.

    Sessions and drafts are never folded away: no other page lists them.
    """
    if len(to_mark) <= room:
        return to_mark
    shown = to_mark[: max(room - 1, 0)]
    left = len(to_mark) - len(shown)
    rest = f"And {left} more" if shown else wording.first_capital(wording.count(left, "piece"))
    return [*shown, Item(rest, None, "to mark", "", Tone.NEUTRAL, "work", "")]


def _to_mark(desk: Desk) -> list[Item]:
    found = []
    for row in marking.work_list(desk, state="to mark"):
        assert row.returned_on is not None
        since = wording.near_day(row.returned_on, desk.today)
        found.append(
            Item(row.title, row.pupil, "to mark", f"since {since}", Tone.WARN, "work", row.id)
        )
    return found


def _drafts(desk: Desk, connection: Connection, names: dict[str, PupilName]) -> list[Item]:
    return [
        _draft_item(draft, names.get(sessions.pupil_in(draft) or ""))
        for draft in drafts.all_of(connection, desk.person.id)
    ]


def _draft_item(draft: drafts.KeptDraft, pupil: PupilName | None) -> Item:
    """Of a concern only initials: whoever looks over a shoulder sees this page first."""
    title = DRAFTS.get(draft.form, "Form")
    detail = "not saved yet"
    if draft.form == "concern" and pupil is not None:
        detail, pupil = f"{wording.initials(pupil.name)} · not submitted yet", None
    return Item(title, pupil, detail, "draft", Tone.NEUTRAL, draft.form, draft.id)


def _due(
    connection: Connection, names: dict[str, PupilName], calendar: TermCalendar, day: date
) -> list[Item]:
    """Reviews and medical evidence that press, the nearest first."""
    every = review_interval(connection)
    found: list[tuple[date, Item]] = []
    for pupil, place in open_placements(connection, day).items():
        name = names.get(pupil)
        if name is None:
            continue
        review = marks.review(calendar, place.starts, place.last_review, every, day)
        if review.mark.tone is not Tone.NEUTRAL:
            what = "First meeting" if review.initial else "Review"
            found.append((review.hold_by, _due_item(what, name, review.hold_by, day, review.mark)))
        until = place.evidence_until
        evidence = marks.evidence(until, day)
        if until is not None and evidence.tone is not Tone.NEUTRAL:
            found.append((until, _due_item("Medical evidence", name, until, day, evidence)))
    return [item for _on, item in sorted(found, key=lambda pair: pair[0])][:MOST_LINES]


def _due_item(what: str, name: PupilName, on: date, day: date, mark: Mark) -> Item:
    left = (on - day).days
    state = "today" if left == 0 else _days(left) if left > 0 else f"{_days(-left)} late"
    verb = "by" if mark.topic is Topic.REVIEW else "ends" if left >= 0 else "ended"
    return Item(what, name, f"{verb} {on.day} {on:%B}", state, mark.tone, "pupil", name.id)
