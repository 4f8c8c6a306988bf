"""The service's own people and computers."""

from datetime import date

from sqlalchemy.orm import Mapped

from oost_desktop.models import identifiers
from oost_desktop.models.base import OFFICE_ROLES, About, Record, Scope
from oost_desktop.models.fields import choice, day, flag, ref, tags, text


class StaffMember(Record):
    """A tutor, coordinator, senior or safeguarding lead. The id is the author of their words."""

    __tablename__ = "staff_member"
    about = About(
        "member of staff",
        "staff",
        Scope.SERVICE,
        title=("name",),
        writers=OFFICE_ROLES,
        order="name",
        retention="Training and vetting",
        sections=(
            ("Who", ("name", "role", "subjects", "trn")),
            ("Reach", ("phone", "email")),
            ("From and to", ("since", "until")),
        ),
    )
    name: Mapped[str | None] = text("Name", required=True, listed=True, searchable=True)
    role: Mapped[str | None] = choice("Role", "staff_roles", required=True, listed=True)
    subjects: Mapped[tuple[str, ...] | None] = tags("Subjects", "subjects", listed=True)
    trn: Mapped[str | None] = text("Teacher reference number", check=identifiers.trn)
    phone: Mapped[str | None] = text("Work telephone", listed=True, check=identifiers.phone)
    email: Mapped[str | None] = text("Work e-mail", check=identifiers.email)
    since: Mapped[date | None] = day("Since")
    until: Mapped[date | None] = day("Until")


class Device(Record):
    """A computer that exchanges bundles with the office. The id is its name in operations."""

    __tablename__ = "device"
    about = About(
        "device",
        "devices",
        Scope.OFFICE,
        title=("label",),
        writers=OFFICE_ROLES,
        order="label",
        sections=(("Device", ("label", "holder", "enrolled_on", "revoked", "reason")),),
    )
    label: Mapped[str | None] = text("Label on the machine", required=True, listed=True)
    holder: Mapped[str | None] = ref("Held by", to="staff_member", listed=True)
    enrolled_on: Mapped[date | None] = day("Enrolled on", listed=True)
    revoked: Mapped[bool | None] = flag("Revoked", listed=True)
    reason: Mapped[str | None] = text("Reason")
