"""A week as columns of days, each hour a button; one column under another where it is narrow.

Guarantees one Tab stop for the whole week, with the arrow keys between its hours, and that
today and a holiday are said in words. Knows frozen rows only: what an hour opens is the page's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from oost_desktop.views import look
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.pill import Pill, State
from oost_desktop.views.widgets.styled import label

LEAST_DAY = 148
GAP = 10
_STEPS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


@dataclass(frozen=True, slots=True)
class HourCell:
    """One hour as it is shown. `key` finds it again; `lines` stand quietly under the name."""

    key: str
    times: str
    name: str
    lines: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One day: its words, what it is if there is no school, and its hours."""

    title: str
    is_today: bool
    holiday: str
    hours: tuple[HourCell, ...]


class WeekGrid(QWidget):
    """The days of a week. `opened` carries the key of the hour that was pressed."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[DayColumn, ...] = ()
        self._cards: list[Card] = []
        self._buttons: list[list[HourButton]] = []
        self._beside = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_days(self, days: Sequence[DayColumn]) -> None:
        """Show these days. Nothing is made anew if nothing changed."""
        if tuple(days) == self._days:
            return
        held = self.key_in_hand()
        for card in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._days = tuple(days)
        self._buttons = [[] for _day in days]
        self._cards = [self._card(place, day) for place, day in enumerate(days)]
        self._beside = 0
        self._arrange()
        stop = self.make_stop(held)
        if held and stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def hours(self) -> tuple["HourButton", ...]:
        """The buttons, day by day."""
        return tuple(button for day in self._buttons for button in day)

    def key_in_hand(self) -> str:
        """The key of the hour that has the keyboard, or ""."""
        return next((button.key for button in self.hours() if button.hasFocus()), "")

    def make_stop(self, key: str) -> "HourButton | None":
        """Let Tab stop at this hour, or at the first if there is none of that key."""
        every = self.hours()
        chosen = next((button for button in every if button.key == key), None)
        chosen = chosen or next(iter(every), None)
        for button in every:
            stop = button is chosen
            policy = Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        return chosen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go between hours; a day without any is passed over."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        found = self._neighbour(*step)
        if found is not None:
            self.make_stop(found.key)
            found.setFocus(Qt.FocusReason.TabFocusReason)
            self._bring_in_sight(found)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one day."""
        return QSize(look.current().px(LEAST_DAY), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other, or under."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._arrange()

    def _bring_in_sight(self, button: "HourButton") -> None:
        """Qt scrolls to what Tab reaches, not to what the arrows reach."""
        frame: QWidget | None = self.parentWidget()
        while frame is not None and not isinstance(frame, QScrollArea):
            frame = frame.parentWidget()
        if frame is not None:
            frame.ensureWidgetVisible(button)

    def _neighbour(self, across: int, down: int) -> "HourButton | None":
        for place, day in enumerate(self._buttons):
            for row, button in enumerate(day):
                if button.hasFocus():
                    if down:
                        return day[row + down] if 0 <= row + down < len(day) else None
                    return self._in_next_day(place + across, across, row)
        return None

    def _in_next_day(self, place: int, across: int, row: int) -> "HourButton | None":
        while 0 <= place < len(self._buttons):
            day = self._buttons[place]
            if day:
                return day[min(row, len(day) - 1)]
            place += across
        return None

    def _card(self, place: int, day: DayColumn) -> Card:
        card = Card(padded=False, bar=Tone.ACCENT if day.is_today else None, parent=self)
        card.setAccessibleName(day.title)
        card.body.setContentsMargins(8, 10, 8, 10)
        card.body.setSpacing(4)
        card.body.addWidget(_day_head(day))
        for cell in day.hours:
            button = HourButton(cell, day.title)
            button.clicked.connect(self._on_clicked)
            self._buttons[place].append(button)
            card.body.addWidget(button)
        if not day.hours and not day.holiday:
            quiet = label("Nothing planned", "muted", wrap=True)
            quiet.setContentsMargins(6, 4, 6, 4)
            card.body.addWidget(quiet)
        card.body.addStretch(1)
        return card

    def _arrange(self) -> None:
        room = len(self._days) * (look.current().px(LEAST_DAY) + GAP) - GAP
        beside = len(self._days) if self.width() >= room else 1
        if beside == self._beside or not self._days:
            return
        self._beside = beside
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for place, card in enumerate(self._cards):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, place // beside, place % beside)
            self._grid.setColumnStretch(place % beside, 1)
            card.show()

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, HourButton):
            self.make_stop(pressed.key)
            self.opened.emit(pressed.key)


class HourButton(QAbstractButton):
    """One hour: when, whom, what, where, and what became of it."""

    def __init__(self, cell: HourCell, day: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = cell.key
        self.cell = cell
        words = (day, cell.times, cell.name, *cell.lines, cell.state.word)
        self.setAccessibleName(", ".join(word for word in words if word))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", False)
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 7, 7, 8)
        column.setSpacing(3)
        column.addWidget(label(cell.times, "small", wrap=True))
        column.addWidget(label(cell.name, "strong", wrap=True))
        for line in cell.lines:
            column.addWidget(label(line, "muted", wrap=True))
        column.addWidget(Pill(cell.state), 0, Qt.AlignmentFlag.AlignLeft)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does; the arrows are the week's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A tint under the pointer or the keyboard, a soft edge, the ring."""
        tokens = look.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(1, 1, -2, -2)
        hot = self.hasFocus() or self.underMouse()
        fill = tokens.selected if self.hasFocus() else tokens.hover if hot else tokens.base
        painter.setBrush(QColor(fill))
        painter.setPen(QColor(tokens.focus if self.hasFocus() else tokens.line))
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)


def _day_head(day: DayColumn) -> QWidget:
    head = QWidget()
    flow = FlowLayout(head, gap=6, row_gap=4)
    flow.setContentsMargins(6, 0, 6, 4)
    flow.add(label(day.title, "strong", wrap=True))
    if day.is_today:
        flow.add(Pill(State("Today", Tone.ACCENT)))
    if day.holiday:
        flow.add(Pill(State(day.holiday)))
    return head
