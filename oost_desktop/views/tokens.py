"""Colours by meaning, light and dark, and the sum that proves them readable.

Guarantees that every text colour reaches 4.5:1 and every edge that matters 3:1 (WCAG 2.2,
1.4.3 and 1.4.11) on the surfaces it is used on; a test computes it. Knows nothing of Qt.
"""

from dataclasses import dataclass
from enum import StrEnum


class Scheme(StrEnum):
    """Which of the two sets of colours is shown."""

    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a colour says. It never says it alone: a word or an icon stands beside it."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours, as `#RRGGBB`. A *tint* is the pale surface under a tone's text."""

    scheme: Scheme
    window: str
    base: str
    text: str
    muted: str
    placeholder: str
    border: str
    line: str
    accent: str
    accent_pressed: str
    on_accent: str
    focus: str
    selected: str
    hover: str
    danger: str
    danger_tint: str
    danger_pressed: str
    on_danger: str
    warn: str
    warn_tint: str
    ok: str
    ok_tint: str
    disabled: str

    def of(self, tone: Tone) -> str:
        """The text colour of a tone on `base`, `window` or its own tint."""
        return {
            Tone.NEUTRAL: self.muted,
            Tone.ACCENT: self.focus,
            Tone.OK: self.ok,
            Tone.WARN: self.warn,
            Tone.DANGER: self.danger,
        }[tone]

    def tint_of(self, tone: Tone) -> str:
        """The pale surface of a tone."""
        return {
            Tone.NEUTRAL: self.window,
            Tone.ACCENT: self.selected,
            Tone.OK: self.ok_tint,
            Tone.WARN: self.warn_tint,
            Tone.DANGER: self.danger_tint,
        }[tone]

    def bar_of(self, tone: Tone) -> str:
        """The solid colour of a tone's bar or edge."""
        if tone is Tone.ACCENT:
            return self.accent
        return self.border if tone is Tone.NEUTRAL else self.of(tone)


LIGHT = Tokens(
    scheme=Scheme.LIGHT,
    window="#F3F5F7",
    base="#FFFFFF",
    text="#1B1F23",
    muted="#4A5560",
    placeholder="#5F6B76",
    border="#7A8591",
    line="#DDE2E7",
    accent="#1D5F9E",
    accent_pressed="#174E82",
    on_accent="#FFFFFF",
    focus="#0B5394",
    selected="#E4EEF7",
    hover="#EAEEF2",
    danger="#A8201A",
    danger_tint="#FBEDEC",
    danger_pressed="#8A1A15",
    on_danger="#FFFFFF",
    warn="#7A4D00",
    warn_tint="#FBF3E2",
    ok="#1B6B3A",
    ok_tint="#E6F3EA",
    disabled="#6B7681",
)

DARK = Tokens(
    scheme=Scheme.DARK,
    window="#1F2327",
    base="#171A1D",
    text="#E8ECEF",
    muted="#B4BDC6",
    placeholder="#98A3AE",
    border="#7D8893",
    line="#30363C",
    accent="#2F6FB3",
    accent_pressed="#285F9A",
    on_accent="#FFFFFF",
    focus="#8CC4FF",
    selected="#22364A",
    hover="#2A3036",
    danger="#FF9A92",
    danger_tint="#3A2322",
    danger_pressed="#FFB4AE",
    on_danger="#171A1D",
    warn="#F2C14E",
    warn_tint="#37301D",
    ok="#7BD39A",
    ok_tint="#1D3326",
    disabled="#8A949E",
)


def tokens_for(scheme: Scheme) -> Tokens:
    """The colours of a scheme."""
    return DARK if scheme is Scheme.DARK else LIGHT


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
