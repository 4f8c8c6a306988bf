"""The service level agreement: the office's own text, and each school's acceptance of it.

"By completing a referral form and accessing the service" a school agrees. What it agreed to is
kept to the byte: the text's fingerprint stands in the acceptance. No text ships with the program.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select

from oost_desktop.errors import UserError
from oost_desktop.models import AgreementAcceptance, AgreementVersion, Pupil
from oost_desktop.services import wording
from oost_desktop.services.desk import Desk, checked, current_values
from oost_desktop.services.naming import pupils

MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Version:
    """One exact text. `sha256` is of the bytes of the file the office loaded."""

    id: str
    title: str
    effective_from: date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a school accepted, by whom and when; `words` are its sentences, `text` the agreement.

    `is_intact` is whether the text kept here still has the fingerprint that was accepted.
    """

    pupil: str
    title: str
    accepted_by: str
    accepted_at: datetime | None
    sha256: str
    words: tuple[str, ...]
    text: str
    is_intact: bool


def load(desk: Desk, path: Path, title: str, effective_from: date) -> str:
    """Keep an agreement's text. The same text twice is the same agreement. Raises UserError."""
    try:
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
        text = data.decode("utf-8")
    except OSError as error:
        raise UserError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UserError("This is not a text file.", "Save it as plain text (UTF-8).") from error
    if not text.strip():
        raise UserError("The agreement is empty or larger than 200 kB.", "Choose its text file.")
    digest = fingerprint(text)
    with desk.vault.act(desk.actor) as unit:
        known = unit.connection.execute(
            select(AgreementVersion.id).where(
                AgreementVersion.sha256 == digest, AgreementVersion.gone.is_(False)
            )
        ).scalar()
        if known is not None:
            return str(known)
        values = {
            "title": title, "effective_from": effective_from, "sha256": digest, "wording": text,
        }  # fmt: skip
        checked(desk, AgreementVersion, values)
        return unit.create(AgreementVersion, values)


def fingerprint(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def in_force(desk: Desk, on: date | None = None) -> Version | None:
    """The agreement in force on a day (today): the last that has come into force."""
    day = on or desk.today
    return next(
        (v for v in versions(desk) if v.effective_from is None or v.effective_from <= day), None
    )


def versions(desk: Desk) -> list[Version]:
    """Every agreement loaded, the newest first."""
    v = AgreementVersion
    query: Select[*tuple[Any, ...]] = (
        select(v.id, v.title, v.effective_from, v.sha256)
        .where(v.gone.is_(False))
        .order_by(v.effective_from.desc(), v.made.desc())
    )
    with desk.vault.read() as connection:
        rows = connection.execute(query).all()
    return [Version(entity, title or "", day, digest or "") for entity, title, day, digest in rows]


def accept(desk: Desk, pupil: str, values: Mapping[str, Any]) -> str:
    """Record that a school accepted the agreement in force: accepted_by, position, method.

    A later version asks nobody who accepted an earlier one (SLA, closing line).
    """
    version = in_force(desk)
    if version is None:
        raise UserError("No agreement has been loaded.", "Load its text under Agreements first.")
    with desk.vault.act(desk.actor) as unit:
        school = unit.connection.execute(select(Pupil.school).where(Pupil.id == pupil)).scalar()
        filled = {
            "pupil": pupil, "school": school, "agreement": version.id, "sha256": version.sha256,
            "accepted_at": desk.clock.now(), **values,
        }  # fmt: skip
        checked(desk, AgreementAcceptance, filled)
        return unit.create(AgreementAcceptance, filled)


def certificate(desk: Desk, pupil: str) -> Certificate | None:
    """The latest acceptance in a pupil's file, with the exact text it was of (SLA, C2)."""
    a = AgreementAcceptance
    with desk.vault.read() as connection:
        row = connection.execute(
            select(a.agreement, a.sha256, a.accepted_by, a.position, a.accepted_at, a.method)
            .where(a.pupil == pupil, a.gone.is_(False))
            .order_by(a.accepted_at.desc(), a.made.desc())
        ).first()
        if row is None:
            return None
        kept = current_values(connection, AgreementVersion, row[0] or "") or {}
        name = pupils(connection, desk.today).get(pupil)
    text, digest = kept.get("wording") or "", row[1] or ""
    return Certificate(
        name.name if name else "",
        kept.get("title") or "",
        row[2] or "",
        row[4],
        digest,
        tuple(_words(row, kept, name.school if name else "")),
        text,
        bool(text) and fingerprint(text) == digest,
    )


def _words(row: Any, kept: Mapping[str, Any], school: str) -> list[str]:
    who = ", ".join(part for part in (row[2], row[3], school) if part)
    when = f" on {wording.moment(row[4])}" if row[4] else ""
    how = f" ({row[5]})" if row[5] else ""
    return [
        f"{who} accepted “{kept.get('title') or 'the agreement'}”{when}{how}.",
        f"The text accepted has the fingerprint {row[1]}.",
    ]
