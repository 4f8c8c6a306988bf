"""Plain text set into lines: wrapped, put in drawing order, measured, drawn.

Text is data: nothing in it is markup. No letter is dropped but control characters; long words are
broken between letters; a line that had to be rearranged or respelt to be drawn carries the text as
typed, which is what readers copy, search and read aloud. Knows no page and no structure.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from oost_desktop.reports import fonts, scripts
from oost_desktop.reports.look import Style, rgb

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
_SPACES = re.compile("[ \t]+")
_LINE_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """One set line. `typed` is the text as typed where `drawn` differs from it, else empty."""

    drawn: str
    width: float
    typed: str = ""
    right_to_left: bool = False
    joins_next: bool = False


def clean(text: str) -> str:
    """The text in composed form (NFC) without control characters; every line break is a newline."""
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub("", unicodedata.normalize("NFC", _LINE_BREAK.sub("\n", text)))


def passages(text: str) -> list[str]:
    """The paragraphs of a prose field: what blank lines part. Empty if there are no words."""
    return [part for part in re.split(r"\n\s*\n", clean(text).strip()) if part.strip()]


def set_lines(text: str, style: Style, width: float) -> list[Line]:
    """Wrap `text` to `width` points. Typed line breaks are kept; empty text gives no lines."""
    lines: list[Line] = []
    typed = clean(text).split("\n")
    for number, hard in enumerate(typed, start=1):
        plain = scripts.is_plain(hard)
        right_to_left = not plain and scripts.is_right_to_left(hard)
        pieces = _wrapped(_words(hard), style, width, plain)
        for index, (words, broken) in enumerate(pieces):
            last = index == len(pieces) - 1 and number == len(typed)
            lines.append(_line(words, style, right_to_left, broken or last))
    return lines


def drawable(text: str) -> str:
    """One line of text in drawing order for places that take a plain string: chart labels."""
    flat = " ".join(clean(text).split())
    shown = scripts.visual(flat, right_to_left=scripts.is_right_to_left(flat))
    have = fonts.widths(fonts.Face.REGULAR)
    return "".join(letter if letter in have else fonts.spelt_out(letter) for letter in shown)


def width_of(text: str, style: Style) -> float:
    """The width in points of one line of `text`, unwrapped."""
    return max((line.width for line in set_lines(text, style, 1e9)), default=0.0)


def longest_word(text: str, style: Style) -> float:
    """The width in points of the widest single word."""
    words = _words(clean(text).replace("\n", " "))
    return max((_advance(word, style, scripts.is_plain(word)) for word in words), default=0.0)


def _words(line: str) -> list[str]:
    """Split at spaces, not at no-break spaces."""
    return [word for word in _SPACES.split(line) if word]


def _wrapped(
    words: list[str], style: Style, width: float, plain: bool
) -> list[tuple[list[str], bool]]:
    """Greedy lines of words; the flag says that a line ends inside a word."""
    space = fonts.advance(" ", style.face) * style.size / 1000
    lines: list[tuple[list[str], bool]] = []
    current: list[str] = []
    room = width
    for word in words:
        size = _advance(word, style, plain)
        if current and size + space > room:
            lines.append((current, False))
            current, room = [], width
        if size > width:
            *full, rest = _chopped(word, style, width)
            lines += [([part], True) for part in full]
            current, room = [rest], width - _advance(rest, style, plain)
            continue
        room -= size + (space if current else 0)
        current.append(word)
    if current:
        lines.append((current, False))
    return lines


def _chopped(word: str, style: Style, width: float) -> Iterator[str]:
    """Cut a word wider than the line into parts that fit, never before a combining mark."""
    start, used = 0, 0.0
    for index, letter in enumerate(word):
        size = fonts.advance(letter, style.face) * style.size / 1000
        if used + size > width and index > start and not unicodedata.combining(letter):
            yield word[start:index]
            start, used = index, 0.0
        used += size
    yield word[start:]


def _advance(word: str, style: Style, plain: bool) -> float:
    shown = word if plain else scripts.visual(word, right_to_left=True)
    return fonts.advance(shown, style.face) * style.size / 1000


def _line(words: list[str], style: Style, right_to_left: bool, joined: bool) -> Line:
    text = " ".join(words)
    drawn = scripts.visual(text, right_to_left=right_to_left)
    have = fonts.widths(style.face)
    shown_as_typed = drawn == text and all(letter in have for letter in text)
    return Line(
        drawn=drawn,
        width=fonts.advance(drawn, style.face) * style.size / 1000,
        typed="" if shown_as_typed else text,
        right_to_left=right_to_left,
        joins_next=joined,
    )


def draw(
    canvas: Any, lines: Sequence[Line], style: Style, x: float, top: float, width: float, align: str
) -> None:
    """Draw set lines downwards from `top` (points from the page's foot).

    `align` is "left", "right" or "centre"; a right-to-left line turns left and right round.
    A line that runs on ends in a space, so that words stay apart when the text is taken out.
    """
    block = canvas.beginText()
    block.setFillColorRGB(*rgb(style.colour))
    baseline = top - style.leading / 2 - style.size * 0.355
    for line in lines:
        block.setTextOrigin(x + _indent(line, width, align), baseline)
        tail = "" if line.joins_next else " "
        if line.typed:
            typed = (line.typed + tail).encode("utf-16-be").hex().upper()
            block._code.append(  # noqa: SLF001 # ReportLab knows no tags
                f"/Span <</ActualText <FEFF{typed}>>> BDC"
            )
        for face, run in fonts.segments(line.drawn + tail, style.face):
            block.setFont(face.value, style.size, style.leading)
            block.textOut(run)
        if line.typed:
            block._code.append("EMC")  # noqa: SLF001
        baseline -= style.leading
    canvas.drawText(block)


def _indent(line: Line, width: float, align: str) -> float:
    if align == "centre":
        return (width - line.width) / 2
    to_the_right = (align == "right") != line.right_to_left
    return width - line.width if to_the_right else 0.0
