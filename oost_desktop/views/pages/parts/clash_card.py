"""One clash: what each of two people wrote without seeing the other, and the ways to settle it."""

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from oost_desktop.models.fields import Kind
from oost_desktop.services.clashes import (
    Choice,
    Keep,
    KeepBoth,
    OpenClash,
    Side,
    Span,
    WriteNew,
)
from oost_desktop.views import look
from oost_desktop.views.icons import Icon
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import Button, primary, secondary
from oost_desktop.views.widgets.card import Card, Surface
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.grow_text import GrowText
from oost_desktop.views.widgets.pill import Pill, State
from oost_desktop.views.widgets.styled import label

NEITHER_SAW = "Neither had seen the other's words. Both are kept whatever you choose."
_TINTS = (Tone.OK, Tone.WARN, Tone.ACCENT, Tone.DANGER)


class ClashCard(Card):
    """`settled` carries the choice and the reason; `typed` says that there is more to keep.

    Number keys choose while the card has focus.
    """

    settled = Signal(object, str)
    typed = Signal()

    def __init__(self, clash: OpenClash, parent: QWidget | None = None) -> None:
        super().__init__(bar=Tone.DANGER, parent=parent)
        self.clash = clash
        self.buttons: list[Button] = []
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Reason (optional)")
        self.reason.setAccessibleName("Reason")
        self.new_words = GrowText(lines=2)
        self.new_words.setAccessibleName("New words")
        self.save_button = primary("Save the new words")
        self.body.setSpacing(12)
        self.body.addLayout(self._heading())
        self.body.addWidget(label(NEITHER_SAW, "muted", wrap=True))
        self.body.addLayout(self._sides())
        self.body.addLayout(self._acts())
        self.body.addWidget(self.new_words)
        self.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.new_words.hide()
        self.save_button.hide()
        self.save_button.clicked.connect(self._on_written)
        self.reason.textEdited.connect(self.typed)
        self.new_words.text_edited.connect(self.typed)

    def words(self) -> dict[str, str]:
        """What was typed here, by name; as `restore` takes it."""
        written = "" if self.new_words.isHidden() else self.new_words.value()
        return {"words": written, "reason": self.reason.text()}

    def restore(self, words: Mapping[str, str]) -> None:
        """Show again what was typed."""
        self.reason.setText(words.get("reason", ""))
        if words.get("words"):
            self._show_writing(words["words"])

    def press(self, number: int) -> None:
        """Choose by number, as on the buttons."""
        if 1 <= number <= len(self.buttons):
            self.buttons[number - 1].click()

    def _heading(self) -> FlowLayout:
        row = FlowLayout(gap=10)
        row.add(label(self.clash.heading, "strong", wrap=True))
        row.add(Pill(State("both changed it", Tone.DANGER, Icon.CLASH)))
        return row

    def _sides(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        for place, side in enumerate(self.clash.sides):
            row.addWidget(_SideView(side, _TINTS[place % len(_TINTS)]), 1)
        return row

    def _acts(self) -> FlowLayout:
        row = FlowLayout(gap=10)
        if not self.clash.may_settle:
            row.add(label("Only the office can settle this one.", "muted", wrap=True))
            self.reason.hide()
            return row
        for words, act in self._choices():
            number = len(self.buttons) + 1
            button = secondary(f"{number} {words}")
            button.clicked.connect(act)
            self.buttons.append(button)
            row.add(button)
            inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, button.click, context=inside)
        row.add(self.reason, 1)
        return row

    def _choices(self) -> list[tuple[str, partial[None]]]:
        found = [
            (f"Keep {_whose(side, self.clash.sides)}", partial(self._settle, Keep(side.op_id)))
            for side in self.clash.sides
        ]
        if self.clash.can_keep_both:
            found.append(("Keep both", partial(self._settle, KeepBoth())))
        if self._is_text():
            found.append(("Write new…", partial(self._ask_for_words)))
        return found

    def _is_text(self) -> bool:
        fields = self.clash.fields
        return len(fields) == 1 and fields[0].kind in (Kind.TEXT, Kind.PROSE)

    def _settle(self, choice: Choice) -> None:
        self.settled.emit(choice, self.reason.text().strip())

    def _ask_for_words(self) -> None:
        if self.new_words.isHidden():  # pressed again, it must not take away what was written
            self._show_writing(self.clash.sides[-1].words)
        self.new_words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_writing(self, words: str) -> None:
        self.new_words.show()
        self.save_button.show()
        self.new_words.set_value(words)

    def _on_written(self) -> None:
        name = self.clash.fields[0].name
        self._settle(WriteNew({name: self.new_words.value().strip()}))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 9 choose, unless words are being typed."""
        typed = event.text()
        if typed.isdigit() and not isinstance(self.focusWidget(), QLineEdit | QPlainTextEdit):
            self.press(int(typed))
            return
        super().keyPressEvent(event)


class _SideView(Surface):
    """One side: who, where and when; the words, with what the other does not have marked."""

    def __init__(self, side: Side, tone: Tone) -> None:
        super().__init__()
        self._side = side
        self._tone = tone
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setAccessibleName(side.words or "empty")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        about = " · ".join(part for part in (side.where, side.who, side.when_words) if part)
        column.addWidget(label(about, "small", wrap=True))
        column.addWidget(self._words)
        column.addStretch(1)
        self._show_words()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._show_words()

    def _show_words(self) -> None:
        tint = look.current().tokens.tint_of(self._tone)
        self._words.setText("".join(_marked(span, tint) for span in self._side.spans) or "—")


def _marked(span: Span, tint: str) -> str:
    words = escape(span.text).replace("\n", "<br>")
    if not span.differs:
        return words
    # Underlined too, so that the mark does not hang on its colour.
    return f'<span style="background-color: {tint}; text-decoration: underline">{words}</span>'


def _whose(side: Side, sides: Sequence[Side]) -> str:
    places = [each.where for each in sides]
    if places.count(side.where) > 1:
        return f"{side.who}'s"
    return "the office's" if side.where == "At the office" else "the laptop's"
