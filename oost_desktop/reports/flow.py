"""A place on a sheet that moves down and on to the next: where tables and paragraphs are set.

`Flow` breaks pages, keeps one structure element for what is cut by a break, and draws rules and
panels as artifacts. It knows lines and boxes, not headings or tables.
"""

from collections.abc import Sequence

from oost_desktop.reports.look import (
    ACCENT,
    BOTTOM,
    LEFT,
    PAGE_HEIGHT,
    RULE,
    TOP,
    WIDTH,
    Style,
    rgb,
)
from oost_desktop.reports.structure import Element
from oost_desktop.reports.tagging import Sheets
from oost_desktop.reports.text import Line, draw

FULL = PAGE_HEIGHT - TOP - BOTTOM
"""The height of a page's text area in points."""


class Flow:
    """`y` is where the next block begins, in points from the foot of the sheet."""

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.y = PAGE_HEIGHT - TOP

    @property
    def left_over(self) -> float:
        """Points between `y` and the end of the text area."""
        return self.y - BOTTOM

    @property
    def at_top(self) -> bool:
        """True if nothing has been set on this sheet yet."""
        return self.y >= PAGE_HEIGHT - TOP

    def next_page(self) -> None:
        """Go on at the top of a clean sheet."""
        self.sheets.next_page()
        self.y = PAGE_HEIGHT - TOP

    def need(self, height: float) -> None:
        """Go on to the next sheet unless `height` points are left on this one or it is clean."""
        if height > self.left_over and not self.at_top:
            self.next_page()

    def space(self, points: float) -> None:
        """Leave room, except at the top of a sheet."""
        if not self.at_top:
            self.y -= points

    def put(
        self,
        element: Element,
        lines: Sequence[Line],
        style: Style,
        *,
        x: float,
        top: float,
        width: float,
        align: str = "left",
    ) -> None:
        """Draw lines at a fixed place as content of `element`. Does not move `y`."""
        if lines:
            with self.sheets.tagged(element):
                draw(self.sheets.canvas, lines, style, x, top, width, align)

    def run(
        self,
        element: Element,
        lines: Sequence[Line],
        style: Style,
        *,
        x: float = LEFT,
        width: float = WIDTH,
        bar: bool = False,
    ) -> None:
        """Set lines downwards over as many sheets as they need; `bar` draws a line beside them."""
        start = 0
        while start < len(lines):
            remain = len(lines) - start
            take = min(remain, int(self.left_over / style.leading + 1e-6))
            if remain - take == 1 and take > 2:
                take -= 1
            if take < min(2, remain) and not self.at_top:
                self.next_page()
                continue
            take = max(take, 1)
            height = take * style.leading
            if bar:
                self.box(x - 14, self.y, 3, height, ACCENT)
            self.put(element, lines[start : start + take], style, x=x, top=self.y, width=width)
            self.y -= height
            start += take
            if start < len(lines):
                self.next_page()

    def rule(
        self,
        y: float,
        *,
        x: float = LEFT,
        width: float = WIDTH,
        colour: str = RULE,
        weight: float = 0.6,
    ) -> None:
        """A horizontal line that says nothing."""
        canvas = self.sheets.canvas
        with self.sheets.artifact():
            canvas.setStrokeColorRGB(*rgb(colour))
            canvas.setLineWidth(weight)
            canvas.line(x, y, x + width, y)

    def box(
        self, x: float, top: float, width: float, height: float, colour: str, radius: float = 0
    ) -> None:
        """A filled panel behind what is set next."""
        canvas = self.sheets.canvas
        with self.sheets.artifact():
            canvas.setFillColorRGB(*rgb(colour))
            if radius:
                canvas.roundRect(x, top - height, width, height, radius, stroke=0, fill=1)
            else:
                canvas.rect(x, top - height, width, height, stroke=0, fill=1)
