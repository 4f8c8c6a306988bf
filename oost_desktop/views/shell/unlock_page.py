"""The unlock screen: who you are (if there are several), your passphrase, nothing else.

Guarantees that a wrong passphrase keeps the keyboard in the field with the text selected, that
trying again takes longer after five tries and is never refused for good, and that a concern which
has not reached a DSL is said here without a name. Checks no passphrase itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from oost_desktop.views import look
from oost_desktop.views.icons import Icon, Tint, pixmap
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.announce import announce
from oost_desktop.views.widgets.banner import Band
from oost_desktop.views.widgets.buttons import Button, Height, IconButton, Kind
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.styled import Strong, label, style

FREE_TRIES = 5
MOST_WAIT_S = 60
_WIDTH = 400


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may unlock this vault."""

    id: str
    name: str


def wait_after(tries: int) -> int:
    """Seconds to wait after so many wrong tries in a row: none for five, then 2, 4, 8 to 60."""
    late = tries - FREE_TRIES
    return 0 if late < 1 else min(MOST_WAIT_S, 2 ** min(late, 10))


class PassphraseEdit(QLineEdit):
    """A passphrase field that notices Caps Lock from what is typed."""

    caps_lock = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._caps = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it, means Caps Lock."""
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock and self._caps:
            self._set_caps(False)
        elif len(text) == 1 and text.isalpha() and text.lower() != text.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._set_caps(text.isupper() != shift)
        super().keyPressEvent(event)

    def _set_caps(self, on: bool) -> None:
        if on != self._caps:
            self._caps = on
            self.caps_lock.emit(on)


class UnlockPage(QWidget):
    """Emits `unlock_asked(person id, passphrase)`; `recovery_asked` for the printed sheet."""

    unlock_asked = Signal(str, str)
    recovery_asked = Signal()

    def __init__(
        self, people: Sequence[Person], *, place: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tries = 0
        self._left = 0
        self._people = tuple(people)
        self._who = QComboBox()
        for person in people:
            self._who.addItem(person.name, person.id)
        self._field = PassphraseEdit()
        self._eye = IconButton(Icon.SHOW, "Show the passphrase")
        self._message = label("", wrap=True, tone=Tone.DANGER)
        self._caps = label("Caps Lock is on.", wrap=True, tone=Tone.WARN)
        self._untold = label(
            "A concern here has not been told to a DSL yet.", "strong", wrap=True, tone=Tone.DANGER
        )
        self._band = Band(Tone.WARN, (Strong("PRACTICE"), " – nothing here is real"))
        self._phrase = label("The passphrase is “practice”.", wrap=True)
        self._unlock = Button("Unlock", kind=Kind.PRIMARY, meaning=Icon.UNLOCK, height=Height.TALL)
        self._forgotten = Button("I have forgotten it", kind=Kind.QUIET)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._lay_out(place)
        self._connect()
        self.setFocusProxy(self._field)

    def set_untold_concern(self, untold: bool) -> None:
        """Show or hide the red line about a concern that no DSL knows of."""
        self._untold.setVisible(untold)

    def set_practice(self, practice: bool) -> None:
        """Show or hide that nothing here is real, and what opens it."""
        self._band.setVisible(practice)
        self._phrase.setVisible(practice)

    def choose(self, person: str) -> None:
        """Preselect a person, as when the vault was locked by them."""
        place = self._who.findData(person)
        if place >= 0:
            self._who.setCurrentIndex(place)

    def set_busy(self, busy: bool) -> None:
        """The passphrase is being tried: nothing can be pressed, nothing is lost."""
        self._unlock.setEnabled(not busy)
        self._unlock.setText("Opening…" if busy else "Unlock")
        self._field.setReadOnly(busy)

    def refuse(self, message: str) -> None:
        """It was wrong: say so, select the text, and after five tries wait."""
        self.set_busy(False)
        self._tries += 1
        self._left = wait_after(self._tries)
        self._say(message)
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._left:
            self._unlock.setEnabled(False)
            self._tick.start()
            self._on_tick_text()

    def message(self) -> str:
        """The sentence under the field, or ""."""
        return "" if self._message.isHidden() else self._message.text()

    def forget(self) -> None:
        """Empty the field, as when the vault has been opened."""
        self._field.clear()
        self._say("")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours and the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_sign()

    def _lay_out(self, place: str) -> None:
        card = Card()
        card.body.setContentsMargins(28, 24, 28, 24)
        card.body.setSpacing(9)
        self._sign = QLabel()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._sign)
        head.addWidget(label("OOST", "title"), 1)
        card.body.addLayout(head)
        if place:
            card.body.addWidget(label(place, "muted", wrap=True))
        card.body.addWidget(self._untold)
        card.body.addWidget(self._phrase)
        card.body.addSpacing(4)
        self._add_fields(card)
        card.body.addWidget(self._caps)
        card.body.addWidget(self._message)
        card.body.addSpacing(6)
        card.body.addWidget(self._unlock)
        card.body.addWidget(self._forgotten)
        for hidden in (self._caps, self._message, self._untold, self._phrase):
            hidden.hide()
        self._card = card
        self._centre(card)
        self._draw_sign()

    def _add_fields(self, card: Card) -> None:
        who = label("&Who", "label")
        who.setBuddy(self._who)
        card.body.addWidget(who)
        card.body.addWidget(self._who)
        several = len(self._people) > 1
        who.setVisible(several)
        self._who.setVisible(several)
        words = label("&Passphrase", "label")
        words.setBuddy(self._field)
        card.body.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._eye)
        card.body.addLayout(row)

    def _centre(self, card: Card) -> None:
        ground = QWidget()
        ground.setProperty("page", True)
        column = QVBoxLayout(ground)
        column.setContentsMargins(20, 20, 20, 20)
        column.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(3)
        frame = QScrollArea()
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setWidgetResizable(True)
        frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame.setWidget(ground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._band)
        outer.addWidget(frame)
        self._band.hide()

    def _connect(self) -> None:
        self._field.returnPressed.connect(self._on_unlock)
        self._unlock.clicked.connect(self._on_unlock)
        self._eye.clicked.connect(self._on_eye)
        self._field.caps_lock.connect(self._caps.setVisible)
        self._forgotten.clicked.connect(self.recovery_asked)
        self._tick.timeout.connect(self._on_tick)

    def _draw_sign(self) -> None:
        shown = look.current()
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap(Icon.HOME, Tint.BRAND, shown.px(30), ratio))
        self._card.setFixedWidth(shown.gap(_WIDTH))

    def _say(self, message: str) -> None:
        self._message.setText(message)
        self._message.setVisible(bool(message))
        style(self._field, "invalid", bool(message))
        self._field.setAccessibleDescription(f"Error: {message}" if message else "")
        if message:
            announce(self._field, message, urgent=True)

    def _on_unlock(self) -> None:
        if self._left or not self._unlock.isEnabled():
            return
        if not self._field.text():
            self._say("Type your passphrase.")
            self._field.setFocus()
            return
        self._say("")
        person = str(self._who.currentData() or "")
        self.unlock_asked.emit(person, self._field.text())

    def _on_eye(self) -> None:
        hidden = self._field.echoMode() == QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self._field.setEchoMode(mode)
        name = "Hide the passphrase" if hidden else "Show the passphrase"
        self._eye.set_meaning(Icon.HIDE if hidden else Icon.SHOW, name)

    def _on_tick(self) -> None:
        self._left -= 1
        self._on_tick_text()
        if self._left <= 0:
            self._left = 0
            self._tick.stop()
            self._unlock.setEnabled(True)

    def _on_tick_text(self) -> None:
        self._unlock.setText(f"Wait {self._left} s" if self._left > 0 else "Unlock")
