"""A form over a draft: binds editors, shows problems, knows where the keyboard is.

Generated and hand-made forms share this; they differ only in where they put the `FieldRow`s that
`field_row` makes. Guarantees that the draft always holds what is on screen, typed words that are
no value included. Saves nothing and opens nothing.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oost_desktop.models.drafts import Content, Draft
from oost_desktop.models.fields import Kind
from oost_desktop.models.problems import Problem
from oost_desktop.models.registry import RecordType
from oost_desktop.models.values import Value
from oost_desktop.views.forms.binding import Editor, FormContext, Option
from oost_desktop.views.forms.editors import editor_for
from oost_desktop.views.forms.editors.ref import RefEditor
from oost_desktop.views.forms.field_row import FieldRow
from oost_desktop.views.forms.problem_summary import ProblemSummary


class BoundForm(QWidget):
    """Binds the fields of one record type. `edited` carries the name of a field as it changes.

    A form that opens filled in sets `says_needed` to False: its labels need not say so.
    """

    edited = Signal(str)
    says_needed = True

    def __init__(
        self, record_type: RecordType, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.record_type = record_type
        self.context = context
        self.summary = ProblemSummary()
        self.summary.asked.connect(self.go_to)
        self._rows: dict[str, FieldRow] = {}
        self._draft = Draft(record_type)
        self._problems: tuple[Problem, ...] = ()

    @property
    def draft(self) -> Draft:
        """What is being written, as it is on screen now."""
        return self._draft

    def field_row(self, name: str) -> FieldRow:
        """The row of a field; made and bound when it is first asked for."""
        row = self._rows.get(name)
        if row is None:
            editor = self.make_editor(name)
            row = self._rows[name] = FieldRow(editor, says_needed=self.says_needed)
            editor.edited.connect(self._on_editor_edited)
        return row

    def make_editor(self, name: str) -> Editor:
        """The editor of a field: by its kind, unless a hand-made form knows a better one."""
        return editor_for(self.record_type.fields[name], self.context)

    def editor(self, name: str) -> Editor:
        """The editor of a field on this form."""
        return self._rows[name].editor

    def fields(self) -> tuple[str, ...]:
        """The names of the fields on this form, in the order in which they were made."""
        return tuple(self._rows)

    def load(self, draft: Draft) -> None:
        """Show a draft and write into it from now on."""
        self._draft = draft
        self.show_problems(())
        for name, row in self._rows.items():
            row.editor.load(draft.values[name])
            unread = draft.unread.get(name)
            if unread is not None:
                row.editor.load_unread(unread)
        self._ask_for_options(except_for="")

    def check(self) -> bool:
        """Show what is wrong on the day; whether nothing stops it from being saved."""
        for name, row in self._rows.items():
            row.editor.settle()
            self._take(name)
        found = self._draft.problems(self.context.today())
        self.show_problems(found)
        stopped = any(not problem.warning for problem in found)
        if stopped:
            self.summary.take_focus()
        return not stopped

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these at their fields and in the summary; () when all is well."""
        self._problems = tuple(problems)
        first: dict[str, Problem] = {}
        for problem in sorted(problems, key=_is_warning):
            first.setdefault(problem.field, problem)
        for name, row in self._rows.items():
            shown = first.get(name)
            if shown is None:
                row.show_problem("")
            else:
                row.show_problem(shown.message, warning=shown.warning)
        self.summary.show_problems(self._problems)

    def go_to(self, name: str, caret: int | None = None) -> None:
        """Put the keyboard into a field, and the caret back to where it was."""
        row = self._rows.get(name)
        if row is None:
            return
        row.editor.take_focus()
        if caret is not None:
            row.editor.set_caret(caret)

    def focus_place(self) -> tuple[str, int]:
        """The field that has the keyboard, and the caret's place in it; ("", 0) for none."""
        for name, row in self._rows.items():
            if row.editor.has_focus():
                return name, row.editor.caret()
        return "", 0

    def content(self) -> Content:
        """The draft as the journal keeps it."""
        return self._draft.to_content()

    def _on_editor_edited(self) -> None:
        editor = self.sender()
        if not isinstance(editor, Editor):
            return
        name = editor.spec.name
        self._take(name)
        self._drop_what_is_mended()
        if editor.spec.kind is Kind.REF:
            self._ask_for_options(except_for=name)
        self.edited.emit(name)

    def _take(self, name: str) -> None:
        editor = self._rows[name].editor
        self._draft.set(name, editor.value())
        unread = editor.unread()
        if unread is not None:
            self._draft.set(name, unread)

    def _drop_what_is_mended(self) -> None:
        """While somebody types, problems go but none come: checking is for saving."""
        if not self._problems:
            return
        now = set(self._draft.problems(self.context.today()))
        left = tuple(problem for problem in self._problems if problem in now)
        if left != self._problems:
            self.show_problems(left)

    def _ask_for_options(self, *, except_for: str) -> None:
        values: Mapping[str, Value] = self._draft.values
        for name, row in self._rows.items():
            if row.editor.spec.kind is Kind.REF and name != except_for:
                self.context.jobs.run(
                    "db",
                    _options,
                    self.context,
                    name,
                    self.record_type,
                    values,
                    owner=self,
                    done=self._on_options,
                    key=f"options of {name}",
                )

    def _on_options(self, answer: tuple[str, tuple[Option, ...]]) -> None:
        name, options = answer
        editor = self._rows[name].editor
        if isinstance(editor, RefEditor):
            editor.set_options(options)


def _options(
    context: FormContext, name: str, record_type: RecordType, values: Mapping[str, Value]
) -> tuple[str, tuple[Option, ...]]:
    return name, tuple(context.options(record_type.fields[name], values))


def _is_warning(problem: Problem) -> bool:
    return problem.warning
