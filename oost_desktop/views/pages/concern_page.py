"""Raising a concern: ring first, then write; sealed the moment it is submitted."""

from PySide6.QtWidgets import QWidget

from oost_desktop.models import RECORDS, Concern
from oost_desktop.models.drafts import Draft
from oost_desktop.services import concern_sheet, concerns, wording
from oost_desktop.services.concern_sheet import Sheet, Telephone
from oost_desktop.services.desk import Desk
from oost_desktop.views.context import Context
from oost_desktop.views.forms.concern_form import ConcernForm
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.choices import form_context
from oost_desktop.views.pages.form_page import FormPage, Written
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.banner import Banner
from oost_desktop.views.widgets.buttons import Button, danger
from oost_desktop.views.widgets.styled import Strong

TELLS_NOBODY = (
    "Writing here tells nobody. It stays on this computer, sealed, until your next bundle."
)


class ConcernPage(FormPage):
    """Comes with a pupil's id, with a draft's name, or with nothing for somebody else."""

    form_name = "concern"
    save_words = "Submit · cannot be edited after, only added to"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, ConcernForm(form_context(context)), parent)
        self._pupil: str | None = None
        self._first = Banner(Tone.DANGER, Icon.RING, _ring(()), TELLS_NOBODY)
        self.lay_out(self._first, self.form)

    def make_save_button(self) -> Button:
        """Submit: the words on the button say what it means."""
        return danger(self.save_words, key_hint="Ctrl ↵")

    def show_for(self, subject: object) -> None:
        """Open the form about a pupil, or a draft by its name."""
        named = subject if isinstance(subject, str) else None
        draft = named if named is not None and named.startswith(concern_sheet.NEW) else None
        pupil = None if draft else named
        self.context.jobs.run(
            "db",
            concern_sheet.sheet,
            self.context.desk,
            pupil,
            draft,
            owner=self,
            done=self._show,
            key="sheet",
        )

    def pupil_on_show(self) -> str | None:
        """The child this is about."""
        return self._pupil

    def write(self, desk: Desk, written: Written) -> str:
        """Seal it."""
        return concerns.submit(desk, written.draft.values)

    def after_save(self, entity: str) -> None:
        """Say that it is sealed, and that nobody has been told by it."""
        self.context.tell("Concern sealed. It goes with your next bundle; ring if you have not.")
        self.context.back()

    def _show(self, sheet: Sheet) -> None:
        form = self.form
        assert isinstance(form, ConcernForm)
        self._pupil = sheet.pupil.id if sheet.pupil else None
        form.pupil_row.setVisible(sheet.pupil is None)
        self._first.set_words(_ring(sheet.telephones), TELLS_NOBODY)
        now = self.context.desk.clock.now()
        when = f"{wording.long_day(wording.local_day(now))}, {wording.clock_time(now)}"
        who = sheet.pupil.name if sheet.pupil else "somebody else"
        self.head.set_title("Raise a concern")
        self.head.set_subtitle(f"{who} · {when}")
        draft = Draft(RECORDS.of(Concern), None, sheet.values)
        self.open_form(sheet.draft, None, draft, sheet.kept)
        if sheet.kept is None:
            form.go_to("verbatim")


def _ring(telephones: tuple[Telephone, ...]) -> list[str]:
    words: list[str] = [Strong("In danger now? Ring 999 first. ")]
    for place, each in enumerate(telephones):
        words.append("Then " if place == 0 else ", and ")
        words.extend((f"{each.who}, ", Strong(each.number)))
    words.append("." if telephones else "Then the school's safeguarding lead, and ours.")
    return words
