"""The education plan and its targets (SLA O5, O14, schools 2)."""

from datetime import date

from sqlalchemy.orm import Mapped

from oost_desktop.models.base import About, Record, Scope
from oost_desktop.models.codes import code_list
from oost_desktop.models.fields import choice, day, number, of_pupil, prose, ref, text


class EducationPlan(Record):
    """What a pupil is working towards and how, agreed with them, their parents and school."""

    __tablename__ = "education_plan"
    about = About(
        "education plan",
        "education plans",
        Scope.PUPIL,
        title=("agreed_on",),
        order="-agreed_on",
        sections=(
            ("Plan", ("pupil", "state", "agreed_on", "review_by")),
            ("Views", ("pupil_views", "parent_views", "views_differ")),
            ("Starting point", ("medical_impact", "baseline", "provision", "integration")),
        ),
    )
    pupil: Mapped[str | None] = of_pupil(required=True)
    state: Mapped[str | None] = choice("State", "plan_states", required=True, listed=True)
    agreed_on: Mapped[date | None] = day("Agreed on", listed=True)
    review_by: Mapped[date | None] = day("Review by", listed=True)
    pupil_views: Mapped[str | None] = prose("The pupil's views, in their words", searchable=True)
    parent_views: Mapped[str | None] = prose("Parents' views, in their words", searchable=True)
    views_differ: Mapped[str | None] = prose("If they differ, how it was decided", limit=5000)
    medical_impact: Mapped[str | None] = prose("What the condition means for learning")
    baseline: Mapped[str | None] = prose("Starting point", searchable=True)
    provision: Mapped[str | None] = prose("Who provides what")
    integration: Mapped[str | None] = prose("Way back into school")


class Target(Record):
    """One target of a plan: learning, health, social, or return to school."""

    __tablename__ = "target"
    about = About(
        "target",
        "targets",
        Scope.PUPIL,
        title=("wording",),
        order="kind",
        sections=(
            ("Target", ("pupil", "plan", "kind", "wording", "set_by", "criterion", "review_on")),
            ("So far", ("self_rating", "self_words", "outcome")),
        ),
    )
    pupil: Mapped[str | None] = of_pupil(required=True)
    plan: Mapped[str | None] = ref("Plan", to="education_plan")
    kind: Mapped[str | None] = choice("Kind", "target_kinds", required=True, listed=True)
    wording: Mapped[str | None] = text(
        "Target", required=True, listed=True, searchable=True, limit=500
    )
    set_by: Mapped[str | None] = choice("Set by", "target_set_by", required=True, listed=True)
    criterion: Mapped[str | None] = text("How we shall know", limit=500)
    review_on: Mapped[date | None] = day("Look again on", listed=True)
    self_rating: Mapped[int | None] = number("Pupil's own rating, 1 to 5", listed=True)
    self_words: Mapped[str | None] = prose("Pupil's own words", searchable=True, limit=2000)
    outcome: Mapped[str | None] = choice("Outcome", "target_outcomes", listed=True)


def is_closed(outcome: str | None) -> bool:
    """Whether a target's outcome ends it."""
    return outcome is not None and code_list("target_outcomes").extra(outcome, "closed") == "1"
