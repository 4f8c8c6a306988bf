"""A program to be killed: `victim.py saves|backups|restores FOLDER`; prints what it has done.

Whatever it prints is done and must survive. It ends when it is killed, or after MANY acts.
"""

import sys
from datetime import date
from pathlib import Path

from oost_desktop.clock import MovableClock, london
from oost_desktop.models import RECORDS, Role, Session
from oost_desktop.security.secret import Secret
from oost_desktop.store import backup, restore
from oost_desktop.store.unit import Actor
from oost_desktop.store.vault import Vault

KEY = Secret(bytes(range(32)))
TUTOR = Actor("7" * 32, Role.TUTOR)
MANY = 2000


def done(*what: object) -> None:
    sys.stdout.write(" ".join(map(str, what)) + "\n")
    sys.stdout.flush()


def main() -> None:
    what, folder = sys.argv[1], Path(sys.argv[2])
    clock = MovableClock(london(date(2026, 11, 23), 11, 42)).clock()
    if what == "restores":
        saved = backup.list_backups(folder / "backups")[0].folder
        for number in range(MANY):
            restore.restore(saved, folder, KEY, clock)
            done(number)
    with Vault.open(folder, KEY, RECORDS, clock) as vault:
        for number in range(MANY):
            if what == "saves":
                with vault.act(TUTOR) as unit:
                    first = unit.create(Session, {"pupil": "9" * 32, "covered": f"one {number}"})
                    second = unit.create(Session, {"pupil": "9" * 32, "covered": f"two {number}"})
                done(first, second)
            else:
                made = backup.back_up(vault.engine, folder, folder / "backups", KEY, clock)
                done(made.folder.name)


if __name__ == "__main__":
    main()
