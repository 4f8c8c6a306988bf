"""How paper looks: colours, sizes, spaces. Values only.

The colours are the window's light palette; every text colour passes 4.5:1 on white and on the
panel, every chart colour 3:1 (Okabe and Ito's set without the ones that fail).
"""

from dataclasses import dataclass

from oost_desktop.reports.fonts import Face

INK = "#1B1F23"
MUTED = "#4A5560"
ACCENT = "#1D5F9E"
LINK = "#0B5394"
RULE = "#CBD2D9"
BORDER = "#7A8591"
PANEL = "#F3F5F7"
WHITE = "#FFFFFF"
AMBER = "#F2C14E"
DANGER = "#A8201A"
URGENT = "#FBEBEA"

BLUE = "#0072B2"
GREEN = "#009E73"
PURPLE = "#CC79A7"
VERMILION = "#D55E00"

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LEFT = RIGHT = 62.0
TOP = 64.0
BOTTOM = 74.0
WIDTH = PAGE_WIDTH - LEFT - RIGHT
MEASURE = 440.0
"""The longest comfortable line of prose, in points."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text is set. Sizes in points."""

    face: Face
    size: float
    leading: float
    colour: str = INK


TITLE = Style(Face.BOLD, 25, 30)
SUBTITLE = Style(Face.REGULAR, 12.5, 18, MUTED)
SECTION = Style(Face.BOLD, 15, 20)
SUBSECTION = Style(Face.BOLD, 12, 16.5)
BODY = Style(Face.REGULAR, 11, 16.5)
STRONG = Style(Face.BOLD, 11, 16.5)
NOTE = Style(Face.REGULAR, 10, 14.5, MUTED)
QUOTE = Style(Face.ITALIC, 12.5, 19)
CELL = Style(Face.REGULAR, 10.5, 14.5)
CELL_STRONG = Style(Face.BOLD, 10.5, 14.5)
CELL_HEAD = Style(Face.BOLD, 10, 13.5, MUTED)
CODE_NUMBER = Style(Face.REGULAR, 10, 22, MUTED)
MARGIN = Style(Face.REGULAR, 8.5, 11.5, MUTED)
BAND = Style(Face.BOLD, 10, 14, INK)
CODE = Style(Face.BOLD, 15, 22)


def rgb(colour: str) -> tuple[float, float, float]:
    """Parts from 0 to 1 of a colour written #RRGGBB."""
    return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)
