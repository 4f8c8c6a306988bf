"""Walks a window as a screen reader, a keyboard and a pair of eyes would, and lists what is wrong.

Each walker gives a list of sentences; an empty list is a pass. They look at what is visible, so
show the window first (`qtbot.waitExposed`). Page tests call them:

    assert nameless(page) + small_targets(page) + clipped(page) == []
    assert tab_cycle(qtbot, window) != []
"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

LEAST_TARGET = 32
"""Our own rule; WCAG 2.2, 2.5.8 asks for 24."""

MOST_STOPS = 400


def nameless(root: QWidget) -> list[str]:
    """Focusable widgets that a screen reader could not name.

    A combo box's accessible name is ignored on Linux: it needs a label that is its buddy.
    """
    return [_told(widget) for widget in focusable(root) if not _name(widget)]


def small_targets(root: QWidget, least: int = LEAST_TARGET) -> list[str]:
    """Things to press or type into that are smaller than `least` pixels either way."""
    targets = [
        widget
        for widget in focusable(root)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox)
    ]
    return [
        f"{_told(widget)} is {widget.width()}×{widget.height()}"
        for widget in targets
        if widget.height() < least or widget.width() < least
    ]


def clipped(root: QWidget) -> list[str]:
    """Words that do not fit where they stand, and anything beyond the right edge of its page."""
    found = []
    for widget in _visible(root):
        if isinstance(widget, QLabel) and not _label_fits(widget):
            found.append(f"{_told(widget)} is cut: {_plain(widget)!r}")
        if isinstance(widget, QPushButton | QCheckBox | QRadioButton):
            needed = widget.minimumSizeHint().width()
            if widget.text() and widget.width() < needed:
                found.append(f"{_told(widget)} needs {needed}, has {widget.width()}")
        if _sticks_out(widget):
            found.append(f"{_told(widget)} is beyond the right edge of its page")
    return found


def tab_cycle(window: QWidget) -> list[str]:
    """Where Tab stops, from the focused widget round to it again.

    Raises `AssertionError` on a trap: a widget that Tab does not leave, or no way back.
    """
    start = QApplication.focusWidget()
    assert start is not None, "nothing has the focus: activate the window first"
    stops = [start]
    while len(stops) < MOST_STOPS:
        _press_tab(stops[-1])
        now = QApplication.focusWidget()
        assert now is not None, f"Tab from {_told(stops[-1])} goes nowhere"
        assert window.isAncestorOf(now), f"Tab leaves the window from {_told(stops[-1])}"
        if now is start:
            alone = len(focusable(window)) <= 1
            assert len(stops) > 1 or alone, f"Tab does not leave {_told(start)}"
            return [_told(stop) for stop in stops]
        assert now not in stops, f"Tab is caught at {_told(now)}"
        stops.append(now)
    raise AssertionError("Tab never comes back to where it began")


def focusable(root: QWidget) -> list[QWidget]:
    """Visible, enabled widgets that can have the keyboard; parts of a composite are left out."""
    return [
        widget
        for widget in _visible(root)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
    ]


def _visible(root: QWidget) -> list[QWidget]:
    return [root, *(w for w in root.findChildren(QWidget) if w.isVisibleTo(root))]


def _name(widget: QWidget) -> str:
    interface: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    if interface is None:
        return ""
    labels = [one for one, _ in interface.relations(QAccessible.RelationFlag.Label)]
    if labels:
        return labels[0].text(QAccessible.Text.Name)
    if isinstance(widget, QComboBox):
        return ""
    return interface.text(QAccessible.Text.Name)


def _told(widget: QWidget) -> str:
    words = _name(widget) or widget.objectName()
    return f"{type(widget).__name__} {words!r}"


def _plain(label: QLabel) -> str:
    if label.textFormat() != Qt.TextFormat.RichText:
        return label.text()
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def _label_fits(label: QLabel) -> bool:
    if not label.text():
        return True
    room = label.contentsRect()
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        words = _plain(label).split()
        widest = max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        return label.height() >= needed and widest <= room.width() + 1
    size = label.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, _plain(label))
    return size.width() <= room.width() + 1 and size.height() <= room.height() + 1


def _sticks_out(widget: QWidget) -> bool:
    """Whether part of it lies beyond the right edge of a page that scrolls up and down only."""
    if widget.objectName() == "focus-ring":
        return False
    frame = widget.parentWidget()
    while frame is not None:
        if isinstance(frame, QAbstractItemView):
            return False
        if isinstance(frame, QAbstractScrollArea):
            off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if frame.horizontalScrollBarPolicy() != off or widget is frame.viewport():
                return False
            if not frame.viewport().isAncestorOf(widget):
                return False
            right = widget.mapTo(frame.viewport(), QPoint(widget.width(), 0)).x()
            return right > frame.viewport().width() + 1
        frame = frame.parentWidget()
    return False


def _press_tab(widget: QWidget) -> None:
    from PySide6.QtTest import QTest

    QTest.keyClick(widget, Qt.Key.Key_Tab)
