"""A program to be killed while it takes a bundle in: `importing_victim.py OFFICE BUNDLE`."""

import sys
import threading
from datetime import date
from pathlib import Path

from oost_desktop.clock import MovableClock, london
from oost_desktop.services import bundles, unlocking


def main() -> None:
    office, bundle = Path(sys.argv[1]), Path(sys.argv[2])
    clock = MovableClock(london(date(2026, 11, 23), 11, 42)).clock()
    desk = unlocking.unlock(office, "coordinator phrase", clock).desk
    checked = bundles.check(desk, bundle)
    sys.stdout.write("checked\n")
    sys.stdout.flush()
    bundles.apply(desk, checked)
    sys.stdout.write("applied\n")
    sys.stdout.flush()
    threading.Event().wait(10)


if __name__ == "__main__":
    main()
