"""The form for one more weekly hour, inside the timetable.

Guarantees that two lessons at once are refused, and that an hour above what is offered or with a
tutor who is not allocated is remarked on and may be passed. Hours are changed in a pupil's file.
"""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oost_desktop.models import RECORDS, TimetableSlot
from oost_desktop.models.drafts import Draft
from oost_desktop.models.problems import Problem
from oost_desktop.services import drafting, placements
from oost_desktop.services.desk import Desk
from oost_desktop.services.drafting import KeptDraft
from oost_desktop.services.timetable import HOUR_FORM, NEW_HOUR
from oost_desktop.views.context import Context
from oost_desktop.views.forms.record_form import RecordForm
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.choices import form_context
from oost_desktop.views.pages.form_page import FormPage, Written
from oost_desktop.views.widgets.buttons import Button, primary


class NewHour(FormPage):
    """Writes one weekly hour. `done` comes when it is kept."""

    form_name = HOUR_FORM
    save_words = "Save the hour"
    done = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        form = RecordForm(RECORDS.of(TimetableSlot), form_context(context))
        super().__init__(context, form, parent)
        self.head.set_title("New weekly hour")
        self.head.set_subtitle("Every week in term, from its first day on")
        self.lay_out(self.form)

    def make_save_button(self) -> Button:
        """Keep it."""
        return primary(self.save_words, Icon.SAVE, key_hint="Ctrl ↵")

    def begin(self) -> None:
        """Open an empty form, or the one that was begun."""
        self.context.jobs.run(
            "db",
            drafting.waiting,
            self.context.desk,
            NEW_HOUR,
            owner=self,
            done=self._on_waiting,
            key="waiting",
        )

    def remarks(self, desk: Desk, written: Written) -> list[Problem]:
        """What is to be read before it is kept."""
        found = placements.slot_problems(desk, written.draft.values)
        # What stops it is said by the keeping itself.
        return [problem for problem in found if problem.warning]

    def write(self, desk: Desk, written: Written) -> str:
        """Keep it."""
        given = {name: value for name, value in written.draft.values.items() if value is not None}
        return placements.save_slot(desk, given)

    def after_save(self, entity: str) -> None:
        """Back to the week."""
        self.context.tell("Weekly hour saved.")
        self.done.emit()

    def _on_waiting(self, kept: KeptDraft | None) -> None:
        desk = self.context.desk
        values: dict[str, Any] = {"first_day": desk.today}
        if not desk.is_office_staff:
            values["tutor"] = desk.person.id
        draft = Draft(RECORDS.of(TimetableSlot), None, values)
        self.open_form(NEW_HOUR, None, draft, kept)
        if kept is None:
            self.form.go_to("pupil")
