"""Paper that left the program: what it was, its fingerprint, and for whom."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from oost_desktop.models.base import About, Record, Scope
from oost_desktop.models.fields import Rule, choice, moment, number, of_pupil, text


class Document(Record):
    """A report made from the record and given to somebody."""

    __tablename__ = "document"
    about = About(
        "document",
        "documents",
        Scope.PUPIL,
        title=("title",),
        order="-made_at",
        sections=(
            ("Document", ("pupil", "kind", "title", "made_at", "recipient", "pages", "sha256")),
        ),
    )
    pupil: Mapped[str | None] = of_pupil(required=True, rule=Rule.FACT)
    kind: Mapped[str | None] = choice("Kind", "document_kinds", rule=Rule.FACT, listed=True)
    title: Mapped[str | None] = text("Title", required=True, rule=Rule.FACT, listed=True)
    made_at: Mapped[datetime | None] = moment("Made at", rule=Rule.FACT, listed=True)
    recipient: Mapped[str | None] = text("For", listed=True)
    pages: Mapped[int | None] = number("Pages", rule=Rule.FACT)
    sha256: Mapped[str | None] = text("Fingerprint (SHA-256)", rule=Rule.FACT)
