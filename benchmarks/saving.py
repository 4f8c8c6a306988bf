"""Saving a session, with all its checks, beside a bare transaction of two rows of its bytes."""

import itertools
import statistics
import tempfile
from datetime import timedelta
from pathlib import Path

from benchmarks import bare, small
from benchmarks.figure import Figure, seconds
from oost_desktop.services import records, sessions

TIMES = 200
MOST_RATIO, MOST_MS = 3.0, 50.0


def run() -> list[Figure]:
    """Both on the same disk, in turn."""
    with tempfile.TemporaryDirectory(prefix="oost-bench-") as name:
        out = Path(name)
        desk = small.office(out)
        like = records.values_of(desk, "session", records.ids(desk, "session")[-1])
        step = itertools.count(start=1)

        def save() -> None:
            earlier = timedelta(days=200 + next(step))  # one a day, as in life
            times = {"starts": like["starts"] - earlier, "ends": like["ends"] - earlier}
            sessions.record(desk, {**like, **times, "slot": None})

        save()
        with desk.vault.read() as connection:
            body = connection.exec_driver_sql(
                "select body from op where etype = 'session' order by recv_no desc limit 1"
            ).scalar_one()
        floor = bare.connect(out / "bare.db")
        bare.save_two_rows(floor, body)
        # In turn, so that what else the disk is doing falls on both.
        pairs = [
            (seconds(save), seconds(lambda: bare.save_two_rows(floor, body))) for _ in range(TIMES)
        ]
        floor.close()
        desk.close()
    ours = statistics.median(pair[0] for pair in pairs) * 1000
    bare_ms = statistics.median(pair[1] for pair in pairs) * 1000
    ok = ours <= MOST_MS and ours <= MOST_RATIO * bare_ms
    return [Figure("save a session", ours, "ms", "<= 3 x, <= 50 ms", ok, bare_ms)]
