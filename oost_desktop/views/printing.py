"""Paper from a PDF: asks which printer, draws the pages off the main thread, sends each in turn.

Guarantees that nothing is written to a file on the way: no copy in the clear stays behind, and
the window is never blocked for longer than one page takes.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from oost_desktop.errors import UserError
from oost_desktop.views.context import Context
from oost_desktop.views.pdf_pages import PaperPage, pages_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOTS_PER_INCH = 200
A4_INCHES = 8.27


class Printing(QObject):
    """Prints for one page of the program. `printed` comes when the last sheet is handed over."""

    printed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def print_out(self, title: str, pdf: bytes) -> None:
        """Ask which printer, then print. `title` names the dialog; the job names nobody."""
        try:
            self._context.prompts.printer(title, partial(self._prepare, pdf))
        except UserError as problem:
            self._context.jobs.present(problem)

    def _prepare(self, pdf: bytes, printer: "QPrinter") -> None:
        work = partial(pages_of, pdf, round(A4_INCHES * DOTS_PER_INCH))
        done = partial(self._send, printer)
        self._context.jobs.run("io", work, owner=self, done=done, busy="Printing")

    def _send(self, printer: "QPrinter", pages: Sequence[PaperPage]) -> None:
        run = _Run(printer, [page.picture for page in pages], self)
        run.finished.connect(self._on_finished)
        if not run.begin():
            run.deleteLater()
            problem = UserError("The printer did not answer.", "Look whether it is on, then again.")
            self._context.jobs.present(problem)

    def _on_finished(self) -> None:
        self._context.tell("Sent to the printer.")
        self.printed.emit()


class _Run(QObject):
    """One document on its way to the printer, a page at each turn of the event loop."""

    finished = Signal()

    def __init__(self, printer: "QPrinter", pictures: list[QImage], parent: QObject) -> None:
        super().__init__(parent)
        self._printer = printer
        self._waiting = pictures
        self._painter = QPainter()
        self._begun = False
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.timeout.connect(self._on_next)

    def begin(self) -> bool:
        """Start; whether the printer took it."""
        self._printer.setFullPage(True)
        if not self._painter.begin(self._printer):
            return False
        self._next.start()
        return True

    def _on_next(self) -> None:
        if not self._waiting:
            self._next.stop()
            self._painter.end()
            self.finished.emit()
            self.deleteLater()
            return
        if self._begun:
            self._printer.newPage()
        self._begun = True
        self._draw(self._waiting.pop(0))

    def _draw(self, picture: QImage) -> None:
        paper: QRect = self._painter.viewport()
        keep = Qt.AspectRatioMode.KeepAspectRatio
        size: QSize = picture.size().scaled(paper.size(), keep)
        self._painter.drawImage(QRect(paper.topLeft(), size), picture)
