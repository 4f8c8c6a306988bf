"""When teaching is planned and which weeks are term."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from oost_desktop.models.base import OFFICE_ROLES, About, Record, Scope
from oost_desktop.models.fields import choice, clock_time, day, of_pupil, ref, text
from oost_desktop.models.problems import Problem


def _slot_times(values: Mapping[str, Any]) -> Iterable[Problem]:
    start, end = values.get("starts_at"), values.get("ends_at")
    if start and end and end <= start:
        yield Problem("ends_at", f"End time must be after {start}.")


class TimetableSlot(Record):
    """A weekly hour with a pupil, in term, from a day until a day."""

    __tablename__ = "timetable_slot"
    about = About(
        "timetable slot",
        "timetable slots",
        Scope.PUPIL,
        title=("weekday", "starts_at"),
        order="weekday",
        check=_slot_times,
        sections=(
            ("Slot", ("pupil", "tutor", "subject", "weekday", "starts_at", "ends_at")),
            ("Where", ("venue", "place", "mode")),
            ("From and to", ("first_day", "last_day")),
        ),
    )
    pupil: Mapped[str | None] = of_pupil(required=True, listed=True)
    tutor: Mapped[str | None] = ref("Tutor", to="staff_member", required=True, listed=True)
    subject: Mapped[str | None] = choice("Subject", "subjects", listed=True)
    weekday: Mapped[str | None] = choice(
        "Day", "weekdays", required=True, listed=True, register="time"
    )
    starts_at: Mapped[str | None] = clock_time("Start", required=True, listed=True, register="time")
    ends_at: Mapped[str | None] = clock_time("End", required=True, listed=True, register="time")
    venue: Mapped[str | None] = choice("Venue", "venues", listed=True, register="where")
    place: Mapped[str | None] = text("Place", register="where")
    mode: Mapped[str | None] = choice("Mode", "modes", register="where")
    first_day: Mapped[date | None] = day("From", register="run")
    last_day: Mapped[date | None] = day("Until", register="run")


class TermPeriod(Record):
    """One half-term of the Derbyshire calendar, and whether the council has confirmed it."""

    __tablename__ = "term_period"
    about = About(
        "term period",
        "term dates",
        Scope.SERVICE,
        title=("year", "name"),
        writers=OFFICE_ROLES,
        order="starts",
        sections=(("Period", ("year", "name", "starts", "ends", "status", "source")),),
    )
    year: Mapped[str | None] = text("School year", required=True, listed=True)
    name: Mapped[str | None] = text("Period", required=True, listed=True)
    starts: Mapped[date | None] = day("First day", required=True, listed=True, register="span")
    ends: Mapped[date | None] = day("Last day", required=True, listed=True, register="span")
    status: Mapped[str | None] = choice("Status", "calendar_status", required=True, listed=True)
    source: Mapped[str | None] = text("Where these dates come from")


class Setting(Record):
    """One fact the service works by that may change: a telephone number, a rule, a rate."""

    __tablename__ = "setting"
    about = About(
        "setting",
        "settings",
        Scope.SERVICE,
        title=("name",),
        writers=OFFICE_ROLES,
        order="name",
        sections=(("Setting", ("name", "value", "effective_from", "source", "checked_on")),),
    )
    name: Mapped[str | None] = choice("Setting", "settings", required=True, listed=True)
    value: Mapped[str | None] = text("Value", listed=True, limit=2000)
    effective_from: Mapped[date | None] = day("From", listed=True)
    source: Mapped[str | None] = text("Source", listed=True)
    checked_on: Mapped[date | None] = day("Last checked", listed=True)
