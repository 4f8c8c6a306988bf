"""The find box: pupils and people by name, and notes by their words, whatever the accents.

Only what is in view is found: a removed record is not, nor is anything of a pupil who is not here
or whose file the office has taken back.
Sealed words are in no index.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from oost_desktop.models import RECORDS, Contact, School, StaffMember
from oost_desktop.models.base import Scope
from oost_desktop.services import wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.naming import PupilName, pupils
from oost_desktop.store import search
from oost_desktop.store.search import folded

MOST_PUPILS, MOST_PEOPLE, MOST_NOTES = 8, 6, 12
_NAMED_ELSEWHERE = frozenset({"pupil", "contact", "school", "staff_member"})


@dataclass(frozen=True, slots=True)
class Result:
    """Something found: what to show, and the page and record to open.

    `page` is "pupil", "school", "staff", or for a note its record type; `pupil` is whose file it
    is in, if any.
    """

    title: str
    sub_line: str
    page: str
    record: str
    pupil: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a find brought, best first in each group."""

    pupils: tuple[Result, ...]
    people: tuple[Result, ...]
    notes: tuple[Result, ...]


NOTHING = Found((), (), ())


def find(desk: Desk, text: str) -> Found:
    """Look for words as they are typed: every word must begin a word of what is found."""
    words = folded(text).split()
    if not words:
        return NOTHING
    with desk.vault.read() as connection:
        names = pupils(connection, desk.today)
        return Found(
            tuple(_pupils(names.values(), words))[:MOST_PUPILS],
            tuple(_people(connection, names, words))[:MOST_PEOPLE],
            tuple(_notes(connection, names, text))[:MOST_NOTES],
        )


def catch_up(desk: Desk) -> int:
    """Index what was written since last time; call in idle moments until it returns 0."""
    with desk.vault.write() as connection:
        return search.catch_up(connection, desk.vault.registry)


def matches(name: str, words: Iterable[str]) -> bool:
    """Whether every word (folded) begins some word of a name."""
    parts = folded(name).replace("-", " ").replace("'", " ").replace("’", " ").split()
    whole = folded(name).split()
    return all(any(part.startswith(word) for part in (*whole, *parts)) for word in words)


def _pupils(names: Iterable[PupilName], words: list[str]) -> list[Result]:
    found = [name for name in names if matches(name.name, words)]
    found.sort(key=lambda name: (not folded(name.name).startswith(words[0]), name.name.casefold()))
    return [
        Result(
            name.name,
            " · ".join(part for part in (name.year_words, name.school) if part),
            "pupil",
            name.id,
            name.id,
        )
        for name in found
    ]


def _people(connection: Connection, names: dict[str, PupilName], words: list[str]) -> list[Result]:
    found = []
    for entity, name, role, phone in connection.execute(
        select(StaffMember.id, StaffMember.name, StaffMember.role, StaffMember.phone).where(
            StaffMember.gone.is_(False)
        )
    ):
        if name and matches(name, words):
            line = _line(wording.code_words("staff_roles", role), phone)
            found.append(Result(name, line, "staff", entity, None))
    for entity, name, town, phone in connection.execute(
        select(School.id, School.name, School.town, School.phone).where(School.gone.is_(False))
    ):
        if name and matches(name, words):
            found.append(Result(name, _line("School", town, phone), "school", entity, None))
    return found + _contacts(connection, names, words)


def _contacts(
    connection: Connection, names: dict[str, PupilName], words: list[str]
) -> list[Result]:
    """Adults around pupils. The number of one who must not be contacted is not offered."""
    c = Contact
    query: Select[*tuple[Any, ...]] = select(
        c.id, c.pupil, c.name, c.role, c.phone, c.must_not_contact
    ).where(c.gone.is_(False), c.name.is_not(None))
    found = []
    for entity, pupil, name, role, phone, barred in connection.execute(query):
        if pupil in names and matches(name, words):
            number = "must not be contacted" if barred else phone
            whose = f"{wording.code_words('contact_roles', role)} of {names[pupil].name}"
            found.append(Result(name, _line(whose, number), "contact", entity, pupil))
    return found


def _notes(connection: Connection, names: dict[str, PupilName], text: str) -> Iterable[Result]:
    etypes = [
        record_type.name
        for record_type in RECORDS
        if record_type.name not in _NAMED_ELSEWHERE and search.is_indexed(record_type)
    ]
    hits = search.find(connection, RECORDS, text, MOST_NOTES * 2, etypes)
    whose = _pupils_of(connection, hits)
    for hit in hits:
        record_type = RECORDS.of(hit.etype)
        pupil = whose.get(hit.entity)
        if record_type.about.scope is Scope.PUPIL and pupil not in names:
            continue
        who = names[pupil].name if pupil in names else ""
        title = _line(who, f"{record_type.about.singular} {hit.title}".strip())
        yield Result(title, hit.snippet, hit.etype, hit.entity, pupil)


def _pupils_of(connection: Connection, hits: Iterable[search.Hit]) -> dict[str, str]:
    by_type: dict[str, list[str]] = {}
    for hit in hits:
        by_type.setdefault(hit.etype, []).append(hit.entity)
    found: dict[str, str] = {}
    for etype, entities in by_type.items():
        table = RECORDS.of(etype).table
        if "pupil" in table.c:
            rows = connection.execute(
                select(table.c.id, table.c.pupil).where(table.c.id.in_(entities))
            )
            found.update((entity, pupil) for entity, pupil in rows if pupil)
    return found


def _line(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
