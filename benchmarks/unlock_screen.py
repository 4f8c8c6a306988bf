"""From the start of the process to the unlock screen on show, beside an empty PySide6 dialog.

Both are whole processes, run in turn on the offscreen platform, timed to the first paint.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import small
from benchmarks.figure import Figure

TIMES = 9
MOST_RATIO = 1.5
_DIALOG = """
import os
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog
app = QApplication([])
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            os._exit(0)
        return False
watch = Watch()
dialog = QDialog()
dialog.installEventFilter(watch)
dialog.show()
app.exec()
"""
_OURS = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from oost_desktop import app as program
from oost_desktop.clock import system_clock
from oost_desktop.settings import Settings
application = program._application()
made = program.App(application, Settings(scheme="light"), system_clock())
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            os._exit(0)
        return False
watch = Watch()
made.open(Path(sys.argv[1]))
made.window.centralWidget().installEventFilter(watch)
application.exec()
"""


def run() -> list[Figure]:
    """The median of several processes each, in turn."""
    with tempfile.TemporaryDirectory(prefix="oost-bench-") as name:
        desk = small.office(Path(name))
        folder = str(desk.vault.folder)
        desk.close()
        _one(_DIALOG, folder)
        _one(_OURS, folder)
        pairs = [(_one(_OURS, folder), _one(_DIALOG, folder)) for _ in range(TIMES)]
    ours = statistics.median(pair[0] for pair in pairs) * 1000
    floor = statistics.median(pair[1] for pair in pairs) * 1000
    ok = ours <= MOST_RATIO * floor
    return [Figure("unlock screen on show", ours, "ms", "<= 1.5 x", ok, floor)]


def _one(code: str, folder: str) -> float:
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, folder], env=surroundings, check=True)
    return time.perf_counter() - began
