"""Another record, found by typing any part of its name.

Guarantees that a record which is not on this computer stays what it is. The records on offer are
set by the form, which asks for them off the main thread.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from oost_desktop.models.drafts import Unread
from oost_desktop.models.fields import FieldSpec
from oost_desktop.models.values import Value
from oost_desktop.views.forms.binding import Editor, FormContext, Option
from oost_desktop.views.forms.editors.choice import DropList

NOT_HERE = "Not on this computer"
ADVICE = "Choose one from the list."


class RefEditor(Editor):
    """A list that is typed into: letters narrow it, one match is taken when the field is left."""

    def __init__(self, spec: FieldSpec) -> None:
        self.list = DropList()
        self._line = QLineEdit()
        self.list.setEditable(True)
        self.list.setLineEdit(self._line)
        self.list.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        super().__init__(spec, self.list)
        completer = QCompleter(self.list.model(), self.list)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list.setCompleter(completer)
        self._line.setPlaceholderText("Type part of the name")
        self._line.setAccessibleName(spec.label)
        self.set_options(())
        self._line.textChanged.connect(self.note_edit)
        self.list.currentIndexChanged.connect(self.note_edit)
        self._line.editingFinished.connect(self.settle)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer these records. What is chosen or typed stays."""
        kept, typed = self._last, self._line.text() if self._touched else None
        chosen = self.read() if self._touched else None
        self._quiet = True
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addItem("", "")
            for option in options:
                self.list.addItem(option.label, option.id)
        if typed is None:
            self.show(kept)
        elif isinstance(chosen, Unread) or chosen is None:
            self.show_typed(typed)
        else:
            self.show(chosen)
        self._quiet = False

    def show(self, value: Value) -> None:
        """Show the record's name."""
        entity = "" if value is None else str(value)
        if self.list.findData(entity) < 0:
            self.list.addItem(NOT_HERE, entity)
        self.list.setCurrentIndex(self.list.findData(entity))
        self._line.setText(self.list.currentText())
        self._line.setCursorPosition(0)

    def read(self) -> Value | Unread:
        """The record whose name is typed; the chosen one if two have that name."""
        typed = self._line.text()
        if not typed.strip():
            return None
        place = self.list.currentIndex()
        if place < 0 or self.list.itemText(place) != typed:
            place = self.list.findText(typed.strip(), Qt.MatchFlag.MatchFixedString)
        entity = self.list.itemData(place) if place >= 0 else ""
        return str(entity) if entity else Unread(typed, ADVICE)

    def show_typed(self, typed: str) -> None:
        """Put words back."""
        self._line.setText(typed)

    def settle(self) -> None:
        """Take the only record that has the typed letters in its name."""
        typed = self._line.text().strip()
        if not typed or not isinstance(self.read(), Unread):
            self.problem_changed.emit("")
            return
        found = [
            place
            for place in range(self.list.count())
            if typed.casefold() in self.list.itemText(place).casefold()
        ]
        if len(found) == 1:
            self.list.setCurrentIndex(found[0])
            self._line.setText(self.list.itemText(found[0]))
        self.problem_changed.emit("" if len(found) == 1 else ADVICE)

    def caret(self) -> int:
        """Where the caret is."""
        return self._line.cursorPosition()

    def set_caret(self, place: int) -> None:
        """Put the caret back."""
        self._line.setCursorPosition(place)


def ref_editor(spec: FieldSpec, _context: FormContext) -> Editor:
    """A record chosen by name."""
    return RefEditor(spec)
