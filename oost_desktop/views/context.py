"""What every page is given, and what every page is.

A page reads through services on the `db` lane, shows what came back, and asks for acts the same
way. It holds no record, session or connection: only frozen rows and ids.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from oost_desktop.changes import ChangeSet
from oost_desktop.services.desk import Desk
from oost_desktop.settings import Settings
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.prompts import Prompts

Go = Callable[[str, object], None]
Tell = Callable[..., None]


def _not_listening(_settings: Settings) -> None:
    """Where no program is running, as in a test of one page."""


@dataclass(frozen=True)
class Context:
    """The desk and what a page may do with the window.

    `go(page, subject)` shows another page, for a subject it understands (or None). `tell(words,
    act="", do=None)` puts a notice below the page, with one button if `act` is given. `saved`
    speaks to the status line, `keep_settings` to the program: these hold from now on.
    """

    desk: Desk
    jobs: Jobs
    prompts: Prompts
    settings: Settings
    go: Go
    back: Callable[[], None]
    tell: Tell
    saved: Callable[[], None]
    set_side: Callable[[QWidget | None], None]
    set_count: Callable[[str, int | None], None]
    keep_settings: Callable[[Settings], None] = _not_listening


class Page(QWidget):
    """One page. `shows` names the record types whose change makes it read again."""

    shows: ClassVar[tuple[str, ...]] = ()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def show_for(self, subject: object) -> None:
        """Come on show, for a subject (a record's id, a planned hour) or for none."""
        self.refresh()

    def refresh(self) -> None:
        """Read again and show what is there now."""

    def leave(self) -> None:
        """Another page comes, or the lock: keep what is typed. Must not wait."""

    def pupil_on_show(self) -> str | None:
        """The pupil this page is about, so that a concern can begin with them."""
        return None

    def on_changes(self, changes: ChangeSet) -> None:
        """Something was committed. Only what is on show is read again."""
        if self.isVisible() and changes.touches(*self.shows):
            self.refresh()
