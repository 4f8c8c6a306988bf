"""The faces on paper: FiraGO, with Noto Sans behind it, embedded as subsets.

Both come from the package `pymupdf_fonts` (OFL) and are loaded when first asked for, once.
`segments` says which face draws which letters and never lets a missing letter become a box: what
neither face has is spelt out in brackets ("✓" is printed "[check mark]"). Arranging letters
(right to left, joining) belongs to `scripts.py`.
"""

import threading
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO

import pymupdf_fonts
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont


class Face(StrEnum):
    """A face by the name under which ReportLab knows it."""

    REGULAR = "FiraGO"
    BOLD = "FiraGO-Bold"
    ITALIC = "FiraGO-Italic"
    NOTO_REGULAR = "NotoSans"
    NOTO_BOLD = "NotoSans-Bold"
    NOTO_ITALIC = "NotoSans-Italic"


_SOURCES = {
    Face.REGULAR: "figo",
    Face.BOLD: "figbo",
    Face.ITALIC: "figit",
    Face.NOTO_REGULAR: "notos",
    Face.NOTO_BOLD: "notosbo",
    Face.NOTO_ITALIC: "notosit",
}
_BEHIND = {
    Face.REGULAR: Face.NOTO_REGULAR,
    Face.BOLD: Face.NOTO_BOLD,
    Face.ITALIC: Face.NOTO_ITALIC,
}
_LAST = 0xFFFF
"""ReportLab cannot name letters beyond the first plane to those who search or copy the text."""

_loading = threading.Lock()
_loaded: dict[Face, dict[str, float]] = {}


def widths(face: Face) -> dict[str, float]:
    """Every letter the face has, with its width in thousandths of the font size.

    Registers the face with ReportLab on the first call, so a face that was measured can be drawn.
    """
    try:
        return _loaded[face]
    except KeyError:
        with _loading:
            if face not in _loaded:
                _loaded[face] = _load(face)
        return _loaded[face]


def _load(face: Face) -> dict[str, float]:
    font = TTFont(face.value, BytesIO(pymupdf_fonts.fontbuffers[_SOURCES[face]]()))
    pdfmetrics.registerFont(font)
    default = font.face.defaultWidth
    known = font.face.charWidths
    return {chr(code): known.get(code, default) for code in font.face.charToGlyph if code <= _LAST}


def segments(text: str, face: Face) -> Iterator[tuple[Face, str]]:
    """Cut `text` into runs of one face each, in order; the runs joined are what is drawn."""
    have = widths(face)
    if have.keys() >= set(text):
        yield face, text
        return
    run, current = "", face
    for letter in text:
        wanted, drawn = _drawn(letter, face)
        if wanted is not current and run:
            yield current, run
            run = ""
        current = wanted
        run += drawn
    if run:
        yield current, run


def advance(text: str, face: Face) -> float:
    """The width of `text` in thousandths of the font size, with the faces `segments` would use."""
    have = widths(face)
    try:
        return sum([have[letter] for letter in text])
    except KeyError:
        return sum(
            sum([widths(drawn_in)[letter] for letter in run])
            for drawn_in, run in segments(text, face)
        )


def _drawn(letter: str, face: Face) -> tuple[Face, str]:
    if letter in widths(face):
        return face, letter
    behind = _BEHIND.get(face)
    if behind is not None and letter in widths(behind):
        return behind, letter
    return face, spelt_out(letter)


def spelt_out(letter: str) -> str:
    """What is printed for a letter no face has: its name, or its number where the name has one.

    Invisible marks (joiners, variation selectors) print as nothing.
    """
    if unicodedata.category(letter) in ("Cf", "Cc", "Mn", "Me", "Zl", "Zp", "Cs", "Cn"):
        return "" if unicodedata.category(letter) not in ("Cs", "Cn") else "[unknown letter]"
    name = unicodedata.name(letter, "")
    if not name or "-" in name[-6:] or unicodedata.category(letter) == "Co":
        return f"[U+{ord(letter):04X}]"
    return f"[{name.lower()}]"
