"""Words: one line, or a box that grows.

Guarantees that nothing typed is cut off: a length beyond the limit is a problem the form shows.
"""

from PySide6.QtWidgets import QLineEdit

from oost_desktop.models.drafts import Unread
from oost_desktop.models.fields import TEXT_LIMIT, FieldSpec, Kind
from oost_desktop.models.values import Value
from oost_desktop.views.forms.binding import Editor, FormContext
from oost_desktop.views.widgets.grow_text import GrowText


class LineEditor(Editor):
    """One line."""

    def __init__(self, spec: FieldSpec) -> None:
        self.line = QLineEdit()
        super().__init__(spec, self.line)
        self.line.textChanged.connect(self.note_edit)

    def show(self, value: Value) -> None:
        """Put words on screen."""
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    def read(self) -> Value | Unread:
        """The words without the spaces around them."""
        return self.line.text().strip() or None

    def show_typed(self, typed: str) -> None:
        """Put words back."""
        self.line.setText(typed)

    def caret(self) -> int:
        """Where the caret is."""
        return self.line.cursorPosition()

    def set_caret(self, place: int) -> None:
        """Put the caret back."""
        self.line.setCursorPosition(place)


class BoxEditor(Editor):
    """A box of `lines` lines, growing."""

    def __init__(self, spec: FieldSpec, lines: int) -> None:
        self.box = GrowText(lines=lines)
        super().__init__(spec, self.box)
        self.box.text_edited.connect(self.note_edit)

    def show(self, value: Value) -> None:
        """Put words on screen."""
        self.box.set_value("" if value is None else str(value))

    def read(self) -> Value | Unread:
        """The words; one line if the field is of one line."""
        text = self.box.value()
        if self.spec.kind is Kind.TEXT:
            text = " ".join(text.split())
        return text if text.strip() else None

    def show_typed(self, typed: str) -> None:
        """Put words back."""
        self.box.set_value(typed)

    def caret(self) -> int:
        """Where the caret is."""
        return self.box.caret()

    def set_caret(self, place: int) -> None:
        """Put the caret back."""
        self.box.set_caret(place)


def is_long(spec: FieldSpec) -> bool:
    """Whether a field of words needs the whole width of a form."""
    return spec.kind is Kind.PROSE or (spec.kind is Kind.TEXT and spec.limit > TEXT_LIMIT)


def text_editor(spec: FieldSpec, _context: FormContext) -> Editor:
    """One line; a growing one where more than a line is expected."""
    return BoxEditor(spec, 1) if is_long(spec) else LineEditor(spec)


def prose_editor(spec: FieldSpec, _context: FormContext) -> Editor:
    """Several lines; two to begin with where little is expected."""
    return BoxEditor(spec, 2 if 0 < spec.limit <= 5000 else 3)
