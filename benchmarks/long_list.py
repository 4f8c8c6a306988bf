"""The first rows of a list of 200,000 sessions, and any later page of it."""

from benchmarks import county
from benchmarks.figure import Figure, median_ms
from oost_desktop.services import records

PAGE, TIMES = 60, 5
FIRST_MS, PAGE_MS = 100.0, 50.0


def run() -> list[Figure]:
    """As a table asks: first all ids in order, then pages of rows."""
    desk = county.desk()
    try:
        wanted = records.ids(desk, "session")

        def first() -> None:
            records.rows(desk, "session", records.ids(desk, "session")[:PAGE])

        middle = wanted[len(wanted) // 2 :][:PAGE]
        opening = median_ms(first, TIMES)
        page = median_ms(lambda: records.rows(desk, "session", middle), TIMES)
    finally:
        desk.close()
    what = f"list of {len(wanted):,} sessions"
    return [
        Figure(f"{what}: first rows", opening, "ms", "<= 100 ms", opening <= FIRST_MS),
        Figure(f"{what}: a later page", page, "ms", "<= 50 ms", page <= PAGE_MS),
    ]
