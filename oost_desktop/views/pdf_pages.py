"""A PDF's pages as pictures, with their words for screen readers. Call it off the main thread.

Guarantees that nothing is written anywhere, and that only one thread at a time is inside PDFium,
which cannot bear two. Prints nothing.
"""

from dataclasses import dataclass
from threading import Lock

import pypdfium2
from PySide6.QtGui import QImage

_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page: a picture `width` screen pixels wide, and what stands on it."""

    picture: QImage
    words: str


def pages_of(pdf: bytes, width: int, ratio: float = 1.0) -> tuple[PaperPage, ...]:
    """The pages, each so many pixels wide on a screen of this pixel ratio."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return tuple(_page(document[number], width, ratio) for number in range(len(document)))
        finally:
            document.close()


def _page(page: pypdfium2.PdfPage, width: int, ratio: float) -> PaperPage:
    scale = width * ratio / page.get_width()
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    shown = QImage(
        bytes(bitmap.buffer),
        bitmap.width,
        bitmap.height,
        bitmap.stride,
        QImage.Format.Format_RGBX8888,
    ).copy()  # its own memory: PDFium's goes with the page
    shown.setDevicePixelRatio(ratio)
    return PaperPage(shown, page.get_textpage().get_text_range())
