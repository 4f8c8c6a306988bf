"""The lists of a pupil's file as data: which columns, which cells, and what to say of none.

Guarantees that whoever must not be contacted says so in red. Draws and reads nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from oost_desktop.models.session import Side
from oost_desktop.services import marks, wording
from oost_desktop.services.around import ContactRow
from oost_desktop.services.documents import Kept
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
from oost_desktop.views.pages.file_part import Place
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
    opens: Callable[[str, str], tuple[str, object]]
    """The page and subject that a row leads to, given the pupil's id and the row's."""


def session_cells(row: SessionRow, today: date) -> CellRow:
    """When, what, and what became of it."""
    return (
        f"{_near(row.starts, today)}, {wording.clock_time(row.starts)}",
        row.subject,
        State(row.outcome, Tone.WARN) if row.side in _PRESSING else row.outcome,
        row.covered or Quiet("nothing written"),
        row.tutor,
    )


SESSION_COLUMNS = (
    ColumnSpec("When", width_hint=20, kind=Display.STRONG, grow=0),
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


def _near(when: datetime, today: date) -> str:
    """Fri 20 Nov, with the year when it is long ago: what was covered needs the room."""
    day = wording.local_day(when)
    return f"{day:%a} {marks.near_date(day, today)}"


def _day(day: date | None) -> str:
    return "" if day is None else wording.short_day(day)


def _to_page(page: str) -> Callable[[str, str], tuple[str, object]]:
    """A page that takes the row's id."""
    return lambda _pupil, entity: (page, entity)


def _in_file(etype: str) -> Callable[[str, str], tuple[str, object]]:
    """The form of the record, in the pupil's file."""
    return lambda pupil, entity: ("file", Place(pupil, etype, entity).name)


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
        _to_page("work"),
    ),
    FileList(
        "plan",
        "Plan and targets",
        (
            ColumnSpec("Target", width_hint=20, kind=Display.STRONG, grow=3),
            ColumnSpec("Kind", width_hint=9, grow=0),
            ColumnSpec("Set by", width_hint=8, grow=0),
            ColumnSpec("Review", width_hint=10, grow=0),
            ColumnSpec("Own rating", width_hint=9, grow=0),
            ColumnSpec("Outcome", width_hint=14),
        ),
        _target,
        lambda file: file.targets,
        "There are no targets yet",
        "Targets are agreed at the education plan meeting.",
        _in_file("target"),
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
        _in_file("assessment"),
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
        _in_file("contact"),
    ),
    FileList(
        "documents",
        "Documents",
        _columns("Document", "Kind", "Made", "For", "Pages"),
        _document,
        lambda file: file.documents,
        "Nothing has been printed or sent",
        "Copies of reports you give out are kept here.",
        lambda pupil, entity: ("documents", Kept(pupil, entity)),
    ),
    FileList(
        "concerns",
        "My concerns",
        _columns("Note"),
        _note,
        lambda file: file.sealed_notes,
        "You have raised no concern",
        "Only your own are listed, and only that they exist.",
        _to_page("concerns"),
    ),
)
