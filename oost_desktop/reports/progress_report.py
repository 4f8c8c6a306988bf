"""The progress report: what a pupil was offered, did, and made of it, in one period.

"Provide a detailed report of the child's progress and any assessment information available to the
school" (SLA, OOST). Hours are hours of tuition, never an attendance percentage of school sessions;
what was missed for the service's reasons stands apart from the pupil's; marks on different scales
are never mixed nor averaged. It prints what it is given: gathering and choosing is a service's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from oost_desktop.models.session import Side
from oost_desktop.reports import charts
from oost_desktop.reports.charts import Path, Step, WeekHours
from oost_desktop.reports.page import Page
from oost_desktop.reports.tables import Group
from oost_desktop.reports.wording import count, day, hours, hours_in_words, short_day


@dataclass(frozen=True, slots=True)
class Missed:
    """Sessions of one week that were not taught, for one reason."""

    reason: str
    minutes: int
    side: Side


@dataclass(frozen=True, slots=True)
class Week:
    """One line of the hours ledger. Minutes; None means not recorded."""

    monday: date
    offered: int | None
    timetabled: int | None
    taught: int | None
    missed: tuple[Missed, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """All sessions of the period with one outcome."""

    label: str
    sessions: int
    minutes: int
    side: Side


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A piece of work. `mark` is as the marker gave it: "17/20", "Secure"."""

    title: str
    subject: str
    set_on: date | None = None
    due: date | None = None
    returned: date | None = None
    mark: str = ""
    moderated: str = ""
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """An assessment scale and its values, lowest first."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One judgement. `kind` says what sort ("Working at", "Target"): kinds are not mixed."""

    scale: str
    subject: str
    taken: date
    value: str
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A target, who set it, and how the pupil sees it. `self_rating` is 1 to 5."""

    text: str
    set_by: str
    criterion: str = ""
    self_rating: int | None = None
    own_words: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """Everything a progress report says. `reference` is the report's own and stands on each page.

    `advised` is how many minutes a week medical evidence advises, if it does, and `hours_reason`
    why the hours offered are what they are (DfE 2023: part-time provision is explained).
    """

    pupil: str
    pupil_reference: str
    year_group: str
    school: str
    reference: str
    first_day: date
    last_day: date
    author: str
    author_role: str
    audience: str
    made_on: date
    weeks: tuple[Week, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    work: tuple[WorkItem, ...] = ()
    scales: tuple[Scale, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    targets: tuple[Target, ...] = ()
    narrative: str = ""
    own_words: str = ""
    own_words_said: str = ""
    next_steps: tuple[str, ...] = ()
    advised: int | None = None
    hours_reason: str = ""
    invented: bool = False


def render(report: ProgressReport) -> bytes:
    """The report as a tagged PDF."""
    page = Page(
        "Progress report",
        report.reference,
        made_on=report.made_on,
        subtitle=f"{day(report.first_day)} to {day(report.last_day)}",
        invented=report.invented,
    )
    page.facts(
        [
            ("Pupil", report.pupil),
            ("Year group", report.year_group),
            ("School", report.school),
            ("Pupil’s reference", report.pupil_reference),
            ("Written by", ", ".join(filter(None, [report.author, report.author_role]))),
            ("Written for", report.audience),
        ]
    )
    _own_words(page, report)
    page.heading("Progress in this period")
    page.paragraph(report.narrative or "No summary was written for this period.")
    _next_steps(page, report)
    _hours(page, report)
    _outcomes(page, report)
    _targets(page, report)
    _assessments(page, report)
    _work(page, report)
    page.signature_line(report.author_role or "author", report.author)
    return page.finish()


def _own_words(page: Page, report: ProgressReport) -> None:
    page.heading("In the pupil’s own words")
    if report.own_words.strip():
        page.quotation(report.own_words, report.own_words_said or report.pupil)
    else:
        page.paragraph("The pupil’s own words were not recorded in this period.")


def _next_steps(page: Page, report: ProgressReport) -> None:
    page.heading("Next steps")
    if report.next_steps:
        page.bullet_list(report.next_steps)
    else:
        page.paragraph("No next steps were recorded.")


def _hours(page: Page, report: ProgressReport) -> None:
    page.heading("Tuition hours")
    if not report.weeks:
        page.paragraph("No tuition hours were recorded in this period.")
        return
    page.paragraph(_hours_sentence(report))
    if report.hours_reason:
        page.paragraph(f"Why these hours: {report.hours_reason}")
    weeks = [
        WeekHours(week.monday, week.offered, week.timetabled, week.taught) for week in report.weeks
    ]
    page.figure(charts.hours_chart(weeks), charts.describe_hours(weeks))
    rows = [
        [
            short_day(week.monday),
            _minutes(week.offered),
            _minutes(week.timetabled),
            _minutes(week.taught),
            "\n".join(_missed(missed) for missed in week.missed),
        ]
        for week in report.weeks
    ]
    totals = [_minutes(total) for total in _totals(report)]
    rows.append(["Total", *totals, ""])
    page.table(
        ["Week of", "Offered", "Timetabled", "Taught", "Not taught, and why"],
        rows,
        align="lrrrl",
        total=True,
    )


def _missed(missed: Missed) -> str:
    ours = " (the service)" if missed.side is Side.SERVICE else ""
    return f"{missed.reason}{ours}, {hours(missed.minutes)}"


def _hours_sentence(report: ProgressReport) -> str:
    offered, timetabled, taught = (
        "an unrecorded number of hours" if total is None else hours_in_words(total)
        for total in _totals(report)
    )
    said = (
        f"In {count(len(report.weeks), 'week')}, {offered} were offered, {timetabled} timetabled "
        f"and {taught} taught, one to one."
    )
    if report.advised is not None:
        said += f" Medical evidence advises {hours_in_words(report.advised)} a week."
    return said


def _totals(report: ProgressReport) -> Iterator[int | None]:
    """Offered, timetabled and taught minutes; None if no week says."""
    for values in (
        [week.offered for week in report.weeks],
        [week.timetabled for week in report.weeks],
        [week.taught for week in report.weeks],
    ):
        known = [value for value in values if value is not None]
        yield sum(known) if known else None


def _minutes(minutes: int | None) -> str:
    return "–" if minutes is None else hours(minutes)


def _outcomes(page: Page, report: ProgressReport) -> None:
    page.heading("Sessions by outcome")
    if not report.outcomes:
        page.paragraph("No sessions were recorded in this period.")
        return
    rows: list[list[str] | Group] = []
    for side in Side:
        lines = [outcome for outcome in report.outcomes if outcome.side is side]
        if not lines:
            continue
        sessions = sum(line.sessions for line in lines)
        minutes = sum(line.minutes for line in lines)
        rows.append(Group(f"{side}: {count(sessions, 'session')}, {hours(minutes)}"))
        rows += [[line.label, str(line.sessions), hours(line.minutes)] for line in lines]
    page.table(["Outcome", "Sessions", "Time"], rows, align="lrr")
    page.note(
        "These are sessions and hours of tuition. They are not a percentage of school sessions; "
        "how a session is coded in the register is for the school to decide."
    )


def _targets(page: Page, report: ProgressReport) -> None:
    page.heading("Targets")
    if not report.targets:
        page.paragraph("No targets were recorded in this period.")
    for target in report.targets:
        page.heading(target.text or "Target", level=3)
        facts = [
            ("Set by", target.set_by),
            ("How we will know", target.criterion),
            ("Outcome", target.outcome or "Still open"),
        ]
        if target.self_rating is not None:
            facts.append(("The pupil’s own rating", f"{target.self_rating} out of 5"))
        page.facts(facts, columns=2)
        if target.own_words:
            page.quotation(target.own_words, report.pupil)


def _assessments(page: Page, report: ProgressReport) -> None:
    page.heading("Assessments")
    if not report.assessments:
        page.paragraph("No assessments were recorded in this period.")
        return
    scales = {scale.name: scale for scale in report.scales}
    for name in dict.fromkeys(assessment.scale for assessment in report.assessments):
        on_it = [assessment for assessment in report.assessments if assessment.scale == name]
        page.heading(name, level=3)
        if name in scales:
            _steps(page, on_it, scales[name])
        page.table(
            ["Subject", "Date", "Kind", "Result", "Note"],
            [
                [item.subject, short_day(item.taken), item.kind, item.value, item.note]
                for item in sorted(on_it, key=lambda item: (item.subject, item.kind, item.taken))
            ],
        )
    page.note("Results on different scales cannot be compared and are not averaged.")


def _steps(page: Page, assessments: list[Assessment], scale: Scale) -> None:
    """Charts of a scale, where at least one subject has two results to join."""
    steps: dict[str, list[Step]] = {}
    for item in assessments:
        name = ", ".join(filter(None, [item.subject, item.kind.lower()]))
        steps.setdefault(name, []).append(Step(item.taken, item.value))
    paths = [Path(name, tuple(taken)) for name, taken in steps.items()]
    drawn = [path for path in paths if len(charts.on_scale(path, scale.values)) > 1]
    for start in range(0, len(drawn), charts.MOST_LINES):
        part = drawn[start : start + charts.MOST_LINES]
        page.figure(
            charts.steps_chart(part, scale.values),
            charts.describe_steps(part, scale.values, scale.name),
        )


def _work(page: Page, report: ProgressReport) -> None:
    page.heading("Work")
    if not report.work:
        page.paragraph("No work was recorded in this period.")
        return
    rows: list[list[str] | Group] = []
    for subject in dict.fromkeys(item.subject for item in report.work):
        rows.append(Group(subject or "No subject given"))
        rows += [_work_row(item) for item in report.work if item.subject == subject]
    page.table(["Work", "Set", "Due", "Returned", "Mark", "Feedback"], rows)


def _work_row(item: WorkItem) -> list[str]:
    moderated = f"moderated {item.moderated}" if item.moderated else ""
    return [
        item.title,
        *("" if when is None else short_day(when) for when in (item.set_on, item.due)),
        "not yet" if item.returned is None else short_day(item.returned),
        "\n".join(filter(None, [item.mark, moderated])),
        item.feedback,
    ]
