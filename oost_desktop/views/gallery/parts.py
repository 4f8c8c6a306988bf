"""Pieces that the gallery's pages share. They know no person and no pupil."""

from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from oost_desktop.views.widgets.segmented import Choice
from oost_desktop.views.widgets.styled import label


def column(*parts: QWidget, gap: int = 17, fills: bool = False) -> QWidget:
    """Parts under each other; with `fills`, the last one takes the room that is left."""
    page = QWidget()
    under = QVBoxLayout(page)
    under.setContentsMargins(0, 0, 0, 0)
    under.setSpacing(gap)
    for part in parts:
        under.addWidget(part)
    if fills:
        under.setStretchFactor(parts[-1], 1)
    else:
        under.addStretch(1)
    return page


def field(name: str, editor: QWidget) -> QWidget:
    """An editor under its label."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(5)
    words = label(name, "label", wrap=True)
    words.setBuddy(editor)
    column.addWidget(words)
    column.addWidget(editor)
    column.addStretch(1)
    return made


def choices(words: str) -> tuple[Choice, ...]:
    """A choice for each word."""
    return tuple(Choice(word.lower(), word) for word in words.split())
