"""The office's desk and a tutor's, on copies of one invented caseload, and pages shown for them."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from oost_desktop.clock import MovableClock, london
from oost_desktop.errors import OostError
from oost_desktop.invented import invent
from oost_desktop.models import Role
from oost_desktop.services import populating, unlocking
from oost_desktop.services.desk import Desk, Person
from oost_desktop.settings import Settings
from oost_desktop.views.context import Context, Page
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.prompts import FileKind, Question
from oost_desktop.views.shell.page_stack import framed
from tests.views.pages.pair import Pair, World, build

MONDAY = date(2026, 11, 23)
LAYOUTS = 4
"""A layout inside a layout asks again after its own turn; the deepest page here has fewer."""
PASSPHRASES = {"owner": "owner phrase", "coordinator": "coordinator phrase", "dsl": "lead phrase"}


@pytest.fixture(scope="session")
def office_vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Person]:
    """The office's vault, made once, and its first tutor."""
    folder = tmp_path_factory.mktemp("office") / "caseload"
    service = invent(7, tutors=2, pupils=6, weeks=4, today=MONDAY)
    clock = MovableClock(london(MONDAY, 11, 42)).clock()
    started = populating.start(folder, service, PASSPHRASES, clock)
    populating.fill(started.desk, service, started.placed)
    tutor = service.tutors[0]
    person = Person(started.placed.ids[tutor.key], tutor.name, Role.TUTOR)
    started.desk.close()
    return folder, person


@pytest.fixture
def office(office_vault: tuple[Path, Person], tmp_path: Path) -> Iterator[Desk]:
    """The coordinator at the office at 11:42 on Monday 23 November 2026."""
    folder = tmp_path / "caseload"
    shutil.copytree(office_vault[0], folder)
    clock = MovableClock(london(MONDAY, 11, 42)).clock()
    desk = unlocking.unlock(folder, PASSPHRASES["coordinator"], clock).desk
    yield desk
    desk.close()


@pytest.fixture
def tutor(office: Desk, office_vault: tuple[Path, Person]) -> Desk:
    """A tutor at the same caseload."""
    return replace(office, person=office_vault[1], at_office=False)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An office and a laptop that has joined it, made once."""
    return build(tmp_path_factory.mktemp("world"))


@pytest.fixture
def pair(world: World, tmp_path: Path) -> Iterator[Pair]:
    """Copies of both, at 11:42 on Monday 23 November 2026."""
    for folder in (world.office, world.laptop):
        shutil.copytree(folder, tmp_path / folder.name)
    clock = MovableClock(london(MONDAY, 11, 42))
    opened: list[Desk] = []

    def unlock(which: str, phrase: str) -> Desk:
        opened.append(unlocking.unlock(tmp_path / which, phrase, clock.clock()).desk)
        return opened[-1]

    yield Pair(world, tmp_path, clock, unlock)
    for desk in opened:
        desk.close()


@dataclass
class Answers:
    """Somebody who answers every question at once: with these paths, and yes."""

    to: Path
    asked: list[Question] = field(default_factory=list)
    suggested: list[str] = field(default_factory=list)

    def open_files(
        self, title: str, kinds: Sequence[FileKind], done: Callable[[tuple[Path, ...]], None]
    ) -> None:
        done((self.to,))

    def save_file(
        self, title: str, suggested: Path, kinds: Sequence[FileKind], done: Callable[[Path], None]
    ) -> None:
        self.suggested.append(suggested.name)
        done(self.to / suggested.name)

    def folder(self, title: str, done: Callable[[Path], None]) -> None:
        done(self.to)

    def printer(self, title: str, done: Callable[[QPrinter], None]) -> None:
        made = QPrinter()
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(self.to / "paper.pdf"))
        done(made)

    def confirm(self, question: Question, done: Callable[[], None]) -> None:
        self.asked.append(question)
        done()


@dataclass
class Stand:
    """A page on show, and what it said and asked."""

    page: Page
    window: QWidget
    context: Context
    answers: Answers
    bot: QtBot
    told: list[tuple[str, str, Callable[[], None] | None]]
    errors: list[OostError]
    gone: list[tuple[str, object]]

    def settle(self) -> None:
        """Wait until nothing is being read or written, and all of it is laid out."""
        self.bot.waitUntil(lambda: not self.context.jobs.working)
        for _depth in range(LAYOUTS):
            QCoreApplication.sendPostedEvents()


class _Bell(QObject):
    """Hands changes on to the thread of the page, as the program does."""

    rung = Signal(object)


Show = Callable[..., Stand]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, dress: object) -> Iterator[Show]:
    """Shows a page as the window would: `show(make, desk, subject)`."""
    made: list[Jobs] = []

    def show_page(
        make: Callable[[Context], Page],
        desk: Desk,
        subject: object = None,
        size: tuple[int, int] = (1180, 900),
    ) -> Stand:
        errors: list[OostError] = []
        told: list[tuple[str, str, Callable[[], None] | None]] = []
        gone: list[tuple[str, object]] = []
        jobs = Jobs(errors.append)
        made.append(jobs)
        out = tmp_path / "out"
        out.mkdir(exist_ok=True)
        answers = Answers(out)
        context = Context(
            desk,
            jobs,
            answers,
            Settings(vault=str(desk.vault.folder)),
            go=lambda page, subject: gone.append((page, subject)),
            back=lambda: None,
            tell=lambda words, act="", do=None: told.append((words, act, do)),
            saved=lambda: None,
            set_side=lambda side: None,
            set_count=lambda page, count: None,
        )
        page = make(context)
        bell = _Bell(page)
        bell.rung.connect(page.on_changes)
        desk.vault.changes.subscribe(bell.rung.emit)
        window = framed(page)
        qtbot.addWidget(window)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        page.show_for(subject)
        stand = Stand(page, window, context, answers, qtbot, told, errors, gone)
        stand.settle()
        return stand

    yield show_page
    for jobs in made:
        jobs.shutdown()
