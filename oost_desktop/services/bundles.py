"""Bundles: making them, checking them, applying them, taking the last one back.

A check changes nothing and says in sentences what applying would do. Names are put to ids here;
`sync/` knows none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, select

from oost_desktop.errors import RefusedError, UserError
from oost_desktop.models import Device
from oost_desktop.progress import Cancel, Progress, no_progress
from oost_desktop.services import concerns, wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.naming import PupilName, pupils, staff
from oost_desktop.sync import exchange, feed, undoing
from oost_desktop.sync.bundle import Made, make_for_device, make_for_office
from oost_desktop.sync.exchange import Prepared
from oost_desktop.sync.opening import is_hub
from oost_desktop.sync.report import CheckReport, FileCheck
from oost_desktop.sync.trusted import trust_or_none
from oost_desktop.sync.whereabouts import Whereabouts, whereabouts

__all__ = [
    "Checked",
    "FileLine",
    "Laptop",
    "Made",
    "Passed",
    "Result",
    "apply",
    "can_undo",
    "check",
    "has_office",
    "laptops",
    "make",
    "make_all",
    "passed",
    "undo",
    "unsent",
    "where_are",
]

SERVICE_RECORDS = "The service's own records"


class Result(StrEnum):
    """What became of a file."""

    CHECKED = "checked"
    APPLIED = "applied"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileLine:
    """What a bundle brings for one pupil, in words."""

    name: str
    pupil: str | None
    new: int
    changed: int
    brings: str
    state: str
    is_pressing: bool


@dataclass(frozen=True)
class Checked:
    """A bundle file after its check. Refused ones have a `reason` and nothing else."""

    path: Path
    result: Result
    reason: str = ""
    sender: str = ""
    no: int = 0
    lines: tuple[FileLine, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    prepared: Prepared | None = field(default=None, repr=False)

    @property
    def title(self) -> str:
        """Bundle 14 from Jo Marsden."""
        return f"Bundle {self.no} from {self.sender}" if self.sender else self.path.name

    @property
    def needs_a_person(self) -> bool:
        """Whether something in it wants looking at."""
        return self.prepared is not None and self.prepared.report.needs_a_person


TOTALS = ("new", "changed", "clashing", "late", "removed", "refused")


def make(desk: Desk, folder: Path, device: str | None = None) -> Made:
    """Write a bundle into a folder: a laptop's for the office, or the office's for a laptop."""
    if desk.at_office:
        if device is None:
            raise UserError("Choose the laptop the bundle is for.")
        return make_for_device(desk.vault, device, folder, desk.today)
    return make_for_office(desk.vault, folder)


def make_all(
    desk: Desk, folder: Path, *, cancel: Cancel | None = None, progress: Progress = no_progress
) -> tuple[Made, ...]:
    """Write a bundle for every enrolled laptop into a folder, one after the other.

    Stopped between two laptops, it gives those made so far: each is whole and stands for itself.
    """
    waiting = laptops(desk)
    made = []
    for number, laptop in enumerate(waiting):
        if cancel is not None and cancel.asked:
            break
        progress(number / len(waiting), f"{number} of {len(waiting)} laptops")
        made.append(make(desk, folder, laptop.device))
    return tuple(made)


def check(
    desk: Desk, path: Path, *, cancel: Cancel | None = None, progress: Progress = no_progress
) -> Checked:
    """Check one file. A refusal is an answer, not an error; nothing is changed either way."""
    try:
        prepared = exchange.prepare(desk.vault, path, cancel, progress)
    except (RefusedError, UserError) as error:
        return Checked(path, Result.REFUSED, str(error))
    with desk.vault.read() as connection:
        return _checked(desk, connection, path, prepared)


def apply(
    desk: Desk,
    checked: Checked,
    *,
    cancel: Cancel | None = None,
    progress: Progress = no_progress,
) -> Checked:
    """Apply a checked bundle, in one transaction. Raises CancelledError; then nothing changed."""
    if checked.prepared is None:
        raise UserError("This bundle was refused, so it cannot be applied.", checked.reason)
    applied = exchange.apply(desk.vault, checked.prepared, cancel, progress)
    concerns.forget_opened(desk)
    with desk.vault.read() as connection:
        result = Result.KNOWN if applied.report.known else Result.APPLIED
        return _said(desk, connection, checked.path, result, checked.prepared, applied.report)


def undo(desk: Desk) -> None:
    """Take the last import back. Raises UserError that says why it cannot be."""
    undoing.undo(desk.vault)


def can_undo(desk: Desk) -> bool:
    """Whether the last import can be taken back."""
    with desk.vault.read() as connection:
        return undoing.can_undo(connection)


def unsent(desk: Desk) -> int | None:
    """How many changes of this laptop the office has not acknowledged; None without an office."""
    with desk.vault.read() as connection:
        if not has_office(desk, connection):
            return None
        return feed.unacknowledged(connection, desk.vault.place.device)


def has_office(desk: Desk, connection: Connection) -> bool:
    """Whether there is an office elsewhere: not at the office, nor in practice, which has none."""
    trust = trust_or_none(connection)
    return trust is None or not is_hub(desk.vault, trust)


def where_are(desk: Desk, entities: Iterable[str]) -> dict[str, Whereabouts]:
    """How far each of these records has come: saved here, in bundle 14, at the office."""
    with desk.vault.read() as connection:
        return whereabouts(connection, entities)


@dataclass(frozen=True, slots=True)
class Passed:
    """A bundle that was made or applied here."""

    no: int
    with_whom: str
    at: datetime
    is_ours: bool
    state: str


def passed(desk: Desk, most: int = 50) -> list[Passed]:
    """Bundles made and applied, the latest first."""
    with desk.vault.read() as connection:
        holders = _holders(connection)
        acked = feed.own_acked(connection)
        made = connection.exec_driver_sql(
            "select no, peer, made_at, incarnation, last_seq from sent"
            " order by made_at desc limit ?",
            (most,),
        )
        found = []
        for no, peer, at, incarnation, last in made:
            state = _state(desk, acked, incarnation, last)
            found.append(
                Passed(no, _with(desk, holders, peer), datetime.fromisoformat(at), True, state)
            )
        taken = connection.exec_driver_sql(
            "select bundle_no, peer, applied_at, undone_at from batch order by rowid desc limit ?",
            (most,),
        )
        for no, peer, at, undone in taken:
            state = "taken back" if undone else "applied"
            found.append(
                Passed(no, _with(desk, holders, peer), datetime.fromisoformat(at), False, state)
            )
    return sorted(found, key=lambda each: each.at, reverse=True)[:most]


def _state(desk: Desk, acked: Mapping[str, int], incarnation: str, last: int) -> str:
    if desk.at_office:
        return "made"
    return "at the office" if acked.get(incarnation, 0) >= last else "made, not yet answered"


@dataclass(frozen=True, slots=True)
class Laptop:
    """A laptop as the office knows it. `days` since its last bundle; None if none came."""

    device: str
    label: str
    holder: str
    last_no: int
    last_at: datetime | None
    days: int | None
    sent_no: int
    sent_at: datetime | None
    pupils: int


def laptops(desk: Desk) -> list[Laptop]:
    """Every enrolled laptop, the longest silent first."""
    with desk.vault.read() as connection:
        people = staff(connection)
        rows = connection.execute(
            select(Device.id, Device.label, Device.holder).where(
                Device.gone.is_(False), Device.id != desk.vault.place.device
            )
        ).all()
        peers = {
            row[0]: row[1:]
            for row in connection.exec_driver_sql(
                "select device, seen_no, seen_at, sent_no, sent_at from peer"
            )
        }
        held = {
            row[0]: row[1]
            for row in connection.exec_driver_sql(
                "select device, count(*) from held where scope like 'p:%' and revoked = 0"
                " group by device"
            )
        }
    found = []
    for device, label, holder in rows:
        seen_no, seen_at, sent_no, sent_at = peers.get(device, (0, None, 0, None))
        last = datetime.fromisoformat(seen_at) if seen_at else None
        days = (desk.today - wording.local_day(last)).days if last else None
        found.append(
            Laptop(
                device, label or "", people.get(holder or "", ""), seen_no, last, days,
                sent_no, datetime.fromisoformat(sent_at) if sent_at else None, held.get(device, 0),
            )
        )  # fmt: skip
    return sorted(found, key=lambda laptop: -(laptop.days if laptop.days is not None else 10**6))


def _checked(desk: Desk, connection: Connection, path: Path, prepared: Prepared) -> Checked:
    result = Result.KNOWN if prepared.report.known else Result.CHECKED
    return _said(desk, connection, path, result, prepared, prepared.report)


def _said(
    desk: Desk,
    connection: Connection,
    path: Path,
    result: Result,
    prepared: Prepared,
    report: CheckReport,
) -> Checked:
    names = pupils(connection, desk.today, with_locked=True)
    sender = _with(desk, _holders(connection), report.device)
    remarks = [report.gap] if report.gap else []
    remarks.extend(refusal.reason for refusal in report.refusals)
    return Checked(
        path,
        result,
        sender=sender,
        no=report.no,
        lines=tuple(_line(each, names) for each in report.files),
        totals={name: report.total(name) for name in TOTALS},
        remarks=tuple(dict.fromkeys(remarks)),
        prepared=prepared,
    )


def _line(check_: FileCheck, names: Mapping[str, PupilName]) -> FileLine:
    if check_.pupil is None:
        name = SERVICE_RECORDS
    else:
        known = names.get(check_.pupil)
        name = known.name if known else "A pupil new to this computer"
    states = [
        f"{count} {word}"
        for count, word in (
            (check_.clashing, "clash" if check_.clashing == 1 else "clashes"),
            (check_.late, "late"),
            (check_.refused, "refused"),
        )
        if count
    ]
    return FileLine(
        name,
        check_.pupil,
        check_.new,
        check_.changed,
        ", ".join(check_.words),
        ", ".join(states) or "fits",
        bool(states),
    )


def _holders(connection: Connection) -> dict[str, str]:
    people = staff(connection)
    rows = connection.execute(select(Device.id, Device.holder, Device.label))
    return {device: people.get(holder or "") or label or "" for device, holder, label in rows}


def _with(desk: Desk, holders: Mapping[str, str], device: str) -> str:
    if not desk.at_office:
        return "the office"
    return holders.get(device, "an unknown laptop")
