"""How far each device's feed has arrived complete at the office, by links, never by number alone.

A link is complete if the link before it is. Tips are complete links without a complete
successor: normally one for each incarnation, two after a laptop was cloned. A gap is not an
error: its operations count, the tip stays, and so the missing ones come again.
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from oost_desktop.store.operations import FIRST_ENTRY
from oost_desktop.sync.feed import Run
from oost_desktop.sync.manifest import Ends, Link

Tips = dict[str, frozenset[Link]]


def tips_of(connection: Connection, device: str) -> Tips:
    """The tips of a device's feed, by incarnation."""
    found: Tips = {}
    for incarnation, seq, entry in connection.exec_driver_sql(
        "select incarnation, seq, entry from feed_tip where device = ? order by entry", (device,)
    ):
        found[incarnation] = found.get(incarnation, frozenset()) | {Link(seq, entry)}
    return found


def as_ends(tips: Tips) -> Ends:
    """Tips as a manifest carries them."""
    return {
        incarnation: tuple(sorted(links, key=lambda link: (link.number, link.hash)))
        for incarnation, links in tips.items()
    }


def advance(connection: Connection, tips: Tips, run: Run) -> bool:
    """Take a run into `tips`; says whether it joined on to what is complete."""
    held = tips.get(run.incarnation, frozenset())
    overlapping = {
        tip
        for tip in held
        if run.first <= tip.number <= run.last and run.entries[tip.number - run.first] == tip.hash
    }
    end = Link(run.last, run.entries[-1])
    if not overlapping and not _joins(connection, held, run):
        return False
    if not overlapping and _is_complete(connection, held, run.device, run.incarnation, end):
        return True
    end = _onwards(connection, run, end)
    before = Link(run.first - 1, run.previous)
    tips[run.incarnation] = frozenset({*(held - overlapping - {before}), end})
    return True


def _joins(connection: Connection, held: Iterable[Link], run: Run) -> bool:
    if run.first == 1:
        return run.previous == FIRST_ENTRY
    before = Link(run.first - 1, run.previous)
    return before in held or _is_complete(connection, held, run.device, run.incarnation, before)


def _is_complete(
    connection: Connection, held: Iterable[Link], device: str, incarnation: str, link: Link
) -> bool:
    """Whether a stored link lies under a tip.

    Stored links up to a tip are complete, but for those of a fork whose beginning is missing.
    """
    if not any(tip.number >= link.number for tip in held):
        return False
    found = connection.exec_driver_sql(
        "select 1 from op where device = ? and incarnation = ? and seq = ? and entry = ?",
        (device, incarnation, link.number, link.hash),
    ).first()
    return found is not None


def _onwards(connection: Connection, run: Run, end: Link) -> Link:
    """Past operations that arrived before what lay between."""
    for seq, previous, entry in connection.exec_driver_sql(
        "select seq, previous, entry from op where device = ? and incarnation = ? and seq > ?"
        " order by seq",
        (run.device, run.incarnation, end.number),
    ).all():
        if seq == end.number + 1 and previous == end.hash:
            end = Link(seq, entry)
    return end


def keep_tips(connection: Connection, device: str, tips: Tips) -> None:
    """Write a device's tips."""
    connection.exec_driver_sql("delete from feed_tip where device = ?", (device,))
    rows = [
        (device, incarnation, link.number, link.hash)
        for incarnation, links in tips.items()
        for link in links
    ]
    if rows:
        connection.exec_driver_sql("insert into feed_tip values (?,?,?,?)", rows)
