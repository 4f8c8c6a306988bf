"""A measured figure beside its floor, and the ways of measuring that the benchmarks share."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`ours` and `floor` (if there is one) in `unit`; `ok` says whether `reach` was reached."""

    what: str
    ours: float
    unit: str
    reach: str
    ok: bool
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours by the floor."""
        return None if not self.floor else self.ours / self.floor


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def median_ms(act: Callable[[], object], times: int) -> float:
    """The median of several calls, in milliseconds."""
    return statistics.median(seconds(act) for _ in range(times)) * 1000


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
