"""Pupils, the adults around them, and their schools."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from oost_desktop.models import identifiers
from oost_desktop.models.base import OFFICE_ROLES, About, Record, Scope
from oost_desktop.models.fields import choice, day, flag, number, of_pupil, prose, ref, tags, text
from oost_desktop.models.problems import Problem


class School(Record):
    """A pupil's home school: it keeps the register and answers for the child (SLA)."""

    __tablename__ = "school"
    about = About(
        "school",
        "schools",
        Scope.SERVICE,
        title=("name",),
        writers=OFFICE_ROLES,
        order="name",
        sections=(
            ("School", ("name", "laestab", "urn", "town", "postcode", "phone", "email")),
            ("Safeguarding lead", ("dsl_name", "dsl_phone")),
            ("Register", ("midday", "billing_route")),
        ),
    )
    name: Mapped[str | None] = text("Name", required=True, searchable=True, listed=True)
    laestab: Mapped[str | None] = text("DfE number", listed=True, check=identifiers.laestab)
    urn: Mapped[str | None] = text("URN", check=identifiers.urn)
    town: Mapped[str | None] = text("Town", listed=True, searchable=True)
    postcode: Mapped[str | None] = text("Postcode", check=identifiers.postcode)
    phone: Mapped[str | None] = text("Telephone", listed=True, check=identifiers.phone)
    email: Mapped[str | None] = text("E-mail", check=identifiers.email)
    dsl_name: Mapped[str | None] = text("DSL's name", listed=True)
    dsl_phone: Mapped[str | None] = text("DSL's telephone", check=identifiers.phone)
    midday: Mapped[str | None] = text("Morning ends at", help="Register sessions; 12:00 if empty.")
    billing_route: Mapped[str | None] = choice("Charged by", "billing_routes")


def _pupil_dates(values: Mapping[str, Any]) -> Iterable[Problem]:
    born: date | None = values.get("date_of_birth")
    year: int | None = values.get("nc_year")
    on: date | None = values.get("_today")
    if born is not None and on is not None:
        yield from identifiers.date_of_birth(born, on)
        if year is not None:
            yield from identifiers.nc_year(year, born, on)


class Pupil(Record):
    """A child the service teaches. The preferred name is shown, the legal one goes on returns."""

    __tablename__ = "pupil"
    about = About(
        "pupil",
        "pupils",
        Scope.PUPIL,
        title=("preferred_forename", "legal_surname"),
        writers=OFFICE_ROLES,
        order="legal_surname",
        check=_pupil_dates,
        sections=(
            (
                "Name",
                ("preferred_forename", "preferred_surname", "legal_forename", "legal_surname"),
            ),
            ("About", ("date_of_birth", "nc_year", "sex", "school", "upn", "uln", "sen")),
            ("Where", ("address", "postcode", "address_confidential")),
            ("To know before you go", ("emergency", "medication", "allergies", "who_is_in")),
            ("Note", ("note",)),
        ),
    )
    legal_surname: Mapped[str | None] = text("Legal surname", listed=True, searchable=True)
    legal_forename: Mapped[str | None] = text("Legal forename", required=True, searchable=True)
    preferred_surname: Mapped[str | None] = text("Preferred surname", searchable=True)
    preferred_forename: Mapped[str | None] = text(
        "Preferred forename", listed=True, searchable=True
    )
    date_of_birth: Mapped[date | None] = day("Date of birth", required=True)
    nc_year: Mapped[int | None] = number("Year group", listed=True)
    sex: Mapped[str | None] = choice("Sex recorded in law", "sexes")
    school: Mapped[str | None] = ref("School", to="school", listed=True)
    upn: Mapped[str | None] = text("UPN", check=identifiers.upn)
    uln: Mapped[str | None] = text("ULN", check=identifiers.uln)
    sen: Mapped[str | None] = choice("SEN provision", "sen_provision")
    # An address is one thing: half of an old one and half of a new one is nowhere.
    address: Mapped[str | None] = prose("Address", register="address", limit=500)
    postcode: Mapped[str | None] = text("Postcode", register="address", check=identifiers.postcode)
    address_confidential: Mapped[bool | None] = flag(
        "Confidential address", help="Kept off paper and out of other tutors' bundles."
    )
    emergency: Mapped[str | None] = prose("In an emergency", limit=2000)
    medication: Mapped[str | None] = prose("Medication to know of", limit=2000)
    allergies: Mapped[tuple[str, ...] | None] = tags("Allergies and alerts")
    who_is_in: Mapped[str | None] = text("Who must be present", limit=500)
    note: Mapped[str | None] = prose("Note", searchable=True)


class Contact(Record):
    """An adult around a pupil: parent, named person, professional, emergency contact."""

    __tablename__ = "contact"
    about = About(
        "contact",
        "contacts",
        Scope.PUPIL,
        title=("name",),
        order="role",
        sections=(
            ("Who", ("pupil", "name", "role", "relationship", "organisation")),
            ("Reach", ("phone", "second_phone", "email", "address")),
            ("Rights", ("has_parental_responsibility", "must_not_contact", "restriction")),
            ("From and to", ("since", "until")),
        ),
    )
    pupil: Mapped[str | None] = of_pupil(required=True)
    name: Mapped[str | None] = text("Name", required=True, listed=True, searchable=True)
    role: Mapped[str | None] = choice("Role", "contact_roles", required=True, listed=True)
    relationship: Mapped[str | None] = text("Relation to the pupil", listed=True)
    organisation: Mapped[str | None] = text("Organisation", listed=True, searchable=True)
    phone: Mapped[str | None] = text("Telephone", listed=True, check=identifiers.phone)
    second_phone: Mapped[str | None] = text("Second telephone", check=identifiers.phone)
    email: Mapped[str | None] = text("E-mail", check=identifiers.email)
    address: Mapped[str | None] = prose("Address", limit=500)
    has_parental_responsibility: Mapped[bool | None] = flag("Has parental responsibility")
    must_not_contact: Mapped[bool | None] = flag("Must not be contacted", listed=True)
    restriction: Mapped[str | None] = text("Court order or restriction", limit=1000)
    since: Mapped[date | None] = day("Since")
    until: Mapped[date | None] = day("Until")
