"""Questions to the person: which file, which folder, are you sure. One protocol, so tests answer.

Guarantees that nothing waits: every question is asked and the answer comes to a function later.
The safe button is the default and takes Esc; buttons are verbs. Reads and writes no file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from oost_desktop.errors import UserError
from oost_desktop.views import look
from oost_desktop.views.widgets.buttons import Button, Kind, secondary
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.styled import label

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


@dataclass(frozen=True, slots=True)
class Question:
    """What is about to happen and what will be lost, in numbers.

    `act` and `keep` are verbs for the two buttons ("Remove caseload", "Keep it"). With `word`, the
    person must type it first: for acts that destroy.
    """

    title: str
    words: str
    act: str
    keep: str = "Cancel"
    word: str = ""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file as a dialog offers it: ("Bundles", ("*.oost",))."""

    name: str
    patterns: tuple[str, ...]


class Prompts(Protocol):
    """What views may ask. `done` is called once, on the main thread, and not at all on Cancel."""

    def open_files(
        self, title: str, kinds: Sequence[FileKind], done: Callable[[tuple[Path, ...]], None]
    ) -> None:
        """Ask for one or more files that exist."""

    def save_file(
        self, title: str, suggested: Path, kinds: Sequence[FileKind], done: Callable[[Path], None]
    ) -> None:
        """Ask where to write; the dialog has asked before a file is replaced."""

    def folder(self, title: str, done: Callable[[Path], None]) -> None:
        """Ask for a folder that exists."""

    def confirm(self, question: Question, done: Callable[[], None]) -> None:
        """Ask before something that cannot be undone."""

    def printer(self, title: str, done: Callable[["QPrinter"], None]) -> None:
        """Ask which printer, how many copies. Raises UserError if there is none to ask about."""


class ConfirmDialog(QDialog):
    """Asks a `Question`."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(question.title)
        self._word = question.word
        self.act_button = Button(question.act, kind=Kind.DANGER)
        self.keep_button = secondary(question.keep)
        self.keep_button.setDefault(True)
        self.word_edit = QLineEdit()
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 20)
        column.setSpacing(10)
        column.addWidget(label(question.title, "heading", wrap=True))
        column.addWidget(label(question.words, wrap=True))
        ask = label(f"&Type {question.word} to go on", "label", wrap=True)
        ask.setBuddy(self.word_edit)
        column.addWidget(ask)
        column.addWidget(self.word_edit)
        ask.setVisible(bool(question.word))
        self.word_edit.setVisible(bool(question.word))
        row = FlowLayout(gap=10)
        row.add_stretch()
        row.add(self.keep_button)
        row.add(self.act_button)
        column.addSpacing(6)
        column.addLayout(row)
        self.setMinimumWidth(look.current().gap(420))
        self.act_button.clicked.connect(self.accept)
        self.keep_button.clicked.connect(self.reject)
        self.word_edit.textChanged.connect(self._on_typed)
        self._on_typed()
        (self.word_edit if question.word else self.keep_button).setFocus()

    def _on_typed(self) -> None:
        typed = self.word_edit.text().strip().casefold()
        self.act_button.setEnabled(typed == self._word.casefold())


class QtPrompts:
    """Asks with the system's own file dialogs and with `ConfirmDialog`, over one window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def open_files(
        self, title: str, kinds: Sequence[FileKind], done: Callable[[tuple[Path, ...]], None]
    ) -> None:
        """Ask for one or more files that exist."""
        dialog = self._dialog(title, kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.accepted.connect(partial(_hand_all, dialog, done))
        dialog.open()

    def save_file(
        self, title: str, suggested: Path, kinds: Sequence[FileKind], done: Callable[[Path], None]
    ) -> None:
        """Ask where to write."""
        dialog = self._dialog(title, kinds)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(suggested.parent))
        dialog.selectFile(suggested.name)
        dialog.setDefaultSuffix(suggested.suffix.removeprefix("."))
        dialog.accepted.connect(partial(_hand_first, dialog, done))
        dialog.open()

    def folder(self, title: str, done: Callable[[Path], None]) -> None:
        """Ask for a folder that exists."""
        dialog = self._dialog(title, ())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.accepted.connect(partial(_hand_first, dialog, done))
        dialog.open()

    def confirm(self, question: Question, done: Callable[[], None]) -> None:
        """Ask before something that cannot be undone."""
        dialog = ConfirmDialog(question, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(done)
        dialog.open()

    def printer(self, title: str, done: Callable[["QPrinter"], None]) -> None:
        """Ask which printer. Printing into a file is not offered: that would be in the clear."""
        # Only here, so that the program starts without it.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            raise UserError("This computer has no printer.", "Save the document instead.")
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("OOST")
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(title)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(done, printer))
        QDialog.open(dialog)  # its own `open` wants a slot by name

    def _dialog(self, title: str, kinds: Sequence[FileKind]) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if kinds:
            dialog.setNameFilters([f"{kind.name} ({' '.join(kind.patterns)})" for kind in kinds])
        return dialog


def _hand_all(dialog: QFileDialog, done: Callable[[tuple[Path, ...]], None]) -> None:
    done(tuple(Path(name) for name in dialog.selectedFiles()))


def _hand_first(dialog: QFileDialog, done: Callable[[Path], None]) -> None:
    done(Path(dialog.selectedFiles()[0]))
