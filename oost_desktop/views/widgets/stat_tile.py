"""A number with a caption that can be pressed to show only what it counts.

Guarantees that pressed is shown by a bar and a tick as well as by colour, and is said aloud.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from oost_desktop.views import look
from oost_desktop.views.icons import Icon, Tint, icon
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.card import paint_surface
from oost_desktop.views.widgets.styled import label, style

_LEAST_WIDTH = 116


class StatTile(QAbstractButton):
    """A number tile. `pressed_on` says whether it is now the filter. Space and Enter press it."""

    pressed_on = Signal(bool)

    def __init__(
        self,
        number: str,
        caption: str,
        *,
        tone: Tone | None = None,
        filters: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setCheckable(filters)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if filters else Qt.FocusPolicy.NoFocus)
        self._number = label("", "number")
        self._caption = label("", "small", wrap=True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(15, 9, 12, 11)
        column.setSpacing(1)
        for part in (self._number, self._caption):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        column.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if filters:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self.pressed_on)
        self.set_number(number, caption, tone)

    def set_number(self, number: str, caption: str, tone: Tone | None = None) -> None:
        """Show another number. Without a tone it is shown in the text colour."""
        self._number.setText(number)
        style(self._number, "tone", "" if tone is None else tone.value)
        self._caption.setText(caption)
        self.setAccessibleName(f"{number} {caption}")

    def sizeHint(self) -> QSize:
        """Wide enough for the number and for a caption of two lines."""
        width = max(look.current().px(_LEAST_WIDTH), self._number.sizeHint().width() + 40)
        return QSize(width, self._column.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As asked for."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The card; a bar and a tick when it is the filter."""
        painter = QPainter(self)
        bar = Tone.ACCENT if self.isChecked() else None
        paint_surface(painter, QRectF(self.rect()), bar=bar)
        if self.isChecked():
            side = look.current().px(16)
            icon(Icon.TICK, Tint.ACCENT).paint(painter, self.width() - side - 8, 8, side, side)
