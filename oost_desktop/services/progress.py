"""Gathering a progress report out of a pupil's file (SLA, OOST: a detailed report of progress).

Counts and quotes what was recorded, chooses nothing and says nothing of its own: the narrative is
the author's. Hours are hours; what the service missed is apart from what the pupil could not do.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from oost_desktop.clock import LONDON, london
from oost_desktop.models import Assessment, Session, Target, Work
from oost_desktop.models.codes import code_list
from oost_desktop.reports import progress_report as paper
from oost_desktop.services import hours, wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.outcomes import side_of
from oost_desktop.services.pupils import named
from oost_desktop.services.standing import latest_placement
from oost_desktop.services.term_calendar import calendar_of

MOST_NEXT_STEPS = 5


def term_so_far(desk: Desk) -> tuple[date, date]:
    """The period a report covers unless told otherwise: this term (or the last) until today.

    Where the calendar knows no term, the last twelve weeks.
    """
    today = desk.today
    with desk.vault.read() as connection:
        calendar = calendar_of(connection)
    begun = [period for period in calendar.periods if period.start <= today]
    if not begun or not calendar.covers(today):
        return today - timedelta(weeks=12), today
    last = begun[-1]
    first = min(p.start for p in begun if (p.year, p.term) == (last.year, last.term))
    return first, today


def progress_report(
    desk: Desk,
    pupil: str,
    first: date,
    last: date,
    *,
    narrative: str = "",
    audience: str = "",
    reference: str = "",
) -> paper.ProgressReport:
    """Everything recorded about a pupil from the first to the last day, as a report prints it."""
    with desk.vault.read() as connection:
        name = named(connection, pupil, desk.today)
        place = latest_placement(connection, pupil, last)
        sessions = _sessions(connection, pupil, first, last)
        words, said = _own_words(sessions)
        results = _assessments(connection, pupil, first, last)
        ledger = hours.ledger(connection, pupil, first, last)
        return paper.ProgressReport(
            pupil=name.name,
            pupil_reference=pupil[-8:].upper(),
            year_group=name.year_words,
            school=name.school,
            reference=reference or f"{pupil[-8:].upper()} {last:%Y%m%d}",
            first_day=first,
            last_day=last,
            author=desk.person.name,
            author_role=code_list("staff_roles").label(desk.person.role.value),
            audience=audience or name.school or "The pupil’s school",
            made_on=desk.today,
            weeks=tuple(_week(week) for week in ledger.weeks),
            outcomes=tuple(_outcomes(sessions)),
            work=tuple(_work(connection, pupil, first, last)),
            scales=tuple(_scales(result for result, _code in results)),
            assessments=tuple(result for result, _code in results),
            targets=tuple(_targets(connection, pupil)),
            narrative=narrative,
            own_words=words,
            own_words_said=f"{name.forename}, {said}" if words else "",
            next_steps=tuple(_next_steps(sessions)),
            advised=place.advised if place else None,
            hours_reason=place.offer_reason if place else "",
            invented=desk.invented,
        )


def _week(week: hours.WeekOfHours) -> paper.Week:
    return paper.Week(
        week.monday,
        week.offered,
        week.timetabled,
        week.taught,
        tuple(
            paper.Missed(part.label, part.minutes, side_of(part.outcome)) for part in week.missed
        ),
    )


def _sessions(connection: Connection, pupil: str, first: date, last: date) -> Sequence[Any]:
    s = Session
    query: Select[*tuple[Any, ...]] = (
        select(s.starts, s.ends, s.outcome, s.own_words, s.next_step)
        .where(
            s.pupil == pupil,
            s.gone.is_(False),
            s.starts >= london(first),
            s.starts < london(last + timedelta(days=1)),
        )
        .order_by(s.starts.desc())
    )
    return connection.execute(query).all()


def _outcomes(sessions: Iterable[Any]) -> list[paper.Outcome]:
    counted: dict[str, list[int]] = defaultdict(list)
    for starts, ends, outcome, _own, _next in sessions:
        if outcome and ends:
            counted[outcome].append(int((ends - starts).total_seconds()) // 60)
    codes = code_list("session_outcomes")
    order = {member.code: place for place, member in enumerate(codes)}
    return [
        paper.Outcome(codes.label(outcome), len(minutes), sum(minutes), side_of(outcome))
        for outcome, minutes in sorted(
            counted.items(), key=lambda item: order.get(item[0], len(order))
        )
    ]


def _own_words(sessions: Iterable[Any]) -> tuple[str, str]:
    """The latest words of the pupil's own that were written down, and when they were said."""
    for starts, _ends, _outcome, own, _next in sessions:
        if own:
            return own, wording.long_day(starts.astimezone(LONDON).date(), year=True)
    return "", ""


def _next_steps(sessions: Iterable[Any]) -> list[str]:
    """The newest next steps, each once."""
    steps = (row[4].strip() for row in sessions if row[4] and row[4].strip())
    return list(dict.fromkeys(steps))[:MOST_NEXT_STEPS]


def _work(connection: Connection, pupil: str, first: date, last: date) -> list[paper.WorkItem]:
    w = Work
    query: Select[*tuple[Any, ...]] = (
        select(
            w.title, w.subject, w.set_on, w.due_on, w.returned_on, w.mark, w.out_of,
            w.marked_on, w.feedback,
        )
        .where(w.pupil == pupil, w.gone.is_(False), w.set_on >= first, w.set_on <= last)
        .order_by(w.subject, w.set_on)
    )  # fmt: skip
    found = []
    for title, subject, set_on, due, returned, mark, out_of, marked, feedback in connection.execute(
        query
    ):
        given = "" if mark is None else f"{mark}/{out_of}" if out_of else str(mark)
        found.append(
            paper.WorkItem(
                title or "",
                wording.code_words("subjects", subject),
                set_on,
                due,
                returned,
                given or ("marked" if marked else ""),
                feedback=feedback or "",
            )
        )
    return found


def _assessments(
    connection: Connection, pupil: str, first: date, last: date
) -> list[tuple[paper.Assessment, str]]:
    """Results of the period, and the starting points before it on the same scale and subject."""
    a = Assessment
    query: Select[*tuple[Any, ...]] = (
        select(a.scale, a.subject, a.on, a.value, a.kind, a.note)
        .where(a.pupil == pupil, a.gone.is_(False), a.on.is_not(None), a.on <= last)
        .order_by(a.scale, a.subject, a.on)
    )
    rows = connection.execute(query).all()
    in_period = {(row[0], row[1]) for row in rows if row[2] >= first}
    return [
        (
            paper.Assessment(
                wording.code_words("assessment_scales", scale),
                wording.code_words("subjects", subject),
                on,
                value or "",
                wording.code_words("assessment_kinds", kind),
                note or "",
            ),
            scale or "",
        )
        for scale, subject, on, value, kind, note in rows
        if on >= first or (kind == "BASELINE" and (scale, subject) in in_period)
    ]


def _scales(results: Iterable[paper.Assessment]) -> list[paper.Scale]:
    """The scales used whose values stand in an order, lowest first."""
    used = {result.scale for result in results}
    found = []
    for scale in code_list("assessment_scales"):
        if scale.label in used:
            values = code_list("scale_values").where("scale", scale.code).codes
            ordered = sorted(values, key=lambda value: int(value.extra["order"]))
            if ordered:
                found.append(paper.Scale(scale.label, tuple(v.extra["value"] for v in ordered)))
    return found


def _targets(connection: Connection, pupil: str) -> list[paper.Target]:
    t = Target
    query: Select[*tuple[Any, ...]] = (
        select(t.wording, t.set_by, t.criterion, t.self_rating, t.self_words, t.outcome)
        .where(t.pupil == pupil, t.gone.is_(False))
        .order_by(t.kind, t.wording)
    )
    return [
        paper.Target(
            words or "",
            wording.code_words("target_set_by", set_by),
            criterion or "",
            rating,
            own or "",
            wording.code_words("target_outcomes", outcome),
        )
        for words, set_by, criterion, rating, own, outcome in connection.execute(query)
    ]
