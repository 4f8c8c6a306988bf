"""Tuition sessions: the record a council, an Ombudsman and a family will ask for."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from oost_desktop.clock import LONDON
from oost_desktop.models.base import About, Record, Scope
from oost_desktop.models.codes import code_list
from oost_desktop.models.fields import (
    Rule,
    choice,
    flag,
    moment,
    number,
    of_pupil,
    prose,
    ref,
    text,
)
from oost_desktop.models.problems import Problem

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(minutes=240)


class Side(StrEnum):
    """Whose a missed lesson was, in the order in which reports show it."""

    TAUGHT = "Taught"
    PUPIL = "Not taught, for the pupil’s or family’s reasons"
    SERVICE = "Not taught, for the service’s reasons"
    ELSEWHERE = "Not expected: in school, an examination or a holiday"


def _times(values: Mapping[str, Any]) -> Iterable[Problem]:
    """Domain 12: end after start and 15 to 240 minutes; odd hours are only remarked on."""
    start: datetime | None = values.get("starts")
    end: datetime | None = values.get("ends")
    if start is None or end is None:
        return
    local_start, local_end = start.astimezone(LONDON), end.astimezone(LONDON)
    if end <= start:
        yield Problem("ends", f"End time must be after {local_start:%H:%M}.")
    elif not SHORTEST <= end - start <= LONGEST:
        yield Problem("ends", "A session lasts from 15 minutes to 4 hours.")
    if local_start.hour < 8 or (local_end.hour, local_end.minute) > (18, 0):
        yield Problem("starts", "This is before 08:00 or after 18:00.", warning=True)
    if local_start.weekday() > 4:
        yield Problem("starts", "This is at the weekend.", warning=True)


def _outcome(values: Mapping[str, Any]) -> Iterable[Problem]:
    """A child at home or online is taught only with an adult there (SLA; Local Offer)."""
    outcome = values.get("outcome")
    taught = outcome is not None and was_taught(outcome)
    venue, mode = values.get("venue"), values.get("mode")
    if taught and (venue == "HOME" or mode == "ONLINE") and not values.get("adult"):
        yield Problem("adult", "Say which adult was there. If none was, it was not taught.")


def _whole_session(values: Mapping[str, Any]) -> Iterable[Problem]:
    yield from _times(values)
    yield from _outcome(values)


def was_taught(outcome: str) -> bool:
    """Whether an outcome means that teaching took place."""
    return code_list("session_outcomes").extra(outcome, "delivered") == "1"


class Session(Record):
    """One planned or delivered tuition session."""

    __tablename__ = "session"
    # A list of two hundred thousand, and any week of it, is read from this without the rows.
    __table_args__ = (Index(None, "gone", "starts", "id"),)
    about = About(
        "session",
        "sessions",
        Scope.PUPIL,
        title=("starts", "subject"),
        order="-starts",
        check=_whole_session,
        sections=(
            ("When", ("pupil", "tutor", "subject", "starts", "ends", "slot")),
            ("Where", ("venue", "place", "mode", "adult")),
            ("How it went", ("outcome", "outcome_note", "covered", "target", "engagement")),
            ("After", ("own_words", "next_step", "school_told", "from_paper")),
        ),
    )
    pupil: Mapped[str | None] = of_pupil(required=True, rule=Rule.FACT)
    tutor: Mapped[str | None] = ref("Tutor", to="staff_member", required=True, rule=Rule.FACT)
    subject: Mapped[str | None] = choice("Subject", "subjects", listed=True)
    slot: Mapped[str | None] = ref("Planned as", to="timetable_slot", rule=Rule.FACT)
    starts: Mapped[datetime | None] = moment(
        "Start", required=True, listed=True, register="when", rule=Rule.FACT
    )
    ends: Mapped[datetime | None] = moment(
        "End", required=True, listed=True, register="when", rule=Rule.FACT
    )
    venue: Mapped[str | None] = choice("Where", "venues", listed=True, register="where")
    place: Mapped[str | None] = text("Place", register="where")
    mode: Mapped[str | None] = choice("In person or online", "modes", register="where")
    adult: Mapped[str | None] = text("Adult present")
    outcome: Mapped[str | None] = choice(
        "Outcome", "session_outcomes", required=True, listed=True, rule=Rule.FACT
    )
    outcome_note: Mapped[str | None] = text("More about the outcome", limit=1000)
    covered: Mapped[str | None] = prose("What we covered", searchable=True)
    target: Mapped[str | None] = ref("Towards target", to="target")
    engagement: Mapped[int | None] = number("Engagement")
    own_words: Mapped[str | None] = prose("In their words", searchable=True, limit=5000)
    next_step: Mapped[str | None] = prose("Next step", searchable=True, limit=5000)
    school_told: Mapped[datetime | None] = moment("School told of the absence at")
    from_paper: Mapped[bool | None] = flag("Keyed in later from paper")
