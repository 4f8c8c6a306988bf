"""Putting the invented service into a vault, so that practice, tour and tests are like work."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from oost_desktop.invented.records import Invented, record_values
from oost_desktop.models import RECORDS
from oost_desktop.models.fields import Kind
from oost_desktop.services.desk import Desk
from oost_desktop.store.unit import UnitOfWork


@dataclass
class Placed:
    """Which record each invented key became."""

    ids: dict[str, str] = field(default_factory=dict)

    def values_of(self, item: Invented) -> dict[str, Any]:
        """An invented record's values with keys turned into ids."""
        record_type = RECORDS.of(item.ETYPE)
        values = record_values(item)
        for spec in record_type.fields.values():
            if spec.kind is Kind.REF and values.get(spec.name) is not None:
                values[spec.name] = self.ids.get(values[spec.name], values[spec.name])
        return values


def put(desk: Desk, items: Iterable[Invented], placed: Placed) -> None:
    """Create invented records in one transaction, in their order."""
    with desk.vault.act(desk.actor) as unit:
        for item in items:
            put_one(unit, item, placed)


def put_one(unit: UnitOfWork, item: Invented, placed: Placed) -> str:
    """Create one invented record; sealed ones go through `services/concerns.py` instead."""
    entity = unit.create(item.ETYPE, placed.values_of(item))
    placed.ids[item.key] = entity
    return entity
