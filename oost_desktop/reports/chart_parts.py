"""What charts are drawn with: an empty drawing, hair lines, words, and names cut to fit."""

from reportlab.graphics.shapes import Drawing, Line, String
from reportlab.lib.colors import HexColor

from oost_desktop.reports import look
from oost_desktop.reports.fonts import Face, advance, widths
from oost_desktop.reports.text import drawable

SIZE = 9.0
"""The size of a chart's words in points."""
_LONGEST_LABEL = 130.0


def blank(width: float, height: float) -> Drawing:
    """An empty drawing whose faces are loaded."""
    widths(Face.REGULAR)
    widths(Face.BOLD)
    return Drawing(width, height, initialFontName=Face.REGULAR.value)


def hair_line(x1: float, y1: float, x2: float, y2: float, colour: str) -> Line:
    """A line that guides the eye."""
    return Line(x1, y1, x2, y2, strokeColor=HexColor(colour), strokeWidth=0.6)


def lettering(
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    colour: str = look.MUTED,
    face: Face = Face.REGULAR,
) -> String:
    """Words in drawing order; `anchor` is start, middle or end."""
    return String(
        x,
        y,
        text,
        fontName=face.value,
        fontSize=SIZE,
        fillColor=HexColor(colour),
        textAnchor=anchor,
    )


def short_name(text: str) -> str:
    """A name in drawing order, cut where it would take the room of the chart."""
    label = drawable(text)
    if wide(label) <= _LONGEST_LABEL:
        return label
    while wide(label + "…") > _LONGEST_LABEL:
        label = label[:-1]
    return label + "…"


def wide(text: str) -> float:
    """How much room words take in points, in the wider of the two faces."""
    return advance(text, Face.BOLD) * SIZE / 1000
