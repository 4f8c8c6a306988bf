"""Placing pupils with the service, giving them to tutors, and laying their weekly hours.

The office's acts. What is odd (more hours than offered, a tutor at two places) is said; what
cannot be (one person in two lessons at once) is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from oost_desktop.errors import UserError
from oost_desktop.models import RECORDS, Allocation, Placement, StaffMember, TimetableSlot
from oost_desktop.models.problems import Problem
from oost_desktop.services import settings, wording
from oost_desktop.services.desk import Desk, InvalidError, checked, current_values, errors_of
from oost_desktop.services.naming import pupils, staff
from oost_desktop.services.standing import current_allocations, open_placements

BEGINNING, END = date.min, date.max


@dataclass(frozen=True, slots=True)
class TutorRow:
    """A tutor and how much they carry. Minutes are timetabled a week, today."""

    id: str
    name: str
    subjects: str
    phone: str
    pupils: tuple[str, ...]
    minutes: int
    words: str


def start_placement(desk: Desk, pupil: str, values: Mapping[str, Any]) -> str:
    """Begin an episode of tuition: reason, starts, offered. Refused while another is open."""
    filled = {"pupil": pupil, **values}
    checked(desk, Placement, filled)
    with desk.vault.act(desk.actor) as unit:
        starts = filled["starts"]
        if pupil in open_placements(unit.connection, min(starts, desk.today), pupil):
            raise UserError("This pupil has a placement already.", "End that one first.")
        return unit.create(Placement, filled)


def end_placement(desk: Desk, placement: str, last_day: date, because: str) -> int:
    """End an episode on its last day, and with it the pupil's allocations and weekly hours.

    Returns how many allocations and slots were ended.
    """
    with desk.vault.act(desk.actor) as unit:
        values = current_values(unit.connection, Placement, placement) or {}
        ending = {"ends": last_day, "ended_because": because}
        checked(desk, Placement, {**values, **ending})
        unit.change(Placement, placement, ending)
        pupil, ended = str(values["pupil"]), 0
        for given in current_allocations(unit.connection, last_day, pupil):
            unit.change(Allocation, given.id, {"ends": max(last_day, given.starts)})
            ended += 1
        for slot, first in _running_slots(unit.connection, pupil, last_day):
            unit.change(TimetableSlot, slot, {"last_day": max(last_day, first or last_day)})
            ended += 1
        return ended


def allocate(desk: Desk, pupil: str, tutor: str, subject: str | None, starts: date) -> str:
    """Give a pupil to a tutor: it decides whose laptop receives the file (SLA, preamble)."""
    values = {"pupil": pupil, "tutor": tutor, "subject": subject, "starts": starts}
    checked(desk, Allocation, values)
    with desk.vault.act(desk.actor) as unit:
        for given in current_allocations(unit.connection, starts, pupil):
            if given.tutor == tutor and given.subject in (None, subject):
                raise UserError("This tutor has this pupil already.")
        return unit.create(Allocation, values)


def end_allocation(desk: Desk, allocation: str, last_day: date) -> None:
    """Take a pupil from a tutor after a last day; the slots between the two end with it."""
    with desk.vault.act(desk.actor) as unit:
        values = current_values(unit.connection, Allocation, allocation) or {}
        checked(desk, Allocation, {**values, "ends": last_day})
        unit.change(Allocation, allocation, {"ends": last_day})
        pupil, tutor = str(values["pupil"]), str(values["tutor"])
        for slot, first in _running_slots(unit.connection, pupil, last_day, tutor):
            unit.change(TimetableSlot, slot, {"last_day": max(last_day, first or last_day)})


def slot_problems(desk: Desk, values: Mapping[str, Any], slot: str | None = None) -> list[Problem]:
    """Everything to be said about a weekly hour: errors, and warnings one may pass."""
    found = RECORDS.of(TimetableSlot).problems(values)
    if errors_of(found):
        return found
    with desk.vault.read() as connection:
        found += _overlaps(connection, values, slot, desk.today)
        found += _over_offer(connection, values, slot, desk.today)
        found += _not_given(connection, values, desk.today)
    return found


def save_slot(desk: Desk, values: Mapping[str, Any], slot: str | None = None) -> str:
    """Keep a weekly hour. Raises InvalidError, also when somebody would be in two lessons."""
    if slot is not None:
        with desk.vault.read() as connection:
            values = {**(current_values(connection, TimetableSlot, slot) or {}), **values}
    errors = errors_of(slot_problems(desk, values, slot))
    if errors:
        raise InvalidError(errors)
    with desk.vault.act(desk.actor) as unit:
        if slot is None:
            return unit.create(TimetableSlot, values)
        unit.change(TimetableSlot, slot, values)
        return slot


def tutors(desk: Desk) -> list[TutorRow]:
    """Everyone who teaches now, those with least to carry first."""
    today = desk.today
    with desk.vault.read() as connection:
        names = pupils(connection, today)
        held: dict[str, list[str]] = {}
        for given in current_allocations(connection, today):
            if given.pupil in names and names[given.pupil].name not in held.get(given.tutor, ()):
                held.setdefault(given.tutor, []).append(names[given.pupil].name)
        minutes = _minutes_a_week(connection, today)
        rows = connection.execute(
            select(StaffMember.id, StaffMember.name, StaffMember.subjects, StaffMember.phone)
            .where(StaffMember.gone.is_(False), StaffMember.role == "tutor")
            .where(or_(StaffMember.until.is_(None), StaffMember.until >= today))
        ).all()
    found = [
        _tutor_row(entity, name, subjects, phone, held.get(entity, []), minutes.get(entity, 0))
        for entity, name, subjects, phone in rows
    ]
    return sorted(found, key=lambda row: (row.minutes, row.name.casefold()))


def _tutor_row(
    entity: str,
    name: str | None,
    subjects: tuple[str, ...] | None,
    phone: str | None,
    held: list[str],
    minutes: int,
) -> TutorRow:
    words = f"{wording.count(len(held), 'pupil')}, {wording.hours(minutes)} a week"
    taught = ", ".join(wording.code_words("subjects", code) for code in subjects or ())
    shown = tuple(sorted(held, key=str.casefold))
    return TutorRow(
        entity, name or "", taught, phone or "", shown, minutes, wording.first_capital(words)
    )


def _running_slots(
    connection: Connection, pupil: str, day: date, tutor: str | None = None
) -> list[tuple[str, date | None]]:
    slot = TimetableSlot
    query: Select[*tuple[Any, ...]] = select(slot.id, slot.first_day).where(
        slot.pupil == pupil,
        slot.gone.is_(False),
        or_(slot.last_day.is_(None), slot.last_day > day),
    )
    if tutor is not None:
        query = query.where(slot.tutor == tutor)
    return [(entity, first) for entity, first in connection.execute(query)]


def _overlaps(
    connection: Connection, values: Mapping[str, Any], slot: str | None, today: date
) -> list[Problem]:
    """One tutor, and one pupil, can be in one lesson at a time."""
    s = TimetableSlot
    query: Select[*tuple[Any, ...]] = select(
        s.pupil, s.tutor, s.starts_at, s.ends_at, s.first_day, s.last_day
    ).where(
        s.gone.is_(False),
        s.weekday == values["weekday"],
        s.starts_at < values["ends_at"],
        s.ends_at > values["starts_at"],
        or_(s.pupil == values["pupil"], s.tutor == values["tutor"]),
    )
    if slot is not None:
        query = query.where(s.id != slot)
    first, last = values.get("first_day") or BEGINNING, values.get("last_day") or END
    for pupil, tutor, starts, ends, other_first, other_last in connection.execute(query):
        if (other_first or BEGINNING) <= last and first <= (other_last or END):
            name = pupils(connection, today).get(pupil)
            who = "The pupil" if pupil == values["pupil"] else staff(connection).get(tutor, "")
            whom = "" if pupil == values["pupil"] or name is None else f" with {name.name}"
            message = f"{who} has a lesson{whom} from {starts} to {ends} that day."
            return [Problem("starts_at", message)]
    return []


def _over_offer(
    connection: Connection, values: Mapping[str, Any], slot: str | None, today: date
) -> list[Problem]:
    """More than offered, or above what the office asks about, is remarked on, never refused."""
    s, pupil = TimetableSlot, values["pupil"]
    query: Select[*tuple[Any, ...]] = select(s.starts_at, s.ends_at).where(
        s.pupil == pupil,
        s.gone.is_(False),
        s.id != (slot or ""),
        or_(s.last_day.is_(None), s.last_day >= (values.get("first_day") or today)),
    )
    total = _length(values["starts_at"], values["ends_at"])
    total += sum(_length(starts, ends) for starts, ends in connection.execute(query))
    place = open_placements(connection, today, pupil).get(pupil)
    found = []
    if place is not None and place.offered and total > place.offered:
        words = f"{wording.hours(total)} a week; {wording.hours(place.offered)} are offered."
        found.append(Problem("ends_at", f"This makes {words}", warning=True))
    ask_above = settings.hours_to_ask_about(connection)
    if ask_above is not None and total > ask_above:
        words = f"This is more than {wording.hours(ask_above)} a week: say why in the placement."
        found.append(Problem("ends_at", words, warning=True))
    return found


def _not_given(connection: Connection, values: Mapping[str, Any], today: date) -> list[Problem]:
    given = current_allocations(connection, values.get("first_day") or today, values["pupil"])
    if any(each.tutor == values["tutor"] for each in given):
        return []
    message = "This pupil is not allocated to this tutor, who will not receive the file."
    return [Problem("tutor", message, warning=True)]


def _minutes_a_week(connection: Connection, today: date) -> dict[str, int]:
    s = TimetableSlot
    sum_of = func.sum(func.unixepoch(s.ends_at) - func.unixepoch(s.starts_at))
    rows = connection.execute(
        select(s.tutor, sum_of)
        .where(
            s.gone.is_(False),
            or_(s.first_day.is_(None), s.first_day <= today + timedelta(days=6)),
            or_(s.last_day.is_(None), s.last_day >= today),
        )
        .group_by(s.tutor)
    )
    return {tutor: int(total or 0) // 60 for tutor, total in rows if tutor}


def _length(starts: str, ends: str) -> int:
    return _minute(ends) - _minute(starts)


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)
