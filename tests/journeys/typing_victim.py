"""Opens a caseload in the real window, types into the session form, and waits to be killed."""

import os
import sys
from datetime import date
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from oost_desktop.app import App
from oost_desktop.clock import MovableClock, london
from oost_desktop.services import today, unlocking
from oost_desktop.settings import Settings
from oost_desktop.views.forms.editors.text import BoxEditor
from oost_desktop.views.pages.session_page import SessionPage

clock = MovableClock(london(date(2026, 11, 23), 11, 42)).clock()
application = QApplication([])
app = App(application, Settings(scheme="light"), clock)
app.window.show()
app.program.show_desk(unlocking.unlock(Path(sys.argv[1]), "kitchen table phrase", clock).desk)
desk = app.program.desk
assert desk is not None
upcoming = today.today(desk.context.desk).next
assert upcoming is not None
desk.go("session", upcoming.hour)
page = desk.workspace.page("session")
assert isinstance(page, SessionPage)
while app.jobs.working or page.form.draft.values["slot"] is None:
    QTest.qWait(10)
covered = page.form.editor("covered")
assert isinstance(covered, BoxEditor)
QTest.keyClicks(covered.box, "Words before the cut")
sys.stdout.write("typed\n")
sys.stdout.flush()
application.exec()
