"""How wide columns are: as wide as they need, and together exactly as wide as the table.

Guarantees that no column is narrower than its title or a short word, so that a table too narrow
for all of them scrolls sideways instead of hiding words. Knows nothing of Qt.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Want:
    """A column's least and natural width in pixels, and its share of what is left over."""

    least: int
    natural: int
    grow: int


def shared_out(room: int, wants: Sequence[Want]) -> list[int]:
    """The width of each column.

    Wider than natural by their shares, narrower in proportion to what each can spare, never less
    than the least; the sum is `room` unless the least widths alone need more.
    """
    if not wants:
        return []
    natural = [max(want.natural, want.least) for want in wants]
    spare = room - sum(natural)
    if spare >= 0:
        return _added(natural, spare, [want.grow for want in wants])
    least = [want.least for want in wants]
    shrinks = [wide - low for wide, low in zip(natural, least, strict=True)]
    if sum(shrinks) <= -spare:
        return _added(least, max(0, room - sum(least)), [1] * len(wants))
    return _added(natural, spare, shrinks)


def _added(widths: list[int], amount: int, shares: Sequence[int]) -> list[int]:
    """`amount` pixels (or as many fewer) shared out, without losing one to rounding."""
    whole = sum(shares)
    if not whole:
        return [*widths[:-1], widths[-1] + amount]
    given = so_far = 0
    result = []
    for width, share in zip(widths, shares, strict=True):
        so_far += share
        upto = round(amount * so_far / whole)
        result.append(width + upto - given)
        given = upto
    return result
