"""How pupils stand: their open placements and current tutors, read in sets for whoever asks.

A placement is open until its last day; of several, the one that began last counts. Nothing here
judges what is due (`marks.py`).
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from oost_desktop.clock import LONDON, london
from oost_desktop.models import Allocation, Placement, Session
from oost_desktop.services.outcomes import taught_codes

RECENT = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Standing:
    """A pupil's placement as it stands on a day. Minutes a week."""

    placement: str
    pupil: str
    reason: str
    starts: date
    ends: date | None
    offered: int
    advised: int | None
    last_review: date | None
    evidence_until: date | None
    offer_reason: str


@dataclass(frozen=True, slots=True)
class Given:
    """A pupil given to a tutor."""

    id: str
    pupil: str
    tutor: str
    subject: str | None
    starts: date
    ends: date | None


def open_placements(
    connection: Connection, today: date, pupil: str | None = None
) -> dict[str, Standing]:
    """By pupil, the placement that has not ended, whether or not it has begun."""
    p = Placement
    query: Select[*tuple[Any, ...]] = select(
        p.id, p.pupil, p.reason, p.starts, p.ends, p.offered, p.advised, p.last_review,
        p.evidence_until, p.offer_reason,
    ).where(
        p.gone.is_(False), p.starts.is_not(None), or_(p.ends.is_(None), p.ends >= today)
    )  # fmt: skip
    if pupil is not None:
        query = query.where(p.pupil == pupil)
    return {
        row[1]: Standing(
            row[0], row[1], row[2] or "", row[3], row[4], row[5] or 0, row[6], row[7], row[8],
            row[9] or "",
        )
        for row in connection.execute(query.order_by(p.starts))
    }  # fmt: skip


def current_allocations(
    connection: Connection, today: date, pupil: str | None = None
) -> list[Given]:
    """Allocations that have not ended, the oldest first."""
    a = Allocation
    query: Select[*tuple[Any, ...]] = select(
        a.id, a.pupil, a.tutor, a.subject, a.starts, a.ends
    ).where(
        a.gone.is_(False), a.starts.is_not(None), a.tutor.is_not(None),
        or_(a.ends.is_(None), a.ends >= today),
    )  # fmt: skip
    if pupil is not None:
        query = query.where(a.pupil == pupil)
    return [Given(*row) for row in connection.execute(query.order_by(a.starts, a.id))]


def latest_placement(connection: Connection, pupil: str, today: date) -> Standing | None:
    """The open placement, or the last one there was."""
    found = open_placements(connection, today, pupil).get(pupil)
    return found or open_placements(connection, date.min, pupil).get(pupil)


def last_taught(connection: Connection, pupils: Collection[str], today: date) -> dict[str, date]:
    """By pupil, the last day on which each of these was taught.

    Looks at recent weeks by date first: most answers lie there, however many years are behind.
    """
    # Grouped by an expression, or the database would walk the whole table by its pupil index.
    of = func.coalesce(Session.pupil, "")
    recent = connection.execute(
        select(of, func.max(Session.starts))
        .where(
            Session.gone.is_(False),
            Session.starts >= london(today - RECENT),
            Session.outcome.in_(taught_codes()),
        )
        .group_by(of)
    )
    found = {pupil: when for pupil, when in recent if pupil in pupils and when}
    rest = json.dumps([pupil for pupil in pupils if pupil not in found])
    wanted = func.json_each(rest).table_valued("value", name="wanted")
    latest = (
        select(func.max(Session.starts))
        .where(
            Session.pupil == wanted.c.value,
            Session.gone.is_(False),
            Session.outcome.in_(taught_codes()),
        )
        .scalar_subquery()
    )
    found.update(
        (pupil, when) for pupil, when in connection.execute(select(wanted.c.value, latest)) if when
    )
    return {pupil: when.astimezone(LONDON).date() for pupil, when in found.items() if pupil}
