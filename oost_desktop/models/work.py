"""Work set and marked, and assessments on their own scales (SLA O4, O13)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from oost_desktop.models.base import About, Record, Scope
from oost_desktop.models.fields import choice, day, number, of_pupil, prose, ref, text
from oost_desktop.models.problems import Problem


def _mark(values: Mapping[str, Any]) -> Iterable[Problem]:
    mark, out_of = values.get("mark"), values.get("out_of")
    if mark is None:
        return
    if mark < 0:
        yield Problem("mark", "A mark cannot be below 0.")
    if out_of is not None and out_of < 1:
        yield Problem("out_of", "Out of must be at least 1.")
    elif out_of is not None and mark > out_of:
        yield Problem("mark", f"The mark cannot be more than {out_of}.")


class Work(Record):
    """A piece of work: set, returned, marked."""

    __tablename__ = "work"
    about = About(
        "piece of work",
        "work",
        Scope.PUPIL,
        title=("title",),
        order="-set_on",
        unasked=("session",),
        check=_mark,
        sections=(
            ("Work", ("pupil", "subject", "title", "instructions", "set_by", "set_on", "due_on")),
            ("Marking", ("returned_on", "marked_on", "mark", "out_of", "effort", "feedback")),
        ),
    )
    pupil: Mapped[str | None] = of_pupil(required=True, listed=True)
    subject: Mapped[str | None] = choice("Subject", "subjects", listed=True)
    title: Mapped[str | None] = text("Title", required=True, listed=True, searchable=True)
    instructions: Mapped[str | None] = prose("What to do", searchable=True)
    set_by: Mapped[str | None] = choice("Set by", "set_by")
    session: Mapped[str | None] = ref("Set in session", to="session")
    set_on: Mapped[date | None] = day("Set on", listed=True)
    due_on: Mapped[date | None] = day("Due", listed=True)
    returned_on: Mapped[date | None] = day("Returned on", listed=True)
    marked_on: Mapped[date | None] = day("Marked on", listed=True, register="marking")
    mark: Mapped[int | None] = number("Mark", listed=True, register="marking")
    out_of: Mapped[int | None] = number("Out of", listed=True, register="marking")
    effort: Mapped[int | None] = number("Effort, 1 to 5", register="marking")
    feedback: Mapped[str | None] = prose("Feedback to the pupil", searchable=True)


class Assessment(Record):
    """Where a pupil stands in a subject on one scale, on one day. Scales are never averaged."""

    __tablename__ = "assessment"
    about = About(
        "assessment",
        "assessments",
        Scope.PUPIL,
        title=("subject", "value"),
        order="-on",
        sections=(("Assessment", ("pupil", "subject", "on", "scale", "value", "kind", "note")),),
    )
    pupil: Mapped[str | None] = of_pupil(required=True)
    subject: Mapped[str | None] = choice("Subject", "subjects", required=True, listed=True)
    on: Mapped[date | None] = day("On", required=True, listed=True)
    scale: Mapped[str | None] = choice(
        "Scale", "assessment_scales", required=True, listed=True, register="result"
    )
    value: Mapped[str | None] = text("Result", required=True, listed=True, register="result")
    kind: Mapped[str | None] = choice("Kind", "assessment_kinds", listed=True)
    note: Mapped[str | None] = prose("Note", searchable=True, limit=5000)
