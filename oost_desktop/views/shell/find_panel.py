"""Ctrl+K: one box that finds pupils, notes and commands.

Guarantees that it can be used by the keyboard alone, that an answer to an older question is thrown
away, and that it asks only when typing pauses for a moment. It searches nothing itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from oost_desktop.views import look
from oost_desktop.views.actions.registry import ActionRegistry
from oost_desktop.views.icons import Icon, Tint, icon
from oost_desktop.views.shell.find_row import FOUND, FindRow, FoundDelegate
from oost_desktop.views.widgets.announce import announce
from oost_desktop.views.widgets.styled import label

PAUSE_MS = 60
MOST_COMMANDS = 6
COMMANDS = "Commands"


@dataclass(frozen=True, slots=True)
class Found:
    """One result. `key` says what it is to whoever answers; `group` is its heading."""

    key: str
    title: str
    detail: str = ""
    group: str = ""
    meaning: Icon | None = None


Answer = Callable[[Sequence[Found]], None]
Search = Callable[[str, Answer], None]
"""Given the words typed, calls back with what was found: at once or later, on the main thread."""


class FindPanel(QFrame):
    """Lies over the top of the window. `chosen` carries the `Found`; commands run by themselves."""

    chosen = Signal(object)

    def __init__(self, search: Search, actions: ActionRegistry, parent: QWidget) -> None:
        super().__init__(parent)
        self._search = search
        self._actions = actions
        self._asked = 0
        self._before: QWidget | None = None
        self.setProperty("frame", "popup")
        self._line = QLineEdit()
        self._line.setPlaceholderText("Find a pupil, a note, a command")
        self._line.setAccessibleName("Find")
        self._line.addAction(icon(Icon.FIND, Tint.MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self._list = QListWidget()
        self._list.setAccessibleName("Found")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setItemDelegate(FoundDelegate(self._list))
        self._hint = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._line)
        column.addWidget(self._list, 1)
        column.addWidget(self._hint)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self._line.textEdited.connect(self._on_edited)
        self._line.installEventFilter(self)
        parent.installEventFilter(self)
        self._list.itemClicked.connect(self._on_item)
        self.hide()

    def open_over(self, ground: QWidget) -> None:
        """Open with nothing typed; closing gives the keyboard back."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._place(ground)
        self._line.clear()
        self.show()
        self.raise_()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._on_pause()

    def _place(self, ground: QWidget) -> None:
        width = min(look.current().px(620), ground.width() - 40)
        height = min(look.current().px(460), ground.height() - 80)
        self.setGeometry((ground.width() - width) // 2, 48, width, height)

    def _follow(self, resized: QWidget) -> None:
        if resized is self.parentWidget():
            self._place(resized)

    def close_panel(self) -> None:
        """Close without choosing."""
        self._pause.stop()
        self._asked += 1
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def rows(self) -> tuple[str, ...]:
        """The titles that can be chosen, top to bottom."""
        rows = (self._list.item(place).data(FOUND) for place in range(self._list.count()))
        return tuple(row.title for row in rows if not row.heading)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc while typing; leaving the box closes the panel."""
        if watched is self._line and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and self._on_key(event.key()):
                return True
        elif watched is self._line and event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif isinstance(watched, QWidget) and event.type() == QEvent.Type.Resize:
            self._follow(watched)
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 6,
            Qt.Key.Key_PageUp: -6,
        }
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self._list.currentItem()
            if item is not None:
                self._on_item(item)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._step(1 if key == Qt.Key.Key_Tab else -1)
        elif Qt.Key(key) in steps:
            self._step(steps[Qt.Key(key)])
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        places = [
            place
            for place in range(self._list.count())
            if not self._list.item(place).data(FOUND).heading
        ]
        if not places:
            return
        now = self._list.currentRow()
        at = places.index(now) if now in places else -1
        self._list.setCurrentRow(places[max(0, min(len(places) - 1, at + by))])
        announce(self._list, self._list.currentItem().text())

    def _on_edited(self) -> None:
        self._pause.start()

    def _on_pause(self) -> None:
        self._asked += 1
        words = self._line.text().strip()
        if words.startswith(">") or not words:
            self._show((), words.removeprefix(">").strip())
            return
        asked = self._asked

        def answer(found: Sequence[Found]) -> None:
            if asked == self._asked and shiboken6.isValid(self):
                self._show(found, words)

        self._search(words, answer)

    def _show(self, found: Sequence[Found], words: str) -> None:
        self._list.clear()
        group = ""
        for one in (*found, *self._commands(words)):
            if one.group != group:
                group = one.group
                self._add(FindRow(group, heading=True), None)
            key = self._actions.key_text(one.key) if one.group == COMMANDS else ""
            self._add(FindRow(one.title, one.detail, key, one.meaning), one)
        self._step(1)
        nothing = f"Nothing found for “{words}”" if words else ""
        self._hint.setText("↑ ↓ to go, Enter to open, Esc to close" if self.rows() else nothing)

    def _add(self, row: FindRow, found: Found | None) -> None:
        item = QListWidgetItem(f"{row.title}, {row.detail}".strip(", "))
        item.setData(FOUND, row)
        item.setData(FOUND + 1, found)
        if row.heading:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, look.current().px(32 if row.heading else 38)))
        self._list.addItem(item)

    def _commands(self, words: str) -> list[Found]:
        wanted = words.lower()
        specs = [
            spec
            for spec in self._actions.specs()
            if spec.findable
            and self._actions.action(spec.id).isEnabled()
            and wanted in spec.text.lower()
        ]
        return [
            Found(spec.id, spec.text, group=COMMANDS, meaning=spec.icon)
            for spec in (specs if not words else specs[:MOST_COMMANDS])
        ]

    def _on_item(self, item: QListWidgetItem) -> None:
        found = item.data(FOUND + 1)
        if found is None:
            return
        self.close_panel()
        if found.group == COMMANDS:
            self._actions.trigger(found.key)
        else:
            self.chosen.emit(found)
