"""A page with one form on it: keeps what is typed, saves it, and never throws a word away.

Guarantees that a draft is journalled while it is typed and when the page is left, that nothing can
be typed into a form while it is being saved, that its draft is kept until it is saved, and that
warnings are read once before they are passed.
What is saved, and how, is the page's own.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from oost_desktop.errors import OostError
from oost_desktop.models import RECORDS
from oost_desktop.models.drafts import Content, Draft
from oost_desktop.models.problems import Problem
from oost_desktop.services import drafting, wording
from oost_desktop.services.desk import Desk, FactNeedsReasonError, InvalidError
from oost_desktop.services.drafting import KeptDraft
from oost_desktop.views.context import Context, Page
from oost_desktop.views.forms.bound_form import BoundForm
from oost_desktop.views.forms.form_keeper import FormKeeper
from oost_desktop.views.pages.parts.whereabouts import WhereaboutsLine
from oost_desktop.views.widgets.buttons import Button
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.styled import label


@dataclass(frozen=True)
class Written:
    """What a form held when it was saved. `why` is the reason for correcting a fact."""

    entity: str | None
    draft: Draft
    why: str | None


class FormPage(Page):
    """The base of pages that write one record. Subclasses name the form and do the saving."""

    form_name = ""
    save_words = "Save"

    def __init__(self, context: Context, form: BoundForm, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.form = form
        self.head = PageHead(" ", "")
        self.save_button = self.make_save_button()
        self._draft_id = ""
        self._entity: str | None = None
        self._passed: frozenset[Problem] = frozenset()
        self._saving = False
        self._place = ("", 0)
        self._kept_words = label("", "muted")
        self._why = _WhyLine()
        self.whereabouts = WhereaboutsLine(context)
        self._keeper = FormKeeper(form, self._keep)
        self._acts = FlowLayout(gap=10)
        self._acts.add(self.save_button)
        for act in self.further_acts():
            self._acts.add(act)
        self._acts.add_stretch()
        self._acts.add(self._kept_words)
        self.save_button.clicked.connect(self.save)
        self._why.box.returnPressed.connect(self.save)
        self._keys()

    def make_save_button(self) -> Button:
        """The one clear act of the page."""
        raise NotImplementedError

    def further_acts(self) -> Sequence[Button]:
        """Other acts, beside it."""
        return ()

    def lay_out(self, *parts: QWidget) -> None:
        """Head, then these, then the acts at the bottom."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self.head, *parts, self._why):
            column.addWidget(part)
        column.addLayout(self._acts)
        column.addWidget(self.whereabouts)
        column.addStretch(1)

    def open_form(
        self, draft_id: str, entity: str | None, draft: Draft, kept: KeptDraft | None
    ) -> None:
        """Show a form, or the draft of it that waits, with the caret where it was."""
        self._draft_id, self._entity = draft_id, entity
        self._passed = frozenset()
        self._why.put_away()
        self._kept_words.setText("")
        self.whereabouts.show_record(self.form.record_type.name, entity)
        if kept is None:
            self.form.load(draft)
            self._keeper.forget()
            return
        self._keeper.restore(kept.content, kept.field, kept.caret, RECORDS)
        self._say_kept(kept)

    def leave(self) -> None:
        """Keep what is typed."""
        if self._draft_id:
            self._keeper.flush()

    def save(self) -> None:
        """Check and save. Warnings not seen before are shown once and passed the second time."""
        if self._saving or not self._draft_id:
            return
        if not self.form.check():
            return
        # On its way before the saving: it is dropped behind it, and stays if the saving fails.
        self._keeper.flush()
        self._begin_saving()
        draft = Draft.from_content(self.form.content(), RECORDS)
        written = Written(self._entity, draft, self._why.reason())
        self.context.jobs.run(
            "db",
            self._work,
            self.context.desk,
            written,
            self._draft_id,
            self._passed,
            owner=self,
            done=self._on_done,
            failed=self._on_failed,
        )

    def remarks(self, desk: Desk, written: Written) -> list[Problem]:
        """What is to be said before saving that the form alone cannot know. On the db lane."""
        return []

    def write(self, desk: Desk, written: Written) -> str:
        """Save it; the record's id. On the db lane."""
        raise NotImplementedError

    def after_save(self, entity: str) -> None:
        """The form is saved: say so and go on."""
        raise NotImplementedError

    def _work(
        self, desk: Desk, written: Written, draft_id: str, passed: frozenset[Problem]
    ) -> str | list[Problem]:
        found = self.remarks(desk, written)
        fresh = [problem for problem in found if problem not in passed]
        if fresh:
            return found
        entity = self.write(desk, written)
        # The record is written: a draft that cannot be dropped waits on Today, and is no failure.
        with suppress(OostError):
            drafting.drop(desk, draft_id)
        return entity

    def _on_done(self, answer: str | list[Problem]) -> None:
        self._end_saving()
        if isinstance(answer, list):
            self.form.show_problems(answer)
            self._passed = frozenset(problem for problem in answer if problem.warning)
            if len(self._passed) == len(answer):
                self.save_button.setText(f"{self.save_words} as it is")
            self.form.summary.take_focus()
            return
        self._keeper.forget()
        self._draft_id = ""
        self.context.saved()
        self.after_save(answer)

    def _on_failed(self, error: OostError) -> None:
        self._end_saving()
        if isinstance(error, InvalidError):
            self.form.show_problems(error.problems)
            self.form.summary.take_focus()
        elif isinstance(error, FactNeedsReasonError):
            self._why.ask(str(error))
        else:
            self.context.jobs.present(error)
            if self._place[0]:
                self.form.go_to(*self._place)

    def _begin_saving(self) -> None:
        self._saving = True
        self._place = self.form.focus_place()
        self._let_type(allowed=False)

    def _let_type(self, *, allowed: bool) -> None:
        for part in (self.save_button, self.form, self._why):
            part.setEnabled(allowed)

    def _end_saving(self) -> None:
        self._saving = False
        self._let_type(allowed=True)
        self.save_button.setText(self.save_words)

    def _keep(self, content: Content, field: str, caret: int) -> None:
        keep = partial(
            drafting.keep,
            self.context.desk,
            self._draft_id,
            self.form_name,
            content,
            subject=self._entity,
            field=field,
            caret=caret,
        )
        # Owned by the runner: a draft is kept even when this page goes the same moment.
        owner: QObject = self.context.jobs
        at = wording.clock_time(self.context.desk.clock.now())
        self.context.jobs.run(
            "db",
            keep,
            owner=owner,
            done=partial(_if_there, self, self._on_kept, at),
            failed=partial(_if_there, self, self._on_not_kept),
        )

    def _on_kept(self, at: str, _nothing: object) -> None:
        self._kept_words.setText(self._words_at(at))

    def _on_not_kept(self, error: OostError) -> None:
        self._keeper.not_kept()
        self._kept_words.setText("Draft not kept yet")
        self.context.jobs.present(error)

    def _say_kept(self, kept: KeptDraft) -> None:
        self._kept_words.setText(self._words_at(wording.clock_time(kept.kept_at)))

    def _words_at(self, clock: str) -> str:
        return f"Draft kept {clock} · Esc leaves it for later"

    def _keys(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            ("Ctrl+Return", self.save),
            ("Ctrl+Enter", self.save),
            ("Escape", self.context.back),
        ):
            QShortcut(QKeySequence(keys), self, act, context=inside)


def _if_there(page: QWidget, tell: Callable[..., None], *told: object) -> None:
    """Tell a page, unless it has gone meanwhile."""
    if isValid(page):
        tell(*told)


class _WhyLine(QWidget):
    """Asks for the reason when a fact is corrected; hidden until then."""

    def __init__(self) -> None:
        super().__init__()
        self.box = QLineEdit()
        self._words = label("", "label", wrap=True)
        self._words.setBuddy(self.box)
        self.box.setAccessibleName("Reason for the correction")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        column.addWidget(self.box)
        self.hide()

    def ask(self, words: str) -> None:
        """Show the question and go to it."""
        self._words.setText(words)
        self.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Hide it, empty."""
        self.box.clear()
        self.hide()

    def reason(self) -> str | None:
        """What was given, or None."""
        return self.box.text().strip() or None
