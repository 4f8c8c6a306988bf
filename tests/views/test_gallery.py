"""The widgets together: named, big enough, nothing cut, no trap, at every size that is promised."""

from itertools import product

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from oost_desktop.views.focus_ring import REACH
from oost_desktop.views.gallery.__main__ import SCREENS
from oost_desktop.views.look import current
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, focusable, nameless, small_targets, tab_cycle

SIZES = [(1366, 768, 100), (1024, 640, 100), (1366, 768, 150), (1024, 640, 200)]
WINDOWS = ["today", "session", "concern", "caseload", "widgets", "unlock", "keys"]


@pytest.fixture
def shown(qtbot, dress):
    def show(name: str, size: tuple[int, int, int], scheme: Scheme = Scheme.LIGHT) -> QWidget:
        dress(scheme, size[2])
        window = SCREENS[name]()
        qtbot.addWidget(window)
        window.resize(size[0], size[1])
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        return window

    return show


@pytest.mark.parametrize(("name", "size"), list(product(WINDOWS, SIZES)))
def test_a_window_is_named_big_enough_and_whole(shown, name, size):
    window = shown(name, size)
    wrong = nameless(window) + small_targets(window) + clipped(window)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", WINDOWS)
def test_tab_goes_round(shown, name):
    window = shown(name, (1366, 768, 100))
    if QApplication.focusWidget() is None:
        focusable(window)[0].setFocus()
    stops = tab_cycle(window)
    assert len(stops) > 1


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("name", ["widgets", "session", "unlock"])
def test_whatever_has_the_keyboard_shows_a_ring(shown, name, scheme):
    """Two pixels in the focus colour on all four sides."""
    window = shown(name, (1366, 768, 100), scheme)
    for widget in focusable(window):
        if widget.property("ring") is False:
            continue
        widget.setFocus()
        assert _ringed(window, widget), f"{widget} shows no focus"


def test_the_rail_scrolls_in_a_low_window(shown):
    window = shown("today", (1024, 480, 200))
    assert clipped(window) == []


def _ringed(window: QWidget, widget: QWidget) -> bool:
    box = widget.rect().translated(widget.mapTo(window, widget.rect().topLeft()))
    picture = window.grab().toImage()
    colour = current().tokens.focus.lower()
    middle = box.center()
    points = [
        (middle.x(), box.top() - REACH + 1),
        (middle.x(), box.bottom() + REACH - 1),
        (box.left() - REACH + 1, middle.y()),
        (box.right() + REACH - 1, middle.y()),
    ]
    return all(picture.pixelColor(x, y).name() == colour for x, y in points)
