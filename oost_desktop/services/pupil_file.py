"""A pupil's whole file, as the page shows it: the header and the lists under its tabs.

Sessions come as ids and pages of rows, so that a file of a thousand opens at once. Concerns are
listed only as sealed notes of the person at the desk; nobody else's are mentioned.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from oost_desktop.clock import LONDON
from oost_desktop.models import (
    Assessment,
    Concern,
    Document,
    EducationPlan,
    Pupil,
    Session,
    Target,
)
from oost_desktop.models.calendar import monday
from oost_desktop.models.plan import is_closed
from oost_desktop.services import marking, wording
from oost_desktop.services.around import ContactRow, contact_rows
from oost_desktop.services.desk import Desk
from oost_desktop.services.marking import WorkRow
from oost_desktop.services.naming import staff
from oost_desktop.services.outcomes import side_of
from oost_desktop.services.pupils import PupilPanel, panel_on

FIRST_PAGE = 60
EXCERPT = 160


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in a file. `covered` is its beginning; `side` is whose a missed one was."""

    id: str
    starts: datetime
    ends: datetime | None
    week: date
    subject: str
    tutor: str
    venue: str
    outcome: str
    side: str
    covered: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A version of the education plan."""

    id: str
    state: str
    state_words: str
    agreed_on: date | None
    review_by: date | None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target: whose it is, how the pupil sees it (1 to 5, own words), and what became of it."""

    id: str
    plan: str | None
    kind: str
    wording: str
    set_by: str
    set_by_pupil: bool
    criterion: str
    review_on: date | None
    self_rating: int | None
    self_words: str
    outcome: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One result on one scale."""

    id: str
    subject: str
    on: date
    scale: str
    value: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Paper that was made from the file."""

    id: str
    kind: str
    title: str
    made_at: datetime | None
    recipient: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class SealedNote:
    """That the person at the desk wrote a concern, and when."""

    id: str
    written_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class PupilFile:
    """Everything the file's page shows. A confidential address is on no paper and says so here."""

    panel: PupilPanel
    address: str
    is_address_confidential: bool
    who_is_in: str
    emergency: str
    medication: str
    note: str
    session_ids: tuple[str, ...]
    sessions: tuple[SessionRow, ...]
    work: tuple[WorkRow, ...]
    plans: tuple[PlanRow, ...]
    targets: tuple[TargetRow, ...]
    assessments: tuple[AssessmentRow, ...]
    contacts: tuple[ContactRow, ...]
    documents: tuple[DocumentRow, ...]
    sealed_notes: tuple[SealedNote, ...]


def file(desk: Desk, pupil: str) -> PupilFile:
    """A pupil's file with its newest sessions. Raises UserError if it is not here."""
    today = desk.today
    with desk.vault.read() as connection:
        panel = panel_on(connection, pupil, today)
        about = connection.execute(
            select(
                Pupil.address, Pupil.postcode, Pupil.address_confidential, Pupil.who_is_in,
                Pupil.emergency, Pupil.medication, Pupil.note,
            ).where(Pupil.id == pupil)
        ).one()  # fmt: skip
        ids = tuple(_session_ids(connection, pupil))
        found = PupilFile(
            panel=panel,
            address="\n".join(part for part in about[:2] if part),
            is_address_confidential=bool(about[2]),
            who_is_in=about[3] or "",
            emergency=about[4] or "",
            medication=about[5] or "",
            note=about[6] or "",
            session_ids=ids,
            sessions=tuple(_session_rows(connection, ids[:FIRST_PAGE])),
            work=(),
            plans=tuple(_plans(connection, pupil)),
            targets=tuple(target_rows(connection, pupil)),
            assessments=tuple(_assessments(connection, pupil)),
            contacts=tuple(contact_rows(connection, pupil, today)),
            documents=tuple(_documents(connection, pupil)),
            sealed_notes=tuple(_sealed_notes(connection, pupil, desk.person.id)),
        )
    return _with_work(found, marking.work_list(desk, pupil=pupil))


def session_ids(desk: Desk, pupil: str) -> list[str]:
    """All sessions in a pupil's file, the newest first."""
    with desk.vault.read() as connection:
        return _session_ids(connection, pupil)


def session_rows(desk: Desk, ids: Sequence[str]) -> list[SessionRow]:
    """These sessions, in the order asked for: the next page of a file."""
    with desk.vault.read() as connection:
        return _session_rows(connection, ids)


def _with_work(found: PupilFile, work: list[WorkRow]) -> PupilFile:
    return replace(found, work=tuple(reversed(work)))


def _session_ids(connection: Connection, pupil: str) -> list[str]:
    query = (
        select(Session.id)
        .where(Session.pupil == pupil, Session.gone.is_(False), Session.starts.is_not(None))
        .order_by(Session.starts.desc(), Session.id)
    )
    return list(connection.execute(query).scalars())


def _session_rows(connection: Connection, ids: Sequence[str]) -> list[SessionRow]:
    s = Session
    query: Select[*tuple[Any, ...]] = select(
        s.id, s.starts, s.ends, s.subject, s.tutor, s.venue, s.place, s.outcome, s.covered,
        s.outcome_note,
    ).where(s.id.in_(ids), s.starts.is_not(None))  # fmt: skip
    names = staff(connection)
    rows = {row[0]: _session_row(row, names) for row in connection.execute(query)}
    return [rows[entity] for entity in ids if entity in rows]


def _session_row(row: Any, names: dict[str, str]) -> SessionRow:
    entity, starts, ends, subject, tutor, venue, place, outcome, covered, note = row
    day = starts.astimezone(LONDON).date()
    words = " ".join((covered or note or "").split())
    return SessionRow(
        entity,
        starts,
        ends,
        monday(day),
        wording.code_words("subjects", subject),
        names.get(tutor or "", ""),
        ", ".join(part for part in (wording.code_words("venues", venue), place) if part),
        wording.code_words("session_outcomes", outcome) or "not written up",
        str(side_of(outcome)) if outcome else "",
        words if len(words) <= EXCERPT else words[: EXCERPT - 1].rstrip() + "…",
    )


def _plans(connection: Connection, pupil: str) -> list[PlanRow]:
    p = EducationPlan
    rows = connection.execute(
        select(p.id, p.state, p.agreed_on, p.review_by)
        .where(p.pupil == pupil, p.gone.is_(False))
        .order_by(p.agreed_on.desc().nulls_first(), p.made.desc())
    )
    return [
        PlanRow(entity, state or "", wording.code_words("plan_states", state), agreed, by)
        for entity, state, agreed, by in rows
    ]


def target_rows(connection: Connection, pupil: str) -> list[TargetRow]:
    """A pupil's targets, the open ones first."""
    t = Target
    query: Select[*tuple[Any, ...]] = select(
        t.id, t.plan, t.kind, t.wording, t.set_by, t.criterion, t.review_on, t.self_rating,
        t.self_words, t.outcome,
    ).where(t.pupil == pupil, t.gone.is_(False))  # fmt: skip
    found = [_target_row(row) for row in connection.execute(query.order_by(t.kind, t.wording))]
    return sorted(found, key=lambda row: not row.is_open)


def _target_row(row: Any) -> TargetRow:
    entity, plan, kind, words, set_by, criterion, review_on, rating, own_words, outcome = row
    return TargetRow(
        entity,
        plan,
        wording.code_words("target_kinds", kind),
        words or "",
        wording.code_words("target_set_by", set_by),
        set_by == "PUPIL",
        criterion or "",
        review_on,
        rating,
        own_words or "",
        wording.code_words("target_outcomes", outcome),
        not is_closed(outcome),
    )


def _assessments(connection: Connection, pupil: str) -> list[AssessmentRow]:
    a = Assessment
    query: Select[*tuple[Any, ...]] = (
        select(a.id, a.subject, a.on, a.scale, a.value, a.kind, a.note)
        .where(a.pupil == pupil, a.gone.is_(False), a.on.is_not(None))
        .order_by(a.on.desc(), a.subject)
    )
    return [
        AssessmentRow(
            entity,
            wording.code_words("subjects", subject),
            on,
            wording.code_words("assessment_scales", scale),
            value or "",
            wording.code_words("assessment_kinds", kind),
            note or "",
        )
        for entity, subject, on, scale, value, kind, note in connection.execute(query)
    ]


def _documents(connection: Connection, pupil: str) -> list[DocumentRow]:
    d = Document
    query: Select[*tuple[Any, ...]] = (
        select(d.id, d.kind, d.title, d.made_at, d.recipient, d.pages)
        .where(d.pupil == pupil, d.gone.is_(False))
        .order_by(d.made_at.desc(), d.made.desc())
    )
    return [
        DocumentRow(
            row[0], wording.code_words("document_kinds", row[1]), row[2] or "", row[3],
            row[4] or "", row[5],
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def _sealed_notes(connection: Connection, pupil: str, author: str) -> list[SealedNote]:
    c = Concern
    rows = connection.execute(
        select(c.id, c.written_at)
        .where(
            c.pupil == pupil,
            c.author == author,
            c.gone.is_(False),
            c.written_at.is_not(None),
        )
        .order_by(c.written_at.desc())
    )
    return [
        SealedNote(entity, when, f"Sealed note, {wording.moment(when)}")
        for entity, when in rows
        if when is not None
    ]
