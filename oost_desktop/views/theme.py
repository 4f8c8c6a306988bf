"""Puts a scheme and a text size on the whole program: Fusion, palette, typeface, style sheet.

Guarantees British dates and numbers, and that calling it again changes everything already on
show. Reads no settings and decides nothing: the caller says which scheme and which size.
"""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from oost_desktop.views import fonts
from oost_desktop.views.focus_ring import FocusRing
from oost_desktop.views.look import Look, current, keep
from oost_desktop.views.stylesheet import stylesheet
from oost_desktop.views.tokens import Scheme, Tokens, tokens_for

__all__ = ["apply", "british", "current", "palette", "scheme_of"]


def british() -> None:
    """Dates, numbers and weeks as in England. Must run before the first widget is made."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def apply(
    app: QApplication,
    scheme: Scheme = Scheme.LIGHT,
    text_percent: int = 100,
    faces: Sequence[fonts.Face] = fonts.ALL_FACES,
) -> None:
    """Dress the program. `text_percent` is one of `look.TEXT_SIZES`; others are taken as given.

    A program in a hurry gives `fonts.FIRST_FACES`, and calls `fonts.load(*fonts.ALL_FACES)` once
    its first window is on show.
    """
    british()
    fonts.load(*faces)
    look = Look(tokens_for(scheme), text_percent, app.primaryScreen().logicalDotsPerInchY())
    keep(app, look)
    if app.findChild(FocusRing) is None:
        app.setStyle("Fusion")
        FocusRing(app)
    app.setPalette(palette(look.tokens))
    app.setFont(fonts.interface_font(look.points()))
    app.setStyleSheet(stylesheet(look))


def scheme_of(wanted: str) -> Scheme:
    """The scheme of a kept setting: "light", "dark", or else whatever the system shows."""
    if wanted in set(Scheme):
        return Scheme(wanted)
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT


def palette(tokens: Tokens) -> QPalette:
    """The palette that makes Qt's own widgets follow the tokens."""
    made = QPalette()
    for part, colour in _roles(tokens).items():
        made.setColor(part, QColor(colour))
    grey = QColor(tokens.disabled)
    role = QPalette.ColorRole
    for part in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, part, grey)
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tokens.line))
    return made


def _roles(tokens: Tokens) -> dict[QPalette.ColorRole, str]:
    role = QPalette.ColorRole
    return {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.base,
        role.AlternateBase: tokens.window,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.placeholder,
        role.Button: tokens.base,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.ToolTipBase: tokens.base,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.focus,
        role.LinkVisited: tokens.focus,
        role.Light: tokens.base,
        role.Midlight: tokens.hover,
        role.Mid: tokens.line,
        role.Dark: tokens.border,
        role.Shadow: tokens.border,
    }
