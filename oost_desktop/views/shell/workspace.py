"""Everything on show while the vault is open: rail, top bar, pages, side panel, status line.

Guarantees that nothing of it outlives a lock: the window deletes it whole and makes a new one.
Knows pages and actions only as data; asks no service.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from oost_desktop.views import look
from oost_desktop.views.actions.registry import ActionRegistry
from oost_desktop.views.actions.shell import (
    ShellAction,
    ShellHandlers,
    page_actions,
    shell_actions,
)
from oost_desktop.views.shell.blank_overlay import BlankOverlay
from oost_desktop.views.shell.find_panel import FindPanel, Search
from oost_desktop.views.shell.key_sheet import KeySheet
from oost_desktop.views.shell.nav_rail import NavRail
from oost_desktop.views.shell.page_spec import PageSpec
from oost_desktop.views.shell.page_stack import PageStack, framed
from oost_desktop.views.shell.status_line import StatusLine
from oost_desktop.views.shell.top_bar import TopBar
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.banner import Band
from oost_desktop.views.widgets.notice_bar import NoticeBar
from oost_desktop.views.widgets.styled import Strong, rule

_SIDE = 318
_LEAST_PAGE = 560


@dataclass(frozen=True, slots=True)
class WorkspaceSpec:
    """What differs between people: pages, who they are, the one act of the top bar.

    `primary` is the id of an action in the registry, as are `ShellAction.LOCK` and
    `ShellAction.CONCERN`, which the program adds before the workspace is made.
    """

    pages: tuple[PageSpec, ...]
    who: tuple[str, ...]
    primary: str
    practice: bool = False


class Workspace(QWidget):
    """The desk of one person. `page_shown` carries ids; `result_chosen` what was found."""

    page_shown = Signal(str)
    result_chosen = Signal(object)
    lock_asked = Signal()

    def __init__(
        self,
        spec: WorkspaceSpec,
        actions: ActionRegistry,
        search: Search,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.actions_known = actions
        in_rail = tuple(page for page in spec.pages if not page.under)
        self._under = {page.id: page.under for page in spec.pages if page.under}
        actions.add(*page_actions(in_rail, self.show_page), *shell_actions(self._handlers()))
        self.status = StatusLine()
        self.notices = NoticeBar()
        self._rail = NavRail(in_rail, spec.who)
        self._bar = TopBar(
            actions,
            primary=spec.primary,
            find=ShellAction.FIND,
            lock=ShellAction.LOCK,
            concern=ShellAction.CONCERN,
        )
        self._stack = PageStack(spec.pages)
        self._side_frame = _SidePanel()
        self._side_choice: bool | None = None
        self._lay_out(practice=spec.practice)
        self._find = FindPanel(search, actions, self)
        self._blank = BlankOverlay(self)
        actions.attach(self)
        self._rail.chosen.connect(self.show_page)
        self._stack.shown.connect(self._on_page_shown)
        self._find.chosen.connect(self.result_chosen)
        self._blank.expired.connect(self.lock_asked)

    def show_page(self, id_: str) -> None:
        """Bring a page on show and put the keyboard into it: where the page says, or first."""
        page = self._stack.show_page(id_)
        target = page.focusProxy() or _first_stop(page)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def page(self, id_: str) -> QWidget:
        """The page itself, made if need be."""
        return self._stack.page(id_)

    def current_page(self) -> str:
        """The id of the page on show."""
        return self._stack.current()

    def set_count(self, page: str, count: int | None) -> None:
        """The number beside a page's name in the rail."""
        self._rail.set_count(page, count)

    def set_side(self, content: QWidget | None) -> None:
        """Put something into the side panel, or take it away. The old content is deleted."""
        self._side_frame.set_content(content)
        self._fold_side()

    def toggle_side(self) -> None:
        """Show the side panel if it is hidden, hide it if it is shown."""
        self._side_choice = self._side_frame.isHidden()
        self._fold_side()

    def open_find(self) -> None:
        """Open the find panel."""
        self._find.open_over(self)

    def blank(self) -> None:
        """Hide everything at once."""
        self._blank.cover()

    def show_keys(self) -> None:
        """Open the list of keys."""
        sheet = KeySheet(self.actions_known, self)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def undo(self) -> None:
        """Do what the notice offers, if it offers anything."""
        button = self.notices.act_button()
        if self.notices.words() and not button.isHidden():
            button.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side panel when the page would get too narrow."""
        super().resizeEvent(event)
        self._fold_side()

    def _handlers(self) -> ShellHandlers:
        return ShellHandlers(
            show_page=self.show_page,
            find=self.open_find,
            blank=self.blank,
            toggle_side=self.toggle_side,
            show_keys=self.show_keys,
            undo=self.undo,
        )

    def _lay_out(self, *, practice: bool) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        if practice:
            words = (Strong("PRACTICE"), " – nothing here is real")
            grid.addWidget(Band(Tone.WARN, words), 0, 0, 1, 3)
        grid.addWidget(self._rail, 1, 0)
        grid.addWidget(_upright_rule(), 1, 1)
        grid.addLayout(self._right_side(), 1, 2)
        grid.addWidget(self.status, 2, 0, 1, 3)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(1, 1)

    def _right_side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(rule())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(self._page_column(), 1)
        middle.addWidget(self._side_frame)
        column.addLayout(middle, 1)
        return column

    def _page_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        place = QHBoxLayout()
        place.setContentsMargins(22, 0, 22, 0)
        place.addWidget(self.notices)
        column.addLayout(place)
        return column

    def _fold_side(self) -> None:
        shown = look.current()
        wide = shown.px(_SIDE)
        self._side_frame.setFixedWidth(wide)
        room = self.width() - self._rail.sizeHint().width() - wide
        fits = room >= shown.px(_LEAST_PAGE)
        wanted = fits if self._side_choice is None else self._side_choice
        self._side_frame.setVisible(wanted and self._side_frame.filled())

    def _on_page_shown(self, id_: str) -> None:
        self._rail.set_current(self._under.get(id_, id_))
        self.page_shown.emit(id_)


class _SidePanel(QWidget):
    """What stands beside a page, with a line at its left; scrolls when it is long."""

    def __init__(self) -> None:
        super().__init__()
        self._frame: QScrollArea | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(_upright_rule())
        self.hide()

    def filled(self) -> bool:
        """Whether there is anything to show."""
        return self._frame is not None

    def set_content(self, content: QWidget | None) -> None:
        """Show this instead."""
        if self._frame is not None:
            self._frame.deleteLater()
            self._frame = None
        if content is not None:
            self._frame = framed(content, 20)
            self._row.addWidget(self._frame, 1)


def _first_stop(page: QWidget) -> QWidget | None:
    """The first widget of a page that Tab would reach."""
    step = page.nextInFocusChain()
    while step is not None and step is not page and page.isAncestorOf(step):
        if step.focusPolicy() & Qt.FocusPolicy.TabFocus and step.isEnabled():
            return step
        step = step.nextInFocusChain()
    return None


def _upright_rule() -> QFrame:
    made = rule()
    made.setMinimumHeight(0)
    made.setMaximumHeight(16_777_215)
    made.setFixedWidth(1)
    return made
