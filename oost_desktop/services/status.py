"""What the line at the bottom of the window says, and the numbers beside the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from oost_desktop.models import Pupil, Work
from oost_desktop.models.columns import moment_value
from oost_desktop.services import bundles, wording
from oost_desktop.services.desk import Desk
from oost_desktop.store import drafts
from oost_desktop.sync import feed

REMIND_AFTER_DAYS = 7


@dataclass(frozen=True, slots=True)
class Status:
    """`is_old` when the last bundle is over a week away: a reminder, never a block."""

    draft_words: str
    transfer_words: str
    is_old: bool
    counts: Mapping[str, int]


def status(desk: Desk) -> Status:
    """How things stand: drafts, what the office has not seen, what waits on each page."""
    with desk.vault.read() as connection:
        waiting = len(drafts.all_of(connection, desk.person.id))
        counts = {
            "pupils": _count(connection, Pupil.id, Pupil.gone.is_(False)),
            "work": _count(
                connection,
                Work.id,
                Work.gone.is_(False),
                Work.returned_on.is_not(None),
                Work.marked_on.is_(None),
            ),
            "clashes": _clashes(connection),
        }
        words, is_old = _transfer(desk, connection, counts)
    drafts_words = f"{waiting} draft{'' if waiting == 1 else 's'}" if waiting else ""
    return Status(drafts_words, words, is_old, counts)


def _count(connection: Connection, column: object, *conditions: object) -> int:
    query = select(func.count(column)).where(*conditions)  # type: ignore[arg-type]
    return int(connection.execute(query).scalar_one())


def _clashes(connection: Connection) -> int:
    return int(connection.exec_driver_sql("select count(*) from clash").scalar_one())


def _transfer(desk: Desk, connection: Connection, counts: dict[str, int]) -> tuple[str, bool]:
    if desk.at_office:
        clashes = counts["clashes"]
        return (f"{wording.count(clashes, 'clash', 'clashes')} to settle" if clashes else ""), False
    if not bundles.has_office(desk, connection):
        return "", False
    unsent = feed.unacknowledged(connection, desk.vault.place.device)
    counts["bundles"] = unsent
    last = _last_made(connection)
    if not unsent:
        return ("Everything is at the office" if last else ""), False
    words = f"{wording.count(unsent, 'change')} not yet at the office"
    if last is None:
        return wording.first_capital(f"{words} · no bundle made yet"), False
    is_old = (desk.today - last).days > REMIND_AFTER_DAYS
    return wording.first_capital(f"{words} · last bundle {wording.long_day(last)}"), is_old


def _last_made(connection: Connection) -> date | None:
    made = connection.exec_driver_sql("select max(sent_at) from peer").scalar_one_or_none()
    return None if made is None else wording.local_day(moment_value(made))
