"""Concerns: sealed on the laptop they are written on, to those who must read them.

What the office carries is that a sealed note exists, about which pupil, by whom and when. Every
word is inside the seal: the fields below marked `sealed` have no column anywhere.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from oost_desktop.models.base import About, Audience, Record, Scope
from oost_desktop.models.fields import FieldSpec, Kind, Rule, moment, of_pupil, ref, sealed
from oost_desktop.models.problems import Problem


def _told(values: Mapping[str, Any]) -> Iterable[Problem]:
    """Nothing blocks a concern; what is missing is remarked on and stays red."""
    if not values.get("told_whom") and not values.get("not_told_because"):
        yield Problem("told_whom", "Say whom you have told, or why nobody yet.", warning=True)


class Concern(Record):
    """A safeguarding concern about a child. Submitting freezes it; later words are addenda."""

    __tablename__ = "concern"
    about = About(
        "concern",
        "concerns",
        Scope.PUPIL,
        audience=Audience.SEALED,
        title=("written_at",),
        order="-written_at",
        unasked=("pupil", "written_at"),
        check=_told,
        retention="Safeguarding record",
        sections=(
            (
                "What happened",
                ("verbatim", "asked", "present", "happened_at", "noticed_at", "place"),
            ),
            ("What you did", ("did", "injuries", "opinion")),
            ("Whom you told", ("told_whom", "told_at", "told_how", "told_reference")),
            ("If nobody yet", ("not_told_because",)),
            # Last, and never required: nobody grades abuse before describing it.
            ("If you can say", ("categories",)),
        ),
    )
    pupil: Mapped[str | None] = of_pupil(rule=Rule.FACT)
    written_at: Mapped[datetime | None] = moment("Written at", rule=Rule.FACT, listed=True)
    verbatim: ClassVar[FieldSpec] = sealed(
        Kind.PROSE, "What was said or seen, in their own words", required=True
    )
    asked: ClassVar[FieldSpec] = sealed(Kind.PROSE, "What you asked, exactly")
    present: ClassVar[FieldSpec] = sealed(Kind.TEXT, "Who was there")
    happened_at: ClassVar[FieldSpec] = sealed(Kind.MOMENT, "When it happened")
    noticed_at: ClassVar[FieldSpec] = sealed(Kind.MOMENT, "When you noticed")
    place: ClassVar[FieldSpec] = sealed(Kind.TEXT, "Where it happened")
    did: ClassVar[FieldSpec] = sealed(Kind.PROSE, "What you did")
    injuries: ClassVar[FieldSpec] = sealed(
        Kind.PROSE, "Injuries seen", help="Never undress a child, never photograph."
    )
    opinion: ClassVar[FieldSpec] = sealed(
        Kind.PROSE, "Your opinion, if any, and why (kept apart from the facts)"
    )
    told_whom: ClassVar[FieldSpec] = sealed(Kind.TEXT, "Told whom")
    told_at: ClassVar[FieldSpec] = sealed(Kind.MOMENT, "Told at")
    told_how: ClassVar[FieldSpec] = sealed(Kind.CHOICE, "Told how", codes="told_by_means")
    told_reference: ClassVar[FieldSpec] = sealed(Kind.TEXT, "Their reference")
    not_told_because: ClassVar[FieldSpec] = sealed(Kind.TEXT, "Not yet told, because")
    categories: ClassVar[FieldSpec] = sealed(
        Kind.TAGS, "Categories", codes="safeguarding_categories"
    )


class ConcernAddendum(Record):
    """Later words on a concern: dated, never replacing the first."""

    __tablename__ = "concern_addendum"
    about = About(
        "addendum",
        "addenda",
        Scope.PUPIL,
        audience=Audience.SEALED,
        title=("written_at",),
        order="written_at",
        retention="Safeguarding record",
        unasked=("pupil",),
        sections=(("Addendum", ("concern", "written_at", "words")),),
    )
    pupil: Mapped[str | None] = of_pupil(rule=Rule.FACT)
    concern: Mapped[str | None] = ref("Concern", to="concern", required=True, rule=Rule.FACT)
    written_at: Mapped[datetime | None] = moment("Written at", rule=Rule.FACT)
    words: ClassVar[FieldSpec] = sealed(Kind.PROSE, "What to add", required=True)


class ConcernNotification(Record):
    """Someone was told of a concern: whom, when, how, with what reference."""

    __tablename__ = "concern_notification"
    about = About(
        "notification",
        "notifications",
        Scope.PUPIL,
        audience=Audience.SEALED,
        title=("written_at",),
        order="written_at",
        retention="Safeguarding record",
        unasked=("pupil", "written_at"),
        sections=(("Told", ("concern", "whom", "organisation", "told_at", "how", "reference")),),
    )
    pupil: Mapped[str | None] = of_pupil(rule=Rule.FACT)
    concern: Mapped[str | None] = ref("Concern", to="concern", required=True, rule=Rule.FACT)
    written_at: Mapped[datetime | None] = moment("Written at", rule=Rule.FACT)
    whom: ClassVar[FieldSpec] = sealed(Kind.TEXT, "Whom", required=True)
    organisation: ClassVar[FieldSpec] = sealed(Kind.TEXT, "Organisation")
    told_at: ClassVar[FieldSpec] = sealed(Kind.MOMENT, "When", required=True)
    how: ClassVar[FieldSpec] = sealed(Kind.CHOICE, "How", codes="told_by_means")
    reference: ClassVar[FieldSpec] = sealed(Kind.TEXT, "Their reference")


class ConcernReceipt(Record):
    """The safeguarding lead has opened a concern. Its author's laptop shows when."""

    __tablename__ = "concern_receipt"
    about = About(
        "receipt",
        "receipts",
        Scope.PUPIL,
        audience=Audience.AUTHOR_AND_OFFICE,
        title=("opened_at",),
        order="opened_at",
        retention="Safeguarding record",
        unasked=("pupil", "for_author"),
        sections=(("Receipt", ("concern", "opened_at")),),
    )
    pupil: Mapped[str | None] = of_pupil(rule=Rule.FACT)
    concern: Mapped[str | None] = ref("Concern", to="concern", required=True, rule=Rule.FACT)
    for_author: Mapped[str | None] = ref("For", to="staff_member", rule=Rule.FACT)
    opened_at: Mapped[datetime | None] = moment("Opened at", rule=Rule.FACT)
