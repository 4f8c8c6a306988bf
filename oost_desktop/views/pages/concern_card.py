"""One concern, open: its words, who was told, and what may be added to it.

Guarantees that words being added are kept as a draft like any others, and that what was read is
gone from the card when it is closed. The first words are never changed.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.errors import OostError
from oost_desktop.models import RECORDS, Concern, ConcernAddendum, ConcernNotification, Record
from oost_desktop.models.drafts import Content, Draft
from oost_desktop.services import concern_paper, concerns, drafting, wording
from oost_desktop.services.concerns import OpenConcern
from oost_desktop.services.desk import Desk, InvalidError
from oost_desktop.services.drafting import KeptDraft
from oost_desktop.views.context import Context
from oost_desktop.views.forms.bound_form import BoundForm
from oost_desktop.views.forms.form_keeper import FormKeeper
from oost_desktop.views.forms.two_columns import TwoColumns
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.choices import form_context
from oost_desktop.views.pages.parts.layout import line
from oost_desktop.views.prompts import FileKind
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.fact_list import FactList
from oost_desktop.views.widgets.styled import label

FORM = "concerns"
PDF = (FileKind("PDF", ("*.pdf",)),)
_TOLD = ("whom", "organisation", "told_at", "how", "reference")


class ConcernCard(Card):
    """Shows one concern at a time. `closed` says that nothing is open any more."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(bar=Tone.DANGER, parent=parent)
        self._context = context
        self._open: OpenConcern | None = None
        self._about = label("", "heading", wrap=True)
        self._words = label("", wrap=True)
        self._facts = FactList()
        self.later = _Small(context, ConcernAddendum, ("words",), self._keep)
        self.told = _Small(context, ConcernNotification, _TOLD, self._keep)
        self.add_button = primary("Add these words", Icon.ADD)
        self.tell_button = primary("Keep who was told", Icon.ADD)
        self.ask_button = secondary("Somebody was told…", Icon.RING)
        self.print_button = secondary("Save as PDF…", Icon.PRINT)
        self.close_button = secondary("Close")
        self.body.setSpacing(12)
        for part in (self._about, self._words, self._facts, self.later, self.told):
            self.body.addWidget(part)
        self.body.addWidget(
            line(
                self.add_button, self.tell_button, self.ask_button, self.print_button,
                self.close_button,
            )
        )  # fmt: skip
        self.add_button.clicked.connect(self._on_add)
        self.tell_button.clicked.connect(self._on_tell)
        self.ask_button.clicked.connect(self._on_ask)
        self.print_button.clicked.connect(self._on_print)
        self.close_button.clicked.connect(self._on_close)
        self._show_telling(False)

    def open_concern(self, concern: str) -> None:
        """Read a concern and show it. For the lead this is recorded."""
        for small in (self.later, self.told):
            small.hand_over()
        self._context.jobs.run(
            "db", _read, self._context.desk, concern, owner=self, done=self._show, key="open"
        )

    def put_away(self) -> None:
        """Keep what is being typed; take every word off the card."""
        for small in (self.later, self.told):
            small.put_away()
        self._open = None
        self._facts.set_facts([])
        self._words.setText("")
        self._about.setText("")
        self.hide()

    def _show(self, found: "_Found") -> None:
        opened, waiting = found
        self._open = opened
        who = opened.pupil.name if opened.pupil else "Somebody else"
        written = wording.moment(opened.written_at)
        self._about.setText(f"{who} · written by {opened.author}, {written}")
        self._words.setText(str(opened.words.get("verbatim", "")))
        self._facts.set_facts(_facts(opened))
        self.show()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.later.show_for(_name(ConcernAddendum, opened.id), {"concern": opened.id}, waiting)
        values = {"concern": opened.id, "told_at": self._context.desk.clock.now()}
        name = _name(ConcernNotification, opened.id)
        self.told.show_for(name, values, waiting)
        self._show_telling(name in waiting)

    def _show_telling(self, shown: bool) -> None:
        for part in (self.told, self.tell_button):
            part.setVisible(shown)
        self.ask_button.setVisible(not shown)

    def _on_add(self) -> None:
        words = self.later.form.editor("words").value()
        if self._open is None or not isinstance(words, str) or not words.strip():
            return
        self._run(self.later, concerns.add_words, words.strip())

    def _on_tell(self) -> None:
        if self._open is not None and self.told.form.check():
            values = {name: self.told.form.draft.values[name] for name in _TOLD}
            self._run(self.told, concerns.tell, values)

    def _run(self, small: "_Small", act: Any, given: Any) -> None:
        assert self._open is not None
        self._context.jobs.run(
            "db", _keep_and_forget, self._context.desk, act, self._open.id, given, small.name,
            owner=self, done=partial(self._on_kept, small), failed=partial(self._on_failed, small),
        )  # fmt: skip

    def _on_kept(self, small: "_Small", concern: str) -> None:
        small.forget()
        self._context.saved()
        self._context.tell("Sealed beside the first words, which stay as they are.")
        if self._open is not None and self._open.id == concern:
            self.open_concern(concern)

    def _on_failed(self, small: "_Small", error: OostError) -> None:
        if isinstance(error, InvalidError):
            small.form.show_problems(error.problems)
        else:
            self._context.jobs.present(error)

    def _on_ask(self) -> None:
        self._show_telling(True)
        self.told.form.go_to("whom")

    def _on_print(self) -> None:
        if self._open is not None:
            # The reference, never the pupil's name.
            suggested = Path.home() / concern_paper.file_name(self._open.id)
            self._context.prompts.save_file("Save the concern", suggested, PDF, self._print)

    def _print(self, path: Path) -> None:
        if self._open is not None:
            self._context.jobs.run(
                "db", concern_paper.save, self._context.desk, self._open.id, path, owner=self,
                done=self._on_printed,
            )  # fmt: skip

    def _on_printed(self, path: Path) -> None:
        self._context.tell(f"Written: {path.name}. Lock the paper away and delete the file.")

    def _on_close(self) -> None:
        self.put_away()
        self.closed.emit()

    def _keep(self, name: str, content: Content, field: str, caret: int) -> None:
        keep = partial(
            drafting.keep, self._context.desk, name, FORM, content,
            subject=None, field=field, caret=caret,
        )  # fmt: skip
        # Owned by the runner: it is kept even when this card goes the same moment.
        owner: QObject = self._context.jobs
        self._context.jobs.run("db", keep, owner=owner)


class _Small(QWidget):
    """A few fields of one record type, kept while they are typed."""

    def __init__(
        self, context: Context, cls: type[Record], fields: tuple[str, ...], keep: Any
    ) -> None:
        super().__init__()
        self.name = ""
        self._type = RECORDS.of(cls)
        self.form = BoundForm(self._type, form_context(context))
        inside, outside = QVBoxLayout(self.form), QVBoxLayout(self)
        for column in (inside, outside):
            column.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.form.summary)
        inside.addWidget(TwoColumns([self.form.field_row(name) for name in fields]))
        outside.addWidget(self.form)
        self._keep = keep
        self._keeper = FormKeeper(self.form, self._on_keep)

    def show_for(
        self, name: str, values: Mapping[str, Any], waiting: Mapping[str, KeptDraft]
    ) -> None:
        """Empty for a concern, or as it was left."""
        self.put_away()
        self.name = name
        kept = waiting.get(name)
        if kept is None:
            self.form.load(Draft(self._type, values=values))
            self._keeper.forget()
        else:
            self._keeper.restore(kept.content, kept.field, kept.caret, RECORDS)

    def put_away(self) -> None:
        """Hand over what was typed, and show none of it."""
        self.hand_over()
        self.forget()
        self.form.load(Draft(self._type))

    def hand_over(self) -> None:
        """Let what was typed be kept."""
        if self.name:
            self._keeper.flush()

    def forget(self) -> None:
        """It is saved: there is nothing left to keep."""
        self._keeper.forget()
        self.name = ""

    def _on_keep(self, content: Content, field: str, caret: int) -> None:
        if self.name:
            self._keep(self.name, content, field, caret)


_Found = tuple[OpenConcern, Mapping[str, KeptDraft]]


def concern_in(draft: str) -> str:
    """The concern that a draft's id belongs to."""
    return draft.rsplit(":", 1)[-1]


def _name(cls: type[Record], concern: str) -> str:
    return f"{FORM}:{RECORDS.of(cls).name}:{concern}"


def _read(desk: Desk, concern: str) -> _Found:
    waiting = {kept.id: kept for kept in drafting.all_drafts(desk) if kept.form == FORM}
    return concerns.read(desk, concern), waiting


def _keep_and_forget(desk: Desk, act: Any, concern: str, given: Any, draft: str) -> str:
    """Save, and forget its draft; the concern."""
    act(desk, concern, given)
    drafting.drop(desk, draft)
    return concern


def _facts(found: OpenConcern) -> list[tuple[str, str]]:
    fields = RECORDS.of(Concern).fields
    facts = [
        (fields[name].label, wording.shown(fields[name], value))
        for name, value in found.words.items()
        if name != "verbatim"
    ]
    facts.extend(("Told", _told_words(told)) for told in found.notifications)
    facts.extend(
        (f"Added {wording.moment(when)}, {author}", words) for when, author, words in found.addenda
    )
    return facts


def _told_words(told: Mapping[str, Any]) -> str:
    """Mr D. Okonkwo, Peverel Academy · 23/11/2026 12:10 · telephone · CPOMS 4471."""
    who = ", ".join(part for part in (told.get("whom"), told.get("organisation")) if part)
    when = told.get("told_at")
    how = wording.code_words("told_by_means", told.get("how"))
    parts = (who, wording.moment(when) if when else "", how, told.get("reference"))
    return " · ".join(part for part in parts if part)
