"""The unlock screen is on show before anything that only the workspace needs is read."""

import subprocess
import sys

START = """
import sys
from PySide6.QtWidgets import QApplication
from oost_desktop.views import fonts, theme
from oost_desktop.views.main_window import MainWindow
from oost_desktop.views.shell.unlock_page import Person, UnlockPage
app = QApplication([])
theme.apply(app, faces=fonts.FIRST_FACES)
window = MainWindow()
window.show_screen(UnlockPage((Person("j", "Jo"),)))
window.show()
window.grab()
print(*sorted(sys.modules))
"""

LATER = {
    "oost_desktop.views.shell.workspace",
    "oost_desktop.views.shell.find_panel",
    "oost_desktop.views.prompts",
    "qtawesome",
    "qtpy",
    "sqlalchemy",
    "reportlab",
    "pymupdf_fonts.FiraGO_Bold",
    "PySide6.QtSvg",
}


def test_the_unlock_screen_reads_no_more_than_it_needs():
    run = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) & LATER == set()
    assert "oost_desktop.views.shell.unlock_page" in run.stdout.split()
