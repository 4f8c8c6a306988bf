"""Checking and applying a bundle of new records, beside a bare insert of the same bytes.

The import runs in a process of its own, so that its memory is its own. With `--profile`, says
where its time goes.
"""

import cProfile
import json
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from benchmarks.figure import Figure
from oost_desktop import ids
from oost_desktop.clock import system_clock
from oost_desktop.models import RECORDS, Allocation, Pupil, Role, Session
from oost_desktop.security.secret import Secret
from oost_desktop.security.signing import SigningKey
from oost_desktop.store.engine import open_engine, write_engine
from oost_desktop.store.projection import columns_of
from oost_desktop.store.unit import Actor
from oost_desktop.store.vault import Vault
from oost_desktop.sync import trusted
from oost_desktop.sync.bundle import make_for_device, make_for_office
from oost_desktop.sync.certificates import certify
from oost_desktop.sync.exchange import apply, prepare
from oost_desktop.sync.keyset import InboxKey, Keyset
from oost_desktop.sync.trust import sign_keyset

RECORDS_IN = 50_000
MOST_MB = 300
PUPILS = 60
AT_ONCE = 1000
COVERED = "Equivalent fractions with diagrams, then ten questions from the book, page {}."


def run(records: int = RECORDS_IN, *, profile: bool = False) -> list[Figure]:
    """Set up, import in a process of its own, and insert the same rows bare."""
    with tempfile.TemporaryDirectory(prefix="oost-bench-") as name:
        folder = Path(name)
        bundle, office, key = _prepare(folder, records)
        told = {"office": str(office), "key": key.to_text(), "bundle": str(bundle)}
        answer = subprocess.run(
            [sys.executable, "-m", "benchmarks.import_bundle", "--child"],
            input=json.dumps({**told, "profile": profile}),
            capture_output=True,
            text=True,
            check=True,
        )
        found = json.loads(answer.stdout)
        print(found.pop("profile", ""), end="")
        floor = min(_floor(folder, office, key, number) for number in range(3))
    first = found["check"] + found["apply"]
    again = found["check_again"] + found["apply_again"]
    many = f"{records:,} records"
    return [
        Figure(f"import {many}, check", found["check"], "s", "", ok=True),
        Figure(f"import {many}, check + apply", first, "s", "<= 3 x", first <= 3 * floor, floor),
        Figure("import again, all known", again, "s", "<= 1/10", again <= first / 10, first),
        Figure("import, memory", found["mb"], "MB", "<= 300 MB", found["mb"] <= MOST_MB),
    ]


def _prepare(folder: Path, records: int) -> tuple[Path, Path, Secret]:
    """An office and a tutor who has `records` new sessions in one bundle."""
    org, clock, key = ids.random_id(), system_clock(), Secret.random()
    root, owner, user = SigningKey.generate(), ids.record_id(), ids.record_id()
    office = Vault.create(folder / "office", key, RECORDS, clock, org=org)
    laptop = Vault.create(folder / "laptop", Secret.random(), RECORDS, clock, org=org)
    people = ((office, owner, "coordinator"), (laptop, user, "tutor"))
    public = office.keys.public
    keyset = Keyset(
        org=org, n=1, previous=None, issued_ms=1, roots=(root.public,), threshold=1,
        hub_sign=(public.signing,), inbox=(InboxKey(public.recipient, active=True),),
        registrars=(public.signing,),
    )  # fmt: skip
    certificates = [
        certify(
            office.keys.signing, org=org, device=vault.place.device, user=person, role=role,
            keys=vault.keys.public, issued_ms=1,
        )
        for vault, person, role in people
    ]  # fmt: skip
    trust = sign_keyset(keyset, [root], certificates)
    for vault in (office, laptop):
        with vault.write() as connection:
            trusted.keep_trust(connection, trust)
            trusted.keep_office_device(connection, office.place.device)
    pupils = _allocate(office, Actor(owner, Role.COORDINATOR), user)
    make_for_device(office, laptop.place.device, folder, clock.today())
    _teach(laptop, Actor(user, Role.TUTOR), pupils, records)
    made = make_for_office(laptop, folder)
    office.close()
    laptop.close()
    return made.path, folder / "office", key


def _allocate(office: Vault, owner: Actor, tutor: str) -> list[str]:
    pupils = []
    with office.act(owner) as unit:
        for number in range(PUPILS):
            name = {"legal_forename": "Robin", "legal_surname": f"Ash {number}"}
            pupils.append(unit.create(Pupil, name))
            values = {"pupil": pupils[-1], "tutor": tutor, "starts": date(2020, 9, 1)}
            unit.create(Allocation, values)
    return pupils


def _teach(laptop: Vault, tutor: Actor, pupils: list[str], records: int) -> None:
    first = datetime(2021, 1, 4, 9, tzinfo=UTC)
    for begin in range(0, records, AT_ONCE):
        with laptop.act(tutor) as unit:
            for number in range(begin, min(begin + AT_ONCE, records)):
                start = first + timedelta(minutes=20 * number)
                unit.create(Session, _session(pupils[number % PUPILS], tutor.id, start, number))


def _session(pupil: str, tutor: str, start: datetime, number: int) -> dict[str, Any]:
    return {
        "pupil": pupil,
        "tutor": tutor,
        "subject": "MATHS",
        "starts": start,
        "ends": start + timedelta(hours=1),
        "venue": "HOME",
        "mode": "FACE",
        "adult": "Mother",
        "outcome": "TAUGHT",
        "covered": COVERED.format(number),
        "next_step": "Decimals",
        "engagement": 4,
    }


def _import(told: dict[str, Any]) -> None:
    """In a process of its own: check and apply, twice, and say how long and how large."""
    key, bundle = Secret.from_text(told["key"]), Path(told["bundle"])
    found: dict[str, Any] = {}
    with Vault.open(Path(told["office"]), key, RECORDS, system_clock()) as office:
        profiler = cProfile.Profile()
        if told["profile"]:
            profiler.enable()
        for suffix in ("", "_again"):
            start = time.perf_counter()
            prepared = prepare(office, bundle)
            checked = time.perf_counter()
            apply(office, prepared)
            found["check" + suffix] = checked - start
            found["apply" + suffix] = time.perf_counter() - checked
            del prepared
            if suffix == "":
                profiler.disable()
    found["mb"] = _peak_mb()
    if told["profile"]:
        found["profile"] = _profile(profiler)
    print(json.dumps(found))


def _peak_mb() -> float:
    """The most memory this process has held, in MB.

    Linux hands `ru_maxrss` on from the parent; `VmHWM` begins anew with each program.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)


def _profile(profiler: cProfile.Profile) -> str:
    stats = pstats.Stats(profiler)
    lines = []
    for where, (_calls, total, own, _cumulative, _callers) in stats.stats.items():  # type: ignore[attr-defined]
        lines.append((own, f"{own:7.2f} s own {total:9,} calls  {where[2]} {Path(where[0]).name}"))
    return "\n".join(text for _own, text in sorted(lines, reverse=True)[:28]) + "\n"


def _floor(folder: Path, office: Path, key: Secret, number: int) -> float:
    """Seconds to insert the same rows, bare: two tables, their primary keys, one transaction."""
    source = open_engine(office / "vault.db", key.reveal())
    with source.connect() as connection:
        ops = _rows(connection, "select * from op where etype = 'session'")
        columns = ",".join(f'"{name}"' for name in columns_of(RECORDS.of("session")))
        sessions = _rows(connection, f"select {columns} from session")  # noqa: S608
    source.dispose()
    engine = open_engine(folder / f"bare{number}.db", Secret.random().reveal(), create=True)
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        op_columns = ",".join(f"c{at}" for at in range(1, len(ops[0])))
        raw.execute(f"create table a (c0 integer primary key, {op_columns}, unique (c1))")
        row_columns = ",".join(f"c{at}" for at in range(1, len(sessions[0])))
        raw.execute(f"create table b (c0 text primary key, {row_columns})")
    start = time.perf_counter()
    with write_engine(engine).begin() as connection:
        for table, rows in (("a", ops), ("b", sessions)):
            marks = ",".join("?" * len(rows[0]))
            connection.exec_driver_sql(f"insert into {table} values ({marks})", rows)  # noqa: S608
    took = time.perf_counter() - start
    engine.dispose()
    return took


def _rows(connection: Connection, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(sql)]


if __name__ == "__main__":
    if "--child" in sys.argv:
        _import(json.load(sys.stdin))
    else:
        for each in run(profile="--profile" in sys.argv):
            print(each)
