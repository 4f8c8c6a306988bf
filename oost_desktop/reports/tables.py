"""Tables: columns fitted to their contents, rows over as many pages as they need.

Header cells are TH with a scope, one structure element per cell however often a page break cuts
it; the header drawn again on a later page is an artifact. Contents are plain text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from oost_desktop.reports.flow import FULL, Flow
from oost_desktop.reports.look import (
    BORDER,
    CELL,
    CELL_HEAD,
    CELL_STRONG,
    LEFT,
    PANEL,
    WIDTH,
    Style,
)
from oost_desktop.reports.structure import Element
from oost_desktop.reports.text import Line, draw, longest_word, set_lines, width_of

_PAD_X, _PAD_Y = 6.0, 4.5
_SHORT = 14
"""A table of no more rows than this moves to the next page whole."""
_WIDEST = 250.0
"""A column asks for no more than this before it wraps (points)."""


@dataclass(frozen=True, slots=True)
class Group:
    """A row that heads the rows after it, across all columns."""

    label: str


Row = Sequence[str] | Group


@dataclass(frozen=True, slots=True)
class _Cell:
    element: Element
    lines: list[Line]
    style: Style
    x: float
    width: float
    align: str


class TableSetter:
    """Sets one table into a flow.

    `align` has one letter a column, l or r ("lrr"); `total` sets the last row in bold.
    """

    def __init__(
        self,
        flow: Flow,
        parent: Element,
        headers: Sequence[str],
        rows: Sequence[Row],
        *,
        align: str = "",
        total: bool = False,
    ) -> None:
        self._flow = flow
        self._headers = headers
        self._rows = rows
        self._align = [{"r": "right"}.get(letter, "left") for letter in align.ljust(len(headers))]
        self._total = total
        self._parent = parent
        self._table = parent
        self._widths = fitted(headers, rows)

    @property
    def beginning(self) -> float:
        """Points that should be free where the table begins: a short table is not cut."""
        head = self._row_height(self._headers)
        if len(self._rows) <= _SHORT:
            whole = head + sum(self._row_height(row) for row in self._rows)
            if whole < FULL * 0.4:
                return whole
        return head + sum(min(self._row_height(row), FULL / 3) for row in self._rows[:2])

    def draw(self) -> None:
        """Set the table and leave the flow below it."""
        self._table = Element("Table", self._parent)
        head = self._cells(self._headers, "head")
        self._draw_row(head)
        self._flow.rule(self._flow.y, colour=BORDER, weight=0.8)
        for index, row in enumerate(self._rows):
            if isinstance(row, Group):
                following = [self._row_height(next_) for next_ in self._rows[index + 1 : index + 2]]
                self._draw_group(row, min(sum(following), FULL / 3))
                continue
            last = index == len(self._rows) - 1
            cells = self._cells(row, "total" if last and self._total else "body")
            self._draw_broken(cells)
            self._flow.rule(self._flow.y)

    def _row_height(self, row: Row) -> float:
        if isinstance(row, Group):
            return CELL_STRONG.leading + 2 * _PAD_Y
        lines = max(
            len(set_lines(text, CELL, width - 2 * _PAD_X))
            for text, width in zip(row, self._widths, strict=True)
        )
        return lines * CELL.leading + 2 * _PAD_Y

    def _cells(self, row: Sequence[str], kind: str) -> list[_Cell]:
        parent = Element("TR", self._table)
        style = {"head": CELL_HEAD, "total": CELL_STRONG}.get(kind, CELL)
        cells = []
        x = LEFT
        for index, (text, width) in enumerate(zip(row, self._widths, strict=True)):
            if kind == "head":
                element = Element("TH", parent, scope="Column")
            else:
                element = Element("TH", parent, scope="Row") if not index else Element("TD", parent)
            inner = width - 2 * _PAD_X
            lines = set_lines(text, style, inner)
            cells.append(_Cell(element, lines, style, x + _PAD_X, inner, self._align[index]))
            x += width
        return cells

    def _draw_row(self, cells: Sequence[_Cell], start: int = 0, count: int = 10_000) -> None:
        """Draw `count` lines of each cell from line `start` on and move below them."""
        top = self._flow.y - _PAD_Y
        deepest = 0.0
        for cell in cells:
            part = cell.lines[start : start + count]
            self._flow.put(
                cell.element,
                part,
                cell.style,
                x=cell.x,
                top=top,
                width=cell.width,
                align=cell.align,
            )
            deepest = max(deepest, len(part) * cell.style.leading)
        self._flow.y = top - deepest - _PAD_Y

    def _draw_broken(self, cells: Sequence[_Cell]) -> None:
        """Draw a row, on the next page if it does not fit here, cut if it is long."""
        height = _height(cells)
        if height <= self._flow.left_over:
            self._draw_row(cells)
            return
        if height < FULL / 3:
            self._continue()
            self._draw_row(cells)
            return
        start, longest = 0, max(len(cell.lines) for cell in cells)
        while start < longest:
            fits = int((self._flow.left_over - 2 * _PAD_Y) / CELL.leading)
            if fits < 2:
                self._continue()
                continue
            self._draw_row(cells, start, fits)
            start += fits

    def _draw_group(self, group: Group, keep: float) -> None:
        row = Element("TR", self._table)
        cell = Element("TH", row, scope="Column", columns=len(self._headers))
        lines = set_lines(group.label, CELL_STRONG, WIDTH - 2 * _PAD_X)
        height = len(lines) * CELL_STRONG.leading + 2 * _PAD_Y
        if height + keep > self._flow.left_over:
            self._continue()
        self._flow.box(LEFT, self._flow.y, WIDTH, height, PANEL)
        self._draw_row([_Cell(cell, lines, CELL_STRONG, LEFT + _PAD_X, WIDTH, "left")])
        self._flow.rule(self._flow.y)

    def _continue(self) -> None:
        """Go on to the next page and show the header again, for the eye only."""
        self._flow.next_page()
        canvas = self._flow.sheets.canvas
        top = self._flow.y - _PAD_Y
        deepest, x = 0.0, LEFT
        with self._flow.sheets.artifact():
            for text, width, align in zip(self._headers, self._widths, self._align, strict=True):
                inner = width - 2 * _PAD_X
                lines = set_lines(text, CELL_HEAD, inner)
                draw(canvas, lines, CELL_HEAD, x + _PAD_X, top, inner, align)
                deepest = max(deepest, len(lines) * CELL_HEAD.leading)
                x += width
        self._flow.y = top - deepest - _PAD_Y
        self._flow.rule(self._flow.y, colour=BORDER, weight=0.8)


def _height(cells: Sequence[_Cell]) -> float:
    return max(len(cell.lines) * cell.style.leading for cell in cells) + 2 * _PAD_Y


def fitted(headers: Sequence[str], rows: Sequence[Row]) -> list[float]:
    """Column widths in points that fill the page: wide text wraps, short text does not."""
    natural, least = [], []
    bodies = [row for row in rows if not isinstance(row, Group)]
    for index, header in enumerate(headers):
        texts = [row[index] for row in bodies]
        wanted = max([width_of(text, CELL_STRONG) for text in texts], default=0.0)
        word = max([longest_word(text, CELL_STRONG) for text in texts], default=0.0)
        head = longest_word(header, CELL_HEAD)
        least.append(min(max(word, head), WIDTH / 3) + 2 * _PAD_X)
        wanted = max(wanted, width_of(header, CELL_HEAD))
        natural.append(max(min(wanted, _WIDEST) + 2 * _PAD_X, least[-1]))
    spare = WIDTH - sum(natural)
    if spare >= 0:
        return [width + spare * width / sum(natural) for width in natural]
    give = WIDTH - sum(least)
    if give <= 0:
        return [width * WIDTH / sum(least) for width in least]
    stretch = sum(natural) - sum(least)
    return [low + give * (high - low) / stretch for low, high in zip(least, natural, strict=True)]
