"""A forgotten passphrase: the printed recovery code opens the caseload, and a new one is set."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from oost_desktop.clock import Clock
from oost_desktop.errors import OostError
from oost_desktop.services import unlocking
from oost_desktop.services.unlocking import Opened
from oost_desktop.views.first_run.steps import Step
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.pages.parts.layout import field, line
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.styled import style


class Forgotten(Step):
    """`opened` carries the desk; `back` that the passphrase came to mind."""

    opened = Signal(object)
    back = Signal()

    def __init__(
        self, jobs: Jobs, folder: Path, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Open with the recovery sheet",
            "Type the code from the sheet you printed. Capitals, spaces and dashes do not matter."
            " At the office it belongs to the service's owner.",
            parent,
        )
        self._jobs, self._folder, self._clock = jobs, folder, clock
        self.code = QLineEdit()
        self.phrase, self.again = QLineEdit(), QLineEdit()
        for secret in (self.phrase, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.open_button = primary("Open")
        self.back_button = secondary("Back")
        self.body.addWidget(field("Recovery code", self.code))
        self.body.addWidget(field("New passphrase", self.phrase))
        self.body.addWidget(field("New passphrase again", self.again))
        self.body.addWidget(self.message)
        self.body.addWidget(line(self.open_button, self.back_button))
        self.message.hide()
        self.setFocusProxy(self.code)
        self.open_button.clicked.connect(self._on_open)
        self.again.returnPressed.connect(self._on_open)
        self.back_button.clicked.connect(self.back)

    def _on_open(self) -> None:
        if self.phrase.text() != self.again.text():
            self._refuse("The two passphrases differ. Type the second one again.")
            return
        self.open_button.setEnabled(False)
        self._jobs.run(
            "db", unlocking.unlock_with_code, self._folder, self.code.text(), self.phrase.text(),
            self._clock, owner=self, done=self._on_done, failed=self._on_failed,
        )  # fmt: skip

    def _on_done(self, opened: Opened) -> None:
        self.opened.emit(opened)

    def _on_failed(self, error: OostError) -> None:
        self.open_button.setEnabled(True)
        self._refuse(str(error))

    def _refuse(self, words: str) -> None:
        style(self.message, "tone", Tone.DANGER.value)
        self.message.setText(words)
        self.message.show()
