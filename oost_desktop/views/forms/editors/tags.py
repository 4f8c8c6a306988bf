"""Any number of words or codes: each a button that takes it away, and a line to add more.

Guarantees that a word typed and not yet added is not lost: in a free list it counts as added.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from oost_desktop.models.codes import CodeList, code_list
from oost_desktop.models.drafts import Unread
from oost_desktop.models.fields import FieldSpec
from oost_desktop.models.values import Value
from oost_desktop.views.forms.binding import Editor, FormContext
from oost_desktop.views.icons import Icon
from oost_desktop.views.widgets.buttons import Button, Kind
from oost_desktop.views.widgets.flow_layout import FlowLayout

ADVICE = "Choose words from the list."


class TagsEditor(Editor):
    """Words as buttons above a line. Enter or a comma adds what is typed."""

    def __init__(self, spec: FieldSpec, codes: CodeList | None) -> None:
        self._codes = codes
        self._words: list[str] = []
        self.line = QLineEdit()
        self.line.setPlaceholderText("Type a word, then Enter")
        box = QWidget()
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=6)
        column.addWidget(self._chips)
        column.addWidget(self.line)
        super().__init__(spec, box)
        box.setFocusProxy(self.line)
        self._complete()
        self.line.textChanged.connect(self._on_typed)
        self.line.returnPressed.connect(self.settle)
        self.line.editingFinished.connect(self.settle)

    def parts(self) -> Sequence[QWidget]:
        """The line."""
        return (self.line,)

    def show(self, value: Value) -> None:
        """Show the words."""
        self.line.clear()
        self._set_words(list(value) if isinstance(value, tuple) else [])

    def read(self) -> Value | Unread:
        """The words, with what is typed if it is one."""
        typed = self._code_of(self.line.text())
        return tuple(sorted({*self._words, *([typed] if typed else [])})) or None

    def unread(self) -> Unread | None:
        """What is typed and is not in the list."""
        typed = self.line.text()
        if not typed.strip() or self._code_of(typed):
            return None
        return Unread(typed, ADVICE)

    def show_typed(self, typed: str) -> None:
        """Put back what was typed in the line."""
        self.line.setText(typed)

    def settle(self) -> None:
        """Add what is typed, if it is a word to add."""
        typed = self._code_of(self.line.text())
        if typed:
            words = [*self._words, typed] if typed not in self._words else self._words
            self.line.clear()
            self._set_words(words)
            self.note_edit()
        self.problem_changed.emit(ADVICE if self.unread() else "")

    def caret(self) -> int:
        """Where the caret is."""
        return self.line.cursorPosition()

    def set_caret(self, place: int) -> None:
        """Put the caret back."""
        self.line.setCursorPosition(place)

    def _complete(self) -> None:
        if self._codes is None:
            return
        completer = QCompleter([code.label for code in self._codes], self.line)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.line.setCompleter(completer)

    def _code_of(self, typed: str) -> str:
        """What to keep for typed words; "" if there is nothing, or nothing the list has."""
        tidy = " ".join(typed.split())
        if self._codes is None or not tidy:
            return tidy
        found = [
            code.code
            for code in self._codes
            if tidy.casefold() in (code.label.casefold(), code.code.casefold())
        ]
        return found[0] if found else ""

    def _set_words(self, words: list[str]) -> None:
        self._words = words
        for chip in self._chips.findChildren(_Chip):
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for word in words:
            chip = _Chip(word, word if self._codes is None else self._codes.label(word))
            chip.removed.connect(self._on_removed)
            self._flow.add(chip)
        self._chips.setVisible(bool(words))

    def _on_typed(self, text: str) -> None:
        if text.endswith(","):
            self.line.setText(text[:-1])
            self.settle()
        self.note_edit()

    def _on_removed(self, word: str) -> None:
        self._set_words([each for each in self._words if each != word])
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.note_edit()


class _Chip(Button):
    """One word; pressing it takes it away."""

    removed = Signal(str)

    def __init__(self, word: str, label: str) -> None:
        super().__init__(label, kind=Kind.SECONDARY, meaning=Icon.CLOSE)
        self._word = word
        self.setAccessibleName(f"Remove {label}")
        self.setToolTip(f"Remove {label}")
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.removed.emit(self._word)


def tags_editor(spec: FieldSpec, context: FormContext) -> Editor:
    """Words, or codes of a list."""
    return TagsEditor(spec, code_list(spec.codes, context.today()) if spec.codes else None)
