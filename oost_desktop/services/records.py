"""The same few acts for any record type: read, create, change, remove, list.

Pages that need no act of their own use these; the declaration says what is allowed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from oost_desktop.errors import BugError
from oost_desktop.models import RECORDS, RecordType
from oost_desktop.models.fields import FieldSpec, Kind
from oost_desktop.services import wording
from oost_desktop.services.desk import Desk, checked, current_values


@dataclass(frozen=True, slots=True)
class Option:
    """A record one may choose: its id and its name in a list."""

    id: str
    label: str


def values_of(desk: Desk, etype: str, entity: str) -> dict[str, Any]:
    """A record's values by field name."""
    with desk.vault.read() as connection:
        found = current_values(connection, etype, entity)
    if found is None:
        raise BugError(f"There is no such {RECORDS.of(etype).about.singular}.")
    return found


def save(
    desk: Desk,
    etype: str,
    values: Mapping[str, Any],
    *,
    entity: str | None = None,
    why: str | None = None,
) -> str:
    """Create a record, or change one. Raises InvalidError, FactNeedsReasonError, RefusedError."""
    if entity is None:
        checked(desk, etype, values)
        with desk.vault.act(desk.actor) as unit:
            return unit.create(etype, values)
    checked(desk, etype, {**values_of(desk, etype, entity), **values})
    with desk.vault.act(desk.actor) as unit:
        unit.change(etype, entity, values, why=why)
    return entity


def remove(desk: Desk, etype: str, entity: str, *, why: str | None = None) -> None:
    """Take a record out of view. `restore` brings it back; nothing is erased."""
    with desk.vault.act(desk.actor) as unit:
        unit.remove(etype, entity, why=why)


def restore(desk: Desk, etype: str, entity: str) -> None:
    """Bring a removed record back."""
    with desk.vault.act(desk.actor) as unit:
        unit.restore(etype, entity)


def options(desk: Desk, etype: str) -> list[Option]:
    """Every record of a type that may be chosen, by its title."""
    record_type = RECORDS.of(etype)
    with desk.vault.read() as connection:
        return _options(connection, record_type)


def _options(connection: Connection, record_type: RecordType) -> list[Option]:
    table = record_type.table
    names = record_type.about.title
    rows = connection.execute(
        select(table.c.id, *(table.c[name] for name in names)).where(table.c.gone.is_(False))
    )
    found = [
        Option(
            row[0],
            " ".join(
                _shown(record_type.fields[n], v) for n, v in zip(names, row[1:], strict=True)
            ).strip(),
        )
        for row in rows
    ]
    return sorted(found, key=lambda option: option.label.casefold())


def _shown(spec: FieldSpec, value: Any) -> str:
    return wording.shown(spec, value)


def ids(
    desk: Desk, etype: str, *, order: str | None = None, where: Mapping[str, Any] | None = None
) -> list[str]:
    """Ids of the records in view, in an order ("-" for descending), all filters met."""
    record_type = RECORDS.of(etype)
    table = record_type.table
    wanted = order or record_type.about.order
    column, entity = table.c[wanted.removeprefix("-")], table.c.id
    in_order = (column.desc(), entity.desc()) if wanted.startswith("-") else (column, entity)
    listed = (
        select(entity)
        .where(
            table.c.gone.is_(False),
            *(table.c[name] == value for name, value in (where or {}).items()),
        )
        .order_by(*in_order)
        .subquery()
    )
    # As one value: two hundred thousand rows would take three times as long to fetch. SQLite
    # keeps a subquery's order for an aggregate such as this.
    query = select(func.json_group_array(listed.c.id)).select_from(listed)
    with desk.vault.read() as connection:
        return list(json.loads(connection.execute(query).scalar_one()))


def rows(desk: Desk, etype: str, wanted: list[str]) -> list[tuple[str, ...]]:
    """The listed fields of these records as words, in the order asked for."""
    record_type = RECORDS.of(etype)
    table = record_type.table
    specs = record_type.listed
    with desk.vault.read() as connection:
        found = {
            row[0]: row[1:]
            for row in connection.execute(
                select(table.c.id, *(table.c[spec.name] for spec in specs)).where(
                    table.c.id.in_(wanted)
                )
            )
        }
        names = _names_of_refs(connection, specs)
    return [
        tuple(
            names.get(value, "") if spec.kind is Kind.REF else wording.shown(spec, value)
            for spec, value in zip(specs, found[entity], strict=True)
        )
        for entity in wanted
        if entity in found
    ]


def _names_of_refs(connection: Connection, specs: tuple[FieldSpec, ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    for target in {spec.target for spec in specs if spec.kind is Kind.REF}:
        names.update((o.id, o.label) for o in _options(connection, RECORDS.of(target)))
    return names
