"""What an invented service consists of, field for field as the record types of `models`.

Each class names its record type in `ETYPE`; its fields are that type's fields, with keys of
other invented records where the type has references. `key`, `made_by` (a member of staff's key)
and `made_at` (when it would have been written down) are ours, and not part of the record.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar

OURS = frozenset({"key", "made_by", "made_at"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """One invented record. `made_at` is an aware UTC moment."""

    ETYPE: ClassVar[str]
    key: str
    made_by: str
    made_at: datetime


def record_values(item: Invented) -> dict[str, Any]:
    """The fields of the record, without ours. References are keys, still to be turned into ids."""
    return {name: getattr(item, name) for name in _names(type(item).__name__, item)}


_NAMES: dict[str, tuple[str, ...]] = {}


def _names(kind: str, item: Invented) -> tuple[str, ...]:
    known = _NAMES.get(kind)
    if known is None:
        found = (field.name for field in fields(item))
        known = _NAMES[kind] = tuple(name for name in found if name not in OURS)
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedSchool(Invented):
    ETYPE = "school"
    name: str
    laestab: str
    town: str
    postcode: str
    phone: str
    email: str
    dsl_name: str
    dsl_phone: str
    midday: str
    billing_route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedStaff(Invented):
    ETYPE = "staff_member"
    name: str
    role: str
    subjects: tuple[str, ...]
    trn: str | None
    phone: str
    email: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedTermPeriod(Invented):
    ETYPE = "term_period"
    year: str
    name: str
    starts: date
    ends: date
    status: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedSetting(Invented):
    ETYPE = "setting"
    name: str
    value: str
    effective_from: date
    source: str
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedAgreement(Invented):
    ETYPE = "agreement_version"
    title: str
    effective_from: date
    sha256: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPupil(Invented):
    ETYPE = "pupil"
    legal_surname: str | None
    legal_forename: str
    preferred_surname: str | None
    preferred_forename: str | None
    date_of_birth: date
    nc_year: int
    sex: str
    school: str
    upn: str
    uln: str | None
    sen: str
    address: str
    postcode: str
    address_confidential: bool
    emergency: str
    medication: str | None
    allergies: tuple[str, ...]
    who_is_in: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedContact(Invented):
    ETYPE = "contact"
    pupil: str
    name: str
    role: str
    relationship: str | None
    organisation: str | None
    phone: str | None
    email: str | None
    has_parental_responsibility: bool | None
    must_not_contact: bool
    restriction: str | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedAcceptance(Invented):
    ETYPE = "agreement_acceptance"
    pupil: str
    school: str
    agreement: str
    sha256: str
    accepted_by: str
    position: str
    accepted_at: datetime
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPlacement(Invented):
    ETYPE = "placement"
    pupil: str
    reason: str
    starts: date
    ends: date | None
    ended_because: str | None
    advised: int
    offered: int
    offer_reason: str
    last_review: date | None
    evidence_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedAllocation(Invented):
    ETYPE = "allocation"
    pupil: str
    tutor: str
    subject: str | None
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedSlot(Invented):
    ETYPE = "timetable_slot"
    pupil: str
    tutor: str
    subject: str
    weekday: str
    starts_at: str
    ends_at: str
    venue: str
    place: str | None
    mode: str
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedSession(Invented):
    ETYPE = "session"
    pupil: str
    tutor: str
    subject: str
    slot: str
    starts: datetime
    ends: datetime
    venue: str
    place: str | None
    mode: str
    adult: str | None
    outcome: str
    outcome_note: str | None
    covered: str | None
    target: str | None
    engagement: int | None
    own_words: str | None
    next_step: str | None
    school_told: datetime | None
    from_paper: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedWork(Invented):
    ETYPE = "work"
    pupil: str
    subject: str
    title: str
    instructions: str
    set_by: str
    session: str
    set_on: date
    due_on: date
    returned_on: date | None
    marked_on: date | None
    mark: int | None
    out_of: int | None
    effort: int | None
    feedback: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedAssessment(Invented):
    ETYPE = "assessment"
    pupil: str
    subject: str
    on: date
    scale: str
    value: str
    kind: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPlan(Invented):
    ETYPE = "education_plan"
    pupil: str
    state: str
    agreed_on: date
    review_by: date
    pupil_views: str
    parent_views: str
    views_differ: str | None
    medical_impact: str
    baseline: str
    provision: str
    integration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedTarget(Invented):
    ETYPE = "target"
    pupil: str
    plan: str
    kind: str
    wording: str
    set_by: str
    criterion: str
    review_on: date
    self_rating: int | None
    self_words: str | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedConcern(Invented):
    ETYPE = "concern"
    pupil: str
    written_at: datetime
    verbatim: str
    asked: str | None
    present: str
    happened_at: datetime
    place: str
    did: str
    injuries: str | None
    opinion: str | None
    told_whom: str | None
    told_at: datetime | None
    told_how: str | None
    told_reference: str | None
    not_told_because: str | None
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """How a pupil is spoken of in notes: name, the adult at home, and what the days are like."""

    name: str
    adult: str
    adult_title: str
    adult_surname: str
    adult_role: str
    reason: str
    mood: str
    key_stage: int


@dataclass(frozen=True, slots=True)
class InventedCase:
    """One pupil's whole file but for sessions and work, which the service yields one by one.

    `silent_days` says how long before today the tutor stopped writing anything up;
    `integrating` that some lessons are visits to school instead.
    """

    number: int
    voice: Voice
    pupil: InventedPupil
    contacts: tuple[InventedContact, ...]
    acceptance: InventedAcceptance
    placements: tuple[InventedPlacement, ...]
    allocations: tuple[InventedAllocation, ...]
    slots: tuple[InventedSlot, ...]
    plans: tuple[InventedPlan, ...]
    targets: tuple[InventedTarget, ...]
    assessments: tuple[InventedAssessment, ...]
    concerns: tuple[InventedConcern, ...]
    silent_days: int = 0
    integrating: bool = False

    @property
    def learning_targets(self) -> tuple[str, ...]:
        """The first learning target of each plan, in the order of the plans."""
        first: dict[str, str] = {}
        for target in self.targets:
            if target.kind == "LEARN":
                first.setdefault(target.plan, target.key)
        return tuple(first[plan.key] for plan in self.plans)

    def records(self) -> tuple[Invented, ...]:
        """Everything in the file, in an order in which nothing refers to what comes later."""
        return (
            self.pupil, *self.contacts, self.acceptance, *self.placements, *self.allocations,
            *self.slots, *self.plans, *self.targets, *self.assessments, *self.concerns,
        )  # fmt: skip
