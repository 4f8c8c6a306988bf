"""Work off the main thread: the only file of the program that starts threads.

Guarantees that `done`, `failed` and `progress` are called on the main thread, and only while the
widget that asked still exists; that "db" work runs one at a time, in the order it was asked for;
and that whatever goes wrong reaches somebody. What crosses must be frozen: that is the callers'
promise. The runner owns its signal, because one owned by a job dies on the job's thread and takes
results with it.
"""

import traceback
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, Literal, ParamSpec, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from oost_desktop.errors import BugError, CancelledError, OostError
from oost_desktop.progress import Cancel, Progress, Throttled

Lane = Literal["db", "io"]
P = ParamSpec("P")
R = TypeVar("R")

WORKERS: dict[Lane, int] = {"db": 1, "io": 4}
SHOW_BUSY_AFTER_MS = 400
SHUTDOWN_S = 5.0


@dataclass(eq=False)
class Job:
    """A piece of work in hand. Kept by the runner until its callback has been called."""

    owner: QObject
    done: Callable[[Any], None] | None
    failed: Callable[[OostError], None] | None
    busy: str
    key: tuple[int, str] | None
    lane: Lane
    long: bool
    wish: Cancel = field(default_factory=Cancel)
    future: Future[None] | None = None
    superseded: bool = False

    def cancel(self) -> None:
        """Ask it to stop. Not yet begun: it never begins. `failed` hears a CancelledError."""
        self.wish.ask()


@dataclass(frozen=True)
class _Ended:
    job: Job
    result: Any = None
    error: OostError | None = None


@dataclass(frozen=True)
class _Told:
    job: Job
    progress: Progress
    fraction: float
    words: str


class Jobs(QObject):
    """The job runner. Made once, on the main thread; `present` shows errors nobody else takes.

    `busy_changed` carries the words of the oldest job still running after 400 ms, "" when idle.
    """

    busy_changed = Signal(str)
    _arrived = Signal()

    def __init__(self, present: Callable[[OostError], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._present = present
        self._open = True
        self._running: list[Job] = []
        self._letters: deque[_Ended | _Told] = deque()
        self._lanes = {
            lane: ThreadPoolExecutor(workers, thread_name_prefix=lane)
            for lane, workers in WORKERS.items()
        }
        self._shown = ""
        self._show_busy = QTimer(self)
        self._show_busy.setSingleShot(True)
        self._show_busy.setInterval(SHOW_BUSY_AFTER_MS)
        self._show_busy.timeout.connect(self._on_busy_for_long)
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Callable[..., R],
        *args: Any,
        owner: QObject,
        done: Callable[[R], None] | None = None,
        failed: Callable[[OostError], None] | None = None,
        key: str | None = None,
        progress: Progress | None = None,
        busy: str = "",
    ) -> Job:
        """Run `work(*args)` on a lane, then `done(result)` or `failed(error)` here.

        With `progress`, the work is long: it is called with the keyword arguments `cancel` (a
        `Cancel`) and `progress`. A newer job of this owner with the same `key` supersedes an older
        one, whose result and error are dropped: for reads only, never for saves. After shutdown
        nothing runs and `failed` is not called.
        """
        wholly = None if key is None else (id(owner), key)
        job = Job(owner, done, failed, busy, wholly, lane, long=progress is not None)
        if not self._open:
            job.cancel()
            return job
        self._supersede(wholly)
        extra: dict[str, Any] = {}
        if progress is not None:
            extra = {"cancel": job.wish, "progress": Throttled(self._teller(job, progress))}
        self._running.append(job)
        job.future = self._lanes[lane].submit(self._work, job, work, args, extra)
        if busy and not self._show_busy.isActive() and not self._shown:
            self._show_busy.start()
        return job

    def present(self, error: OostError) -> None:
        """Show an error as if nobody had asked for it."""
        self._present(error)

    @property
    def working(self) -> bool:
        """Whether anything is running, or has ended and has not been told yet."""
        return bool(self._running)

    def busy_words(self) -> str:
        """What is going on, in the words of the oldest job that has any; "" if nothing is."""
        return next((job.busy for job in self._running if job.busy), "")

    def cancel_all(self) -> None:
        """Ask all long work to stop, and let go of queued reading; short "db" jobs still run.

        Those may be saves and drafts, and nobody loses a word they typed.
        """
        for job in self._running:
            if job.long or job.lane != "db":
                job.cancel()

    def shutdown(self, wait_s: float = SHUTDOWN_S) -> bool:
        """Stop accepting, cancel, wait; whether everything ended. No callback is called after.

        For "io" work at most `wait_s` seconds; for "db" work until it is done.
        """
        self._open = False
        self.cancel_all()
        self._show_busy.stop()
        # Never cut short: behind one slow job may stand somebody's words. What is long has been
        # asked to stop and lets them pass.
        self._lanes["db"].shutdown(wait=True)
        others = [job.future for job in self._running if job.future and job.lane != "db"]
        _ended, unfinished = wait(others, timeout=wait_s)
        self._lanes["io"].shutdown(wait=not unfinished, cancel_futures=True)
        self._running.clear()
        self._letters.clear()
        return not unfinished

    def _work(
        self, job: Job, work: Callable[..., Any], args: tuple[Any, ...], extra: dict[str, Any]
    ) -> None:
        """On a worker's thread: do it, and post what came of it."""
        try:
            job.wish.check()
            ended = _Ended(job, result=work(*args, **extra))
        except OostError as error:
            _let_go_of_frames(error)
            ended = _Ended(job, error=error)
        except Exception as error:
            _let_go_of_frames(error)
            ended = _Ended(job, error=_as_bug(error))
        self._post(ended)

    def _teller(self, job: Job, progress: Progress) -> Progress:
        def tell(fraction: float, words: str) -> None:
            self._post(_Told(job, progress, fraction, words))

        return tell

    def _post(self, letter: _Ended | _Told) -> None:
        self._letters.append(letter)
        if self._open:
            self._arrived.emit()

    def _on_arrived(self) -> None:
        """On the main thread, once for each letter."""
        if not self._open or not self._letters:
            return
        letter = self._letters.popleft()
        if isinstance(letter, _Told):
            if self._is_wanted(letter.job):
                letter.progress(letter.fraction, letter.words)
            return
        self._running.remove(letter.job)
        self._show_what_is_left()
        if self._is_wanted(letter.job):
            self._deliver(letter)
        elif letter.error is not None and not letter.job.superseded:
            self._present_orphan(letter.error)

    def _present_orphan(self, error: OostError) -> None:
        """Whoever asked has gone, but a save that failed is still somebody's to know."""
        if not isinstance(error, CancelledError):
            self.present(error)

    def _is_wanted(self, job: Job) -> bool:
        return not job.superseded and shiboken6.isValid(job.owner)

    def _deliver(self, ended: _Ended) -> None:
        job = ended.job
        if ended.error is not None:
            (job.failed or self.present)(ended.error)
        elif job.done is not None:
            job.done(ended.result)

    def _supersede(self, key: tuple[int, str] | None) -> None:
        for job in self._keyed(key):
            job.superseded = True
            job.cancel()

    def _keyed(self, key: tuple[int, str] | None) -> Iterator[Job]:
        return (job for job in self._running if key is not None and job.key == key)

    def _on_busy_for_long(self) -> None:
        self._say(self.busy_words())

    def _show_what_is_left(self) -> None:
        words = self.busy_words()
        if not words:
            self._show_busy.stop()
        if self._shown:
            self._say(words)

    def _say(self, words: str) -> None:
        if words != self._shown:
            self._shown = words
            self.busy_changed.emit(words)


def _as_bug(error: Exception) -> BugError:
    bug = BugError(
        "Something went wrong inside the program.",
        "If it happens again, tell whoever looks after OOST.",
    )
    bug.__cause__ = error
    return bug


def _let_go_of_frames(error: BaseException) -> None:
    """Keep a traceback's lines for the report, but not the sessions and rows in its frames."""
    step: BaseException | None = error
    while step is not None:
        traceback.clear_frames(step.__traceback__)
        step = step.__cause__ or step.__context__
