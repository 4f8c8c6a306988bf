"""Whole numbers, lengths of time and money, typed in a line.

Guarantees that what cannot be read stays as typed. No spin arrows: a number is typed, or stepped
with the arrow keys.
"""

import re

from oost_desktop.models.fields import FieldSpec
from oost_desktop.views.forms.binding import Editor, FormContext
from oost_desktop.views.forms.editors.typed import TypedEditor
from oost_desktop.views.widgets.shorthand import read_length
from oost_desktop.views.widgets.typed_edit import TypedEdit

_WHOLE = re.compile(r"[-−]?\d{1,15}")
_MONEY = re.compile(r"([-−]?)\s*£?\s*(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{2}))?")
LENGTH_STEP = 15
POUND = 100


class NumberEdit(TypedEdit[int]):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__("000000")

    def read(self, text: str) -> int | None:
        """`12`, `-3`, `1,200`."""
        tidy = text.replace(",", "").replace(" ", "")
        return int(tidy.replace("−", "-")) if _WHOLE.fullmatch(tidy) else None

    def show_value(self, value: int) -> str:
        """12."""
        return str(value)

    def advice(self) -> str:
        """What would be understood."""
        return "Write a whole number, such as 12."

    def stepped(self, value: int | None, steps: int) -> int:
        """One up or down."""
        return (value or 0) + steps


class LengthEdit(TypedEdit[int]):
    """A length of time in whole minutes."""

    def __init__(self) -> None:
        super().__init__("00 h 00 min")

    def read(self, text: str) -> int | None:
        """`1h30`, `90`, `1 h 30 min`."""
        return read_length(text)

    def show_value(self, value: int) -> str:
        """1 h 30 min."""
        hours, minutes = divmod(value, 60)
        if not hours:
            return f"{minutes} min"
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"

    def advice(self) -> str:
        """What would be understood."""
        return "Write a length as 1h30, 90 or 1 h 30 min."

    def stepped(self, value: int | None, steps: int) -> int:
        """A quarter of an hour up or down, never below nothing."""
        return max(0, (value or 0) + steps * LENGTH_STEP)


class MoneyEdit(TypedEdit[int]):
    """An amount in pence, shown in pounds."""

    def __init__(self) -> None:
        super().__init__("£00,000.00")

    def read(self, text: str) -> int | None:
        """`12`, `£12.50`, `1,200.00`."""
        found = _MONEY.fullmatch(text)
        if found is None:
            return None
        pence = int(found[2].replace(",", "")) * POUND + int(found[3] or 0)
        return -pence if found[1] else pence

    def show_value(self, value: int) -> str:
        """£1,200.00."""
        pounds, pence = divmod(abs(value), POUND)
        return f"{'-' if value < 0 else ''}£{pounds:,}.{pence:02}"

    def advice(self) -> str:
        """What would be understood."""
        return "Write an amount as £12.50."

    def stepped(self, value: int | None, steps: int) -> int:
        """A pound up or down."""
        return (value or 0) + steps * POUND


def number_editor(spec: FieldSpec, _context: FormContext) -> Editor:
    """A whole number."""
    return TypedEditor(spec, NumberEdit())


def minutes_editor(spec: FieldSpec, _context: FormContext) -> Editor:
    """A length of time."""
    return TypedEditor(spec, LengthEdit())


def pence_editor(spec: FieldSpec, _context: FormContext) -> Editor:
    """An amount of money."""
    return TypedEditor(spec, MoneyEdit())
