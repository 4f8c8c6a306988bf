"""What a widget may ask about how things look now: colours and sizes.

Guarantees one answer for the whole program, kept on the application object as Qt keeps its
palette. Sizes are in pixels of the screen and follow the text size, so that nothing clips.
"""

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from oost_desktop.views.tokens import LIGHT, Tokens

TEXT_SIZES = (100, 125, 150, 200)
"""The text sizes on offer, per cent."""

BASE_PIXELS = 14.667
"""Body text at 100 %: 11 points on a 96 dpi screen."""

_PROPERTY = "look"


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and sizes as they are now. `dpi` is the screen's logical dots per inch."""

    tokens: Tokens = LIGHT
    percent: int = 100
    dpi: float = 96.0

    def px(self, at_100: float) -> int:
        """A length that grows with the text: its pixels at this text size."""
        return round(at_100 * self.percent / 100)

    def gap(self, at_100: float) -> int:
        """A space that grows half as fast as the text, so that big text keeps room for words."""
        return round(at_100 * (1 + (self.percent - 100) / 200))

    def points(self, pixels_at_100: float = BASE_PIXELS) -> float:
        """A type size given in pixels at 100 %, in points for this screen and text size."""
        return pixels_at_100 * self.percent / 100 * 72 / self.dpi


def current() -> Look:
    """How things look now."""
    app = QApplication.instance()
    held = app.property(_PROPERTY) if app is not None else None
    return held if isinstance(held, Look) else Look()


def keep(app: QApplication, look: Look) -> None:
    """Remember how things look from now on. Only `theme.apply` calls this."""
    app.setProperty(_PROPERTY, look)
