"""FiraGO, from the package `pymupdf-fonts`, as the program's typeface.

Guarantees names in Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari and Thai; the system's own
faces stand behind it for the rest. Unpacks each face once. The unlock screen needs only the first
before it is on show: bold is drawn from it until the others come. Copies no font file anywhere.
"""

from enum import StrEnum
from importlib import import_module

from PySide6.QtGui import QFont, QFontDatabase

from oost_desktop.errors import BugError

FAMILY = "FiraGO"


class Face(StrEnum):
    """A face of FiraGO, by the name of its style."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"


FIRST_FACES = (Face.REGULAR,)
"""What the unlock screen is first painted with; each face takes about 20 ms to unpack."""

ALL_FACES = tuple(Face)


def load(*faces: Face) -> None:
    """Make these faces known to Qt. A face already known is left alone."""
    for face in faces:
        if face.value not in QFontDatabase.styles(FAMILY):
            _load_face(face)


def _load_face(face: Face) -> None:
    module = face.value.replace(" ", "")
    data: bytes = import_module(f"pymupdf_fonts.FiraGO_{module}").fontbuffer
    if QFontDatabase.addApplicationFontFromData(data) < 0:
        raise BugError(f"The typeface {FAMILY} {face.value} could not be loaded.")


def interface_font(points: float) -> QFont:
    """The program's typeface at a size in points, with the system's faces behind it."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    font = QFont()
    font.setFamilies([FAMILY, system])
    font.setPointSizeF(points)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font
