"""An unlocked desk in the window: its workspace, its pages, its actions, and going between them.

Guarantees that a page is told when it is left, so that it can keep what is typed, and that only
what is on show reads again after a change.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from oost_desktop import paths
from oost_desktop import settings as kept_settings
from oost_desktop.changes import ChangeSet
from oost_desktop.services import finding, status, wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.status import Status
from oost_desktop.settings import TEXT_SIZES, Settings
from oost_desktop.views import fonts, look, theme
from oost_desktop.views.actions.registry import ActionRegistry
from oost_desktop.views.actions.shell import ShellAction, text_size_actions
from oost_desktop.views.actions.spec import ActionSpec, UiState
from oost_desktop.views.context import Context, Page
from oost_desktop.views.found import as_rows
from oost_desktop.views.icons import Icon
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.pages.catalogue import PRIMARY, PageEntry, home_of, pages_for
from oost_desktop.views.pages.settings_page import SettingsPage
from oost_desktop.views.pages.today_page import TodayPage
from oost_desktop.views.prompts import Prompts
from oost_desktop.views.shell.find_panel import Answer, Found
from oost_desktop.views.shell.page_spec import PageSpec
from oost_desktop.views.shell.workspace import Workspace, WorkspaceSpec
from oost_desktop.views.tokens import Tone

_WARN_BEFORE_LOCK_S = 30
Place = tuple[str, object]


class OpenDesk(QObject):
    """One person's workspace, from unlocking to locking."""

    lock_asked = Signal()
    settings_changed = Signal(object)

    def __init__(
        self, desk: Desk, jobs: Jobs, prompts: Prompts, settings: Settings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs
        self._settings = settings
        self._history: list[Place] = []
        self._coming: object = None
        self.context = Context(
            desk=desk,
            jobs=jobs,
            prompts=prompts,
            settings=settings,
            go=self.go,
            back=self.back,
            tell=self._tell,
            saved=self._on_saved,
            set_side=self._set_side,
            set_count=self._set_count,
            keep_settings=self._keep_settings,
        )
        self._entries = {entry.id: entry for entry in pages_for(desk)}
        self._actions = ActionRegistry(self)
        self._actions.add(*self._own_actions())
        self.workspace = Workspace(self._spec(), self._actions, self._search)
        self.workspace.page_shown.connect(self._on_page_shown)
        self.workspace.result_chosen.connect(self._on_found)
        self.workspace.lock_asked.connect(self.lock_asked)
        self._actions.refresh(UiState(unlocked=True, role=desk.person.role.value))

    def begin(self, place: Place | None) -> None:
        """Show the page that was left at the last lock, else this person's home."""
        page, subject = place or (home_of(self._desk), None)
        if page not in self._entries:
            page, subject = home_of(self._desk), None
        self.go(page, subject)
        self._read_status()
        self._jobs.run("db", finding.catch_up, self._desk, owner=self, key="index")

    def go(self, page: str, subject: object = None) -> None:
        """Show a page, for a subject it understands or for none."""
        self._coming = subject
        self.workspace.show_page(page)

    def has_page(self, page: str) -> bool:
        """Whether this person has a page of this name."""
        return page in self._entries

    def back(self) -> None:
        """Show the page before this one; a home if there is none."""
        if self._history:
            self._history.pop()
        page, subject = self._history.pop() if self._history else (home_of(self._desk), None)
        self.go(page, subject)

    def leave(self) -> Place | None:
        """Keep what is typed; the place to come back to after the lock."""
        page = self._page_on_show()
        if page is not None:
            page.leave()
        return self._history[-1] if self._history else None

    def on_changes(self, changes: ChangeSet) -> None:
        """Let the page on show read again, and the status line with it."""
        page = self._page_on_show()
        if page is not None:
            page.on_changes(changes)
        self._read_status()
        self._jobs.run("db", finding.catch_up, self._desk, owner=self, key="index")

    def show_time_left(self, seconds: int) -> None:
        """Say how long until the desk locks itself."""
        soon = seconds <= _WARN_BEFORE_LOCK_S
        words = f"{seconds} s" if soon else f"{max(1, -(-seconds // 60))} min"
        self.workspace.status.set_locks(f"Locks in {words}", Tone.WARN if soon else None)

    def _spec(self) -> WorkspaceSpec:
        specs = tuple(
            PageSpec(entry.id, entry.title, entry.icon, partial(self._make, entry), entry.under)
            for entry in self._entries.values()
        )
        person = self._desk.person
        who = (f"{person.name}, {_ROLE_WORDS[person.role.value]}",)
        return WorkspaceSpec(specs, who, PRIMARY, practice=self._desk.invented)

    def _make(self, entry: PageEntry) -> QWidget:
        return entry.make(self.context)

    def _own_actions(self) -> tuple[ActionSpec, ...]:
        primary = ActionSpec(PRIMARY, "Record session", self._record, Icon.RECORD, ("Ctrl+N",))
        if self._desk.at_office:
            check = partial(self.go, "bundles")
            primary = ActionSpec(PRIMARY, "Check bundles", check, Icon.BUNDLE, ("Ctrl+N",))
        return (
            primary,
            ActionSpec(ShellAction.LOCK, "Lock", self.lock_asked.emit, Icon.LOCK, ("Ctrl+L",)),
            ActionSpec(
                ShellAction.CONCERN,
                "Raise concern",
                self._raise_concern,
                Icon.CONCERN,
                ("Ctrl+Shift+C",),
            ),
            ActionSpec(
                "report", "Make a report", self._make_report, Icon.PRINT, ("Ctrl+P",), "Go to"
            ),
            ActionSpec("back", "Back", self.back, Icon.BACK, ("Alt+Left",), "Go to"),
            *text_size_actions(partial(self._step_text, 1), partial(self._step_text, -1)),
        )

    def _record(self) -> None:
        """On Today, what its large button does; elsewhere a session that was not planned."""
        page = self._page_on_show()
        if isinstance(page, TodayPage):
            page.record_next()
        else:
            self.go("session")

    def _step_text(self, step: int) -> None:
        """The next text size that way, at once and from now on, as if chosen in the settings."""
        place = TEXT_SIZES.index(look.current().percent) + step
        if not 0 <= place < len(TEXT_SIZES):
            return
        self._keep_settings(replace(self._settings, text_percent=TEXT_SIZES[place]))
        jobs = self._jobs
        jobs.run("db", kept_settings.save, paths.settings_file(), self._settings, owner=jobs)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        scheme = theme.scheme_of(self._settings.scheme)
        theme.apply(application, scheme, self._settings.text_percent, fonts.ALL_FACES)
        page = self._page_on_show()
        if isinstance(page, SettingsPage):
            page.refresh()

    def _keep_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(settings)

    def _make_report(self) -> None:
        """Make a document, about the pupil on show if one is."""
        page = self._page_on_show()
        self.go("documents", page.pupil_on_show() if page else None)

    def _raise_concern(self) -> None:
        """Raise a concern, about the pupil on show if one is."""
        page = self._page_on_show()
        self.go("concern", page.pupil_on_show() if page else None)

    def _page_on_show(self) -> Page | None:
        if not self._history:
            return None
        page = self.workspace.page(self._history[-1][0])
        assert isinstance(page, Page)
        return page

    def _on_page_shown(self, id_: str) -> None:
        """However a page came (rail, key, another page): leave the last, show this one."""
        subject, self._coming = self._coming, None
        leaving = self._page_on_show()
        if leaving is not None:
            leaving.leave()
        self._history.append((id_, subject))
        self.workspace.notices.go_on()
        self.workspace.set_side(None)
        page = self._page_on_show()
        assert page is not None
        page.show_for(subject)

    def _search(self, words: str, answer: Answer) -> None:
        def found(results: finding.Found) -> None:
            answer(as_rows(results))

        self._jobs.run("db", finding.find, self._desk, words, owner=self, done=found, key="find")

    def _on_found(self, found: Found) -> None:
        page, _, subject = found.key.partition(":")
        self.go(page, subject or None)

    def _tell(self, words: str, act: str = "", do: Callable[[], None] | None = None) -> None:
        self.workspace.notices.tell(words, act=act, on_act=do)

    def _on_saved(self) -> None:
        now = wording.clock_time(self._desk.clock.now())
        self.workspace.status.set_saved(f"Saved {now}")

    def _set_side(self, content: QWidget | None) -> None:
        self.workspace.set_side(content)

    def _set_count(self, page: str, count: int | None) -> None:
        entry = self._entries.get(page)
        if entry is not None and not entry.under:
            self.workspace.set_count(page, count)

    def _read_status(self) -> None:
        self._jobs.run(
            "db", status.status, self._desk, owner=self, done=self._show_status, key="status"
        )

    def _show_status(self, now: Status) -> None:
        self.workspace.status.set_drafts(now.draft_words)
        self.workspace.status.set_transfer(now.transfer_words, Tone.WARN if now.is_old else None)
        for page, count in now.counts.items():
            self._set_count(page, count or None)


_ROLE_WORDS = {
    "tutor": "tutor",
    "coordinator": "coordinator",
    "senior": "senior",
    "dsl": "safeguarding lead",
    "owner": "owner",
}
