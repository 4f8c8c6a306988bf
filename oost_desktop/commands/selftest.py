"""`--self-test`: does this build of the program start, open a vault, and paint a page?"""

import tempfile
from argparse import Namespace
from pathlib import Path

from oost_desktop.clock import system_clock
from oost_desktop.commands.answer import DONE, FAILED, Answer

LEAST_BYTES = 10_000  # an empty window makes a far smaller picture


def run(_arguments: Namespace) -> Answer:
    """Invent a caseload, open it in the real window, look at its first page, close it."""
    from oost_desktop.app import self_test
    from oost_desktop.services import practice

    with tempfile.TemporaryDirectory(prefix="oost-self-test-") as name:
        desk = practice.begin(Path(name) / "practice", system_clock())
        picture = self_test(desk, Path(name))
        size = picture.stat().st_size
        desk.close()
    ok = size >= LEAST_BYTES
    words = "The window opened and painted its first page." if ok else "The window stayed empty."
    return Answer({"ok": ok, "picture_bytes": size}, words, DONE if ok else FAILED)
