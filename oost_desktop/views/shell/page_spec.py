"""A page of the program as data: what the rail shows and how the page is made.

Guarantees that a page is made only when it is first shown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from oost_desktop.views.icons import Icon


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page. `factory` makes it the first time it is shown.

    With `under`, it has no entry in the rail: it is reached from other pages, and while it is on
    show the rail marks the page of that id.
    """

    id: str
    title: str
    icon: Icon
    factory: Callable[[], QWidget]
    under: str = ""
