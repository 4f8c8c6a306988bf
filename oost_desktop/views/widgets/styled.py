"""Sets the properties that the style sheet reads, and makes labels in its few roles.

Guarantees plain text: a name with `<b>` in it is shown as typed. Words that need emphasis inside a
sentence use `Strong`, and everything else in that sentence is escaped.
"""

import html
from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from oost_desktop.views.tokens import Tone

Role = Literal[
    "title",
    "heading",
    "brand",
    "strong",
    "label",
    "muted",
    "small",
    "small-strong",
    "number",
    "pill",
    "key",
    "",
]


class Strong(str):
    """A run of words to be shown bold inside a sentence."""

    __slots__ = ()


def style(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet reads, and draw the widget by it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()
    widget.update()


def label(text: str, role: Role = "", *, tone: Tone | None = None, wrap: bool = False) -> QLabel:
    """A label of plain text in a role of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setProperty("role", role)
    if tone is not None:
        made.setProperty("tone", tone.value)
    return made


def sentence(parts: Sequence[str], role: Role = "") -> QLabel:
    """A wrapping label in which the parts that are `Strong` are bold."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setProperty("role", role)
    show_sentence(made, parts)
    return made


def show_sentence(target: QLabel, parts: Sequence[str]) -> None:
    """Put other words into a label made by `sentence`; screen readers get them plain."""
    runs = (
        f"<b>{html.escape(part)}</b>" if isinstance(part, Strong) else html.escape(part)
        for part in parts
    )
    target.setText("".join(runs))
    target.setAccessibleName("".join(parts))


def rule() -> QFrame:
    """A hair line across."""
    made = QFrame()
    made.setProperty("frame", "line")
    made.setFixedHeight(1)
    return made
