"""Time, asked for in one place so that tests and the invented service can choose it.

All moments are aware; what is stored is UTC, what is shown is `Europe/London`.
This module keeps no clock of its own: a `Clock` is passed to whoever needs one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Clock:
    """Tells the time. `now()` is an aware UTC datetime."""

    now: Callable[[], datetime]

    def today(self) -> date:
        """The date on a Derbyshire wall."""
        return self.now().astimezone(LONDON).date()

    def wall_ms(self) -> int:
        """Milliseconds since 1970, as this machine's clock has them."""
        return int(self.now().timestamp() * 1000)


def system_clock() -> Clock:
    """This machine's clock."""
    return Clock(lambda: datetime.now(UTC))


class MovableClock:
    """A clock that stands still until it is moved: for tests, the tour and invented services."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def clock(self) -> Clock:
        """The reading side of this clock."""
        return Clock(lambda: self._now)

    def move_to(self, when: datetime) -> None:
        """Set the clock to an aware moment."""
        self._now = when.astimezone(UTC)

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self._now += by


def london(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The UTC moment at which a Derbyshire clock shows this day and time."""
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)
    return local.astimezone(UTC)
