"""What tests of views share: the program's look, put on and taken off."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from oost_desktop.views import look, theme
from oost_desktop.views.tokens import Scheme

Dress = Callable[[Scheme, int], None]


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Dress]:
    """Puts a scheme and a text size on the program; light at 100 % again afterwards."""

    def wear(scheme: Scheme = Scheme.LIGHT, percent: int = 100) -> None:
        now = look.current()
        if (now.tokens.scheme, now.percent) != (scheme, percent) or not qapp.styleSheet():
            theme.apply(qapp, scheme, percent)

    wear()
    yield wear
    wear()
