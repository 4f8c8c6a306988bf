"""Letters in the order and shape they are drawn: right-to-left lines, joined Arabic, Devanagari.

ReportLab draws code points from left to right and joins nothing, and the shaping library it can
call is not part of this program. `visual` therefore does what names and short passages need:

- right-to-left runs are reversed by the Unicode rules for implicit levels (no embeddings);
- Arabic, Persian and Urdu letters take their joined forms, lam-alef included;
- the Devanagari short i stands before its consonant.

It does not place Arabic or Hebrew vowel marks to the pixel, nor form Devanagari conjuncts: those
show their halant, which is readable but not fine printing. What is searched, copied or read aloud
is the text as typed, because the page keeps it beside the drawn letters (`text.py`).
"""

import re
import unicodedata
from functools import cache

_MARKS = ("Mn", "Me", "Cf")
_MIRROR = str.maketrans("()[]{}<>«»\u2039\u203a", ")(][}{><»«\u203a\u2039")
_SHORT_I = re.compile("([\u0904-\u0939\u0958-\u0961]\u093c?)\u093f")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_TATWEEL = "\u0640"
# What orders or shapes its neighbours: Hebrew to Arabic Extended, the Devanagari short i,
# Arabic and Hebrew presentation forms, and right-to-left scripts beyond the first plane.
_COMPLEX = re.compile("[\u0590-\u08ff\u093f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff]")


def is_plain(text: str) -> bool:
    """True if the letters can be drawn as they stand."""
    return text.isascii() or _COMPLEX.search(text) is None


def is_right_to_left(text: str) -> bool:
    """True if the first letter with a direction runs right to left (Unicode rules P2 and P3)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def visual(line: str, *, right_to_left: bool) -> str:
    """One line of text as it is drawn from left to right, in a paragraph of this direction."""
    if is_plain(line):
        return line
    shaped = _SHORT_I.sub("\u093f\\1", line)
    shaped = _joined(shaped) if _ARABIC.search(shaped) else shaped
    return _reordered(shaped, 1 if right_to_left else 0)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Presentation forms from the Unicode data: {"initial": {letter: form}, ...}.

    A lam-alef ligature is filed under its two letters.
    """
    table: dict[str, dict[str, str]] = {"isolated": {}, "final": {}, "initial": {}, "medial": {}}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if kind.strip("<>") in table:
            source = "".join(chr(int(part, 16)) for part in letters.split())
            table[kind.strip("<>")].setdefault(source, chr(code))
    return table


def _joined(text: str) -> str:
    """Replace Arabic letters by the forms they take beside their neighbours."""
    forms = _forms()
    out: list[str] = []
    index = 0
    joined_before = False
    while index < len(text):
        letter = text[index]
        if unicodedata.category(letter) in _MARKS and letter not in "\u200c\u200d":
            out.append(letter)
            index += 1
            continue
        after = _next_letter(text, index)
        ligature = letter + text[after] if after < len(text) else ""
        if ligature in forms["isolated"]:
            kind = "final" if joined_before else "isolated"
            out += [forms[kind].get(ligature, ligature), *text[index + 1 : after]]
            joined_before, index = False, after + 1
            continue
        joins_after = _joins_forward(letter) and after < len(text) and _takes_join(text[after])
        joins_before = joined_before and _takes_join(letter)
        out.append(_form(letter, before=joins_before, after=joins_after))
        joined_before = joins_after
        index += 1
    return "".join(out)


def _next_letter(text: str, index: int) -> int:
    index += 1
    while index < len(text) and unicodedata.category(text[index]) == "Mn":
        index += 1
    return index


def _joins_forward(letter: str) -> bool:
    return letter in _forms()["initial"] or letter in (_TATWEEL, "\u200d")


def _takes_join(letter: str) -> bool:
    return letter in _forms()["final"] or letter in (_TATWEEL, "\u200d")


def _form(letter: str, *, before: bool, after: bool) -> str:
    if not before and not after:
        return letter
    kind = {(True, True): "medial", (True, False): "final", (False, True): "initial"}[before, after]
    return _forms()[kind].get(letter, letter)


def _reordered(text: str, base: int) -> str:
    """Reverse runs by level (rule L2), keeping each mark after its letter."""
    clusters: list[str] = []
    levels: list[int] = []
    for letter, level in zip(text, _levels(text, base), strict=True):
        if clusters and unicodedata.category(letter) in _MARKS:
            clusters[-1] += letter
        else:
            clusters.append(letter.translate(_MIRROR) if level % 2 else letter)
            levels.append(level)
    for depth in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(levels):
            end = start
            while end < len(levels) and levels[end] >= depth:
                end += 1
            clusters[start:end] = clusters[start:end][::-1]
            levels[start:end] = levels[start:end][::-1]
            start = end + 1
    return "".join(clusters)


def _levels(text: str, base: int) -> list[int]:
    """The level of each letter: even runs left to right, odd right to left (rules I1 and I2)."""
    level = {"L": 2 if base else 0, "R": 1, "N": 2}
    return [level[kind] for kind in _settled(_directions(text, base), "R" if base else "L")]


def _settled(kinds: list[str], base: str) -> list[str]:
    """Give what has no direction that of its neighbours if they agree, else the line's (N1, N2)."""
    index = 0
    while index < len(kinds):
        end = index
        while end < len(kinds) and not kinds[end]:
            end += 1
        before = kinds[index - 1] if index else base
        after = kinds[end] if end < len(kinds) else base
        sides = {"L" if side == "L" else "R" for side in (before, after)}
        kinds[index:end] = [sides.pop() if len(sides) == 1 else base] * (end - index)
        index = end + 1
    return kinds


def _directions(text: str, base: int) -> list[str]:
    """Each letter as L, R, N (a number inside right-to-left text) or "" (takes its neighbours')."""
    kinds: list[str] = []
    strong = "R" if base else "L"
    for index, letter in enumerate(text):
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            strong = "R"
            kinds.append("R")
        elif kind == "L":
            strong = "L"
            kinds.append("L")
        elif kind in ("EN", "AN"):
            kinds.append("N" if strong == "R" else "L")
        elif kinds and (kind == "NSM" or (kind in ("CS", "ES") and _between_digits(text, index))):
            kinds.append(kinds[-1])
        else:
            kinds.append("")
    return kinds


def _between_digits(text: str, index: int) -> bool:
    return 0 < index < len(text) - 1 and text[index - 1].isdigit() and text[index + 1].isdigit()
