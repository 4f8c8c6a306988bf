"""Names as they are shown: the preferred name of a pupil, the name of a member of staff."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from oost_desktop.models import Pupil, School, StaffMember
from oost_desktop.models.ages import age_on, year_group
from oost_desktop.store.log import here
from oost_desktop.sync.holdings import locked_pupils

SHOWN_FORENAME = func.coalesce(Pupil.preferred_forename, Pupil.legal_forename, "")
SHOWN_SURNAME = func.coalesce(Pupil.preferred_surname, Pupil.legal_surname, "")


@dataclass(frozen=True, slots=True)
class PupilName:
    """How a pupil is named in lists: "Zoë Świątek", Year 10, 15 years, Peverel Academy."""

    id: str
    name: str
    forename: str
    year: int | None
    age: int | None
    school: str

    @property
    def year_words(self) -> str:
        """Year 10; Reception; empty if not known."""
        if self.year is None:
            return ""
        return "Reception" if self.year == 0 else f"Year {self.year}"


def pupils(
    connection: Connection, today: date, *, with_locked: bool = False
) -> dict[str, PupilName]:
    """Every pupil in this vault, by id; those taken back from this laptop only if asked for."""
    locked = frozenset() if with_locked else locked_here(connection)
    rows = connection.execute(
        select(
            Pupil.id,
            SHOWN_FORENAME,
            SHOWN_SURNAME,
            Pupil.nc_year,
            Pupil.date_of_birth,
            School.name,
        )
        .outerjoin(School, School.id == Pupil.school)
        .where(Pupil.gone.is_(False))
    )
    return {
        row[0]: PupilName(
            row[0],
            f"{row[1]} {row[2]}".strip(),
            row[1] or row[2],
            row[3] if row[3] is not None or row[4] is None else year_group(row[4], today),
            None if row[4] is None else age_on(row[4], today),
            row[5] or "",
        )
        for row in rows
        if row[0] not in locked
    }


def locked_here(connection: Connection) -> frozenset[str]:
    """Pupils whose file was taken back from this device: still here, shown nowhere."""
    return locked_pupils(connection, here(connection).device)


def staff(connection: Connection) -> dict[str, str]:
    """Names of members of staff by id."""
    rows = connection.execute(select(StaffMember.id, StaffMember.name))
    return {entity: name or "" for entity, name in rows}
