"""Hybrid logical time: one integer that sorts as events do, whatever the machine's clock says.

`time << 16 | counter`, with `time` in milliseconds. It places changes in lists and chooses what
is shown while a clash is open. It decides nothing else: not which change wins, not what is new,
not what a peer has. That a remote time more than a day ahead is not adopted is decided where
others' operations are taken in (`sync/intake.py`).
"""

from datetime import UTC, datetime

DAY_MS = 24 * 60 * 60 * 1000


def tick(latest: int, now_ms: int) -> int:
    """The time of a new local event: later than everything known, and than the clock."""
    return max(latest + 1, now_ms << 16)


def moment_of(time: int) -> datetime:
    """The UTC moment in a hybrid time, for showing only."""
    return datetime.fromtimestamp((time >> 16) / 1000, UTC)
