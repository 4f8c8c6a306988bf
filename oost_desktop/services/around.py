"""The adults around a pupil whom a tutor may ring, and what to know before ringing.

Whoever must not be contacted never leaves this module as somebody to ring.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from oost_desktop.models import Contact, Pupil, School
from oost_desktop.models.codes import code_list
from oost_desktop.services import settings, wording

_PARENTS = ("MOTHER", "FATHER", "CARER", "GUARDIAN", "STEP", "GRAND", "FAMILY")


@dataclass(frozen=True, slots=True)
class Ring:
    """Somebody to ring: name, who they are to the pupil, number as it was written."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """An adult in a pupil's file. `must_not_contact` and `restriction` are shown, never hidden."""

    id: str
    name: str
    role: str
    role_words: str
    relationship: str
    organisation: str
    phone: str
    second_phone: str
    email: str
    has_parental_responsibility: bool
    must_not_contact: bool
    restriction: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Around:
    """Whom to ring for a pupil. None where nobody is recorded."""

    named_person: Ring | None
    school_dsl: Ring | None
    parent: Ring | None
    to_ring: tuple[Ring, ...]
    service_dsl: Ring | None


def contact_rows(connection: Connection, pupil: str, today: date) -> list[ContactRow]:
    """Every adult in the pupil's file, school first, then family; former ones last."""
    c = Contact
    query: Select[*tuple[Any, ...]] = select(
        c.id, c.name, c.role, c.relationship, c.organisation, c.phone, c.second_phone, c.email,
        c.has_parental_responsibility, c.must_not_contact, c.restriction, c.until,
    ).where(c.pupil == pupil, c.gone.is_(False))  # fmt: skip
    found = [_contact_row(row, today) for row in connection.execute(query)]
    order = {member.code: place for place, member in enumerate(code_list("contact_roles"))}
    return sorted(
        found, key=lambda row: (not row.is_current, order.get(row.role, len(order)), row.name)
    )


def _contact_row(row: Any, today: date) -> ContactRow:
    entity, name, role, relationship, organisation, phone, second, email = row[:8]
    has_rights, must_not, restriction, until = row[8:]
    return ContactRow(
        entity, name or "", role or "", code_list("contact_roles").label(role or ""),
        relationship or "", organisation or "", phone or "", second or "", email or "",
        bool(has_rights), bool(must_not), restriction or "", until is None or until >= today,
    )  # fmt: skip


def around(connection: Connection, pupil: str, today: date) -> Around:
    """Whom to ring about this pupil, today."""
    rows = contact_rows(connection, pupil, today)
    allowed = [row for row in rows if row.is_current and not row.must_not_contact]
    dsl = _first(allowed, ("DSL", "DDSL")) or _dsl_of_school(connection, pupil)
    return Around(
        named_person=_first(allowed, ("NAMED",)),
        school_dsl=dsl,
        parent=_parent(allowed),
        to_ring=tuple(_ring(row) for row in _family_first(allowed) if row.phone),
        service_dsl=_service_dsl(connection, today),
    )


def has_named_person(connection: Connection, today: date) -> set[str]:
    """The pupils whose school has named a person (SLA, schools 4)."""
    rows = connection.execute(
        select(Contact.pupil)
        .where(
            Contact.role == "NAMED",
            Contact.gone.is_(False),
            or_(Contact.until.is_(None), Contact.until >= today),
        )
        .distinct()
    )
    return {pupil for (pupil,) in rows if pupil}


def _ring(row: ContactRow) -> Ring:
    relation = wording.first_capital(row.relationship) or row.role_words
    return Ring(row.name, relation, row.phone or row.second_phone)


def _first(rows: list[ContactRow], roles: tuple[str, ...]) -> Ring | None:
    return next((_ring(row) for role in roles for row in rows if row.role == role), None)


def _parent(rows: list[ContactRow]) -> Ring | None:
    """The first with parental responsibility; else the first of the family."""
    family = _family_first([row for row in rows if row.role in _PARENTS])
    return _ring(family[0]) if family else None


def _family_first(rows: list[ContactRow]) -> list[ContactRow]:
    def rank(row: ContactRow) -> tuple[bool, int]:
        place = _PARENTS.index(row.role) if row.role in _PARENTS else len(_PARENTS)
        return not row.has_parental_responsibility, place

    return sorted(rows, key=rank)


def _dsl_of_school(connection: Connection, pupil: str) -> Ring | None:
    row = connection.execute(
        select(School.dsl_name, School.dsl_phone)
        .join(Pupil, Pupil.school == School.id)
        .where(Pupil.id == pupil)
    ).one_or_none()
    if row is None or not (row[0] or row[1]):
        return None
    return Ring(row[0] or "Safeguarding lead", "School's safeguarding lead", row[1] or "")


def _service_dsl(connection: Connection, today: date) -> Ring | None:
    phone = settings.value_on(connection, "DSL_PHONE", today)
    name = settings.value_on(connection, "DSL_NAME", today)
    if not (phone or name):
        return None
    return Ring(name or "Our safeguarding lead", "Our safeguarding lead", phone or "")
