"""Recording a session: the form, the pupil beside it, two keys from Today to saved."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from oost_desktop.models import RECORDS, Session
from oost_desktop.models.drafts import Draft
from oost_desktop.models.problems import Problem
from oost_desktop.services import pupils, sessions, wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.pupils import PupilPanel
from oost_desktop.services.sessions import ForPupil, LastTime, Sheet
from oost_desktop.services.timetable import Occurrence
from oost_desktop.views.context import Context
from oost_desktop.views.forms.session_form import SessionForm
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.choices import form_context
from oost_desktop.views.pages.form_page import FormPage, Written
from oost_desktop.views.pages.parts.pupil_panel import PupilPanelView
from oost_desktop.views.widgets.buttons import Button, primary, secondary


class SessionPage(FormPage):
    """Comes for a planned or recorded hour, for a kept draft (by its name), or for neither."""

    form_name = "session"
    save_words = "Save session"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._set_work = secondary("Set work", Icon.WORK)
        self._as_last = secondary("As last time", Icon.COPY)
        super().__init__(context, SessionForm(form_context(context)), parent)
        self._pupil: str | None = None
        self._hour: Occurrence | None = None
        self.lay_out(self.form)
        self._set_work.clicked.connect(self._on_set_work)
        self._as_last.clicked.connect(self._on_as_last)
        self.form.edited.connect(self._on_edited)

    def make_save_button(self) -> Button:
        """Save session, Ctrl and Enter."""
        return primary(self.save_words, key_hint="Ctrl ↵")

    def further_acts(self) -> Sequence[Button]:
        """Set work; fill in what usually stays the same."""
        return (self._set_work, self._as_last)

    def show_for(self, subject: object) -> None:
        """Open the form of an hour, or of a draft by its name, or of an unplanned hour."""
        asked = subject if isinstance(subject, Occurrence | ForPupil) else None
        draft = subject if isinstance(subject, str) else None
        self._hour = asked if isinstance(asked, Occurrence) else None
        self.context.jobs.run(
            "db",
            sessions.sheet,
            self.context.desk,
            asked,
            draft,
            owner=self,
            done=self._show,
            key="sheet",
        )

    def pupil_on_show(self) -> str | None:
        """The pupil of this session."""
        return self._pupil

    def remarks(self, desk: Desk, written: Written) -> list[Problem]:
        """Overlaps, holidays, more hours than offered."""
        return sessions.problems(desk, written.draft.values, written.entity)

    def write(self, desk: Desk, written: Written) -> str:
        """Keep the session."""
        values = written.draft.values if written.entity is None else written.draft.changes
        if written.entity is None:
            return sessions.record(desk, values)
        return sessions.correct(desk, written.entity, values, why=written.why)

    def after_save(self, entity: str) -> None:
        """Back to where it was asked for."""
        self.context.tell("Session saved.")
        self.context.back()

    def _show(self, sheet: Sheet) -> None:
        form = self.form
        assert isinstance(form, SessionForm)
        self._pupil = sheet.pupil.id if sheet.pupil else None
        form.choose_day_and_pupil(wanted=not sheet.planned)
        self._say_head(sheet)
        draft = Draft(RECORDS.of(Session), sheet.entity, sheet.values, sheet.base)
        self.open_form(sheet.draft, sheet.entity, draft, sheet.kept)
        if self._hour is not None:
            form.planned_times(self._hour.start, self._hour.end)
        if sheet.kept is None:
            form.go_to("covered" if sheet.pupil else "pupil")
        self._show_panel()

    def _say_head(self, sheet: Sheet) -> None:
        self.head.set_title("Record session" if sheet.entity is None else "Session")
        parts = []
        if sheet.pupil is not None:
            parts = [sheet.pupil.name, sheet.pupil.year_words]
        parts.append(wording.code_words("subjects", sheet.values.get("subject")))
        start = sheet.values.get("starts")
        if start is not None:
            parts.append(wording.long_day(wording.local_day(start)))
        self.head.set_subtitle(" · ".join(part for part in parts if part))

    def _show_panel(self) -> None:
        if self._pupil is None:
            self.context.set_side(None)
            return
        self.context.jobs.run(
            "db",
            pupils.panel,
            self.context.desk,
            self._pupil,
            owner=self,
            done=self._on_panel,
            key="panel",
        )

    def _on_panel(self, panel: PupilPanel) -> None:
        if self.isVisible():
            self.context.set_side(PupilPanelView(panel))

    def _on_edited(self, name: str) -> None:
        chosen = self.form.draft.values["pupil"]
        if name == "pupil" and isinstance(chosen, str) and chosen != self._pupil:
            self._pupil = chosen
            self._show_panel()

    def _on_set_work(self) -> None:
        self.context.go("work", self._pupil)

    def _on_as_last(self) -> None:
        if self._pupil is not None:
            self.context.jobs.run(
                "db",
                sessions.last_time,
                self.context.desk,
                self._pupil,
                owner=self,
                done=self._fill_as_last,
                key="last",
            )

    def _fill_as_last(self, last: LastTime | None) -> None:
        if last is None:
            self.context.tell("There is no earlier session with this pupil.")
            return
        draft = self.form.draft
        for name, value in sessions.as_last_time(last).items():
            draft.set(name, value)
        self.form.load(draft)
        self.form.go_to("covered")
        self.form.edited.emit("covered")
