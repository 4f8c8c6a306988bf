"""A day, typed as `t`, `-1`, `fri`, `+12w` or `23/11/2026` and shown as 23/11/2026.

Guarantees a date or None. `facing` says which way `fri` or `23/11` is meant: back for what has
happened, ahead for what is due.
"""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from oost_desktop.views.widgets.shorthand import Facing, read_day, show_day, show_long_day
from oost_desktop.views.widgets.typed_edit import TypedEdit


class DayEdit(TypedEdit[date]):
    """A day. The arrow keys move it by one; its tool tip says the weekday."""

    def __init__(
        self,
        today: Callable[[], date],
        *,
        facing: Facing = Facing.AHEAD,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("00/00/0000", parent)
        self._today = today
        self._facing = facing
        self.value_changed.connect(self._on_value_changed)

    def read(self, text: str) -> date | None:
        """Shorthand as `shorthand.read_day` has it."""
        return read_day(text, self._today(), self._facing)

    def show_value(self, value: date) -> str:
        """23/11/2026."""
        return show_day(value)

    def advice(self) -> str:
        """What would be understood."""
        return "Write the day as 23/11/2026, or t for today, fri, -1 or +12w."

    def stepped(self, value: date | None, steps: int) -> date:
        """A day on or back; from nothing, today."""
        if value is None:
            return self._today()
        return value + timedelta(days=steps)

    def _on_value_changed(self, value: date | None) -> None:
        self.setToolTip("" if value is None else show_long_day(value))
