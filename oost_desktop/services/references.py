"""Finding the one pupil whom somebody means on the command line."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from oost_desktop.errors import UserError
from oost_desktop.models import Pupil
from oost_desktop.services.desk import Desk
from oost_desktop.services.naming import pupils
from oost_desktop.store.search import folded

SHORT = 8  # characters of the reference that documents print


def pupil_meant(desk: Desk, reference: str) -> str:
    """The pupil with this UPN, record id, printed reference, or name (accents may be left out).

    Raises UserError if there is none, or more than one.
    """
    wanted = reference.strip()
    with desk.vault.read() as connection:
        rows = connection.execute(
            select(Pupil.id, Pupil.upn, Pupil.legal_forename, Pupil.legal_surname).where(
                Pupil.gone.is_(False)
            )
        ).all()
        shown = {name.id: name.name for name in pupils(connection, desk.today).values()}
    tests: tuple[Callable[[Any], bool], ...] = (
        lambda row: wanted.lower() == row[0] or wanted.upper() == row[1],
        lambda row: len(wanted) == SHORT and row[0].endswith(wanted.lower()),
        lambda row: (
            folded(wanted)
            in (
                folded(shown.get(row[0], "")),
                folded(f"{row[2] or ''} {row[3] or ''}".strip()),
            )
        ),
    )
    for means in tests:
        found = [row[0] for row in rows if means(row)]
        if len(found) == 1:
            return str(found[0])
        if found:
            raise UserError(f"{len(found)} pupils are called that.", "Say which by UPN.")
    raise UserError("There is no such pupil in this caseload.", "Give the UPN or the full name.")
