"""Paper: drawing a document from a pupil's file, keeping a copy of it, and opening it again.

A kept document is its exact bytes with their fingerprint; the bytes stay in this vault, the
record of them travels with the pupil's file. Which documents there are: `reports/catalogue.py`.
"""

import hashlib
import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from sqlalchemy import Connection, Select, insert, select

from oost_desktop.atomic import replace_file
from oost_desktop.errors import DamageError, UsageError, UserError
from oost_desktop.models import Document, Pupil
from oost_desktop.reports import emergency_card as card_paper
from oost_desktop.reports.catalogue import REPORTS, report_kind
from oost_desktop.reports.emergency_card import Contact, EmergencyCard
from oost_desktop.services import settings, wording
from oost_desktop.services.around import Ring, around
from oost_desktop.services.desk import Desk
from oost_desktop.services.naming import PupilName, pupils
from oost_desktop.services.progress import progress_report, term_so_far
from oost_desktop.services.pupils import named
from oost_desktop.store.tables import document_body

__all__ = [
    "CONFIDENTIAL", "CONFIDENTIAL_ON_SCREEN", "Contact", "DocumentKind", "EmergencyCard",
    "emergency_card", "file_document", "file_name", "kinds", "open_document", "render",
]  # fmt: skip

_KINDS = {"progress": "PROGRESS", "emergency": "CARD"}
FINGERPRINT = 8
CONFIDENTIAL = "Confidential: not printed. Ring the office."
CONFIDENTIAL_ON_SCREEN = "Confidential: say it to 999 and to nobody else."


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A document that can be made here: its name on the command line, and its title."""

    id: str
    title: str
    has_period: bool


@dataclass(frozen=True, slots=True)
class Filed:
    """A document that was given out: `made_at` and `recipient` say when and for whom.

    `fingerprint` is the beginning of its SHA-256, as it is compared over the telephone.
    """

    id: str
    kind: str
    title: str
    made_at: datetime | None
    recipient: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One document kept in a pupil's file, to be looked at again."""

    pupil: str
    document: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be chosen before a document is made: the pupils, and this term so far."""

    pupils: tuple[PupilName, ...]
    first: date
    last: date


def offer(desk: Desk) -> Offer:
    """The pupils of this desk by name, and the period a report covers unless told otherwise."""
    first, last = term_so_far(desk)
    with desk.vault.read() as connection:
        found = pupils(connection, desk.today).values()
    return Offer(tuple(sorted(found, key=lambda each: each.name)), first, last)


def filed(desk: Desk, pupil: str) -> list[Filed]:
    """The documents kept in a pupil's file, the newest first."""
    d = Document
    query: Select[*tuple[Any, ...]] = (
        select(d.id, d.kind, d.title, d.made_at, d.recipient, d.sha256)
        .where(d.pupil == pupil, d.gone.is_(False))
        .order_by(d.made_at.desc(), d.made.desc())
    )
    with desk.vault.read() as connection:
        return [
            Filed(
                entity,
                wording.code_words("document_kinds", kind),
                title or "",
                made_at,
                recipient or "",
                (sha256 or "")[:FINGERPRINT],
            )
            for entity, kind, title, made_at, recipient, sha256 in connection.execute(query)
        ]


def write_out(path: Path, pdf: bytes) -> Path:
    """Write a document outside the caseload, not encrypted; its path. Raises UserError."""
    replace_file(path, pdf)
    return path


def kinds() -> list[DocumentKind]:
    """The documents that are made of a pupil's file."""
    return [
        DocumentKind(kind.id, kind.title, kind.id == "progress")
        for kind in REPORTS
        if kind.id in _KINDS
    ]


def render(
    desk: Desk,
    kind: str,
    pupil: str,
    *,
    first: date | None = None,
    last: date | None = None,
    narrative: str = "",
    recipient: str = "",
) -> bytes:
    """A document as a PDF. Without days, of this term so far. Raises UsageError, UserError."""
    found = report_kind(kind)
    if kind == "progress":
        start, end = term_so_far(desk)
        start, end = first or start, last or end
        if end < start:
            raise UsageError("The last day is before the first.")
        values = progress_report(desk, pupil, start, end, narrative=narrative, audience=recipient)
        return found.render(values)
    if kind == "emergency":
        return card_paper.render(emergency_card(desk, pupil))
    raise UsageError(f"A {found.title.lower()} is not made from a pupil's file.")


def emergency_card(desk: Desk, pupil: str, *, on_screen: bool = False) -> EmergencyCard:
    """What a tutor needs in the hand. A confidential address is on no paper.

    `on_screen` gives it, with a warning: whoever rings 999 must be able to say where they are.
    """
    with desk.vault.read() as connection:
        name = named(connection, pupil, desk.today)
        about = connection.execute(
            select(
                Pupil.date_of_birth, Pupil.address, Pupil.postcode, Pupil.address_confidential,
                Pupil.who_is_in, Pupil.emergency, Pupil.medication, Pupil.allergies,
            ).where(Pupil.id == pupil)
        ).one()  # fmt: skip
        born, address, postcode, confidential, who_is_in, emergency, medication, allergies = about
        near = around(connection, pupil, desk.today)
        where = "\n".join(part for part in (address, postcode) if part) or "Not recorded"
        return EmergencyCard(
            pupil=name.name,
            pupil_reference=pupil[-8:].upper(),
            address=_address(where, on_screen=on_screen) if confidential else where,
            made_on=desk.today,
            date_of_birth=wording.short_day(born) if born else "",
            must_be_present=who_is_in or "",
            medical=_medical(allergies, medication, emergency),
            contacts=tuple(_contact(ring) for ring in near.to_ring),
            safeguarding=tuple(
                _contact(ring)
                for ring in (
                    near.service_dsl,
                    near.school_dsl,
                    *_social_care(connection, desk.today),
                )
                if ring is not None
            ),
            invented=desk.invented,
        )


def file_document(
    desk: Desk, pupil: str, kind: str, pdf: bytes, title: str, recipient: str = ""
) -> str:
    """Keep a copy of what was given out, and for whom. Raises UserError if it is no PDF."""
    if not pdf.startswith(b"%PDF-"):
        raise UserError("This is not a PDF.", "Make the document again.")
    values = {
        "pupil": pupil,
        "kind": _KINDS.get(kind, kind),
        "title": title,
        "made_at": desk.clock.now(),
        "recipient": recipient or None,
        "pages": len(PdfReader(io.BytesIO(pdf)).pages),
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }
    with desk.vault.act(desk.actor) as unit:
        entity = unit.create(Document, values)
        unit.connection.execute(insert(document_body).values(entity=entity, pdf=pdf))
        return entity


def open_document(desk: Desk, entity: str) -> bytes:
    """The bytes of a kept document. Raises UserError if they are on another computer."""
    with desk.vault.read() as connection:
        pdf = connection.execute(
            select(document_body.c.pdf).where(document_body.c.entity == entity)
        ).scalar()
        expected = connection.execute(select(Document.sha256).where(Document.id == entity)).scalar()
    if pdf is None:
        raise UserError("This document was made on another computer.", "Only its record came here.")
    if hashlib.sha256(pdf).hexdigest() != expected:
        raise DamageError("This document is not as it was filed.", "Restore a backup.")
    return bytes(pdf)


def file_name(kind: str, pupil: str, made_on: date) -> str:
    """A name to save a document under. It names nobody."""
    return f"{kind}-{pupil[-8:]}-{made_on:%Y%m%d}.pdf"


def _address(confidential: str, *, on_screen: bool) -> str:
    return f"{confidential}\n{CONFIDENTIAL_ON_SCREEN}" if on_screen else CONFIDENTIAL


def _medical(
    allergies: tuple[str, ...] | None, medication: str | None, emergency: str | None
) -> str:
    parts = []
    if allergies:
        parts.append(f"Alerts: {', '.join(allergies)}.")
    if medication:
        parts.append(f"Medication: {medication}")
    if emergency:
        parts.append(f"In an emergency: {emergency}")
    return "\n".join(parts)


def _contact(ring: Ring) -> Contact:
    return Contact(ring.name, ring.relation, ring.phone)


def _social_care(connection: Connection, today: date) -> list[Ring]:
    found = []
    for name, who, what in (
        ("STARTING_POINT", "Starting Point", "Social care, daytime"),
        ("OUT_OF_HOURS", "Social care", "Out of hours"),
    ):
        phone = settings.value_on(connection, name, today)
        if phone:
            found.append(Ring(who, what, phone))
    return found
