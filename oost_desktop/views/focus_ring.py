"""The ring around whatever has the keyboard: 2 pixels, 2 pixels clear of the control.

Guarantees that every focusable widget shows its focus, ours and Qt's alike, in one way. The ring
is drawn beside the widget and not in it, so no widget need know of it. A widget with the property
`ring` set to False shows its focus itself.
"""

from typing import cast

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget

from oost_desktop.views import look

GAP = 2
WIDTH = 2
REACH = GAP + WIDTH
_MOVES = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.ZOrderChange,
    }
)


class FocusRing(QObject):
    """Follows the focus of the application and keeps one ring around it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("focus-ring")
        self._frame: _RingFrame | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._let_go()
        target = _ringed(new)
        if target is not None:
            self._surround(target)

    def _let_go(self) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = None
        if self._frame is not None and shiboken6.isValid(self._frame):
            self._frame.hide()

    def _surround(self, target: QWidget) -> None:
        ground = _ground(target)
        if self._frame is None or not shiboken6.isValid(self._frame):
            self._frame = _RingFrame(ground)
        if self._frame.parentWidget() is not ground:
            self._frame.setParent(ground)
        self._target = target
        step: QWidget | None = target
        while step is not None and step is not ground:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._place()

    def _place(self) -> None:
        target, frame = self._target, self._frame
        if target is None or frame is None or not shiboken6.isValid(frame):
            return
        ground = cast(QWidget, frame.parentWidget())
        if not shiboken6.isValid(target) or not target.isVisible():
            frame.hide()
            return
        corner = target.mapTo(ground, target.rect().topLeft())
        box = QRect(corner, target.size())
        frame.setGeometry(box.adjusted(-REACH, -REACH, REACH, REACH))
        frame.raise_()
        frame.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the ring where the control is."""
        if event.type() in _MOVES:
            self._place()
        return False


class _RingFrame(QWidget):
    """The ring itself: takes no clicks, no focus and no place in any layout."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("focus-ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.current().tokens.focus), WIDTH))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)


def _ringed(widget: QWidget | None) -> QWidget | None:
    """The widget to surround when this one has the focus: its composite if it is part of one."""
    if widget is None or isinstance(widget, QMenu) or widget.isWindow():
        return None
    if widget.property("ring") is False or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
        return None
    composite = widget.parentWidget()
    if widget.property("ring") == "parent" and composite is not None:
        return composite
    return widget


def _ground(target: QWidget) -> QWidget:
    """What the ring lies on: the scrolled page the target is in, or else its window."""
    step = cast(QWidget, target.parentWidget())
    while not step.isWindow():
        above = step.parentWidget()
        if above is not None and isinstance(above.parentWidget(), QAbstractScrollArea):
            return step
        step = cast(QWidget, above)
    return step
