"""Qt and Python agree on who owns `True`.

PySide6 6.12.0 gives back one reference too many at every signal with a truth value, and
Python 3.11 aborts after some hundreds of them. Neither version may come in unnoticed.
"""

import subprocess
import sys

EMIT = """
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    told = Signal(bool)

heard = []
sender = Sender()
sender.told.connect(heard.append)
for _ in range(5000):
    sender.told.emit(True)
print(sum(heard))
"""


def test_five_thousand_signals_with_a_truth_value_are_survived():
    result = subprocess.run(
        [sys.executable, "-c", EMIT], capture_output=True, check=False, text=True
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "5000"
