"""How a pupil comes to the service: agreement, placement, allocation (SLA)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped

from oost_desktop.models.base import OFFICE_ROLES, About, Record, Scope
from oost_desktop.models.fields import (
    Rule,
    choice,
    day,
    minutes,
    moment,
    of_pupil,
    prose,
    ref,
    text,
)
from oost_desktop.models.problems import Problem


def _in_order(start: str, end: str, message: str) -> Any:
    def check(values: Mapping[str, Any]) -> Iterable[Problem]:
        first, last = values.get(start), values.get(end)
        if first is not None and last is not None and last < first:
            yield Problem(end, message)

    return check


class AgreementVersion(Record):
    """One exact text of the service level agreement, as the office loaded it."""

    __tablename__ = "agreement_version"
    about = About(
        "agreement",
        "agreements",
        Scope.SERVICE,
        title=("title",),
        writers=OFFICE_ROLES,
        sections=(("Agreement", ("title", "effective_from", "sha256", "wording")),),
    )
    title: Mapped[str | None] = text("Title", required=True, listed=True)
    effective_from: Mapped[date | None] = day("In force from", listed=True)
    sha256: Mapped[str | None] = text("Fingerprint (SHA-256)", rule=Rule.FACT, required=True)
    wording: Mapped[str | None] = prose("Text", rule=Rule.FACT, limit=150_000, required=True)


class AgreementAcceptance(Record):
    """A school's acceptance of the agreement with a referral (SLA, closing line)."""

    __tablename__ = "agreement_acceptance"
    about = About(
        "acceptance",
        "acceptances",
        Scope.PUPIL,
        title=("accepted_by",),
        writers=OFFICE_ROLES,
        sections=(
            (
                "Acceptance",
                (
                    "pupil", "school", "agreement", "sha256", "accepted_by", "position",
                    "accepted_at", "method",
                ),
            ),
        ),
    )  # fmt: skip
    pupil: Mapped[str | None] = of_pupil(required=True, rule=Rule.FACT)
    school: Mapped[str | None] = ref("School", to="school", rule=Rule.FACT, listed=True)
    agreement: Mapped[str | None] = ref(
        "Agreement", to="agreement_version", required=True, rule=Rule.FACT, listed=True
    )
    sha256: Mapped[str | None] = text("Fingerprint accepted", required=True, rule=Rule.FACT)
    accepted_by: Mapped[str | None] = text(
        "Accepted by", required=True, rule=Rule.FACT, listed=True
    )
    position: Mapped[str | None] = text("Position", rule=Rule.FACT)
    accepted_at: Mapped[datetime | None] = moment("Accepted at", rule=Rule.FACT, listed=True)
    method: Mapped[str | None] = text("How", rule=Rule.FACT)


class Placement(Record):
    """One episode of tuition, from first to last day."""

    __tablename__ = "placement"
    about = About(
        "placement",
        "placements",
        Scope.PUPIL,
        title=("reason", "starts"),
        writers=OFFICE_ROLES,
        order="-starts",
        check=_in_order("starts", "ends", "The last day cannot be before the first."),
        sections=(
            ("Placement", ("pupil", "reason", "starts", "ends", "ended_because")),
            ("Hours a week", ("advised", "offered", "offer_reason")),
            ("Due", ("last_review", "evidence_until")),
        ),
    )
    pupil: Mapped[str | None] = of_pupil(required=True)
    reason: Mapped[str | None] = choice("Reason", "referral_reasons", required=True, listed=True)
    starts: Mapped[date | None] = day("First day", required=True, listed=True, register="span")
    ends: Mapped[date | None] = day("Last day", listed=True, register="span")
    ended_because: Mapped[str | None] = choice("Ended because", "placement_ends")
    # Four quantities, never one: advised, offered, timetabled, delivered; none may hide another.
    advised: Mapped[int | None] = minutes("Medically advised")
    offered: Mapped[int | None] = minutes("Offered", listed=True)
    offer_reason: Mapped[str | None] = text("Why these hours", limit=1000)
    last_review: Mapped[date | None] = day("Last education plan meeting", listed=True)
    evidence_until: Mapped[date | None] = day("Medical evidence until", listed=True)


class Allocation(Record):
    """A tutor given a pupil. It decides whose laptop receives the pupil's file."""

    __tablename__ = "allocation"
    about = About(
        "allocation",
        "allocations",
        Scope.PUPIL,
        title=("starts",),
        writers=OFFICE_ROLES,
        order="-starts",
        check=_in_order("starts", "ends", "The last day cannot be before the first."),
        sections=(("Allocation", ("pupil", "tutor", "subject", "starts", "ends")),),
    )
    pupil: Mapped[str | None] = of_pupil(required=True)
    tutor: Mapped[str | None] = ref("Tutor", to="staff_member", required=True, listed=True)
    subject: Mapped[str | None] = choice("Subject", "subjects", listed=True)
    starts: Mapped[date | None] = day("From", required=True, listed=True, register="span")
    ends: Mapped[date | None] = day("To", listed=True, register="span")
