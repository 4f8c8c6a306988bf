"""One choice out of a few, side by side, with number keys 1 to 9, arrow keys and Delete.

Guarantees the behaviour and the accessible role of radio buttons (it is made of them): one stop
for Tab, arrows move, a name for the group. Segments that do not fit beside move below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from oost_desktop.views import look
from oost_desktop.views.fonts import interface_font
from oost_desktop.views.stylesheet import RADIUS
from oost_desktop.views.tokens import Tokens
from oost_desktop.views.widgets.flow_layout import FlowLayout

_HEIGHT = 34
_TYPE = 13.6


@dataclass(frozen=True, slots=True)
class Choice:
    """What is kept, and what is said."""

    value: str
    label: str


class Segmented(QWidget):
    """A row of segments. `numbered` shows the key before each label: "1 Taught".

    `value_changed` carries the value, or "" when nothing is chosen, whoever changed it;
    `chosen` carries it only when the person at the keyboard did.
    """

    value_changed = Signal(str)
    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        choices: Sequence[Choice] = (),
        *,
        numbered: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._numbered = numbered
        self._segments: list[_Segment] = []
        self._value = ""
        self.clearable = False  # whether Delete unsays the choice
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(self, gap=-1, row_gap=4, folded_gap=4)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        self._group.buttonToggled.connect(self._on_toggled)
        self._group.buttonClicked.connect(self._on_clicked)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these instead. A value that is no longer offered is dropped."""
        for segment in self._segments:
            self._group.removeButton(segment)
            self._flow.removeWidget(segment)
            segment.deleteLater()
        self._segments = []
        for place, choice in enumerate(choices, start=1):
            number = place if self._numbered and place <= 9 else 0
            segment = _Segment(choice, number, self)
            self._segments.append(segment)
            self._group.addButton(segment)
            self._flow.add(segment)
        kept = self._value
        self._value = ""
        self.set_value(kept)

    def choices(self) -> tuple[Choice, ...]:
        """What is offered, in order."""
        return tuple(segment.choice for segment in self._segments)

    def value(self) -> str:
        """The chosen value, or "" when nothing is chosen."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Choose a value; None, "" or one that is not offered chooses nothing."""
        found = [segment for segment in self._segments if segment.choice.value == value]
        if found:
            found[0].setChecked(True)
            return
        checked = self._group.checkedButton()
        if checked is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)
        self._keep("")

    def press_number(self, number: int) -> bool:
        """Choose by number, from 1. False when there is no such segment."""
        if not 1 <= number <= len(self._segments):
            return False
        segment = self._segments[number - 1]
        segment.setFocus(Qt.FocusReason.ShortcutFocusReason)
        segment.click()
        return True

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to the chosen segment, or the first."""
        target = self._group.checkedButton() or (self._segments[0] if self._segments else None)
        if target is not None:
            target.setFocus(reason)

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def joined(self) -> bool:
        """Whether all segments stand on one line."""
        tops = {segment.y() for segment in self._segments}
        return len(tops) <= 1

    def _on_toggled(self, button: "_Segment", checked: bool) -> None:
        if checked:
            self._keep(button.choice.value)

    def _on_clicked(self, button: "_Segment") -> None:
        self.chosen.emit(button.choice.value)

    def _keep(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)


class _Segment(QRadioButton):
    """One segment: a radio button drawn as a piece of the row."""

    def __init__(self, choice: Choice, number: int, parent: Segmented) -> None:
        super().__init__(parent)
        self.choice = choice
        self.setText(f"{number} {choice.label}" if number else choice.label)
        self.setAccessibleName(choice.label)
        self.setAccessibleDescription(f"Key {number}" if number else "")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """The words in bold with room at both ends; at least as wide as it is high."""
        shown = look.current()
        height = max(32, shown.px(_HEIGHT))
        words = QFontMetrics(_type()).horizontalAdvance(self.text())
        return QSize(max(words + 2 * shown.gap(10), 32), height)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be pressed, not only where a radio button would have its dot."""
        return self.rect().contains(pos)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number key chooses, Delete unsays it; Return is left to the form."""
        digit = event.text()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if (
            plain
            and len(digit) == 1
            and digit in "123456789"
            and self._row().press_number(int(digit))
        ):
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._row().clearable:
            self._row().set_value("")
            event.accept()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Edge, fill and words."""
        tokens = look.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = self._shape()
        fill, ink = self._colours(tokens)
        painter.fillPath(shape, QColor(fill))
        edge = tokens.border if self.isEnabled() else tokens.line
        painter.setPen(QColor(tokens.accent if self.isChecked() else edge))
        painter.drawPath(shape)
        painter.setPen(QColor(ink))
        painter.setFont(_type())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())

    def _colours(self, tokens: Tokens) -> tuple[str, str]:
        if not self.isEnabled():
            return (tokens.selected if self.isChecked() else tokens.window), tokens.disabled
        if self.isChecked():
            return tokens.accent, tokens.on_accent
        return (tokens.hover if self.underMouse() else tokens.base), tokens.text

    def _shape(self) -> QPainterPath:
        row = self._row()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        if not row.joined():
            path.addRoundedRect(box, RADIUS, RADIUS)
            return path
        first = self.x() <= 0
        last = self.geometry().right() >= row.childrenRect().right()
        return _rounded(box, left=first, right=last)

    def _row(self) -> Segmented:
        return cast(Segmented, self.parentWidget())


def _type() -> QFont:
    font = interface_font(look.current().points(_TYPE))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _rounded(box: QRectF, *, left: bool, right: bool) -> QPainterPath:
    """A box with round corners only at the ends of the row."""
    whole = QPainterPath()
    whole.addRoundedRect(box, RADIUS, RADIUS)
    square = QPainterPath()
    half = box.width() / 2
    if not left:
        square.addRect(QRectF(box.left(), box.top(), half, box.height()))
    if not right:
        square.addRect(QRectF(box.left() + half, box.top(), half, box.height()))
    return whole.united(square).simplified()
