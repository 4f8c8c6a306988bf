"""A concern on paper, for whoever may read it: its author, or the safeguarding lead.

Printing is reading: a lead who prints a concern has opened it, and its author's laptop says so.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from oost_desktop.atomic import replace_file
from oost_desktop.errors import RefusedError
from oost_desktop.reports import concern_sheet
from oost_desktop.reports.concern_sheet import Addendum, ConcernSheet, Told
from oost_desktop.services import concerns, wording
from oost_desktop.services.concerns import OpenConcern
from oost_desktop.services.desk import Desk

REFERENCE = 8


def of_pupil(desk: Desk, pupil: str) -> bytes:
    """The newest concern about a pupil that this person may read. Raises RefusedError."""
    for row in concerns.rows(desk, pupil):
        if row.can_read:
            return render(desk, row.id)
    raise RefusedError("There is no concern about this pupil that you may read.")


def render(desk: Desk, concern: str) -> bytes:
    """One concern as a PDF. Raises RefusedError for anybody it was not sealed to."""
    return concern_sheet.render(_sheet(desk, concerns.read(desk, concern)))


def file_name(concern: str) -> str:
    """What its file is called: the receipt number, never a name."""
    return f"concern-{concern[-REFERENCE:].upper()}.pdf"


def save(desk: Desk, concern: str, path: Path) -> Path:
    """Write one concern as a PDF where it was asked for; the path."""
    replace_file(path, render(desk, concern))
    return path


def _sheet(desk: Desk, opened: OpenConcern) -> ConcernSheet:
    words, pupil = opened.words, opened.pupil
    return ConcernSheet(
        receipt=opened.id[-REFERENCE:].upper(),
        pupil=pupil.name if pupil else "Not in this caseload",
        pupil_reference=pupil.id[-REFERENCE:].upper() if pupil else "",
        seen_or_said=words.get("verbatim", ""),
        author=opened.author,
        author_role="",
        made_on=desk.today,
        written=opened.written_at,
        submitted=opened.written_at,
        questions_asked=words.get("asked", ""),
        happened=words.get("happened_at"),
        place=words.get("place", ""),
        present=words.get("present", ""),
        done="\n".join(part for part in (words.get("did"), words.get("injuries")) if part),
        told=tuple(_told(words)),
        not_told_because=words.get("not_told_because", ""),
        school_told=tuple(_notified(each) for each in opened.notifications),
        addenda=tuple(Addendum(when, who, text) for when, who, text in opened.addenda),
        invented=desk.invented,
    )


def _told(words: Mapping[str, Any]) -> list[Told]:
    if not words.get("told_whom"):
        return []
    return [_entry(words["told_whom"], words.get("told_at"), words, "told_how", "told_reference")]


def _notified(told: Mapping[str, Any]) -> Told:
    who = " · ".join(part for part in (told.get("whom"), told.get("organisation")) if part)
    return _entry(who, told.get("told_at"), told, "how", "reference")


def _entry(
    who: str, when: datetime | None, words: Mapping[str, Any], how: str, answer: str
) -> Told:
    means = wording.code_words("told_by_means", words.get(how))
    return Told(who, when, means, words.get(answer) or "")
