"""Work off the main thread: what is promised to whoever asks for it."""

import threading
import time
import traceback

import pytest
from PySide6.QtCore import QObject

from oost_desktop.errors import BugError, CancelledError, UserError
from oost_desktop.progress import Cancel, Throttled
from oost_desktop.views.jobs import Jobs


class Asker(QObject):
    """A page, as far as the runner is concerned."""

    def __init__(self):
        super().__init__()
        self.results = []
        self.errors = []
        self.tells = []
        self.threads = set()

    def on_done(self, result):
        self.threads.add(threading.current_thread())
        self.results.append(result)

    def on_failed(self, error):
        self.errors.append(error)

    def on_progress(self, fraction, words):
        self.threads.add(threading.current_thread())
        self.tells.append((fraction, words))


@pytest.fixture
def presented():
    return []


@pytest.fixture
def jobs(qapp, presented):
    runner = Jobs(presented.append)
    yield runner
    assert runner.shutdown()


@pytest.fixture
def asker(qapp):
    return Asker()


def until_asked(cancel, progress):
    """Long work that looks every few milliseconds whether it should stop."""
    pause = threading.Event()
    progress(0.0, "begun")
    while True:
        cancel.check()
        pause.wait(0.005)


def refuse():
    raise UserError("The disk is full.", "Free some room.")


def divide(by):
    return 1 // by


def test_200_of_200_results_arrive_on_the_main_thread(jobs, asker, qtbot):
    for number in range(200):
        jobs.run("io", pow, number, 2, owner=asker, done=asker.on_done)
    qtbot.waitUntil(lambda: len(asker.results) == 200)
    assert sorted(asker.results) == [number**2 for number in range(200)]
    assert asker.threads == {threading.main_thread()}


def test_work_on_the_database_keeps_its_order(jobs, asker, qtbot):
    for number in range(50):
        jobs.run("db", int, number, owner=asker, done=asker.on_done)
    qtbot.waitUntil(lambda: len(asker.results) == 50)
    assert asker.results == list(range(50))


def test_work_is_never_done_on_the_main_thread(jobs, asker, qtbot):
    jobs.run("db", threading.current_thread, owner=asker, done=asker.on_done)
    jobs.run("io", threading.current_thread, owner=asker, done=asker.on_done)
    qtbot.waitUntil(lambda: len(asker.results) == 2)
    assert threading.main_thread() not in asker.results


def test_an_asker_that_has_gone_is_not_called(jobs, asker, qtbot):
    import shiboken6

    hold = threading.Event()
    gone = Asker()
    jobs.run("db", hold.wait, owner=gone, done=gone.on_done)
    jobs.run("db", int, 7, owner=asker, done=asker.on_done)
    shiboken6.delete(gone)
    hold.set()
    qtbot.waitUntil(lambda: asker.results == [7])
    assert gone.results == []


def test_a_failure_is_presented_though_the_asker_has_gone(jobs, presented, qtbot):
    import shiboken6

    gone = Asker()
    jobs.run("db", refuse, owner=gone, failed=gone.on_failed)
    shiboken6.delete(gone)
    qtbot.waitUntil(lambda: len(presented) == 1)
    assert presented[0].title == "The disk is full."
    assert gone.errors == []


def test_an_error_goes_to_failed_or_else_to_the_presenter(jobs, asker, presented, qtbot):
    jobs.run("db", refuse, owner=asker, done=asker.on_done, failed=asker.on_failed)
    jobs.run("db", refuse, owner=asker, done=asker.on_done)
    qtbot.waitUntil(lambda: bool(presented))
    assert [type(error) for error in asker.errors] == [UserError]
    assert [type(error) for error in presented] == [UserError]
    assert asker.results == []


def test_anything_else_is_a_bug_that_keeps_where_it_happened(jobs, asker, qtbot):
    jobs.run("io", divide, 0, owner=asker, failed=asker.on_failed)
    qtbot.waitUntil(lambda: bool(asker.errors))
    (bug,) = asker.errors
    assert isinstance(bug, BugError)
    assert isinstance(bug.__cause__, ZeroDivisionError)
    assert "kept" not in str(bug)  # whether the words are is not known here
    *_, (frame, _line) = traceback.walk_tb(bug.__cause__.__traceback__)
    assert frame.f_code.co_name == "divide"
    assert frame.f_locals == {}, "a report must not hold what was being worked on"


def test_a_newer_question_supersedes_the_older(jobs, asker, qtbot):
    hold = threading.Event()
    jobs.run("db", hold.wait, owner=asker, done=asker.on_done, key="search")
    jobs.run("db", refuse, owner=asker, failed=asker.on_failed, key="search")
    jobs.run("db", int, 3, owner=asker, done=asker.on_done, key="search")
    hold.set()
    qtbot.waitUntil(lambda: bool(asker.results))
    assert asker.results == [3]
    assert asker.errors == []


def test_two_pages_may_use_the_same_key(jobs, asker, qtbot):
    other = Asker()
    jobs.run("db", int, 1, owner=asker, done=asker.on_done, key="ids")
    jobs.run("db", int, 2, owner=other, done=other.on_done, key="ids")
    qtbot.waitUntil(lambda: bool(asker.results and other.results))
    assert (asker.results, other.results) == ([1], [2])


def test_cancel_answers_within_half_a_second(jobs, asker, qtbot):
    job = jobs.run(
        "io",
        until_asked,
        owner=asker,
        failed=asker.on_failed,
        progress=asker.on_progress,
    )
    qtbot.waitUntil(lambda: bool(asker.tells))
    began = time.monotonic()
    job.cancel()
    qtbot.waitUntil(lambda: bool(asker.errors))
    assert time.monotonic() - began <= 0.5
    assert isinstance(asker.errors[0], CancelledError)
    assert asker.threads == {threading.main_thread()}


def test_progress_is_told_at_most_ten_times_a_second_and_at_the_end():
    now = [0.0]
    told = []
    tell = Throttled(lambda fraction, words: told.append((now[0], fraction)), lambda: now[0])
    for step in range(1001):
        now[0] = step / 1000
        tell(step / 1000, "records")
    assert told[0] == (0.0, 0.0)
    assert told[-1] == (1.0, 1.0)
    assert 10 <= len(told) <= 12


def test_words_show_only_when_work_lasts(jobs, asker, qtbot):
    shown: list[str] = []
    jobs.busy_changed.connect(shown.append)
    jobs.run("io", int, 1, owner=asker, done=asker.on_done, busy="Adding up")
    qtbot.waitUntil(lambda: bool(asker.results))
    assert jobs.busy_words() == ""
    hold = threading.Event()
    with qtbot.waitSignal(jobs.busy_changed):
        jobs.run("io", hold.wait, owner=asker, done=asker.on_done, busy="Making the report")
    assert shown == ["Making the report"]
    with qtbot.waitSignal(jobs.busy_changed):
        hold.set()
    assert shown == ["Making the report", ""]


def test_shutdown_stops_long_work_finishes_saves_and_calls_nobody(qapp, asker):
    jobs = Jobs(asker.on_failed)
    hold = threading.Event()
    saved: list[str] = []
    jobs.run("io", until_asked, owner=asker, progress=asker.on_progress)
    jobs.run("db", hold.wait, owner=asker, done=asker.on_done)
    jobs.run("db", saved.append, "a word", owner=asker, done=asker.on_done)
    jobs.run("db", until_asked, owner=asker, progress=asker.on_progress)
    hold.set()
    assert jobs.shutdown(wait_s=5)
    assert saved == ["a word"]
    jobs.run("db", saved.append, "too late", owner=asker)
    qapp.sendPostedEvents()
    assert saved == ["a word"]
    assert asker.results == []
    assert asker.errors == []


def test_shutdown_waits_for_words_behind_slow_work(qapp, asker):
    jobs = Jobs(asker.on_failed)
    saved: list[str] = []
    jobs.run("db", threading.Event().wait, 0.3, owner=asker)
    jobs.run("db", saved.append, "a draft", owner=asker)
    assert jobs.shutdown(wait_s=0.01)
    assert saved == ["a draft"]


def test_shutdown_does_not_wait_for_ever(qapp, asker):
    jobs = Jobs(asker.on_failed)
    hold = threading.Event()
    jobs.run("io", hold.wait, owner=asker)
    try:
        assert not jobs.shutdown(wait_s=0.05)
    finally:
        hold.set()


def test_a_wish_to_stop_is_an_error_that_says_nothing_was_changed():
    cancel = Cancel()
    cancel.check()
    cancel.ask()
    with pytest.raises(CancelledError, match="Nothing was changed"):
        cancel.check()
