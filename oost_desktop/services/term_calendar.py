"""The Derbyshire calendar the service works by: the office's own periods, else those shipped."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from oost_desktop.models import TermPeriod
from oost_desktop.models.calendar import (
    Period,
    Status,
    TermCalendar,
    shipped_bank_holidays,
    shipped_calendar,
)

_PERIODS = select(
    TermPeriod.year, TermPeriod.name, TermPeriod.starts, TermPeriod.ends, TermPeriod.status
).where(TermPeriod.gone.is_(False))


def calendar_of(connection: Connection) -> TermCalendar:
    """The calendar in this vault. The office's periods replace the shipped ones year by year."""
    return _calendar(tuple(tuple(row) for row in connection.execute(_PERIODS)))


@lru_cache(maxsize=4)
def _calendar(rows: tuple[tuple[Any, ...], ...]) -> TermCalendar:
    # Made once for the same dates: laying out the days of some years takes longer than asking.
    own = [
        Period(year, name, starts, ends, Status(status))
        for year, name, starts, ends, status in rows
        if year and name and starts and ends and status in set(Status)
    ]
    years = {period.year for period in own}
    shipped = [period for period in shipped_calendar().periods if period.year not in years]
    return TermCalendar([*shipped, *own], shipped_bank_holidays())
