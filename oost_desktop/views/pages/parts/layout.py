"""How pages are put together: parts under each other, acts on a line, an editor under its label.

Guarantees the label as its editor's buddy, so that screen readers and its letter lead to it.
"""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.styled import label

GAP = 17


def stack(page: QWidget, *parts: QWidget, fills: QWidget | None = None, gap: int = GAP) -> None:
    """Put parts under each other; `fills` takes the room that is left, else nothing does."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap)
    for part in parts:
        column.addWidget(part, 1 if part is fills else 0)
    if fills is None:
        column.addStretch(1)


def line(*parts: QWidget, ends_with: QWidget | None = None, gap: int = 10) -> QWidget:
    """Acts beside each other, and perhaps quiet words at the right end; they fold when narrow."""
    row = QWidget()
    flow = FlowLayout(row, gap=gap)
    for part in parts:
        flow.add(part)
    if ends_with is not None:
        flow.add_stretch()
        flow.add(ends_with)
    return row


def field(name: str, editor: QWidget, help_: str = "", *, shown: QWidget | None = None) -> QWidget:
    """An editor under its label. `shown` stands there if the editor is only a part of it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(5)
    words = label(name, "label", wrap=True)
    words.setBuddy(editor)
    column.addWidget(words)
    column.addWidget(shown or editor)
    if help_:
        column.addWidget(label(help_, "small", wrap=True))
    editor.setAccessibleName(name)
    editor.setAccessibleDescription(help_)
    return made
