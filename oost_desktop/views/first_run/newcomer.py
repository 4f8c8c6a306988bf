"""Who you are and the passphrase that opens this computer's caseload."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from oost_desktop.services import passphrases
from oost_desktop.services.passphrases import Strength
from oost_desktop.views.first_run.steps import Step
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.pages.parts.layout import field, line
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.announce import announce
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.styled import label, style


class Newcomer(Step):
    """`ready` carries name, label of the machine and passphrase; `back` that it was not meant."""

    ready = Signal(str, str, str)
    back = Signal()

    def __init__(self, jobs: Jobs, *, joining: bool, parent: QWidget | None = None) -> None:
        what = "Join a service" if joining else "Start a service"
        super().__init__(what, "The passphrase never leaves this computer.", parent)
        self._jobs = jobs
        self._joining = joining
        self.name = QLineEdit()
        self.machine = QLineEdit()
        self.phrase, self.again = QLineEdit(), QLineEdit()
        for secret in (self.phrase, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.advice = label("", "muted", wrap=True)
        self.go_on = primary("Go on")
        self.suggest_button = secondary("Suggest a passphrase")
        self.back_button = secondary("Back")
        self.body.addWidget(field("Your name", self.name))
        machine = field("Label on this laptop", self.machine)
        self.body.addWidget(machine)
        self.body.addWidget(field("Passphrase", self.phrase))
        self.body.addWidget(self.advice)
        self.body.addWidget(field("Passphrase again", self.again))
        self.body.addWidget(self.message)
        self.body.addWidget(line(self.go_on, self.suggest_button, self.back_button))
        machine.setVisible(joining)
        self.advice.hide()
        self.message.hide()
        self.setFocusProxy(self.name)
        self.phrase.textChanged.connect(self._on_typed)
        self.again.returnPressed.connect(self._on_go_on)
        self.go_on.clicked.connect(self._on_go_on)
        self.suggest_button.clicked.connect(self._on_suggest)
        self.back_button.clicked.connect(self.back)

    def set_busy(self, busy: bool) -> None:
        """While the key is being made, which takes a second or two."""
        self.go_on.setEnabled(not busy)
        self.go_on.setText("Making the keys…" if busy else "Go on")

    def refuse(self, words: str) -> None:
        """Say what is missing or wrong."""
        style(self.message, "tone", Tone.DANGER.value)
        self.message.setText(words)
        self.message.show()
        announce(self, words, urgent=True)

    def _on_typed(self, words: str) -> None:
        if not words:
            self.advice.hide()
            return
        self._jobs.run(
            "io", passphrases.judge, words, self.name.text(), owner=self, done=self._on_judged,
            key="judge",
        )  # fmt: skip

    def _on_judged(self, strength: Strength) -> None:
        style(self.advice, "tone", (Tone.OK if strength.accepted else Tone.WARN).value)
        self.advice.setText(strength.advice)
        self.advice.show()

    def _on_suggest(self) -> None:
        self.phrase.setEchoMode(QLineEdit.EchoMode.Normal)
        self.phrase.setText(passphrases.suggest())
        self.again.clear()
        self.again.setFocus()

    def _on_go_on(self) -> None:
        name, machine = self.name.text().strip(), self.machine.text().strip()
        if not name:
            self.refuse("Say your name.")
        elif self._joining and not machine:
            self.refuse("Say what the label on this laptop says, or give it one.")
        elif not self.phrase.text():
            self.refuse("Choose a passphrase.")
        elif self.phrase.text() != self.again.text():
            self.refuse("The two passphrases differ. Type the second one again.")
        else:
            self.message.hide()
            self.ready.emit(name, machine, self.phrase.text())
