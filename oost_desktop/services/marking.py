"""Work: setting it, having it back, marking it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from oost_desktop.models import Work
from oost_desktop.services.desk import Desk, checked, current_values
from oost_desktop.services.naming import PupilName, pupils

MARKING_FIELDS = ("returned_on", "mark", "out_of", "effort", "feedback")
_ORDER = ("to mark", "due", "set", "marked")


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A piece of work in a list. `state` is set, due, to mark or marked."""

    id: str
    pupil: PupilName
    subject: str | None
    title: str
    set_on: date | None
    due_on: date | None
    returned_on: date | None
    marked_on: date | None
    mark: int | None
    out_of: int | None
    state: str

    @property
    def mark_words(self) -> str:
        """34 out of 50; 34; empty before marking."""
        if self.mark is None:
            return "marked" if self.marked_on else ""
        return f"{self.mark} out of {self.out_of}" if self.out_of else str(self.mark)


def work_list(desk: Desk, *, pupil: str | None = None, state: str | None = None) -> list[WorkRow]:
    """Work of the pupils in this vault; one pupil's, or one state's.

    What waits longest to be marked comes first, then what is due, and last what was marked last.
    """
    with desk.vault.read() as connection:
        names = pupils(connection, desk.today)
        rows = sorted(_rows(connection, names, desk.today, pupil), key=_longest_first)
    return [row for row in rows if state is None or row.state == state]


def _longest_first(row: WorkRow) -> tuple[int, int]:
    """Its state, then the day that counts in it; marked work stands the other way round."""
    days = {"to mark": row.returned_on, "due": row.due_on, "set": row.due_on}
    since = row.marked_on if row.state == "marked" else days[row.state]
    place = (since or date.max).toordinal()
    return _ORDER.index(row.state), -place if row.state == "marked" else place


def _rows(
    connection: Connection, names: Mapping[str, PupilName], today: date, pupil: str | None
) -> list[WorkRow]:
    w = Work
    query: Select[*tuple[Any, ...]] = select(
        w.id, w.pupil, w.subject, w.title, w.set_on, w.due_on, w.returned_on, w.marked_on,
        w.mark, w.out_of,
    ).where(w.gone.is_(False))  # fmt: skip
    if pupil is not None:
        query = query.where(w.pupil == pupil)
    found = []
    for row in connection.execute(query.order_by(w.set_on, w.title)):
        name = names.get(row[1])
        if name is not None:
            found.append(_work_row(row, name, today))
    return found


def _work_row(row: Sequence[Any], name: PupilName, today: date) -> WorkRow:
    entity, _pupil, subject, title, set_on, due, returned, marked, mark, out_of = row
    state = _state(due, returned, marked, today)
    return WorkRow(
        entity, name, subject, title or "", set_on, due, returned, marked, mark, out_of, state
    )


def _state(due: date | None, returned: date | None, marked: date | None, today: date) -> str:
    if marked is not None:
        return "marked"
    if returned is not None:
        return "to mark"
    return "due" if due is not None and due < today else "set"


def set_work(desk: Desk, values: Mapping[str, Any]) -> str:
    """Set a piece of work: pupil, title, and whatever else is known. Raises InvalidError."""
    filled = {"set_on": desk.today, "set_by": "TUTOR", **values}
    checked(desk, Work, filled)
    with desk.vault.act(desk.actor) as unit:
        return unit.create(Work, filled)


def mark_work(desk: Desk, entity: str, values: Mapping[str, Any]) -> None:
    """Mark a piece of work, today; work that was never booked in is returned today too."""
    with desk.vault.read() as connection:
        standing = current_values(connection, Work, entity) or {}
    written = {name: values[name] for name in MARKING_FIELDS if name in values}
    written["marked_on"] = standing.get("marked_on") or desk.today
    written["returned_on"] = written.get("returned_on") or standing.get("returned_on") or desk.today
    checked(desk, Work, {**standing, **written})
    with desk.vault.act(desk.actor) as unit:
        unit.change(Work, entity, written)


def take_in(desk: Desk, entity: str) -> None:
    """Book work as returned today."""
    with desk.vault.act(desk.actor) as unit:
        unit.change(Work, entity, {"returned_on": desk.today})
