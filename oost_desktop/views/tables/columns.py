"""What a table's columns and cells are: plain values, the same for every table.

A row is a tuple of cells, one to a column: words, quiet words, or a state shown as a pill.
Nothing here draws or fetches.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from oost_desktop.views.widgets.pill import State


@dataclass(frozen=True, slots=True)
class Quiet:
    """Words shown muted: "none", "not yet"."""

    word: str


Cell = str | Quiet | State
"""A plain string in a column of pills is shown as words."""

CellRow = tuple[Cell, ...]


class Display(StrEnum):
    """How a column's words are drawn."""

    TEXT = "text"
    STRONG = "strong"
    MUTED = "muted"
    PILL = "pill"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column. `grow` is its share of the room that is left.

    `width_hint`, in characters, stands until rows have come; a crowded table cuts words to it.
    `order` is the name its source sorts by; "" means that it cannot be sorted. `accessible` is
    what a screen reader says before the cell; the title unless given.
    """

    title: str
    align: Literal["left", "right"] = "left"
    width_hint: int = 12
    kind: Display = Display.TEXT
    accessible: str = ""
    order: str = ""
    grow: int = 1

    @property
    def spoken(self) -> str:
        """What stands before a cell when a row is read aloud."""
        return self.accessible or self.title


def words(cell: Cell) -> str:
    """The words of a cell."""
    return cell if isinstance(cell, str) else cell.word


def row_in_words(columns: tuple[ColumnSpec, ...], row: CellRow) -> str:
    """A whole row as a sentence: "Pupil Rhys al-Hassan, Year 9, School Cromford Hill"."""
    said = (
        f"{column.spoken} {words(cell)}".strip()
        for column, cell in zip(columns, row, strict=True)
        if words(cell)
    )
    return ", ".join(said)
