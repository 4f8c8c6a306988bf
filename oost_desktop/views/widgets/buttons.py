"""The buttons: primary, secondary, warning, danger and quiet, with an icon and a key to press.

Guarantees a name for screen readers, at least 32 pixels each way, and that the key shown on the
button is only a hint: the action registry owns the keys.
"""

from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton, QWidget

from oost_desktop.views import look
from oost_desktop.views.fonts import interface_font
from oost_desktop.views.icons import Icon, Tint, icon
from oost_desktop.views.widgets.styled import style


class Kind(StrEnum):
    """What pressing it means. One primary or danger button to a screen."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    WARNING = "warning"
    DANGER = "danger"
    QUIET = "quiet"


class Height(StrEnum):
    """36, 40 or 44 pixels at 100 %."""

    NORMAL = "normal"
    RAISED = "raised"
    TALL = "tall"


_TINTS = {
    Kind.PRIMARY: Tint.ON_ACCENT,
    Kind.SECONDARY: Tint.TEXT,
    Kind.WARNING: Tint.DANGER,
    Kind.DANGER: Tint.ON_DANGER,
    Kind.QUIET: Tint.TEXT,
}
LONG = 25
"""Words of this many letters may stand on two lines."""

_ICON = 18
_ICON_GAP = 6


class Button(QPushButton):
    """A push button of one of our kinds. `key_hint` is what to press instead, as in `Ctrl ↵`."""

    def __init__(
        self,
        text: str,
        *,
        kind: Kind = Kind.SECONDARY,
        meaning: Icon | None = None,
        key_hint: str = "",
        height: Height = Height.NORMAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._meaning = meaning
        self._hint = key_hint
        self._words = text
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("hinted", bool(key_hint))
        self.setProperty("stature", height.value)
        self.set_kind(kind)
        self._fit_icon()

    def set_kind(self, kind: Kind) -> None:
        """Make it another kind of button, as when a choice becomes the chosen one."""
        self._kind = kind
        style(self, "kind", kind.value)
        if self._meaning is not None:
            self.setIcon(icon(self._meaning, _TINTS[kind]))

    def set_meaning(self, meaning: Icon) -> None:
        """Show another icon."""
        self._meaning = meaning
        self.setIcon(icon(meaning, _TINTS[self._kind]))
        self._fit_icon()

    def key_hint(self) -> str:
        """The key shown on the button, or nothing."""
        return self._hint

    def sizeHint(self) -> QSize:
        """Room for the words, the icon and the key."""
        size = super().sizeHint()
        if self._hint:
            size.setWidth(size.width() + self._hint_width() + look.current().gap(10))
        if "\n" in self.text():
            size.setHeight(size.height() + look.current().gap(12))
        return size

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words; long words may stand on two lines."""
        least = self.sizeHint()
        spare = self._advance(self.text()) - self._advance(_on_two_lines(self._words))
        return QSize(least.width() - max(0, spare), least.height())

    def setText(self, text: str) -> None:
        """Change the words."""
        self._words = text
        super().setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break long words into two lines where there is no room for one."""
        super().resizeEvent(event)
        room = event.size().width() - self.sizeHint().width() + self._advance(self.text())
        wanted = _on_two_lines(self._words) if room < self._advance(self._words) else self._words
        if wanted != self.text():
            super().setText(wanted)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not plain:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button by the style sheet, then the key in its little box."""
        super().paintEvent(event)
        if self._hint and self.width() >= self.sizeHint().width():
            self._paint_hint()

    def _fit_icon(self) -> None:
        side = look.current().px(_ICON)
        gap = _ICON_GAP if self.text() else 0
        self.setIconSize(QSize(side + gap, side))

    def _advance(self, words: str) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, words).width()

    def _hint_metrics(self) -> QFontMetrics:
        return QFontMetrics(interface_font(look.current().points(11.6)))

    def _hint_tint(self) -> Tint:
        """The token the key is written in."""
        return _TINTS[self._kind]

    def _hint_width(self) -> int:
        return self._hint_metrics().horizontalAdvance(self._hint) + 14

    def _paint_hint(self) -> None:
        shown = look.current()
        width, height = self._hint_width(), self._hint_metrics().height() + 4
        left = self.width() - width - shown.gap(14)
        box = QRectF(left + 0.5, (self.height() - height) / 2 + 0.5, width, height)
        tokens = shown.tokens
        colour = QColor(getattr(tokens, self._hint_tint().value))
        if not self.isEnabled():
            colour = QColor(tokens.disabled)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(interface_font(shown.points(11.6)))
        painter.setPen(colour)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._hint)
        colour.setAlphaF(0.5)
        painter.setPen(colour)
        painter.drawRoundedRect(box, 4, 4)


def _on_two_lines(words: str) -> str:
    """Long words broken at the space nearest the middle; short ones as they are."""
    if len(words) < LONG:
        return words
    middle = len(words) // 2
    spaces = [place for place, sign in enumerate(words) if sign == " "]
    if not spaces:
        return words
    place = min(spaces, key=lambda space: abs(space - middle))
    return f"{words[:place]}\n{words[place + 1 :]}"


class IconButton(QToolButton):
    """A square button that is only an icon; `name` is said by screen readers and on hovering."""

    def __init__(self, meaning: Icon, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_meaning(meaning, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fit_icon()

    def set_meaning(self, meaning: Icon, name: str) -> None:
        """Change what it does, in picture and words."""
        self.setIcon(icon(meaning))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit_icon()

    def _fit_icon(self) -> None:
        side = look.current().px(_ICON)
        self.setIconSize(QSize(side, side))


def primary(text: str, meaning: Icon | None = None, key_hint: str = "") -> Button:
    """The one clear act of a screen."""
    return Button(text, kind=Kind.PRIMARY, meaning=meaning, key_hint=key_hint)


def secondary(text: str, meaning: Icon | None = None, key_hint: str = "") -> Button:
    """Any other act."""
    return Button(text, kind=Kind.SECONDARY, meaning=meaning, key_hint=key_hint)


def danger(text: str, meaning: Icon | None = None, key_hint: str = "") -> Button:
    """An act that cannot be taken back."""
    return Button(text, kind=Kind.DANGER, meaning=meaning, key_hint=key_hint)
