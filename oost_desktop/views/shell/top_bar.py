"""The bar along the top: the screen's one act, the way to find things, Lock and Raise concern.

Guarantees that Raise concern is on every screen, last and in the same corner, and that big text
moves the first two under the last two instead of clipping them.
"""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from oost_desktop.views import look
from oost_desktop.views.actions.registry import ActionRegistry
from oost_desktop.views.icons import Icon, Tint
from oost_desktop.views.widgets.action_button import follow
from oost_desktop.views.widgets.buttons import Button, Height, Kind
from oost_desktop.views.widgets.styled import style

_FIND_LEAST = 230
_FIND_MOST = 420
_GAP = 10
_UNBOUNDED = 16_777_215
_FIND = "Find a pupil, a note, a command"


class TopBar(QWidget):
    """Buttons for four actions of the registry, by their ids."""

    def __init__(
        self,
        actions: ActionRegistry,
        *,
        primary: str,
        find: str,
        lock: str,
        concern: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        act = actions.spec(primary)
        self._primary = Button(act.text, kind=Kind.PRIMARY, meaning=act.icon)
        self._find = _FindBox(actions.key_text(find))
        self._lock = Button("Lock", meaning=Icon.LOCK)
        self._concern = Button(
            "Raise concern", kind=Kind.WARNING, meaning=Icon.CONCERN, height=Height.RAISED
        )
        for button, id_ in (
            (self._primary, primary),
            (self._find, find),
            (self._lock, lock),
            (self._concern, concern),
        ):
            follow(button, actions.action(id_))
        self._folded: bool | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(22, 12, 22, 12)
        rows.setSpacing(_GAP)
        self._above, self._below = QHBoxLayout(), QHBoxLayout()
        for row in (self._above, self._below):
            row.setSpacing(_GAP)
            rows.addLayout(row)
        self._above.addStretch(1)
        self._above.addWidget(self._lock)
        self._above.addWidget(self._concern)
        self._fold(False)

    def minimumSizeHint(self) -> QSize:
        """The wider of its two rows when folded."""
        below = self._primary.sizeHint().width() + _GAP + 120
        above = self._lock.sizeHint().width() + _GAP + self._concern.sizeHint().width()
        return QSize(max(above, below) + 44, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold when the four do not fit beside each other."""
        super().resizeEvent(event)
        self._fold(self._needed() > event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fold(self._needed() > self.width())
            self.updateGeometry()

    def _needed(self) -> int:
        fixed = (self._primary, self._lock, self._concern)
        words = sum(button.sizeHint().width() for button in fixed)
        return words + look.current().gap(_FIND_LEAST) + 4 * _GAP + 44

    def _fold(self, folded: bool) -> None:
        if folded == self._folded:
            return
        self._folded = folded
        most = _UNBOUNDED if folded else look.current().px(_FIND_MOST)
        self._find.setMaximumWidth(most)
        row = self._below if folded else self._above
        row.insertWidget(0, self._primary)
        row.insertWidget(1, self._find, 8)


class _FindBox(Button):
    """Looks like a field, is a button: it opens the find panel."""

    def __init__(self, key: str) -> None:
        super().__init__(_FIND, meaning=Icon.FIND, key_hint=key)
        style(self, "kind", "find")
        self.setAccessibleName(_FIND)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """It may be cut short: its words are only a hint."""
        return QSize(look.current().gap(120), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words short when there is no room for them."""
        super().resizeEvent(event)
        shown = look.current()
        room = event.size().width() - shown.px(30) - 3 * shown.gap(14)
        cut = self.fontMetrics().elidedText(_FIND, Qt.TextElideMode.ElideRight, room)
        self.setText(cut if room < self.fontMetrics().horizontalAdvance(_FIND) else _FIND)

    def _hint_tint(self) -> Tint:
        return Tint.MUTED
