"""One kind of record in one pupil's file: its list and its form, made from the declaration.

What is more than a record (a first day, a tutor, a weekly hour, a plan) goes through the act that
knows its rules; here is only which. Guarantees that the pupil is never asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from oost_desktop.models import RECORDS
from oost_desktop.models.base import Role
from oost_desktop.models.drafts import Draft
from oost_desktop.models.fields import FieldSpec
from oost_desktop.models.problems import Problem
from oost_desktop.models.registry import RecordType
from oost_desktop.models.values import Value
from oost_desktop.services import case_file, choosing, drafting, records
from oost_desktop.services.desk import Desk
from oost_desktop.views.context import Context
from oost_desktop.views.forms.binding import FormContext, Option
from oost_desktop.views.forms.record_form import RecordForm
from oost_desktop.views.pages.form_page import Written
from oost_desktop.views.pages.record_page import Opened, RecordPage, RecordSource
from oost_desktop.views.tables.columns import CellRow, Display
from oost_desktop.views.tables.record_table import Query

FORM = "file"
NEW = "new"
_KNOWN = {"target": ("pupil", "plan")}
"""Fields that the program fills in; for the rest of the types only the pupil."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a pupil's file; `pupil` "new" is one who is not in the caseload yet."""

    pupil: str
    etype: str = "pupil"
    entity: str = ""

    @classmethod
    def parse(cls, subject: str) -> "Place":
        """From a draft's id, or from the id of a pupil alone."""
        if not subject.startswith(f"{FORM}:"):
            return cls(subject)
        _form, etype, pupil, entity = subject.split(":")
        return cls(pupil, etype, entity)

    @property
    def name(self) -> str:
        """What its draft is called."""
        return f"{FORM}:{self.etype}:{self.pupil}:{self.entity or NEW}"


class _FileForm(RecordForm):
    """The generated form without what is known already."""

    def _sections(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        known = _KNOWN.get(self.record_type.name, ("pupil",))
        found = (
            (heading, tuple(name for name in names if name not in known))
            for heading, names in super()._sections()
        )
        return tuple((heading, names) for heading, names in found if names)


class _FileSource(RecordSource):
    """One pupil's records of one type: the pupil is the query's part, and in no column."""

    def __init__(self, desk: Desk, etype: str) -> None:
        super().__init__(desk, etype)
        names = [spec.name for spec in RECORDS.of(etype).listed]
        self._kept = [place for place, name in enumerate(names) if name != "pupil"]
        self.columns = tuple(
            replace(self.columns[place], kind=Display.TEXT if number else Display.STRONG)
            for number, place in enumerate(self._kept)
        )

    def ids(self, query: Query) -> Sequence[str]:
        """In the order asked for."""
        where = {"pupil": query.part}
        return records.ids(self._desk, self._etype, order=query.order or None, where=where)

    def rows(self, ids: Sequence[str]) -> Sequence[CellRow | None]:
        """Without the pupil's own name on every line."""
        found = super().rows(ids)
        return [row and tuple(row[place] for place in self._kept) for row in found]


class FilePart(RecordPage):
    """`kept` carries the id of a record that was saved."""

    kept = Signal(str)
    least_rows = 3

    def __init__(self, context: Context, etype: str, parent: QWidget | None = None) -> None:
        self.pupil = ""
        super().__init__(context, etype, parent=parent)
        self.form_name = FORM
        may = may_write(self._type, context.desk.person.role)
        self.form.setEnabled(may)
        self._may = may
        self.new_button.setVisible(may)
        if etype == "pupil":
            for part in (self.head, self.list):
                part.hide()

    def make_form(self, context: Context) -> RecordForm:
        """Everything but the pupil."""
        today = context.desk.clock.today
        return _FileForm(self._type, FormContext(context.jobs, today, _offers(context.desk)))

    def make_source(self) -> RecordSource:
        """This pupil's alone."""
        return _FileSource(self.context.desk, self._type.name)

    def show_place(self, place: Place) -> None:
        """Show this pupil's records, and one of them, or a new one if there is none to list."""
        self.pupil = place.pupil
        if self._type.name == "pupil":
            self._ask_for(None if place.pupil == NEW else place.pupil)
            return
        self._show_form(False)
        self.model.set_query(Query(part=place.pupil))
        if place.entity:
            self._ask_for(None if place.entity == NEW else place.entity)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_new(self) -> None:
        """An empty form; for a plan, a draft copied from the one in force."""
        if self._type.name != "education_plan":
            super().begin_new()
            return
        self.leave()
        self.context.jobs.run(
            "db", case_file.begin_plan, self.context.desk, self.pupil, owner=self,
            done=self.open_record,
        )  # fmt: skip

    def look_up(self, desk: Desk, entity: str | None) -> Opened:
        """The record with its draft; a new one begins with what is likely."""
        name = Place(self.pupil, self._type.name, entity or "").name
        if entity is None:
            values = case_file.likely(desk, self._type.name, self.pupil)
        else:
            values = records.values_of(desk, self._type.name, entity)
        return Opened(name, entity, values, drafting.waiting(desk, name))

    def remarks(self, desk: Desk, written: Written) -> list[Problem]:
        """What presses and may be passed."""
        return case_file.remarks(desk, self._type.name, _values(written.draft), written.entity)

    def write(self, desk: Desk, written: Written) -> str:
        """Through the act that knows this type's rules."""
        draft = written.draft
        if written.entity is None:
            return case_file.add(desk, self._type.name, self.pupil, _given(draft))
        if draft.changed:
            changes = dict(draft.changes)
            case_file.change(desk, self._type.name, written.entity, changes, written.why)
        return written.entity

    def after_save(self, entity: str) -> None:
        """Say so; the page may go on to the next part."""
        super().after_save(entity)
        self.kept.emit(entity)

    def _on_opened(self, opened: Opened) -> None:
        super()._on_opened(opened)
        for act in (self.save_button, self.remove_button):
            act.setVisible(act.isVisibleTo(self) and self._may)
        if self._type.name == "pupil":
            self.remove_button.hide()


def may_write(record_type: RecordType, role: Role) -> bool:
    """Whether somebody in this role may change records of this type at all."""
    return role in record_type.about.writers


def _offers(desk: Desk) -> Callable[[FieldSpec, Mapping[str, Value]], list[Option]]:
    def offer(spec: FieldSpec, values: Mapping[str, Value]) -> list[Option]:
        found = (
            case_file.tutors(desk) if spec.name == "tutor" else choosing.options(desk, spec, values)
        )
        return [Option(each.id, each.label) for each in found]

    return offer


def _values(draft: Draft) -> dict[str, Any]:
    return dict(draft.values)


def _given(draft: Draft) -> dict[str, Any]:
    return {name: value for name, value in draft.values.items() if value not in (None, "", ())}
