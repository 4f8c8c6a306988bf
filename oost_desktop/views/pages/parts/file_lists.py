"""The lists of a pupil's file as data: which columns, which cells, and what to say of none.

Guarantees that whoever must not be contacted says so in red. Draws and reads nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from oost_desktop.models.session import Side
from oost_desktop.services import wording
from oost_desktop.services.around import ContactRow
from oost_desktop.services.marking import WorkRow
from oost_desktop.services.pupil_file import (
    AssessmentRow,
    DocumentRow,
    PupilFile,
    SealedNote,
    SessionRow,
    TargetRow,
)
from oost_desktop.views.icons import Icon
from oost_desktop.views.tables.columns import Cell, CellRow, ColumnSpec, Display, Quiet
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.pill import State

_PRESSING = ("", Side.PUPIL, Side.SERVICE)  # not written up; not taught
_WORK_TONES = {"to mark": Tone.WARN, "due": Tone.DANGER}


@dataclass(frozen=True, slots=True)
class FileList:
    """One list under a segment of the file. `rows` takes its items out of the file."""

    id: str
    title: str
    columns: tuple[ColumnSpec, ...]
    cells: Callable[[Any], CellRow]
    rows: Callable[[PupilFile], Sequence[Any]]
    nothing: str
    why: str


def session_cells(row: SessionRow) -> CellRow:
    """When, what, and what became of it."""
    return (
        f"{_near(row.starts)}, {wording.clock_time(row.starts)}",
        row.subject,
        State(row.outcome, Tone.WARN) if row.side in _PRESSING else row.outcome,
        row.covered or Quiet("nothing written"),
        row.tutor,
    )


SESSION_COLUMNS = (
    ColumnSpec("When", width_hint=28, kind=Display.STRONG, grow=0),
    ColumnSpec("Subject", width_hint=9, grow=0),
    ColumnSpec("Outcome", width_hint=13, kind=Display.PILL, grow=0),
    ColumnSpec("Covered", width_hint=18, grow=4),
    ColumnSpec("Tutor", width_hint=12, kind=Display.MUTED, grow=0),
)


def _work(row: WorkRow) -> CellRow:
    tone = _WORK_TONES.get(row.state)
    return (
        row.title,
        wording.code_words("subjects", row.subject),
        _day(row.set_on),
        _day(row.due_on),
        State(row.state, tone) if tone else row.state,
        row.mark_words,
    )


def _target(row: TargetRow) -> CellRow:
    return (
        row.wording,
        row.kind,
        row.set_by,
        _day(row.review_on),
        Quiet("not asked") if row.self_rating is None else f"{row.self_rating} of 5",
        row.outcome or "open",
    )


def _assessment(row: AssessmentRow) -> CellRow:
    return (_day(row.on), row.subject, row.scale, row.value, row.kind, row.note)


def _contact(row: ContactRow) -> CellRow:
    return (row.name, row.phone, _relation(row), _may_ring(row), row.email)


def _relation(row: ContactRow) -> str:
    """Mum; Named person, Peverel Academy; and that it is over, if it is."""
    who = wording.first_capital(row.relationship) or row.role_words
    words = ", ".join(part for part in (who, row.organisation) if part)
    return words if row.is_current else f"{words}, formerly"


def _may_ring(row: ContactRow) -> Cell:
    if row.must_not_contact:
        return State("Must not be contacted", Tone.DANGER, Icon.WARNING)
    if row.restriction:
        return State(row.restriction, Tone.WARN)
    return "Parental responsibility" if row.has_parental_responsibility else ""


def _document(row: DocumentRow) -> CellRow:
    made = wording.moment(row.made_at) if row.made_at else ""
    pages = "" if row.pages is None else str(row.pages)
    return (row.title or row.kind, row.kind, made, row.recipient or Quiet("nobody yet"), pages)


def _note(row: SealedNote) -> CellRow:
    return (row.words,)


def _near(when: datetime) -> str:
    """Fri 20 Nov 2026: short enough to leave room for what was covered."""
    day = wording.local_day(when)
    return f"{day:%a} {day.day} {day:%b %Y}"


def _day(day: date | None) -> str:
    return "" if day is None else wording.short_day(day)


def _columns(*titles: str) -> tuple[ColumnSpec, ...]:
    """Words in columns; the first is strong and takes the most room."""
    first, *rest = titles
    return (
        ColumnSpec(first, width_hint=22, kind=Display.STRONG, grow=3),
        *(ColumnSpec(title, width_hint=11) for title in rest),
    )


def _with_pill(columns: tuple[ColumnSpec, ...], place: int) -> tuple[ColumnSpec, ...]:
    pill = ColumnSpec(columns[place].title, width_hint=12, kind=Display.PILL)
    return (*columns[:place], pill, *columns[place + 1 :])


LISTS = (
    FileList(
        "work",
        "Work",
        _with_pill(_columns("Work", "Subject", "Set", "Due", "State", "Mark"), 4),
        _work,
        lambda file: file.work,
        "No work has been set",
        "Work you set appears here, with its mark.",
    ),
    FileList(
        "plan",
        "Plan and targets",
        _columns("Target", "Kind", "Set by", "Review", "Own rating", "Outcome"),
        _target,
        lambda file: file.targets,
        "There are no targets yet",
        "Targets are agreed at the education plan meeting.",
    ),
    FileList(
        "assessments",
        "Assessments",
        (
            ColumnSpec("Day", width_hint=11, grow=0),
            ColumnSpec("Subject", width_hint=11, kind=Display.STRONG),
            *(ColumnSpec(title, width_hint=11) for title in ("Scale", "Result", "Kind")),
            ColumnSpec("Note", width_hint=18, grow=3),
        ),
        _assessment,
        lambda file: file.assessments,
        "No assessment is recorded",
        "Results from the school and your own appear here.",
    ),
    FileList(
        "contacts",
        "Contacts",
        (
            ColumnSpec("Name", width_hint=20, kind=Display.STRONG, grow=2),
            ColumnSpec("Telephone", width_hint=18, grow=0),
            ColumnSpec("Who", width_hint=20, grow=2),
            ColumnSpec("To know", width_hint=22, kind=Display.PILL),
            ColumnSpec("E-mail", width_hint=14),
        ),
        _contact,
        lambda file: file.contacts,
        "Nobody is recorded",
        "Ring the office to ask whom to ring.",
    ),
    FileList(
        "documents",
        "Documents",
        _columns("Document", "Kind", "Made", "For", "Pages"),
        _document,
        lambda file: file.documents,
        "Nothing has been printed or sent",
        "Copies of reports you give out are kept here.",
    ),
    FileList(
        "concerns",
        "My concerns",
        _columns("Note"),
        _note,
        lambda file: file.sealed_notes,
        "You have raised no concern",
        "Only your own are listed, and only that they exist.",
    ),
)
