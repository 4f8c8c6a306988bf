"""A safeguarding concern on paper, in the order in which it is written.

What was seen or said comes first and in the words used; nobody is asked to grade it before
describing it. It prints unfinished too, and says so. Who may print it is decided elsewhere.
"""

from dataclasses import dataclass
from datetime import date, datetime

from oost_desktop.reports.page import SENSITIVE, Page
from oost_desktop.reports.wording import moment


@dataclass(frozen=True, slots=True)
class Told:
    """Someone who was told: who, when (aware, if it was said), by what means, their answer."""

    who: str
    when: datetime | None
    how: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the body map and what was seen there."""

    region: str
    seen: str


@dataclass(frozen=True, slots=True)
class Addendum:
    """Words added after the concern was submitted."""

    when: datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class ConcernSheet:
    """Everything a concern says. All moments are aware. `submitted` is None for a draft."""

    receipt: str
    pupil: str
    pupil_reference: str
    seen_or_said: str
    author: str
    author_role: str
    made_on: date
    written: datetime
    submitted: datetime | None = None
    own_words: str = ""
    questions_asked: str = ""
    happened: datetime | None = None
    place: str = ""
    present: str = ""
    marks: tuple[Mark, ...] = ()
    done: str = ""
    told: tuple[Told, ...] = ()
    not_told_because: str = ""
    school_told: tuple[Told, ...] = ()
    addenda: tuple[Addendum, ...] = ()
    invented: bool = False


def render(sheet: ConcernSheet) -> bytes:
    """The concern as a tagged PDF."""
    page = Page(
        "Safeguarding concern",
        sheet.receipt,
        made_on=sheet.made_on,
        subtitle="" if sheet.submitted else "Draft: not submitted",
        marking=f"Safeguarding, for the DSL and those they name: {SENSITIVE}",
        invented=sheet.invented,
    )
    page.urgent("If a child is in danger now, call 999 first. Then ring the DSL.")
    submitted = moment(sheet.submitted) if sheet.submitted else "Not submitted"
    page.facts(
        [
            ("Pupil", sheet.pupil),
            ("Pupil’s reference", sheet.pupil_reference),
            ("Written by", ", ".join(filter(None, [sheet.author, sheet.author_role]))),
            ("Written", moment(sheet.written)),
            ("Submitted", submitted),
            ("Receipt", sheet.receipt),
        ]
    )
    _what(page, sheet)
    _circumstances(page, sheet)
    _answered(page, "What was done", sheet.done)
    _told(page, "Who was told", sheet.told, sheet.not_told_because)
    _told(page, "When the school was told", sheet.school_told, "")
    if sheet.addenda:
        page.heading("Added later")
        for addendum in sheet.addenda:
            page.quotation(addendum.text, f"{addendum.who}, {moment(addendum.when)}")
    page.signature_line(sheet.author_role or "author", sheet.author)
    return page.finish()


def _what(page: Page, sheet: ConcernSheet) -> None:
    _answered(page, "What was seen or said", sheet.seen_or_said)
    if sheet.own_words:
        page.heading("In the child’s own words", level=3)
        page.quotation(sheet.own_words)
    if sheet.questions_asked:
        page.heading("Questions the adult asked", level=3)
        page.paragraph(sheet.questions_asked)


def _circumstances(page: Page, sheet: ConcernSheet) -> None:
    page.heading("When and where")
    page.facts(
        [
            ("When it happened", moment(sheet.happened) if sheet.happened else "Not recorded"),
            ("Where", sheet.place or "Not recorded"),
        ],
        columns=2,
    )
    _answered(page, "Who was there", sheet.present)
    page.heading("Body map")
    if sheet.marks:
        page.table(["Where", "What was seen"], [[mark.region, mark.seen] for mark in sheet.marks])
    else:
        page.paragraph("Nothing was marked on the body map.")


def _answered(page: Page, question: str, answer: str) -> None:
    page.heading(question)
    page.paragraph(answer if answer.strip() else "Not recorded.")


def _told(page: Page, heading: str, told: tuple[Told, ...], reason: str) -> None:
    page.heading(heading)
    if told:
        page.table(
            ["Who", "When", "How", "Their answer"],
            [[each.who, _when(each), each.how, each.answer] for each in told],
        )
    elif reason:
        page.paragraph(f"Not yet told, because: {reason}")
    else:
        page.paragraph("Nobody is recorded as told.")


def _when(told: Told) -> str:
    return "not said" if told.when is None else moment(told.when)
