"""A time of day, typed as `0930`, `9.30` or `2pm` and shown as 09:30.

Guarantees "HH:MM" or None. Knows nothing of days or of time zones.
"""

from PySide6.QtWidgets import QWidget

from oost_desktop.views.widgets.shorthand import read_clock
from oost_desktop.views.widgets.typed_edit import TypedEdit

STEP_MINUTES = 5
_NOON = 12 * 60


class TimeEdit(TypedEdit[str]):
    """A clock time. The arrow keys move it by five minutes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("00:00", parent)

    def read(self, text: str) -> str | None:
        """`0930`, `9.30`, `9`, `2pm`."""
        return read_clock(text)

    def show_value(self, value: str) -> str:
        """09:30."""
        return value

    def advice(self) -> str:
        """What would be understood."""
        return "Write the time as 09:30 or 0930."

    def stepped(self, value: str | None, steps: int) -> str:
        """Five minutes on or back, round midnight."""
        minutes = _NOON
        if value is not None:
            hours, rest = value.split(":")
            minutes = int(hours) * 60 + int(rest) + steps * STEP_MINUTES
        return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
