"""Shows every widget on invented data, for looking at: `python -m oost_desktop.views.gallery`.

`--out FILE.png` saves a picture instead of opening a window. Not part of the program people run.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from oost_desktop.views import theme
from oost_desktop.views.gallery import screens
from oost_desktop.views.tokens import Scheme

SETTLE_MS = 120
"""What layouts and focus need before the picture."""

SCREENS: dict[str, Callable[[], QWidget]] = {
    "today": screens.today,
    "session": screens.session,
    "concern": screens.concern,
    "caseload": screens.caseload,
    "widgets": screens.widgets,
    "unlock": screens.unlock,
    "find": screens.find,
    "keys": screens.keys,
}


def main(arguments: list[str] | None = None) -> int:
    """Show or save one screen. Returns an exit status."""
    chosen = _parser().parse_args(arguments)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.apply(app, Scheme.DARK if chosen.dark else Scheme.LIGHT, chosen.text)
    screen = SCREENS[chosen.screen]()
    screen.resize(QSize(*chosen.size))
    screen.show()
    screen.activateWindow()
    if chosen.out:
        QTimer.singleShot(SETTLE_MS, screen, partial(_save, app, screen, chosen.out))
    return app.exec()


def _save(app: QApplication, screen: QWidget, path: str) -> None:
    saved = screen.grab().save(path)
    screen.close()
    app.exit(0 if saved else 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Show the widgets of OOST Desktop.")
    parser.add_argument("--screen", choices=SCREENS, default="today")
    parser.add_argument("--dark", action="store_true", help="dark colours")
    parser.add_argument("--text", type=int, default=100, help="text size, per cent")
    parser.add_argument("--size", type=_size, default=(1366, 768), help="as 1366x768")
    parser.add_argument("--out", help="save a picture here and end")
    return parser


def _size(text: str) -> tuple[int, int]:
    width, height = text.split("x")
    return int(width), int(height)


if __name__ == "__main__":
    sys.exit(main())
