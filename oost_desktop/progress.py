"""Long work: how it says how far it is, and how it hears that it should stop.

Services, sync and reports take these as arguments and know nothing of threads or windows. A
`Cancel` may be asked on one thread and looked at on another; nothing here starts either.
"""

import threading
import time
from collections.abc import Callable

from oost_desktop.errors import CancelledError

Progress = Callable[[float, str], None]
"""Told the share done (0 to 1) and words such as "1,200 of 5,000 records"."""

TELLS_A_SECOND = 10


def no_progress(_fraction: float, _words: str) -> None:
    """For callers whom nobody watches."""


class Cancel:
    """A wish to stop. Long work calls `check` at every step that can still be undone."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    @property
    def asked(self) -> bool:
        """Whether somebody wants this to stop."""
        return self._asked.is_set()

    def ask(self) -> None:
        """Ask the work to stop. It answers when it next checks."""
        self._asked.set()

    def check(self) -> None:
        """Raise CancelledError if somebody wants this to stop."""
        if self._asked.is_set():
            raise CancelledError


class Throttled:
    """A `Progress` that passes on at most ten tells a second, and always the first and the last."""

    def __init__(self, tell: Progress, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._monotonic = monotonic
        self._next = float("-inf")

    def __call__(self, fraction: float, words: str) -> None:
        """Pass on, or stay silent because the last word is younger than a tenth of a second."""
        now = self._monotonic()
        if now < self._next and fraction < 1.0:
            return
        self._next = now + 1 / TELLS_A_SECOND
        self._tell(fraction, words)
