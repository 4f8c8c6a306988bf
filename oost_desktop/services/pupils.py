"""Pupils: the list, and the panel that stands beside whatever is being written about one.

Reads only. What a tutor needs in the doorway is here; the whole file is `pupil_file.py`.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from oost_desktop.clock import LONDON
from oost_desktop.errors import UserError
from oost_desktop.models import Pupil
from oost_desktop.models.ages import SCHOOL_YEAR_STARTS, school_year
from oost_desktop.models.calendar import TermCalendar, monday
from oost_desktop.models.codes import code_list
from oost_desktop.models.session import Side
from oost_desktop.services import hours, marks, settings, wording
from oost_desktop.services.around import Around, around
from oost_desktop.services.desk import Desk
from oost_desktop.services.marks import Mark, Tone, Topic
from oost_desktop.services.naming import PupilName, pupils
from oost_desktop.services.outcomes import side_of
from oost_desktop.services.standing import (
    Standing,
    last_taught,
    latest_placement,
    open_placements,
)
from oost_desktop.services.term_calendar import calendar_of
from oost_desktop.services.timetable import Occurrence, occurrences

LOOK_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A line of the Pupils page. `alerts` are what to know and what is due, worst first."""

    pupil: PupilName
    next_session: datetime | None
    next_words: str
    last_session: Mark
    alerts: tuple[Mark, ...]

    @property
    def name(self) -> str:
        """The name as shown; lists can be sorted by it."""
        return self.pupil.name

    @property
    def year(self) -> int | None:
        """The year group; lists can be sorted by it."""
        return self.pupil.year

    @property
    def school(self) -> str:
        """The home school; lists can be sorted by it."""
        return self.pupil.school


@dataclass(frozen=True, slots=True)
class PupilPanel:
    """The panel beside a form. Minutes; `line` is "Year 10 · 15 years · Peverel Academy".

    `alerts` never say more of the reason than need be known: a pregnancy is "Medical".
    """

    pupil: PupilName
    line: str
    alerts: tuple[Mark, ...]
    around: Around
    evidence_words: str
    evidence: Mark
    review_words: str
    review: Mark
    review_because: str
    week_taught: int
    week_offered: int
    week_words: str
    year_taught: int
    year_missed: int
    year_words: str
    missed_words: str


def rows(desk: Desk) -> list[PupilRow]:
    """Every pupil of this vault with an open placement or none yet, by name.

    A file that the office has taken back can be read but is in no list.
    """
    today = desk.today
    with desk.vault.read() as connection:
        standing = open_placements(connection, today)
        had_one = open_placements(connection, date.min).keys()
        names = {
            entity: name
            for entity, name in pupils(connection, today).items()
            if (entity in standing or entity not in had_one)
        }
        calendar = calendar_of(connection)
        alerts = _alerts_of_all(connection)
        coming = _next_sessions(desk, connection)
        last = last_taught(connection, names.keys(), today)
        every = review_interval(connection)
    found = []
    for name in names.values():
        place = standing.get(name.id)
        due = [] if place is None else due_marks(calendar, place, today, every)
        hour = coming.get(name.id)
        found.append(
            PupilRow(
                name,
                hour.start if hour else None,
                next_words(hour, today) if hour else "",
                _last_mark(calendar, last.get(name.id), place, today),
                tuple(sorted([*alerts.get(name.id, ()), *due], key=_pressing)),
            )
        )
    return sorted(found, key=lambda row: row.pupil.name.casefold())


def panel(desk: Desk, pupil: str) -> PupilPanel:
    """What stands beside a form about this pupil. Raises UserError if they are not here."""
    today = desk.today
    with desk.vault.read() as connection:
        return panel_on(connection, pupil, today)


def panel_on(connection: Connection, pupil: str, today: date) -> PupilPanel:
    """As `panel`, on a connection already open."""
    name = named(connection, pupil, today)
    place = latest_placement(connection, pupil, today)
    calendar = calendar_of(connection)
    since = date(school_year(today), SCHOOL_YEAR_STARTS, 1)
    week = hours.ledger(connection, pupil, monday(today), monday(today) + timedelta(days=6))
    year = hours.ledger(connection, pupil, since, today)
    missed = [part for part in year.missed if side_of(part.outcome) is not Side.ELSEWHERE]
    lost = sum(part.minutes for part in missed)
    review, evidence = _due(calendar, place, today, review_interval(connection))
    until = place.evidence_until if place else None
    return PupilPanel(
        pupil=name,
        line=_line(name),
        alerts=_alerts(connection, pupil, place),
        around=around(connection, pupil, today),
        evidence_words=f"to {_written(until)}" if until else "none recorded",
        evidence=evidence,
        review_words=wording.long_day(review.hold_by) if review else "no placement",
        review=review.mark if review else Mark("no placement", Tone.NEUTRAL, Topic.REVIEW),
        review_because=review.because if review else "",
        week_taught=week.taught,
        week_offered=week.offered,
        week_words=_week_words(week, place, today),
        year_taught=year.taught,
        year_missed=lost,
        year_words=f"{wording.hours(year.taught)} taught · {wording.hours(lost)} missed",
        missed_words=f"Missed: {hours.in_words(missed)}" if missed else "",
    )


def named(connection: Connection, pupil: str, today: date) -> PupilName:
    """A pupil's name. Raises UserError if this vault has no such pupil."""
    name = pupils(connection, today, with_locked=True).get(pupil)
    if name is None:
        raise UserError("This pupil's file is not on this computer.")
    return name


def review_interval(connection: Connection) -> int:
    """Days from one education plan meeting to the next: the office's, else the agreement's."""
    return settings.number(connection, "REVIEW_DAYS", marks.deadline_days("REVIEW"))


def due_marks(calendar: TermCalendar, place: Standing, today: date, every: int) -> list[Mark]:
    """What presses about a placement: its review and its evidence, if they do."""
    review, evidence = _due(calendar, place, today, every)
    found = []
    if review is not None and review.mark.tone is not Tone.NEUTRAL:
        found.append(Mark(f"review {review.mark.words}", review.mark.tone, Topic.REVIEW))
    if evidence.tone is not Tone.NEUTRAL:
        found.append(Mark(f"evidence {evidence.words}", evidence.tone, Topic.EVIDENCE))
    return found


def next_words(hour: Occurrence, today: date) -> str:
    """When it is, as short as can be: today 14:00; Thursday 11:00; 7 Dec 11:00."""
    day = hour.start.astimezone(LONDON).date()
    near = f"{day:%A}" if 1 < (day - today).days < 7 else wording.near_day(day, today)
    return f"{near} {wording.clock_time(hour.start)}"


def _week_words(week: hours.Ledger, place: Standing | None, today: date) -> str:
    if place is not None and place.starts > today:
        return f"starts {wording.long_day(place.starts)}"
    if not week.offered:
        return f"{wording.hours(week.taught)} taught, none offered"
    return f"{wording.hours(week.taught)} of {wording.hours(week.offered)} offered"


def _line(name: PupilName) -> str:
    age = "" if name.age is None else f"{name.age} years"
    return " · ".join(part for part in (name.year_words, age, name.school) if part)


def _written(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _due(
    calendar: TermCalendar, place: Standing | None, today: date, every: int
) -> tuple[marks.Review | None, Mark]:
    if place is None:
        return None, Mark("no placement", Tone.NEUTRAL, Topic.EVIDENCE)
    review = marks.review(calendar, place.starts, place.last_review, every, today)
    return review, marks.evidence(place.evidence_until, today)


def _next_sessions(desk: Desk, connection: Connection) -> dict[str, Occurrence]:
    tutor = None if desk.is_office_staff else desk.person.id
    now, found = desk.clock.now(), dict[str, Occurrence]()
    for hour in occurrences(connection, desk.today, desk.today + LOOK_AHEAD, tutor=tutor):
        if hour.end > now and not hour.is_written_up:
            found.setdefault(hour.pupil, hour)
    return found


def _last_mark(
    calendar: TermCalendar, last: date | None, place: Standing | None, today: date
) -> Mark:
    if place is None or place.starts > today:
        return Mark(marks.ago(last, today) if last else "—")
    return marks.last_session(calendar, last, place.starts, today)


def _pressing(mark: Mark) -> int:
    return [Tone.DANGER, Tone.WARN, Tone.NEUTRAL, Tone.OK].index(mark.tone)


_ALERT_COLUMNS = (
    Pupil.id, Pupil.allergies, Pupil.medication, Pupil.sen, Pupil.address_confidential,
)  # fmt: skip


def _alerts_of_all(connection: Connection) -> dict[str, tuple[Mark, ...]]:
    query: Select[*tuple[Any, ...]] = select(*_ALERT_COLUMNS).where(Pupil.gone.is_(False))
    return {row[0]: _to_know(row) for row in connection.execute(query)}


def _alerts(connection: Connection, pupil: str, place: Standing | None) -> tuple[Mark, ...]:
    query: Select[*tuple[Any, ...]] = select(*_ALERT_COLUMNS).where(Pupil.id == pupil)
    found = _to_know(connection.execute(query).one())
    if place is not None and (reason := reason_words(place.reason)):
        found = (*found, Mark(reason, Tone.NEUTRAL, Topic.REASON))
    return found


def _to_know(row: Any) -> tuple[Mark, ...]:
    _id, allergies, medication, sen, confidential = row
    found = [Mark(words, Tone.WARN, Topic.HEALTH) for words in allergies or ()]
    if medication:
        found.append(Mark("Medication", Tone.WARN, Topic.HEALTH))
    if confidential:
        found.append(Mark("Confidential address", Tone.WARN, Topic.ADDRESS))
    if sen == "E":
        found.append(Mark("EHCP", Tone.NEUTRAL, Topic.SEN))
    elif sen == "K":
        found.append(Mark("SEN support", Tone.NEUTRAL, Topic.SEN))
    return tuple(found)


def reason_words(reason: str) -> str:
    """The reason as far as those beside the pupil need know it: never pregnancy."""
    codes = code_list("referral_reasons")
    return codes.extra(reason, "shown_as") or codes.label(reason)
