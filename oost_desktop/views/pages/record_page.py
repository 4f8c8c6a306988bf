"""The page of a record type that needs no page of its own: its list, and its form below.

Made from the declaration alone: the listed fields are the columns, the sections are the form.
Guarantees that a record removed here can be put back at once, and that an unsaved form is kept as
a draft when another record is opened. What is allowed is said by the declaration, not here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.changes import ChangeSet
from oost_desktop.models import RECORDS, RecordType
from oost_desktop.models.drafts import Draft
from oost_desktop.models.fields import FieldSpec, Kind
from oost_desktop.services import drafting, records, wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.drafting import KeptDraft
from oost_desktop.views.context import Context
from oost_desktop.views.forms.record_form import RecordForm
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.choices import form_context
from oost_desktop.views.pages.form_page import FormPage, Written
from oost_desktop.views.pages.parts.table_card import TableCard
from oost_desktop.views.tables.columns import CellRow, ColumnSpec, Display
from oost_desktop.views.tables.record_table import PagedTableModel, Query
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.widgets.buttons import Button, primary, secondary
from oost_desktop.views.widgets.buttons import Kind as Look
from oost_desktop.views.widgets.empty_state import EmptyState

_WIDTHS = {Kind.PROSE: 30, Kind.TEXT: 18, Kind.REF: 18, Kind.CHOICE: 14}


class RecordSource:
    """Rows of one record type, as its declaration lists them."""

    def __init__(self, desk: Desk, etype: str) -> None:
        self._desk = desk
        self._etype = etype
        specs = RECORDS.of(etype).listed
        self.columns = tuple(_column(spec, first=not place) for place, spec in enumerate(specs))
        self.etypes = (etype, *sorted({s.target for s in specs if s.kind is Kind.REF}))

    def ids(self, query: Query) -> Sequence[str]:
        """Ids of the records in view, in the order asked for."""
        return records.ids(self._desk, self._etype, order=query.order or None)

    def rows(self, ids: Sequence[str]) -> Sequence[CellRow | None]:
        """Their listed fields in words."""
        # Removed records stay in their table, so that there is a row for every id.
        return records.rows(self._desk, self._etype, list(ids))


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as it stands, or a new one, and the draft of it that waits."""

    draft_id: str
    entity: str | None
    values: dict[str, Any]
    kept: KeptDraft | None


class RecordPage(FormPage):
    """List and form of one record type. Comes with a record's id, or with none.

    `title` is the heading, if it is not the plural of what is listed.
    """

    least_rows = 6

    def __init__(
        self, context: Context, etype: str, title: str = "", parent: QWidget | None = None
    ) -> None:
        self._type: RecordType = RECORDS.of(etype)
        self.form_name = etype
        super().__init__(context, self.make_form(context), parent)
        one, many = self._type.about.singular, self._type.about.plural
        self.new_button = secondary(f"New {one}", Icon.ADD)
        self.head.set_title(title or wording.first_capital(many))
        self.head.add_act(self.new_button)
        self.model = PagedTableModel(context.jobs, self.make_source(), parent=self)
        self.table = TableView(self.model, wording.first_capital(many))
        empty = EmptyState(f"No {many} yet", "What is entered here is used everywhere.")
        self.list = TableCard(self.table, empty, least_rows=self.least_rows)
        self.lay_out(self.list, self.form)
        self.new_button.clicked.connect(self.begin_new)
        self.table.opened.connect(self.open_record)
        self.model.listed.connect(self._on_listed)
        self._not_listed_yet = ""
        self._show_form(False)

    def make_form(self, context: Context) -> RecordForm:
        """The form, as the declaration lays it out."""
        return RecordForm(self._type, form_context(context))

    def make_source(self) -> RecordSource:
        """Where the list comes from."""
        return RecordSource(self.context.desk, self._type.name)

    def make_save_button(self) -> Button:
        """Save what the form holds."""
        return primary("Save", Icon.SAVE, key_hint="Ctrl ↵")

    def further_acts(self) -> Sequence[Button]:
        """Take the record out of view."""
        self.remove_button = Button("Remove", kind=Look.WARNING, meaning=Icon.REMOVE)
        self.remove_button.clicked.connect(self.remove)
        return (self.remove_button,)

    def show_for(self, subject: object) -> None:
        """Show the list, and a record if one is named."""
        self.model.refresh()
        if isinstance(subject, str):
            self.open_record(subject)
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_changes(self, changes: ChangeSet) -> None:
        """The list reads again; a form that is open keeps what is typed."""
        self.model.on_changes(changes)

    def begin_new(self) -> None:
        """Open an empty form, or the one that was begun and not saved."""
        self._ask_for(None)

    def open_record(self, entity: str) -> None:
        """Open a record's form."""
        self._ask_for(entity)

    def remove(self) -> None:
        """Take the open record out of view; a notice offers to put it back."""
        entity = self._entity
        if entity is None:
            return
        self.context.jobs.run(
            "db",
            _remove,
            self.context.desk,
            self._type.name,
            entity,
            self._draft_id,
            owner=self,
            done=self._on_removed,
        )

    def write(self, desk: Desk, written: Written) -> str:
        """Create or change the record."""
        draft, etype = written.draft, self._type.name
        if written.entity is None:
            return records.save(desk, etype, _given(draft))
        if draft.changed:
            records.save(desk, etype, draft.changes, entity=written.entity, why=written.why)
        return written.entity

    def after_save(self, entity: str) -> None:
        """Say so, and show it as it is now."""
        self.context.tell(f"Saved: {self._type.about.singular}.")
        self.open_record(entity)

    def _ask_for(self, entity: str | None) -> None:
        self.leave()
        self.context.jobs.run(
            "db",
            self.look_up,
            self.context.desk,
            entity,
            owner=self,
            done=self._on_opened,
            key="record",
        )

    def look_up(self, desk: Desk, entity: str | None) -> Opened:
        """The record, or an empty one, and the draft of it that waits. On the db lane."""
        draft_id = f"{self._type.name}:{entity or 'new'}"
        values = {} if entity is None else records.values_of(desk, self._type.name, entity)
        return Opened(draft_id, entity, values, drafting.waiting(desk, draft_id))

    def _on_opened(self, opened: Opened) -> None:
        draft = Draft(self._type, opened.entity, base=opened.values)
        self._show_form(True)
        self.remove_button.setVisible(opened.entity is not None)
        self.open_form(opened.draft_id, opened.entity, draft, opened.kept)
        self.head.set_subtitle(self._name_of(opened))
        if opened.entity is not None and not self.table.select_id(opened.entity):
            self._not_listed_yet = opened.entity
        if opened.kept is None:
            self.form.go_to(self.form.fields()[0])

    def _name_of(self, opened: Opened) -> str:
        if opened.entity is None:
            return f"New {self._type.about.singular}"
        fields, values = self._type.fields, opened.values
        parts = (wording.shown(fields[name], values[name]) for name in self._type.about.title)
        return " ".join(parts).strip()

    def _on_removed(self, entity: str) -> None:
        self._keeper.forget()
        self._draft_id, self._entity = "", None
        self._show_form(False)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        words = f"Removed: {self._type.about.singular}. Nothing is erased."
        self.context.tell(words, "Undo", partial(self._put_back, entity))

    def _put_back(self, entity: str) -> None:
        desk, etype = self.context.desk, self._type.name
        self.context.jobs.run("db", records.restore, desk, etype, entity, owner=self)

    def _on_listed(self, count: int) -> None:
        self.list.show_rows(count)
        if self._not_listed_yet and self.table.select_id(self._not_listed_yet):
            self._not_listed_yet = ""
        if self.form.isHidden():
            words = wording.count(count, self._type.about.singular, self._type.about.plural)
            self.head.set_subtitle(
                f"{wording.first_capital(words)}, Enter opens one" if count else ""
            )

    def _show_form(self, shown: bool) -> None:
        for part in (self.form, self.save_button, self.remove_button):
            part.setVisible(shown)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        # Alone, the list has all the room; what is left at the bottom has a stretch of 1.
        column.setStretchFactor(self.list, 0 if shown else 100)
        if not shown:
            self.whereabouts.show_record(self._type.name, None)
            self._kept_words.setText("")
            self._on_listed(len(self.model.ids))


def _column(spec: FieldSpec, *, first: bool) -> ColumnSpec:
    numeric = spec.kind in (Kind.NUMBER, Kind.MINUTES, Kind.PENCE)
    return ColumnSpec(
        spec.label,
        align="right" if numeric else "left",
        width_hint=_WIDTHS.get(spec.kind, 11),
        kind=Display.STRONG if first else Display.TEXT,
        # References and lists of words have no order that would mean anything on screen.
        order="" if spec.kind in (Kind.REF, Kind.TAGS, Kind.CHOICE) else spec.name,
    )


def _given(draft: Draft) -> dict[str, Any]:
    return {name: value for name, value in draft.values.items() if value not in (None, "", ())}


def _remove(desk: Desk, etype: str, entity: str, draft_id: str) -> str:
    records.remove(desk, etype, entity)
    drafting.drop(desk, draft_id)
    return entity
