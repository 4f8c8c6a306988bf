"""Phosphor icons by meaning, drawn in the colours of the moment.

The glyphs come from the font that the package QtAwesome carries; QtAwesome itself is not imported,
because that costs 200 ms at start-up for five more fonts (measured; reading this one takes 1 ms).
An icon looks its colour up when it is painted, so a change of theme needs no new icons.
"""

import json
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from oost_desktop.errors import BugError
from oost_desktop.views import look

_FONT = "phosphor-1.3.0.ttf"
_CHARMAP = "phosphor-charmap-1.3.0.json"


class Icon(StrEnum):
    """Icons by what they mean here; the value is Phosphor's name for the drawing."""

    HOME = "house-line"
    TODAY = "sun-horizon"
    TIMETABLE = "calendar-blank"
    PUPILS = "users"
    WORK = "note-pencil"
    PLAN = "target"
    DOCUMENT = "file-text"
    BUNDLE = "package"
    CASELOAD = "users-three"
    REVIEW = "calendar-check"
    SCHOOL = "buildings"
    STAFF = "identification-card"
    LAPTOP = "laptop"
    CONCERN = "warning"
    CONCERNS = "shield-warning"
    SEALED = "shield-check"
    LOCK = "lock"
    UNLOCK = "lock-open"
    KEY = "key"
    FIND = "magnifying-glass"
    RECORD = "pencil"
    COPY = "copy"
    ADD = "plus"
    REMOVE = "trash"
    CLOSE = "x"
    UNDO = "arrow-counter-clockwise"
    REFRESH = "arrows-clockwise"
    OPEN = "folder-open"
    SAVE = "floppy-disk"
    EXPORT = "export"
    IMPORT = "download-simple"
    PRINT = "printer"
    OK = "check-circle"
    TICK = "check"
    WARNING = "warning-circle"
    INFO = "info"
    CLOCK = "clock"
    EMERGENCY = "first-aid-kit"
    EVIDENCE = "file-plus"
    CLASH = "git-fork"
    RING = "phone-call"
    TELEPHONE = "phone"
    PERSON = "user"
    SHOW = "eye"
    HIDE = "eye-slash"
    SETTINGS = "gear-six"
    KEYS = "keyboard"
    MORE = "dots-three"
    FILTER = "funnel"
    BACK = "arrow-left"
    UP = "caret-up"
    DOWN = "caret-down"
    DRAFT = "pencil-line"
    PRACTICE = "graduation-cap"
    HOURS = "hourglass-medium"
    INTEGRATION = "path"
    BACKUP = "hard-drives"


class Tint(StrEnum):
    """Which of the tokens an icon is drawn in; the value is the token's name."""

    TEXT = "text"
    MUTED = "muted"
    ACCENT = "focus"
    BRAND = "accent"
    ON_ACCENT = "on_accent"
    ON_DANGER = "on_danger"
    OK = "ok"
    WARN = "warn"
    DANGER = "danger"


@cache
def icon(meaning: Icon, tint: Tint = Tint.TEXT) -> QIcon:
    """The icon for a meaning. Asked for at a wider than square size, it is drawn at the left."""
    return QIcon(_GlyphEngine(_glyph(meaning), tint))


def pixmap(meaning: Icon, tint: Tint, side: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a square picture of `side` pixels, `ratio` device pixels to each."""
    return icon(meaning, tint).pixmap(QSize(side, side), ratio)


class _GlyphEngine(QIconEngine):
    """Draws one glyph in the current colour of its tint; grey when disabled."""

    def __init__(self, glyph: str, tint: Tint) -> None:
        super().__init__()
        self._glyph = glyph
        self._tint = tint

    def clone(self) -> QIconEngine:
        """A copy, as Qt asks for when an icon is detached."""
        return _GlyphEngine(self._glyph, self._tint)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw at the left of `rect`, as high as it is."""
        tokens = look.current().tokens
        name = "disabled" if mode == QIcon.Mode.Disabled else self._tint.value
        font = QFont(_family())
        font.setPixelSize(max(1, rect.height()))
        painter.save()
        painter.setFont(font)
        painter.setPen(QColor(cast(str, getattr(tokens, name))))
        square = QRect(rect.topLeft(), QSize(rect.height(), rect.height()))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, self._glyph)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The glyph on nothing."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture


@cache
def _folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        raise BugError("The package QtAwesome, which carries the icons, is missing.")
    return Path(spec.origin).parent / "fonts"


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_folder() / _FONT))
    if number < 0:
        raise BugError("The icon font could not be loaded.")
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _charmap() -> dict[str, str]:
    text = (_folder() / _CHARMAP).read_text(encoding="utf-8")
    return cast(dict[str, str], json.loads(text))


def _glyph(meaning: Icon) -> str:
    return chr(int(_charmap()[meaning.value], 16))
