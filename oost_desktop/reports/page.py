"""The vocabulary in which every document is written: headings, prose, facts, tables, figures.

`Page` gives a calm A4 document that passes PDF/UA-1: one H1, headings in order, everything in a
structure tree or marked as decoration, faces embedded. All text is data, never markup. A heading
stays with what follows it. What the words say, and in what order, is each document's own affair.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing

from oost_desktop.errors import BugError
from oost_desktop.reports import look
from oost_desktop.reports.flow import Flow
from oost_desktop.reports.look import LEFT, MEASURE, PAGE_HEIGHT, PAGE_WIDTH, WIDTH, Style
from oost_desktop.reports.panels import code_height, draw_code, draw_facts
from oost_desktop.reports.structure import Element
from oost_desktop.reports.tables import Row, TableSetter
from oost_desktop.reports.tagging import Sheets
from oost_desktop.reports.text import clean, draw, passages, set_lines, width_of
from oost_desktop.reports.wording import day

SERVICE = "Out of School Tuition"
SENSITIVE = "OFFICIAL-SENSITIVE"
PERSONAL = f"Contains personal information: {SENSITIVE}"
INVENTED = "PRACTICE: invented people. This is not a real record."
_BAND = 22.0


class Page:
    """A document being written from top to bottom.

    `title` is its H1 and, with `reference`, its name in a reader's title bar: never a pupil's
    name. `classification` stands at the head of the first page and `marking` at the foot of each.
    `invented` marks every page as practice.
    """

    def __init__(
        self,
        title: str,
        reference: str,
        *,
        made_on: date,
        subtitle: str = "",
        marking: str = PERSONAL,
        classification: str = SENSITIVE,
        invented: bool = False,
    ) -> None:
        self._title, self._reference = clean(title), clean(reference)
        self._foot = " · ".join(filter(None, [self._reference, f"made {day(made_on)}", marking]))
        self._invented = invented
        self._sheets = Sheets(
            title=" ".join(filter(None, [self._title, self._reference])),
            author=SERVICE,
            made_on=made_on,
            margins=self._draw_margins,
        )
        self._root = self._sheets.root
        self._flow = Flow(self._sheets)
        self._waiting: list[tuple[str, int]] = []
        self._level = 1
        self._head(subtitle, classification)

    # What a document is made of

    def heading(self, words: str, level: int = 2) -> None:
        """A heading, which waits for the block after it. Levels 2 and 3; no level is skipped."""
        if not 2 <= level <= min(3, self._level + 1):
            raise BugError(f"A heading of level {level} cannot follow one of level {self._level}.")
        self._level = level
        self._waiting.append((clean(words), level))

    def paragraph(self, text: str, style: Style = look.BODY) -> None:
        """Prose. Blank lines part paragraphs; typed line breaks are kept."""
        for passage in passages(text):
            lines = set_lines(passage, style, MEASURE)
            self._start(min(len(lines), 2) * style.leading)
            self._flow.run(Element("P", self._root), lines, style, width=MEASURE)
            self._flow.space(style.leading * 0.45)

    def note(self, text: str) -> None:
        """A quieter paragraph: how to read what stands above it."""
        self.paragraph(text, look.NOTE)

    def quotation(self, text: str, who: str = "") -> None:
        """Someone's own words, set apart, with who said them."""
        x, width = LEFT + 14, MEASURE - 14
        parts = [(passage, look.QUOTE) for passage in passages(text)]
        parts += [(who, look.NOTE)] if who else []
        self._start(2 * look.QUOTE.leading)
        block = Element("BlockQuote", self._root)
        for index, (words, style) in enumerate(parts):
            lines = set_lines(words, style, width)
            self._start(min(len(lines), 2) * style.leading)
            if index and not self._flow.at_top:
                self._flow.box(LEFT, self._flow.y, 3, 5, look.ACCENT)
                self._flow.y -= 5
            self._flow.run(Element("P", block), lines, style, x=x, width=width, bar=True)
        self._flow.space(12)

    def bullet_list(self, items: Sequence[str], *, numbered: bool = False) -> None:
        """A list; `numbered` counts from 1."""
        if not items:
            return
        self._start(look.BODY.leading)
        parent = Element("L", self._root, numbering="Decimal" if numbered else "Disc")
        for number, item in enumerate(items, start=1):
            mark = set_lines(f"{number}." if numbered else "•", look.BODY, 24)
            lines = set_lines(item, look.BODY, MEASURE - 22)
            if not lines:
                continue
            self._start(min(len(lines), 2) * look.BODY.leading)
            entry = Element("LI", parent)
            label, body = Element("Lbl", entry), Element("LBody", entry)
            self._flow.put(label, mark, look.BODY, x=LEFT + 4, top=self._flow.y, width=24)
            self._flow.run(body, lines, look.BODY, x=LEFT + 22, width=MEASURE - 22)
            self._flow.space(3)
        self._flow.space(5)

    def facts(self, pairs: Sequence[tuple[str, str]], columns: int = 3) -> None:
        """Short answers on a panel, each under its label; read aloud as a table of row headers."""
        if not pairs:
            return
        self._start(60)
        draw_facts(self._flow, self._root, pairs, columns)
        self._flow.space(14)

    def table(
        self, headers: Sequence[str], rows: Sequence[Row], *, align: str = "", total: bool = False
    ) -> None:
        """A table whose first column heads each row; `align` has l or r a column.

        With `total` the last row is bold. A `Group` among the rows heads those after it.
        """
        setter = TableSetter(self._flow, self._root, headers, rows, align=align, total=total)
        self._start(setter.beginning)
        setter.draw()
        self._flow.space(14)

    def figure(self, drawing: Drawing, alt: str, caption: str = "") -> None:
        """A drawing, with `alt` saying in words what it shows."""
        if not alt.strip():
            raise BugError("A figure needs words for those who cannot see it.")
        lines = set_lines(caption, look.NOTE, MEASURE)
        self._start(drawing.height + len(lines) * look.NOTE.leading + 8)
        bottom = self._flow.y - drawing.height
        box = (LEFT, bottom, LEFT + drawing.width, self._flow.y)
        element = Element("Figure", self._root, alt=clean(alt), box=box)
        drawing.initialFontName = look.BODY.face.value  # else it names a face that is not embedded
        with self._sheets.tagged(element):
            renderPDF.draw(drawing, self._sheets.canvas, LEFT, bottom)
        self._flow.y = bottom - 4
        if lines:
            self._flow.run(Element("P", self._root), lines, look.NOTE, width=MEASURE)
        self._flow.space(10)

    def link(self, words: str, to: str) -> None:
        """A line that leads to an address (mailto:, tel: or https:)."""
        style = Style(look.BODY.face, look.BODY.size, look.BODY.leading, look.LINK)
        lines = set_lines(words, style, MEASURE)
        height = len(lines) * style.leading
        self._start(height)
        element = Element("Link", Element("P", self._root))
        width = max(line.width for line in lines)
        box = (LEFT, self._flow.y - height, LEFT + width, self._flow.y)
        self._flow.run(element, lines, style, width=MEASURE)
        self._sheets.link(element, box, to, clean(words))
        self._flow.space(6)

    def signature_line(self, role: str, name: str = "") -> None:
        """Room to sign and date on paper."""
        signed = " ".join(filter(None, [f"Signed, {role}:", name]))
        below = len(set_lines(signed, look.NOTE, WIDTH * 0.62)) * look.NOTE.leading + 13
        self._start(34 + below)
        top = self._flow.y - 34
        for words, x, width in (
            (signed, LEFT, WIDTH * 0.62),
            ("Date:", LEFT + WIDTH * 0.68, WIDTH * 0.32),
        ):
            self._flow.rule(top, x=x, width=width, colour=look.BORDER, weight=0.8)
            self._words(words, look.NOTE, x, top - 3, width)
        self._flow.y = top - below

    def code(self, groups: Sequence[str], columns: int = 4) -> None:
        """Groups of letters to be copied by hand, numbered, large, on a panel."""
        if groups:
            self._start(code_height(len(groups), columns))
            draw_code(self._flow, self._root, groups, columns)
            self._flow.space(14)

    def urgent(self, text: str) -> None:
        """A sentence that must be seen first, on a ground of its own."""
        lines = set_lines(text, look.STRONG, WIDTH - 36)
        height = len(lines) * look.STRONG.leading + 18
        self._start(height)
        self._flow.box(LEFT, self._flow.y, WIDTH, height, look.URGENT)
        self._flow.box(LEFT, self._flow.y, 5, height, look.DANGER)
        element = Element("P", self._root)
        self._flow.put(
            element, lines, look.STRONG, x=LEFT + 20, top=self._flow.y - 9, width=WIDTH - 36
        )
        self._flow.y -= height
        self._flow.space(14)

    def space(self, points: float) -> None:
        """Leave some room."""
        self._flow.space(points)

    def finish(self) -> bytes:
        """The document. Nothing can be added afterwards."""
        self._start(0)
        return self._sheets.finish()

    # How it is done

    def _start(self, height: float) -> None:
        """Make room for a block's beginning together with the headings that wait for it."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            self._flow.need(height)
            return
        styles = {2: (look.SECTION, 20.0), 3: (look.SUBSECTION, 10.0)}
        needed = sum(styles[level][0].leading + styles[level][1] + 6 for _, level in waiting)
        self._flow.need(needed + height)
        for words, level in waiting:
            style, before = styles[level]
            self._flow.space(before)
            lines = set_lines(words, style, WIDTH)
            self._sheets.bookmark(words, level - 1, self._flow.y + 4)
            self._flow.run(Element(f"H{level}", self._root), lines, style)
            self._flow.y -= 6 if level == 2 else 3

    def _head(self, subtitle: str, classification: str) -> None:
        flow = self._flow
        if self._invented:
            self._draw_band()
            self._words(INVENTED, look.BAND, LEFT, PAGE_HEIGHT - 4, WIDTH)
        flow.box(LEFT, flow.y + 6, 34, 4, look.ACCENT)
        flow.y -= 8
        service = Style(look.CELL_HEAD.face, 10.5, 15, look.ACCENT)
        top = " · ".join(filter(None, [SERVICE, classification]))
        half = WIDTH * 0.62
        self._words(top, service, LEFT, flow.y, half)
        self._words(self._reference, look.NOTE, LEFT + half, flow.y, WIDTH - half, "right")
        flow.y -= 15 + 8
        self._sheets.bookmark(self._title, 0, flow.y + 4)
        flow.run(Element("H1", self._root), set_lines(self._title, look.TITLE, WIDTH), look.TITLE)
        if subtitle:
            lines = set_lines(subtitle, look.SUBTITLE, WIDTH)
            flow.run(Element("P", self._root), lines, look.SUBTITLE)
        flow.space(12)

    def _words(
        self, text: str, style: Style, x: float, top: float, width: float, align: str = "left"
    ) -> None:
        """A line of its own at a fixed place, as a paragraph."""
        lines = set_lines(text, style, width)
        if lines:
            element = Element("P", self._root)
            self._flow.put(element, lines, style, x=x, top=top, width=width, align=align)

    def _draw_band(self) -> None:
        self._flow.box(0, PAGE_HEIGHT, PAGE_WIDTH, _BAND, look.AMBER)

    def _draw_margins(self, canvas: Any, number: int, total: int) -> None:
        """Header and footer of one sheet, as artifacts."""
        style = look.MARGIN
        with self._sheets.artifact("/Type /Pagination /Subtype /Footer"):
            canvas.setStrokeColorRGB(*look.rgb(look.RULE))
            canvas.setLineWidth(0.6)
            canvas.line(LEFT, 52, LEFT + WIDTH, 52)
            words = f"Page {number} of {total}"
            page = width_of(words, style) + 12
            foot = set_lines(self._foot, style, WIDTH - page)
            draw(canvas, foot[:3], style, LEFT, 47, WIDTH - page, "left")
            draw(canvas, set_lines(words, style, page), style, LEFT, 47, WIDTH, "right")
        if number == 1:
            return
        if self._invented:
            self._draw_band()
        with self._sheets.artifact("/Type /Pagination /Subtype /Header"):
            if self._invented:
                band = set_lines(INVENTED, look.BAND, WIDTH)
                draw(canvas, band, look.BAND, LEFT, PAGE_HEIGHT - 4, WIDTH, "left")
            top = PAGE_HEIGHT - 36
            title = set_lines(self._title, style, WIDTH * 0.6)
            draw(canvas, title[:1], style, LEFT, top, WIDTH, "left")
            right = set_lines(self._reference, style, WIDTH * 0.4)
            draw(canvas, right[:1], style, LEFT, top, WIDTH, "right")
