"""Hybrid logical time: one integer that sorts as events do, whatever the machine's clock says.

`time << 16 | counter`, with `time` in milliseconds. It places changes in lists and chooses what
is shown while a clash is open. It decides nothing else: not which change wins, not what is new,
not what a peer has. A remote time more than a day ahead is never adopted (sync 2.4).
"""

from dataclasses import dataclass
from datetime import UTC, datetime

DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Seen:
    """A remote time taken in: our next `latest`, and whether theirs was not believable."""

    latest: int
    suspect: bool


def tick(latest: int, now_ms: int) -> int:
    """The time of a new local event: later than everything known, and than the clock."""
    return max(latest + 1, now_ms << 16)


def receive(latest: int, remote: int, now_ms: int) -> Seen:
    """Take in a remote event's time without letting a wrong clock poison ours."""
    if remote >> 16 > now_ms + DAY_MS:
        return Seen(latest, suspect=True)
    return Seen(max(latest, remote), suspect=False)


def moment_of(time: int) -> datetime:
    """The UTC moment in a hybrid time, for showing only."""
    return datetime.fromtimestamp((time >> 16) / 1000, UTC)
