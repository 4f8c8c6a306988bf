"""Panels: short facts under their labels, and codes to be copied by hand.

Facts are read aloud as a table of row headers, codes as a numbered list. Both stand on a quiet
ground that is decoration.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from oost_desktop.reports import look
from oost_desktop.reports.flow import FULL, Flow
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


def draw_facts(flow: Flow, parent: Element, pairs: Sequence[tuple[str, str]], columns: int) -> None:
    """Set (label, value) pairs, so many a row; an empty value shows as a dash."""
    table = Element("Table", parent)
    for start in range(0, len(pairs), columns):
        facts = _set(pairs[start : start + columns], columns)
        above = 10.0 if start == 0 else 4.0
        below = 10.0 if start + columns >= len(pairs) else 4.0
        _draw_row(flow, Element("TR", table), facts, above, below)


def _draw_row(flow: Flow, row: Element, facts: Sequence[_Fact], above: float, below: float) -> None:
    """Draw one row, on the next page if it does not fit here, cut if it is very long."""
    cells = [
        (Element("TH", row, scope="Row"), Element("TD", row, columns=fact.columns))
        for fact in facts
    ]
    labels = max(len(fact.label) for fact in facts) * look.NOTE.leading
    longest = max(len(fact.value) for fact in facts)
    whole = labels + longest * look.STRONG.leading + above + below
    if whole < FULL / 3:
        flow.need(whole)
    done = 0
    while done < longest:
        head = 0.0 if done else labels
        fits = int((flow.left_over - head - above - below) / look.STRONG.leading + 1e-6)
        if fits < min(2, longest - done) and not flow.at_top:
            flow.next_page()
            continue
        take = min(max(fits, 1), longest - done)
        height = head + take * look.STRONG.leading + above + below
        flow.box(LEFT, flow.y, WIDTH, height, PANEL)
        top = flow.y - above
        for fact, (label, value) in zip(facts, cells, strict=True):
            if not done:
                flow.put(label, fact.label, look.NOTE, x=fact.x, top=top, width=fact.width)
            part = fact.value[done : done + take]
            flow.put(value, part, look.STRONG, x=fact.x, top=top - head, width=fact.width)
        flow.y -= height
        done += take


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
