"""Keeps words that are typed outside a form: within two seconds, as drafts.

Guarantees that what was typed is handed to the journal at most 1.5 seconds after `touch`, and at
once at `flush`; and that a draft of which every word was taken away again is forgotten.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer

from oost_desktop.services import drafting
from oost_desktop.views.context import Context
from oost_desktop.views.forms.form_keeper import KEEP_AFTER_MS


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the boxes now, by name; in which of them the caret is, and where."""

    draft: str
    typed: Mapping[str, str]
    field: str
    caret: int
    pupil: str | None = None


class WordsKeeper(QObject):
    """Asks `read` for the words when it is time; None means that they belong to nothing."""

    def __init__(
        self, context: Context, form: str, read: Callable[[], Words | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._form = form
        self._read = read
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self._hand_over)

    def touch(self) -> None:
        """Something was typed. However fast it goes on, the first letter sets the time."""
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Hand over now what was typed and is not handed over yet."""
        if self._timer.isActive():
            self._hand_over()

    def forget(self) -> None:
        """What was typed is saved or given up: there is nothing left to keep."""
        self._timer.stop()

    def _hand_over(self) -> None:
        self._timer.stop()
        words = self._read()
        if words is None:
            return
        desk, jobs = self._context.desk, self._context.jobs
        # Owned by the runner: the words are kept even when the page goes the same moment.
        if not any(words.typed.values()):
            jobs.run("db", drafting.drop, desk, words.draft, owner=jobs)
            return
        about = {"pupil": words.pupil} if words.pupil else {}
        keep = partial(
            drafting.keep, desk, words.draft, self._form, {"values": {**about, **words.typed}},
            subject=None, field=words.field, caret=words.caret,
        )  # fmt: skip
        jobs.run("db", keep, owner=jobs)
