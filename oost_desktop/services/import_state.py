"""What is recorded now, as far as an import must know it: pupils, schools, contacts, provision.

Read in six queries, then kept up to date in memory as rows are planned, so that a row sees what
the rows above it bring. Nothing here writes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from oost_desktop import ids
from oost_desktop.models import RECORDS
from oost_desktop.models.identifiers import e164
from oost_desktop.services.import_rows import same_name

_TYPES = ("pupil", "school", "contact", "placement", "allocation", "staff_member")
NameKey = tuple[str, str, date]


@dataclass(frozen=True, slots=True)
class Step:
    """One record to create or change, with only the values that differ."""

    etype: str
    entity: str
    values: Mapping[str, Any]
    is_new: bool


class State:
    """Values by record type and id, and the ways to find a pupil again."""

    def __init__(self, connection: Connection) -> None:
        self.values: dict[str, dict[str, dict[str, Any]]] = {}
        self.of_pupil: dict[tuple[str, str], list[str]] = {}
        self.by_upn: dict[str, str] = {}
        self.by_name: dict[NameKey, str] = {}
        for etype in _TYPES:
            self.values[etype] = {}
            for entity, values in _all(connection, etype):
                self._put(etype, entity, values)

    def take(self, steps: Iterable[Step]) -> None:
        """Remember what an accepted row will have done."""
        for step in steps:
            before = self.values[step.etype].get(step.entity, {})
            self._put(step.etype, step.entity, {**before, **step.values})

    def step(self, etype: str, entity: str | None, wanted: Mapping[str, Any]) -> list[Step]:
        """The step that makes a record hold these values; none if it does already."""
        if entity is None:
            return [Step(etype, ids.record_id(), dict(wanted), True)]
        now = self.values[etype][entity]
        differs = {k: v for k, v in wanted.items() if not _same(k, v, now.get(k))}
        return [Step(etype, entity, differs, False)] if differs else []

    def belonging(self, etype: str, pupil: str) -> list[tuple[str, dict[str, Any]]]:
        """A pupil's records of one type, with their ids."""
        return [
            (entity, self.values[etype][entity]) for entity in self.of_pupil.get((etype, pupil), ())
        ]

    def _put(self, etype: str, entity: str, values: dict[str, Any]) -> None:
        is_new = entity not in self.values[etype]
        self.values[etype][entity] = values
        if etype == "pupil":
            if values.get("upn"):
                self.by_upn[_compact(values["upn"])] = entity
            key = name_key(values)
            if key is not None:
                self.by_name.setdefault(key, entity)
        elif is_new and values.get("pupil"):
            self.of_pupil.setdefault((etype, values["pupil"]), []).append(entity)


def name_key(values: Mapping[str, Any]) -> NameKey | None:
    """By what a pupil without a UPN is known again: legal names and date of birth."""
    born = values.get("date_of_birth")
    if born is None or not values.get("legal_forename"):
        return None
    return same_name(values["legal_forename"]), same_name(values.get("legal_surname") or ""), born


def _all(connection: Connection, etype: str) -> list[tuple[str, dict[str, Any]]]:
    table = RECORDS.of(etype).table
    names = [spec.name for spec in RECORDS.of(etype).stored]
    rows = connection.execute(table.select().where(table.c.gone.is_(False))).mappings()
    return [(row["id"], {name: row[name] for name in names}) for row in rows]


def _same(name: str, wanted: Any, now: Any) -> bool:
    if wanted == now:
        return True
    if name == "phone" and wanted and now:
        return e164(wanted) is not None and e164(wanted) == e164(now)
    return name in ("upn", "postcode") and _compact(wanted or "") == _compact(now or "")


def _compact(text: str) -> str:
    return "".join(text.split()).upper()
