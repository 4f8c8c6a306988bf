"""Panels: short facts under their labels, and codes to be copied by hand.

Facts are read aloud as a table of row headers, codes as a numbered list. Both stand on a quiet
ground that is decoration.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from oost_desktop.reports import look
from oost_desktop.reports.flow import Flow
from oost_desktop.reports.look import LEFT, PANEL, WIDTH
from oost_desktop.reports.structure import Element
from oost_desktop.reports.text import Line, set_lines

_PAD, _GAP = 14.0, 14.0
_CODE_ROW = 31.0


@dataclass(frozen=True, slots=True)
class _Fact:
    label: list[Line]
    value: list[Line]
    x: float
    width: float
    columns: int

    @property
    def height(self) -> float:
        return len(self.label) * look.NOTE.leading + len(self.value) * look.STRONG.leading


def draw_facts(flow: Flow, parent: Element, pairs: Sequence[tuple[str, str]], columns: int) -> None:
    """Set (label, value) pairs, so many a row; an empty value shows as a dash."""
    table = Element("Table", parent)
    for start in range(0, len(pairs), columns):
        facts = _set(pairs[start : start + columns], columns)
        height = max(fact.height for fact in facts)
        above = 10.0 if start == 0 else 4.0
        below = 10.0 if start + columns >= len(pairs) else 4.0
        flow.need(height + above + below)
        flow.box(LEFT, flow.y, WIDTH, height + above + below, PANEL)
        row = Element("TR", table)
        for fact in facts:
            _draw_fact(flow, row, fact, flow.y - above)
        flow.y -= height + above + below


def _set(pairs: Sequence[tuple[str, str]], columns: int) -> list[_Fact]:
    """The last fact of a short row takes the columns that are left."""
    step = (WIDTH - 2 * _PAD + _GAP) / columns
    facts = []
    for index, (label, value) in enumerate(pairs):
        taken = columns - index if index == len(pairs) - 1 else 1
        width = step * taken - _GAP
        facts.append(
            _Fact(
                label=set_lines(label, look.NOTE, width),
                value=set_lines(value or "–", look.STRONG, width),
                x=LEFT + _PAD + step * index,
                width=width,
                columns=2 * taken - 1,
            )
        )
    return facts


def _draw_fact(flow: Flow, row: Element, fact: _Fact, top: float) -> None:
    head = Element("TH", row, scope="Row")
    body = Element("TD", row, columns=fact.columns)
    flow.put(head, fact.label, look.NOTE, x=fact.x, top=top, width=fact.width)
    below = top - len(fact.label) * look.NOTE.leading
    flow.put(body, fact.value, look.STRONG, x=fact.x, top=below, width=fact.width)


def code_height(groups: int, columns: int) -> float:
    """The height in points of a panel of so many groups."""
    return -(-groups // columns) * _CODE_ROW + 20


def draw_code(flow: Flow, parent: Element, groups: Sequence[str], columns: int) -> None:
    """Set numbered groups of letters, large, row by row."""
    step = (WIDTH - _PAD) / columns
    height = code_height(len(groups), columns)
    flow.box(LEFT, flow.y, WIDTH, height, PANEL, radius=6)
    listing = Element("L", parent, numbering="Decimal")
    for index, group in enumerate(groups):
        x = LEFT + _PAD + step * (index % columns)
        top = flow.y - 14 - _CODE_ROW * (index // columns)
        entry = Element("LI", listing)
        label, body = Element("Lbl", entry), Element("LBody", entry)
        number = set_lines(f"{index + 1}.", look.CODE_NUMBER, step)
        letters = set_lines(group, look.CODE, step)
        flow.put(label, number, look.CODE_NUMBER, x=x, top=top, width=step)
        flow.put(body, letters, look.CODE, x=x + 22, top=top, width=step)
    flow.y -= height
