"""The forms that come up inside the Work page: marking a piece, setting one.

Each keeps what is typed as every form does. When one is saved it says so, and the page goes on.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from oost_desktop.models import RECORDS, Work
from oost_desktop.models.drafts import Draft
from oost_desktop.models.problems import Problem
from oost_desktop.services import marking, wording, work_sheet
from oost_desktop.services.desk import Desk
from oost_desktop.services.work_sheet import Sheet
from oost_desktop.views.context import Context
from oost_desktop.views.forms.work_forms import MarkingForm, SetWorkForm
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.choices import form_context
from oost_desktop.views.pages.form_page import FormPage, Written
from oost_desktop.views.widgets.buttons import Button, primary, secondary


class MarkWork(FormPage):
    """Marks one piece. `done` carries its id, and whether the next one is wanted."""

    form_name = work_sheet.FORM
    save_words = "Save mark"
    done = Signal(str, bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.next_button = secondary("Save and mark the next", key_hint="Ctrl ↓")
        super().__init__(context, MarkingForm(form_context(context)), parent)
        self._goes_on = False
        self.lay_out(self.form)
        self.save_button.clicked.disconnect(self.save)
        self.save_button.clicked.connect(self.save_only)
        self.next_button.clicked.connect(self.save_and_next)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+Down"), self, self.save_and_next, context=inside)

    def make_save_button(self) -> Button:
        """Save this piece and go back to the list."""
        return primary(self.save_words, key_hint="Ctrl ↵")

    def further_acts(self) -> Sequence[Button]:
        """Save and go on marking."""
        return (self.next_button,)

    def show_sheet(self, sheet: Sheet) -> None:
        """Open the piece of a sheet."""
        values = sheet.values
        pupil = sheet.pupil
        due = values.get("due_on")
        parts = [
            f"{pupil.name}, {pupil.year_words}" if pupil and pupil.year_words else "",
            pupil.name if pupil and not pupil.year_words else "",
            wording.code_words("subjects", values.get("subject")),
            f"due {wording.near_day(due, self.context.desk.today)}" if due else "",
        ]
        self._goes_on = False
        self.head.set_title(str(values.get("title") or "Work"))
        self.head.set_subtitle(" · ".join(part for part in parts if part))
        draft = Draft(RECORDS.of(Work), sheet.entity, values, values)
        self.open_form(sheet.draft, sheet.entity, draft, sheet.kept)
        if sheet.kept is None:
            self.form.go_to("mark")

    def save_only(self) -> None:
        """Save, and back to the list."""
        self._goes_on = False
        self.save()

    def save_and_next(self) -> None:
        """Save, and open what has waited longest of the rest."""
        self._goes_on = True
        self.save()

    def remarks(self, desk: Desk, written: Written) -> list[Problem]:
        """A new mark alone says little: 13 out of how many?"""
        if written.draft.changes.get("mark") is None or written.draft.values["out_of"] is not None:
            return []
        return [Problem("out_of", "Out of how many?", warning=True)]

    def write(self, desk: Desk, written: Written) -> str:
        """Mark it today."""
        assert written.entity is not None
        marking.mark_work(desk, written.entity, written.draft.changes)
        return written.entity

    def after_save(self, entity: str) -> None:
        """Go on."""
        goes_on, self._goes_on = self._goes_on, False
        self.done.emit(entity, goes_on)


class SetWork(FormPage):
    """Sets one piece. `done` carries its id."""

    form_name = work_sheet.FORM
    save_words = "Set work"
    done = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, SetWorkForm(form_context(context)), parent)
        self.lay_out(self.form)

    def make_save_button(self) -> Button:
        """Set it."""
        return primary(self.save_words, Icon.WORK, key_hint="Ctrl ↵")

    def show_sheet(self, sheet: Sheet) -> None:
        """Open an empty form, filled in for the sheet's pupil."""
        self.head.set_title("Set work")
        self.head.set_subtitle(sheet.pupil.name if sheet.pupil else "")
        self.open_form(sheet.draft, None, Draft(RECORDS.of(Work), None, sheet.values), sheet.kept)
        if sheet.kept is None:
            self.form.go_to("title" if sheet.pupil else "pupil")

    def write(self, desk: Desk, written: Written) -> str:
        """Keep it."""
        return marking.set_work(desk, written.draft.changes)

    def after_save(self, entity: str) -> None:
        """Go on."""
        self.done.emit(entity)
