"""Records and their values in words, for pages that show many kinds side by side.

Says what a record is ("session of Thursday 12 November"), whose it is, and what stands in one
register. Names are looked up once. Decides nothing and writes nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from oost_desktop.clock import LONDON
from oost_desktop.models import RECORDS, Role, StaffMember
from oost_desktop.models.fields import FieldSpec, Kind
from oost_desktop.services import wording
from oost_desktop.services.desk import current_values
from oost_desktop.services.naming import pupils, staff

SOMEBODY = "somebody no longer here"


class RecordWords:
    """Names of whatever is mentioned, as this vault knows them."""

    def __init__(self, connection: Connection, today: date) -> None:
        self.connection = connection
        self.today = today
        self.pupils = pupils(connection, today)
        self.staff = staff(connection)
        rows = connection.execute(select(StaffMember.id, StaffMember.role))
        self.tutors = {entity for entity, role in rows if role == Role.TUTOR.value}

    def record(self, etype: str, entity: str) -> tuple[str, str]:
        """The pupil's name and what the record is, in words."""
        record_type = RECORDS.of(etype)
        values = current_values(self.connection, etype, entity) or {}
        pupil = self.pupils.get(entity if etype == "pupil" else values.get("pupil") or "")
        words = record_type.about.singular
        spec = record_type.fields[record_type.about.title[0]]
        value = values.get(spec.name)
        if etype == "pupil" or value is None:
            return (pupil.name if pupil else "", words)
        if isinstance(value, datetime):
            value = value.astimezone(LONDON).date()
        if isinstance(value, date):
            words += f" of {wording.long_day(value, year=value.year != self.today.year)}"
        else:
            words += f" “{self.value(spec, value)}”"
        return (pupil.name if pupil else "", words)

    def value(self, spec: FieldSpec, value: Any) -> str:
        """A value as shown; a reference by its record's name."""
        if value is None:
            return "nothing"
        if spec.kind is not Kind.REF:
            return wording.shown(spec, value)
        if spec.target == "staff_member":
            return self.staff.get(value, SOMEBODY)
        if spec.target == "pupil":
            return self.pupils[value].name if value in self.pupils else "a pupil not here"
        return self.record(spec.target, value)[1]

    def who(self, person: str) -> str:
        """A member of staff's name."""
        return self.staff.get(person) or SOMEBODY

    def unit(self, specs: Sequence[FieldSpec], value: Any) -> str:
        """What stands in a register: a value, or its fields with their labels, line by line."""
        if not specs[0].register:
            return self.value(specs[0], value)
        parts = value if isinstance(value, Mapping) else {}
        return "\n".join(f"{s.label}: {self.value(s, parts.get(s.name))}" for s in specs)
