"""A tutor's week: twenty lessons in seven lanes, so that nobody is in two places at once.

A lane is a set of weekly hours given to one pupil at a time; when a placement ends, the next
pupil on the tutor's list takes the lane over. One lane lies across midday.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hour:
    """A weekly lesson: ISO weekday and local times as "HH:MM"."""

    weekday: int
    starts_at: str
    ends_at: str

    @property
    def minutes(self) -> int:
        """Its length."""
        return _minutes(self.ends_at) - _minutes(self.starts_at)

    @property
    def start_minute(self) -> int:
        """Minutes after midnight."""
        return _minutes(self.starts_at)


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


_EARLY = ("09:15", "10:45")
_MIDDAY = ("11:00", "12:30")
_AFTERNOON = ("13:30", "15:00")
_LATE = ("15:45", "16:45")

LANES: tuple[tuple[Hour, ...], ...] = (
    (Hour(1, *_MIDDAY), Hour(3, *_MIDDAY), Hour(5, *_MIDDAY)),
    (Hour(1, *_AFTERNOON), Hour(3, *_AFTERNOON), Hour(5, *_AFTERNOON)),
    (Hour(1, *_LATE), Hour(2, *_LATE), Hour(4, *_LATE), Hour(5, *_LATE)),
    (Hour(2, *_EARLY), Hour(4, *_EARLY)),
    (Hour(2, *_MIDDAY), Hour(4, *_MIDDAY)),
    (Hour(2, *_AFTERNOON), Hour(4, *_AFTERNOON), Hour(5, *_EARLY)),
    (Hour(1, *_EARLY), Hour(3, *_EARLY), Hour(3, *_LATE)),
)

# Outside every lane: where a second tutor can take a pupil without leaving their own.
SHARED_HOUR = Hour(3, "17:00", "18:00")
