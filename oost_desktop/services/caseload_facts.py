"""What the caseload rests on, read in a handful of set queries, however large the service is.

No query here is asked once per pupil. Judging what needs action is `caseload.py`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from oost_desktop.clock import london
from oost_desktop.models import Device, EducationPlan, Session
from oost_desktop.models.calendar import TermCalendar, monday
from oost_desktop.models.codes import code_list
from oost_desktop.services import settings
from oost_desktop.services.around import has_named_person
from oost_desktop.services.desk import Desk
from oost_desktop.services.naming import PupilName, pupils, staff
from oost_desktop.services.outcomes import taught_codes
from oost_desktop.services.pupils import review_interval
from oost_desktop.services.standing import (
    Given,
    Standing,
    current_allocations,
    last_taught,
    open_placements,
)
from oost_desktop.services.term_calendar import calendar_of
from oost_desktop.store.tables import peer

WEEK = timedelta(days=7)
LONGEST_BACK = 26  # weeks; a term and a summer
WEEKS_BELOW = 2  # below the hours offered for so many whole school weeks (domain, O3)


@dataclass(frozen=True, slots=True)
class Facts:
    """The caseload's raw material. `minutes` are taught, by pupil and Monday.

    `weeks` are the whole school weeks of this term (or the last), oldest first.
    """

    today: date
    calendar: TermCalendar
    names: Mapping[str, PupilName]
    standing: Mapping[str, Standing]
    given: Mapping[str, tuple[Given, ...]]
    staff: Mapping[str, str]
    minutes: Mapping[tuple[str, date], int]
    last: Mapping[str, date]
    weeks: tuple[date, ...]
    with_named_person: frozenset[str]
    with_plan: frozenset[str]
    review_every: int
    silent: Mapping[str, str | None]
    silent_days: int


def gather(desk: Desk, connection: Connection) -> Facts:
    """Read everything the caseload needs."""
    today = desk.today
    calendar = calendar_of(connection)
    names = pupils(connection, today)
    standing = {p: s for p, s in open_placements(connection, today).items() if p in names}
    weeks = school_weeks(calendar, today)
    since = min([monday(today), *weeks])
    silent_days = settings.number(connection, "SILENT_DAYS", _silent_days())
    given: dict[str, list[Given]] = {}
    for allocation in current_allocations(connection, today):
        given.setdefault(allocation.pupil, []).append(allocation)
    return Facts(
        today=today,
        calendar=calendar,
        names=names,
        standing=standing,
        given={pupil: tuple(allocations) for pupil, allocations in given.items()},
        staff=staff(connection),
        minutes=minutes_taught(connection, since),
        last=last_taught(connection, standing.keys(), today),
        weeks=weeks,
        with_named_person=frozenset(has_named_person(connection, today)),
        with_plan=_with_plan(connection),
        review_every=review_interval(connection),
        silent=_silent(connection, desk.vault.place.device, today - timedelta(days=silent_days)),
        silent_days=silent_days,
    )


def school_weeks(calendar: TermCalendar, today: date) -> tuple[date, ...]:
    """Mondays of the whole school weeks behind us in this term, and never fewer than two.

    Where the calendar does not reach, every week counts as one of school.
    """
    found: list[date] = []
    term: tuple[str, str] | None = None
    for number in range(1, LONGEST_BACK + 1):
        week = monday(today) - number * WEEK
        friday = week + timedelta(days=4)
        if calendar.covers(week) and not calendar.school_days(week, friday):
            continue
        period = calendar.period_on(friday) or calendar.period_on(week)
        of = (period.year, period.term) if period else ("", "")
        term = term or of
        if of != term and len(found) >= WEEKS_BELOW:
            break
        found.append(week)
    return tuple(reversed(found))


def minutes_taught(connection: Connection, since: date) -> dict[tuple[str, date], int]:
    """Minutes taught by pupil and week, from a Monday on; added up by the database."""
    # The Monday: on to the next Sunday (or stay on it), then six days back.
    week = func.date(Session.starts, "weekday 0", "-6 days")
    seconds = func.sum(func.unixepoch(Session.ends) - func.unixepoch(Session.starts))
    of_pupil = func.coalesce(Session.pupil, "")  # an expression keeps the search by date
    rows = connection.execute(
        select(of_pupil, week, seconds)
        .where(
            Session.starts >= london(since),
            Session.gone.is_(False),
            Session.outcome.in_(taught_codes()),
            Session.ends.is_not(None),
        )
        .group_by(of_pupil, week)
    )
    return {
        (pupil, date.fromisoformat(of)): int(total) // 60
        for pupil, of, total in rows
        if total is not None
    }


def _with_plan(connection: Connection) -> frozenset[str]:
    rows = connection.execute(
        select(EducationPlan.pupil)
        .where(EducationPlan.gone.is_(False), EducationPlan.state.in_(("AGREED", "CURRENT")))
        .distinct()
    )
    return frozenset(pupil for (pupil,) in rows if pupil)


def _silent_days() -> int:
    return int(code_list("settings").extra("SILENT_DAYS", "unless_set"))


def _silent(connection: Connection, own: str, before: date) -> dict[str, str | None]:
    """Laptops last heard of before a day, with who holds each."""
    rows = connection.execute(
        select(Device.id, Device.holder, Device.enrolled_on, Device.revoked, peer.c.seen_at)
        .outerjoin(peer, peer.c.device == Device.id)
        .where(Device.gone.is_(False), Device.id != own)
    )
    found: dict[str, str | None] = {}
    for device, holder, enrolled, revoked, seen_at in rows:
        heard = date.fromisoformat(seen_at[:10]) if seen_at else enrolled
        if not revoked and heard is not None and heard < before:
            found[device] = holder
    return found
