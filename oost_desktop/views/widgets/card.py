"""A card: a white surface with a soft edge, round corners and, where it matters, a bar at its left.

Guarantees only the surface; what lies on it is put into `body`. Takes no focus.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from oost_desktop.views import look
from oost_desktop.views.stylesheet import CARD_RADIUS
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.styled import label, rule

BAR = 4
PADDING = 20


class Surface(QFrame):
    """A painted card with nothing on it. `tinted` fills it with its tone's pale colour."""

    def __init__(
        self, *, bar: Tone | None = None, tinted: Tone | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._tinted = tinted

    def set_bar(self, bar: Tone | None) -> None:
        """Give the left edge a colour, or none."""
        self._bar = bar
        self.update()

    def set_tinted(self, tinted: Tone | None) -> None:
        """Fill the card with a tone's pale colour and edge it with the tone, or neither."""
        self._tinted = tinted
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface, edge, bar."""
        painter = QPainter(self)
        paint_surface(painter, QRectF(self.rect()), bar=self._bar, tinted=self._tinted)


def paint_surface(
    painter: QPainter, rect: QRectF, *, bar: Tone | None = None, tinted: Tone | None = None
) -> None:
    """Draw a card's ground into `rect`."""
    tokens = look.current().tokens
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = _round(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.fillPath(shape, QColor(tokens.base if tinted is None else tokens.tint_of(tinted)))
    painter.setPen(QColor(tokens.line if tinted is None else tokens.bar_of(tinted)))
    painter.drawPath(shape)
    if bar is not None:
        inner = _round(rect.adjusted(BAR, 0, CARD_RADIUS, 0))
        left = QPainterPath()
        left.addRect(rect.left(), rect.top(), CARD_RADIUS, rect.height())
        painter.fillPath(
            _round(rect).subtracted(inner).intersected(left), QColor(tokens.bar_of(bar))
        )


def _round(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
    return path


class Card(Surface):
    """A card with an optional small heading over a line, and a `body` layout to fill.

    `padded` leaves room around the body; lists and tables that run to the edge do without.
    """

    def __init__(
        self,
        title: str = "",
        *,
        bar: Tone | None = None,
        padded: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bar=bar, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self._title = label(title, "small-strong")
        self._head = QWidget()
        self.head = QHBoxLayout(self._head)
        self.head.setContentsMargins(12, 7, 12, 7)
        self.head.addWidget(self._title)
        self.head.addStretch(1)
        self._rule = rule()
        outer.addWidget(self._head)
        outer.addWidget(self._rule)
        self.body = QVBoxLayout()
        space = PADDING if padded else 0
        self.body.setContentsMargins(space, space - 2 if padded else 0, space, space)
        self.body.setSpacing(12 if padded else 0)
        outer.addLayout(self.body, 1)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Change the heading; without one the line under it goes too."""
        self._title.setText(title)
        self._head.setVisible(bool(title))
        self._rule.setVisible(bool(title))
        self.setAccessibleName(title)
