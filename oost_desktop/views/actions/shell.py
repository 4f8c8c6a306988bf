"""The actions of the window itself: pages, finding, hiding, text size, the list of keys.

Locking and raising a concern belong to the program, which adds its own; their ids are named here
because the top bar shows them on every screen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from oost_desktop.views.actions.spec import ActionSpec, always
from oost_desktop.views.icons import Icon
from oost_desktop.views.shell.page_spec import PageSpec


class ShellAction(StrEnum):
    """Ids that the window relies on."""

    FIND = "find"
    LOCK = "lock"
    CONCERN = "raise_concern"
    BLANK = "blank"
    SIDE = "side_panel"
    KEYS = "keys"
    BIGGER = "bigger_text"
    SMALLER = "smaller_text"
    UNDO = "undo"


_PLUS = ("Ctrl++", "Ctrl+=", "Ctrl+Shift++", "Ctrl+Shift+=")
"""Plus stands with Shift on most keyboards, and not every system takes the Shift away."""

GO = "Go to"
WINDOW = "Window"


@dataclass(frozen=True, slots=True)
class ShellHandlers:
    """What the window does for its own actions."""

    show_page: Callable[[str], None]
    find: Callable[[], None]
    blank: Callable[[], None]
    toggle_side: Callable[[], None]
    show_keys: Callable[[], None]
    undo: Callable[[], None]


def page_actions(pages: Sequence[PageSpec], show: Callable[[str], None]) -> tuple[ActionSpec, ...]:
    """Ctrl+1 to Ctrl+9 for the pages of the rail, in their order."""
    return tuple(
        ActionSpec(
            id=f"go_{page.id}",
            text=page.title,
            handler=partial(show, page.id),
            icon=page.icon,
            keys=(f"Ctrl+{place}",) if place <= 9 else (),
            group=GO,
        )
        for place, page in enumerate(pages, start=1)
    )


def shell_actions(do: ShellHandlers) -> tuple[ActionSpec, ...]:
    """The window's own actions."""
    return (
        ActionSpec(
            ShellAction.FIND, "Find", do.find, Icon.FIND, ("Ctrl+K",), WINDOW, findable=False
        ),
        ActionSpec(ShellAction.UNDO, "Undo", do.undo, Icon.UNDO, ("Ctrl+Z",), WINDOW),
        ActionSpec(
            ShellAction.BLANK,
            "Hide the screen at once",
            do.blank,
            Icon.HIDE,
            ("F12",),
            WINDOW,
            enabled_when=always,
        ),
        ActionSpec(
            ShellAction.SIDE, "Show or hide the side panel", do.toggle_side, None, ("F9",), WINDOW
        ),
        ActionSpec(
            ShellAction.KEYS,
            "List of keys",
            do.show_keys,
            Icon.KEYS,
            ("Ctrl+/",),
            WINDOW,
            enabled_when=always,
        ),
    )


def text_size_actions(
    bigger: Callable[[], None], smaller: Callable[[], None]
) -> tuple[ActionSpec, ...]:
    """Ctrl and plus or minus."""
    return (
        ActionSpec(ShellAction.BIGGER, "Bigger text", bigger, None, _PLUS, WINDOW),
        ActionSpec(ShellAction.SMALLER, "Smaller text", smaller, None, ("Ctrl+-",), WINDOW),
    )
