"""The gallery's screens: the window around each of its pages."""

from collections.abc import Callable

from PySide6.QtWidgets import (
    QWidget,
)

from oost_desktop.views.actions.registry import ActionRegistry
from oost_desktop.views.actions.shell import ShellAction, page_actions, text_size_actions
from oost_desktop.views.actions.spec import ActionSpec, UiState
from oost_desktop.views.gallery.other_pages import caseload_page, concern_page, widgets_page
from oost_desktop.views.gallery.tutor_pages import pupil_panel, session_page, today_page
from oost_desktop.views.icons import Icon
from oost_desktop.views.shell.find_panel import Answer, Found
from oost_desktop.views.shell.key_sheet import KeySheet
from oost_desktop.views.shell.page_spec import PageSpec
from oost_desktop.views.shell.unlock_page import Person, UnlockPage
from oost_desktop.views.shell.workspace import Workspace, WorkspaceSpec

_NAMES = (
    ("today", "Today", Icon.TODAY, 0),
    ("timetable", "Timetable", Icon.TIMETABLE, 0),
    ("pupils", "Pupils", Icon.PUPILS, 6),
    ("work", "Work", Icon.WORK, 4),
    ("plans", "Plans", Icon.PLAN, 0),
    ("documents", "Documents", Icon.DOCUMENT, 0),
    ("bundles", "Bundles", Icon.BUNDLE, 12),
)


def today() -> Workspace:
    """A tutor's home."""
    return _workspace(today_page, practice=False)


def session() -> Workspace:
    """Recording a session, with the pupil beside it."""
    made = _workspace(session_page)
    made.set_side(pupil_panel())
    return made


def concern() -> Workspace:
    """Raising a concern."""
    return _workspace(concern_page)


def caseload() -> Workspace:
    """Tiles and a list, in a practice vault."""
    return _workspace(caseload_page, practice=True)


def widgets() -> Workspace:
    """Every widget that the other screens do not show."""
    made = _workspace(widgets_page)
    made.notices.tell("Session saved.", act="Undo", seconds=0)
    return made


def unlock() -> QWidget:
    """The unlock screen."""
    page = UnlockPage((Person("k", "Kofi Osei, coordinator"), Person("d", "Dilys Rees, DSL")))
    page.set_untold_concern(True)
    page.refuse("That passphrase does not open this vault. Check Caps Lock.")
    return page


def find() -> Workspace:
    """The find panel over the home page."""
    made = today()
    made.resize(1366, 768)
    made.open_find()
    return made


def keys() -> QWidget:
    """The list of keys."""
    actions = _registry()
    pages = tuple(PageSpec(id_, title, icon, QWidget) for id_, title, icon, _ in _NAMES)
    actions.add(*page_actions(pages, _go), *text_size_actions(_nothing, _nothing))
    sheet = KeySheet(actions)
    actions.setParent(sheet)
    return sheet


def _go(_page: str) -> None:
    """Stands for showing a page."""


def _nothing() -> None:
    """Stands for an act that a picture cannot do."""


def _search(words: str, answer: Answer) -> None:
    answer(
        (
            Found("z", "Zoë Świątek", "Year 10 · Peverel Academy", "Pupils", Icon.PERSON),
            Found("n", "Unit rates with shop offers", "23/11/2026", "Notes", Icon.DOCUMENT),
        )
    )


def _registry() -> ActionRegistry:
    actions = ActionRegistry()
    actions.add(
        ActionSpec("record", "Record session", _nothing, Icon.RECORD, ("Ctrl+N",)),
        ActionSpec(ShellAction.LOCK, "Lock", _nothing, Icon.LOCK, ("Ctrl+L",)),
        ActionSpec(ShellAction.CONCERN, "Raise concern", _nothing, Icon.CONCERN, ("Ctrl+Shift+C",)),
    )
    return actions


def _workspace(factory: Callable[[], QWidget], *, practice: bool = False) -> Workspace:
    actions = _registry()
    pages = tuple(PageSpec(id_, title, icon, factory) for id_, title, icon, _ in _NAMES)
    who = ("Jo Marsden, tutor", "6 pupils")
    spec = WorkspaceSpec(pages, who, "record", practice=practice)
    made = Workspace(spec, actions, _search)
    actions.setParent(made)
    actions.refresh(UiState(unlocked=True))
    for id_, _, _, count in _NAMES:
        made.set_count(id_, count)
    made.status.set_saved("Saved 11:42")
    made.status.set_drafts("1 draft")
    made.status.set_locks("Locks in 4 min")
    made.status.set_transfer("12 changes not yet at the office · last bundle Friday 20 November")
    made.show_page("today")
    return made
