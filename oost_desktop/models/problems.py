"""What is wrong with a value, as a thing: which field, in which words, and whether it may stand.

Checks return these; forms, imports and commands show them. Nothing here decides what to do.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark on one field. A `warning` is shown and may be saved over; anything else stops.

    `message` is a whole sentence for the person at the screen: what must be so, or what to do.
    """

    field: str
    message: str
    warning: bool = False
