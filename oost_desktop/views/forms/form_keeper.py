"""Keeps what is typed, so that a lock or a power cut loses no more than two seconds of it.

Guarantees that a change is handed to `keep` at most 1.5 seconds after it was typed, however fast
somebody types, and at once when the keyboard leaves the field or `flush` is called. Writes
nothing itself: `keep` hands the words to the journal.
"""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from oost_desktop.models.drafts import Content, Draft
from oost_desktop.models.registry import Registry
from oost_desktop.views.forms.bound_form import BoundForm

KEEP_AFTER_MS = 1500

Keep = Callable[[Content, str, int], None]
"""Told the content, the field that has the keyboard ("" for none) and the caret in it."""


class FormKeeper(QObject):
    """Watches one form for as long as the form lives."""

    def __init__(self, form: BoundForm, keep: Keep) -> None:
        super().__init__(form)
        self._form = form
        self._keep = keep
        self._place = ("", 0)
        self._dirty = False
        self._typed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        form.edited.connect(self._on_edited)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    @property
    def waiting(self) -> bool:
        """Whether something was typed that has not been handed over yet."""
        return self._dirty

    def flush(self) -> None:
        """Hand over what was typed and where the caret is, now, if either is not handed over."""
        self._timer.stop()
        place = self._form.focus_place()
        moved = bool(place[0]) and place != self._place
        if not self._dirty and not (self._typed and moved):
            return
        self._dirty = False
        self._place = place if place[0] else self._place
        self._keep(self._form.content(), *self._place)

    def forget(self) -> None:
        """What was typed is saved or given up: there is nothing left to keep."""
        self._timer.stop()
        self._dirty = self._typed = False

    def not_kept(self) -> None:
        """What was handed over last could not be kept: hand it over again with the next change."""
        self._dirty = True

    def restore(
        self, content: Mapping[str, Any], field: str, caret: int, records: Registry
    ) -> None:
        """Show a kept draft again, with the keyboard and the caret where they were.

        Where that is not known the first field has it: never what lies outside the form.
        """
        self._form.load(Draft.from_content(content, records))
        self.forget()
        self._typed = True
        known = self._form.fields()
        if field in known:
            self._form.go_to(field, caret)
        elif known:
            self._form.go_to(known[0])

    def _on_edited(self, _name: str) -> None:
        self._dirty = self._typed = True
        if not self._timer.isActive():
            self._timer.start()

    def _on_focus_changed(self, old: QWidget | None, _new: QWidget | None) -> None:
        if self._dirty and old is not None and self._form.isAncestorOf(old):
            self.flush()
