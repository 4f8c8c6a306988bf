"""Changing a pupil's file: one part of it at a time, each a list and a form.

Guarantees that what is typed in one part is kept as a draft when another is opened. A new pupil
goes on from one part to the next: who they are, their placement, their tutor, their weekly hours.
"""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.changes import ChangeSet
from oost_desktop.models import RECORDS
from oost_desktop.services import pupils
from oost_desktop.services.pupils import PupilPanel
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.file_part import NEW, FilePart, Place, may_write
from oost_desktop.views.pages.parts.layout import stack
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.segmented import Choice, Segmented

PARTS: Mapping[str, str] = {
    "pupil": "Details",
    "contact": "Contacts",
    "placement": "Placement",
    "allocation": "Tutors",
    "timetable_slot": "Weekly hours",
    "education_plan": "Plan",
    "target": "Targets",
    "assessment": "Assessments",
}
_ONWARDS = {"pupil": "placement", "placement": "allocation", "allocation": "timetable_slot"}
"""Where a pupil who has just come is led next."""


class FilePage(Page):
    """Comes with a pupil's id, a draft's id ("file:contact:…"), or with none for a new pupil."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pupil = NEW
        self._is_new = False
        self.head = PageHead(" ", " ")
        self.back_button = secondary("Back to the file", Icon.BACK)
        self.head.add_act(self.back_button)
        role = context.desk.person.role
        self._offered = [
            Choice(etype, title)
            for etype, title in PARTS.items()
            if etype == "pupil" or may_write(RECORDS.of(etype), role)
        ]
        self.sections = Segmented("Part of the file", self._offered)
        self.parts: dict[str, FilePart] = {}
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        stack(self, self.head, self.sections, self._holder, fills=self._holder)
        self.back_button.clicked.connect(self._on_back)
        self.sections.chosen.connect(self._on_section)

    def show_for(self, subject: object) -> None:
        """Show a place of a file; with none, begin a new pupil."""
        place = Place.parse(subject) if isinstance(subject, str) else Place(NEW)
        self._is_new = place.pupil == NEW
        self._show_place(place)

    def leave(self) -> None:
        """Keep what is typed, whichever part it is in."""
        for part in self.parts.values():
            part.leave()

    def on_changes(self, changes: ChangeSet) -> None:
        """The list on show reads again."""
        part = self.part()
        if self.isVisible() and part is not None:
            part.on_changes(changes)

    def pupil_on_show(self) -> str | None:
        """The pupil whose file is open."""
        return None if self._pupil == NEW else self._pupil

    def part(self) -> FilePart | None:
        """The part on show."""
        return self.parts.get(self.sections.value())

    def _show_place(self, place: Place) -> None:
        self.leave()
        self._pupil = place.pupil
        waits = place.pupil == NEW
        self.sections.set_choices(self._offered[:1] if waits else self._offered)
        self.sections.set_value(place.etype)
        self.back_button.setVisible(not waits)
        if waits:
            self.head.set_title("New pupil")
            self.head.set_subtitle("First who they are")
        else:
            self._read_name()
        shown = self._part_of(place.etype)
        for part in self.parts.values():
            part.setVisible(part is shown)
        shown.show_place(place)

    def _read_name(self) -> None:
        self.context.jobs.run(
            "db", pupils.panel, self.context.desk, self._pupil, owner=self, done=self._show_name,
            key="name",
        )  # fmt: skip

    def _part_of(self, etype: str) -> FilePart:
        if etype not in self.parts:
            made = FilePart(self.context, etype)
            made.kept.connect(self._on_kept)
            self.parts[etype] = made
            self._column.addWidget(made)
        return self.parts[etype]

    def _show_name(self, panel: PupilPanel) -> None:
        self.head.set_title(panel.pupil.name)
        self.head.set_subtitle(panel.line)

    def _on_section(self, etype: str) -> None:
        self._show_place(Place(self._pupil, etype))

    def _on_kept(self, entity: str) -> None:
        etype = self.sections.value()
        if self._pupil == NEW:
            self._pupil = entity
        elif etype == "pupil":
            self._read_name()
        if self._is_new and etype in _ONWARDS:
            self._show_place(Place(self._pupil, _ONWARDS[etype], NEW))

    def _on_back(self) -> None:
        self.context.go("pupil", self._pupil)
