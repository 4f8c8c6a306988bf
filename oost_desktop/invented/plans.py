"""Education plans as they would be agreed: views in their owners' words, targets, assessments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from oost_desktop.clock import london
from oost_desktop.invented.records import (
    InventedAssessment,
    InventedPlan,
    InventedTarget,
    Voice,
)
from oost_desktop.invented.script import put
from oost_desktop.invented.source import between, pick, rows_where
from oost_desktop.models.calendar import TermCalendar
from oost_desktop.models.codes import code_list

FIRST_PLAN_AFTER, REVIEW_EVERY = timedelta(days=14), 84
_DONE = ("ACHIEVED", "ACHIEVED", "PARTLY", "PARTLY", "NOT", "WITHDRAWN")
_MOST_PLANS = 25


@dataclass(frozen=True, slots=True)
class Course:
    """What a plan needs to know of a placement."""

    pupil: str
    tutor: str
    starts: date
    until: date
    open: bool
    subjects: tuple[str, ...]


def plans_and_targets(
    dice: Random, voice: Voice, course: Course, calendar: TermCalendar
) -> tuple[tuple[InventedPlan, ...], tuple[InventedTarget, ...]]:
    """A plan a fortnight in, then one at each review in term; the last of an open case counts."""
    meetings: list[date] = []
    day = course.starts + FIRST_PLAN_AFTER
    while day <= course.until and len(meetings) < _MOST_PLANS:
        meetings.append(day)
        day = calendar.review_due(day, REVIEW_EVERY).hold_by
    plans: list[InventedPlan] = []
    targets: list[InventedTarget] = []
    for number, held in enumerate(meetings, start=1):
        current = course.open and number == len(meetings)
        plan = _plan(dice, voice, course, (number, held, current), calendar)
        plans.append(plan)
        targets.extend(_targets(dice, voice, course, plan, current))
    return tuple(plans), tuple(targets)


def _plan(
    dice: Random,
    voice: Voice,
    course: Course,
    meeting: tuple[int, date, bool],
    calendar: TermCalendar,
) -> InventedPlan:
    number, held, current = meeting

    def said(whose: str) -> str:
        return put(pick(dice, rows_where("views", whose=whose, reason=voice.reason))["text"], voice)

    return InventedPlan(
        key=f"{course.pupil}-plan-{number}",
        made_by=course.tutor,
        made_at=london(held, 17, 5),
        pupil=course.pupil,
        state="CURRENT" if current else "SUPERSEDED",
        agreed_on=held,
        review_by=calendar.review_due(held, REVIEW_EVERY).hold_by,
        pupil_views=said("PUPIL"),
        parent_views=said("PARENT"),
        views_differ=_differ(dice, voice),
        medical_impact=said("IMPACT"),
        baseline=said("BASELINE"),
        provision=said("PROVISION"),
        integration=said("INTEGRATION"),
    )


def _differ(dice: Random, voice: Voice) -> str | None:
    if dice.random() > 0.2:
        return None
    return (
        f"{voice.name} would rather wait until after the holidays; {voice.adult} would rather "
        f"begin now. Agreed to visit once and to ask {voice.name} again the same day."
    )


def _targets(
    dice: Random, voice: Voice, course: Course, plan: InventedPlan, current: bool
) -> Sequence[InventedTarget]:
    made: list[InventedTarget] = []
    for kind in ("LEARN", "LEARN", "HEALTH", "SOCIAL", "INTEG"):
        choices = rows_where("targets", kind=kind, key_stages=str(voice.key_stage))
        used = {target.wording for target in made}
        row = pick(dice, [row for row in choices if row["wording"] not in used] or choices)
        rating = between(dice, 1, 5)
        words = rows_where("views", whose="RATING", reason=str(rating))[0]["text"]
        made.append(
            InventedTarget(
                key=f"{plan.key}-target-{len(made) + 1}",
                made_by=course.tutor,
                made_at=plan.made_at,
                pupil=course.pupil,
                plan=plan.key,
                kind=kind,
                wording=row["wording"],
                set_by=row["set_by"],
                criterion=row["criterion"],
                review_on=plan.review_by,
                self_rating=rating,
                self_words=words,
                outcome="WORKING" if current else pick(dice, _DONE),
            )
        )
    return made


_SCALES = {1: "WORDS", 2: "KS2TA", 3: "PERCENT", 4: "GCSEW"}


def assessments(
    dice: Random, voice: Voice, course: Course, plans: Sequence[InventedPlan]
) -> tuple[InventedAssessment, ...]:
    """A baseline in each subject at the start and a result at each review, on one scale each."""
    made: list[InventedAssessment] = []
    days = [course.starts, *(plan.agreed_on for plan in plans[1:])]
    for subject in course.subjects:
        level = dice.random() * 0.5
        for number, day in enumerate(days):
            scale, value = _result(voice.key_stage, min(0.99, level + 0.06 * number))
            made.append(
                InventedAssessment(
                    key=f"{course.pupil}-assessment-{len(made) + 1}",
                    made_by=course.tutor,
                    made_at=london(day, 16, 40),
                    pupil=course.pupil,
                    subject=subject,
                    on=day,
                    scale=scale,
                    value=value,
                    kind="BASELINE" if number == 0 else "WORKING",
                    note="From the work of the last fortnight, not from a test."
                    if number
                    else None,
                )
            )
    return tuple(made)


def _result(stage: int, level: float) -> tuple[str, str]:
    scale = _SCALES[stage]
    if scale == "PERCENT":
        return scale, str(25 + int(level * 70))
    if scale == "WORDS":
        return scale, "Reads and writes simple sentences; counts in twos, fives and tens."
    values = [code.extra["value"] for code in code_list("scale_values").where("scale", scale)]
    return scale, values[int(level * len(values))]
