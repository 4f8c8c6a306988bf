"""Opening the file of a pupil with a thousand sessions: everything the page shows at first."""

import tempfile
from datetime import timedelta
from pathlib import Path

from benchmarks import small
from benchmarks.figure import Figure, median_ms
from oost_desktop.services import pupil_file, records

SESSIONS, TIMES, REACH_MS = 1000, 7, 150.0


def run() -> list[Figure]:
    """The reading, without the painting."""
    with tempfile.TemporaryDirectory(prefix="oost-bench-") as name:
        desk = small.office(Path(name))
        like = records.values_of(desk, "session", records.ids(desk, "session")[-1])
        with desk.vault.act(desk.actor) as unit:
            earlier = (timedelta(days=60 + number) for number in range(SESSIONS))
            unit.create_many(
                "session",
                (
                    {**like, "starts": like["starts"] - back, "ends": like["ends"] - back}
                    for back in earlier
                ),
            )
        ours = median_ms(lambda: pupil_file.file(desk, like["pupil"]), TIMES)
        desk.close()
    what = f"open a pupil with {SESSIONS:,} sessions"
    return [Figure(what, ours, "ms", f"<= {REACH_MS:.0f} ms", ours <= REACH_MS)]
