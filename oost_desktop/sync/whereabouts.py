"""Where a record is: saved here, in bundle 14, at the office. In sets, never row by row.

A record is as far as the last of this laptop's own operations on it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from oost_desktop.store.log import here
from oost_desktop.sync.feed import own_acked


class Where(StrEnum):
    """How far a record has come."""

    SAVED_HERE = "saved here"
    IN_BUNDLE = "in a bundle"
    AT_OFFICE = "at the office"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a record is; `bundle` is the number of the bundle it first went into."""

    where: Where
    bundle: int | None = None

    def __str__(self) -> str:
        return f"in bundle {self.bundle}" if self.bundle is not None else self.where.value


_HERE, _THERE = Whereabouts(Where.SAVED_HERE), Whereabouts(Where.AT_OFFICE)


def whereabouts(connection: Connection, entities: Iterable[str]) -> dict[str, Whereabouts]:
    """Where each of these records is, seen from a laptop."""
    wanted = list(entities)
    place = here(connection)
    acked = own_acked(connection)
    sent = connection.exec_driver_sql(
        "select no, incarnation, last_seq from sent order by no"
    ).all()
    found = dict.fromkeys(wanted, _THERE)
    rows = connection.exec_driver_sql(
        "select op.entity, op.incarnation, max(op.seq) from json_each(?) as wanted"
        " join op on op.entity = wanted.value and op.device = ? group by 1, 2",
        (json.dumps(wanted), place.device),
    )
    for entity, incarnation, seq in rows:
        if seq <= acked.get(incarnation, 0) or found[entity] == _HERE:
            continue
        # Every bundle carries all of an earlier incarnation that is not acknowledged.
        is_old = incarnation != place.incarnation
        first = next(
            (
                no
                for no, at, last in sent
                if (at == incarnation and last >= seq) or (is_old and at == place.incarnation)
            ),
            None,
        )
        found[entity] = _HERE if first is None else Whereabouts(Where.IN_BUNDLE, first)
    return found
