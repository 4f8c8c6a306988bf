"""One code of a list: side by side when they are few and short, else a list that drops down.

Guarantees that a code this computer does not know, or that is no longer chosen, stays what it is
and is shown. What need not be said can be unsaid again.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from oost_desktop.models.codes import CodeList, code_list
from oost_desktop.models.drafts import Unread
from oost_desktop.models.fields import FieldSpec
from oost_desktop.models.values import Value
from oost_desktop.views.forms.binding import Editor, FormContext
from oost_desktop.views.widgets.buttons import Button, Kind
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.segmented import Choice, Segmented

MOST_SEGMENTS = 6
MOST_LETTERS = 40
YES_OR_NO = (Choice("yes", "Yes"), Choice("no", "No"))


class DropList(QComboBox):
    """A list that drops down: the wheel scrolls the page and never changes the choice."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setMaxVisibleItems(12)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Left to the page."""
        event.ignore()

    def showPopup(self) -> None:
        """Wide enough for every label."""
        view = self.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * view.frameWidth() + 24)
        super().showPopup()


class SegmentEditor(Editor):
    """A few choices side by side, and a quiet button to unsay what need not be said."""

    def __init__(self, spec: FieldSpec, choices: Sequence[Choice]) -> None:
        self._choices = tuple(choices)
        self.row = Segmented(spec.label, choices)
        self.clear = Button("Clear", kind=Kind.QUIET)
        self.clear.setAccessibleName(f"Clear {spec.label}")
        # For the mouse: at the keyboard Delete does it, and Tab goes on to the next field.
        self.clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clear.setToolTip("Delete")
        self.row.clearable = not spec.required
        box = QWidget()
        flow = FlowLayout(box, gap=6)
        flow.add(self.row)
        flow.add(self.clear)
        super().__init__(spec, box)
        box.setSizePolicy(self.row.sizePolicy())
        self._offer_to_clear()
        self.row.value_changed.connect(self._on_changed)
        self.clear.clicked.connect(self._on_clear)

    def parts(self) -> Sequence[QWidget]:
        """The row as one."""
        return (self.row,)

    def show(self, value: Value) -> None:
        """Choose; a value that is not offered is offered from now on."""
        said = "" if value is None else self.key(value)
        offered = self._choices
        if said and all(choice.value != said for choice in offered):
            offered = (*offered, Choice(said, self.label(said)))
        if offered != self.row.choices():
            self.row.set_choices(offered)
        self.row.set_value(said)
        self._offer_to_clear()

    def read(self) -> Value | Unread:
        """The code chosen."""
        return self.row.value() or None

    def show_typed(self, typed: str) -> None:
        """Nothing can be typed here."""

    def key(self, value: Value) -> str:
        """The segment of a value."""
        return str(value)

    def label(self, key: str) -> str:
        """The words of a segment that is not offered."""
        return code_list(self.spec.codes).label(key)

    def _offer_to_clear(self) -> None:
        self.clear.setVisible(bool(self.row.value()) and not self.spec.required)

    def _on_changed(self) -> None:
        self._offer_to_clear()
        self.note_edit()

    def _on_clear(self) -> None:
        self.row.set_value("")
        self.row.setFocus(Qt.FocusReason.OtherFocusReason)


class FlagEditor(SegmentEditor):
    """Yes or no, or not said."""

    def __init__(self, spec: FieldSpec) -> None:
        super().__init__(spec, YES_OR_NO)

    def read(self) -> Value | Unread:
        """Yes or no."""
        return {"yes": True, "no": False}.get(self.row.value())

    def key(self, value: Value) -> str:
        """The segment of yes or no."""
        return "yes" if value else "no"


class ListEditor(Editor):
    """Many choices in a list that drops down."""

    def __init__(self, spec: FieldSpec, codes: CodeList) -> None:
        self._codes = codes
        self.list = DropList()
        self.list.addItem("Choose…" if spec.required else "Not said", "")
        for code in codes:
            self.list.addItem(code.label, code.code)
        super().__init__(spec, self.list)
        self.list.currentIndexChanged.connect(self.note_edit)

    def show(self, value: Value) -> None:
        """Choose; a value that is not offered is offered from now on."""
        said = "" if value is None else str(value)
        if self.list.findData(said) < 0:
            self.list.addItem(self._codes.label(said), said)
        self.list.setCurrentIndex(self.list.findData(said))

    def read(self) -> Value | Unread:
        """The code chosen."""
        return self.list.currentData() or None

    def show_typed(self, typed: str) -> None:
        """Nothing can be typed here."""


def choice_editor(spec: FieldSpec, context: FormContext) -> Editor:
    """Side by side, or a list."""
    codes = code_list(spec.codes, context.today())
    choices = [Choice(code.code, code.label) for code in codes]
    letters = sum(len(choice.label) for choice in choices)
    if len(codes) <= MOST_SEGMENTS and letters <= MOST_LETTERS:
        return SegmentEditor(spec, choices)
    return ListEditor(spec, codes)


def flag_editor(spec: FieldSpec, _context: FormContext) -> Editor:
    """Yes, no, or not said."""
    return FlagEditor(spec)
