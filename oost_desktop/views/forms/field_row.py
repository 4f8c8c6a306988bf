"""One field of a form: its label above, its editor, its help, and what is wrong with it.

Guarantees the label as the editor's buddy, so that screen readers and its letter lead to it.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from oost_desktop.models.fields import Kind
from oost_desktop.views import look
from oost_desktop.views.forms.binding import Editor
from oost_desktop.views.forms.editors.text import is_long
from oost_desktop.views.icons import Icon, pixmap
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.pill import TINTS
from oost_desktop.views.widgets.styled import label, style

NATURAL_WIDTH = frozenset(
    {Kind.DAY, Kind.MOMENT, Kind.CLOCK, Kind.NUMBER, Kind.MINUTES, Kind.PENCE}
)
"""Kinds whose editor is as wide as its widest value, not as its column."""


class FieldRow(QWidget):
    """A field. `wide` says that it wants the whole width of the form."""

    def __init__(self, editor: Editor, *, says_needed: bool = True) -> None:
        super().__init__()
        self.editor = editor
        self._says_needed = says_needed
        self.wide = is_long(editor.spec) or editor.spec.kind is Kind.TAGS
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(self._head())
        if editor.spec.kind in NATURAL_WIDTH:
            column.addWidget(editor.widget, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(editor.widget)
        if editor.spec.help:
            column.addWidget(label(editor.spec.help, "small", wrap=True))
        self._tone = Tone.DANGER
        column.addWidget(self._problem_line())
        column.addStretch(1)
        editor.problem_changed.connect(self.show_problem)

    def show_problem(self, text: str, *, warning: bool = False) -> None:
        """Say what is wrong, or with "" that nothing is."""
        self._tone = Tone.WARN if warning else Tone.DANGER
        self.editor.show_problem(text, warning=warning)
        self._words.setText(text)
        style(self._words, "tone", self._tone.value)
        self._problem.setVisible(bool(text))
        self._draw_icon()

    def problem(self) -> str:
        """What is said to be wrong, or ""."""
        return self._words.text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours and the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._draw_icon()

    def _head(self) -> FlowLayout:
        spec = self.editor.spec
        self.label = label(spec.label.replace("&", "&&"), "label", wrap=True)
        self.label.setBuddy(self.editor.parts()[0])
        head = FlowLayout(gap=8, row_gap=0)
        head.add(self.label)
        if spec.required and self._says_needed:
            head.add(label("needed", "small"))
        return head

    def _problem_line(self) -> QWidget:
        self._problem = QWidget()
        row = QHBoxLayout(self._problem)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._icon = label("")
        self._words = label("", wrap=True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._problem.hide()
        return self._problem

    def _draw_icon(self) -> None:
        side = look.current().px(18)
        meaning = Icon.WARNING if self._tone is Tone.WARN else Icon.CONCERN
        self._icon.setPixmap(pixmap(meaning, TINTS[self._tone], side, self.devicePixelRatioF()))
