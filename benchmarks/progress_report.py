"""A progress report in our tagged page layer, beside the same words in bare ReportLab."""

import io
from datetime import date, timedelta
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from benchmarks.figure import Figure, median_ms, seconds
from oost_desktop.models.session import Side
from oost_desktop.reports import charts
from oost_desktop.reports.progress_report import (
    Assessment,
    Missed,
    Outcome,
    ProgressReport,
    Scale,
    Target,
    Week,
    WorkItem,
    render,
)
from oost_desktop.reports.wording import hours, short_day

TIMES, MANY = 15, 250
MOST_RATIO, MOST_S = 1.5, 60.0
FIRST = date(2026, 9, 7)
_BODY = ParagraphStyle("body", fontName="FiraGO", fontSize=11, leading=16.5)
_HEAD = ParagraphStyle("head", fontName="FiraGO-Bold", fontSize=15, leading=20)
_CELL = ParagraphStyle("cell", fontName="FiraGO", fontSize=10.5, leading=14.5)


def run() -> list[Figure]:
    """One report beside its floor, then 250 in a row."""
    report = invented()
    render(report)  # registers the faces that both use
    ours = median_ms(lambda: render(report), TIMES)
    floor = median_ms(lambda: bare(report), TIMES)
    many = seconds(lambda: [render(report) for _ in range(MANY)])
    return [
        Figure("progress report", ours, "ms", "<= 1.5 x", ours <= MOST_RATIO * floor, floor),
        Figure(f"{MANY} progress reports", many, "s", "<= 60 s", many <= MOST_S),
    ]


def invented() -> ProgressReport:
    """Eleven weeks of an invented pupil."""
    return ProgressReport(
        pupil="Zoë Świątek",
        pupil_reference="P-0012",
        year_group="Year 10",
        school="Peverel Academy",
        reference="PR-2026-0031",
        first_day=FIRST,
        last_day=FIRST + timedelta(weeks=11),
        author="Jo Marsden",
        author_role="tutor",
        audience="The school and the family",
        made_on=FIRST + timedelta(weeks=11),
        weeks=tuple(_week(number) for number in range(11)),
        outcomes=(
            Outcome("Attended in full", 28, 2400, Side.TAUGHT),
            Outcome("Pupil too unwell", 5, 420, Side.PUPIL),
            Outcome("Cancelled by tutor", 2, 120, Side.SERVICE),
        ),
        work=tuple(_work(number) for number in range(6)),
        scales=(Scale("GCSE 9 to 1", ("U", *map(str, range(1, 10)))),),
        assessments=tuple(
            Assessment("GCSE 9 to 1", subject, FIRST + timedelta(weeks=week), value, "Working at")
            for subject, week, value in (
                ("Maths", 1, "3"), ("Maths", 6, "4"), ("English", 1, "5"), ("English", 9, "6"),
            )
        ),
        targets=(
            Target("Explain my working in ratio problems", "the pupil", "Three in a row", 4,
                   "I get it when it is about cooking.", "Partly achieved"),
            Target("Visit the school library once", "the pupil and the school", "One visit"),
        ),
        narrative=_NARRATIVE,
        own_words="I like doing maths in the kitchen because then it is real.",
        own_words_said="Zoë, 20 November 2026",
        next_steps=("Unit rates: three word problems a week.", "Macbeth, Act 3."),
        advised=480,
        hours_reason="Five hours were agreed at the panel with a review at twelve weeks.",
        invented=True,
    )  # fmt: skip


_NARRATIVE = (
    "Zoë has worked steadily through ratio and proportion and now shares in a given ratio without"
    " help. She is less sure of unit rates, and we return to these each week.\n\nIn English she"
    " has read the first two acts of Macbeth and writes about the witches with real insight. Her"
    " stamina has grown: from two half-hours in September to ninety minutes in November."
)


def _week(number: int) -> Week:
    taught = (300, 240, 270, 0, 300)[number % 5]
    missed = (Missed("Too unwell", 300 - taught, Side.PUPIL),) if taught < 300 else ()
    return Week(FIRST + timedelta(weeks=number), 300, 300, taught, missed)


def _work(number: int) -> WorkItem:
    day = FIRST + timedelta(days=7 * number)
    week = timedelta(days=7)
    title, said = f"Ratio in recipes {number + 1}", "Clear working. Check the last two units."
    return WorkItem(title, "Maths", day, day + week, day + week, "17/20", "", said)


def bare(report: ProgressReport) -> bytes:
    """The same words and charts with ReportLab's own page layer, untagged."""
    out = io.BytesIO()
    story: list[Any] = [_said("Progress report", _HEAD)]
    story.append(_table([[report.pupil, report.year_group, report.school],
                         [report.pupil_reference, report.author, report.audience]]))  # fmt: skip
    story += [_said("In the pupil's own words", _HEAD), _said(report.own_words)]
    story += [_said("Progress", _HEAD), *map(_said, report.narrative.split("\n\n"))]
    story += [_said("Next", _HEAD), *map(_said, report.next_steps), _said(report.hours_reason)]
    weeks = [charts.WeekHours(w.monday, w.offered, w.timetabled, w.taught) for w in report.weeks]
    story.append(charts.hours_chart(weeks))
    story.append(_table([_week_row(week) for week in report.weeks]))
    story.append(_table([[o.label, str(o.sessions), hours(o.minutes)] for o in report.outcomes]))
    for target in report.targets:
        story += [_said(target.text, _HEAD), _said(target.criterion), _said(target.own_words)]
    story.append(charts.steps_chart(_paths(report), report.scales[0].values))
    story.append(_table([[a.subject, short_day(a.taken), a.kind, a.value, a.note]
                         for a in report.assessments]))  # fmt: skip
    story.append(_table([[w.title, w.mark, w.feedback] for w in report.work]))
    SimpleDocTemplate(out).build(story)
    return out.getvalue()


def _paths(report: ProgressReport) -> tuple[charts.Path, ...]:
    return tuple(
        charts.Path(
            subject,
            tuple(
                charts.Step(a.taken, a.value) for a in report.assessments if a.subject == subject
            ),
        )
        for subject in ("Maths", "English")
    )


def _week_row(week: Week) -> list[str]:
    missed = ", ".join(f"{each.reason}, {hours(each.minutes)}" for each in week.missed)
    minutes = (week.offered, week.timetabled, week.taught)
    return [short_day(week.monday), *(hours(each or 0) for each in minutes), missed]


def _said(text: str, style: ParagraphStyle = _BODY) -> Paragraph:
    return Paragraph(escape(text), style)


def _table(rows: list[list[str]]) -> Table:
    made = Table([[_said(cell, _CELL) for cell in row] for row in rows], repeatRows=1)
    made.setStyle(TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey)]))
    return made
