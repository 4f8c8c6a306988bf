"""The first screen of all: three ways to begin."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oost_desktop.views.first_run.steps import Step
from oost_desktop.views.icons import Icon
from oost_desktop.views.widgets.buttons import Button, Height, Kind
from oost_desktop.views.widgets.styled import label


class Welcome(Step):
    """`chosen` carries "join", "start" or "practise"."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Welcome to OOST Desktop",
            "An encrypted caseload on this computer. Nothing leaves it but the files you carry.",
            parent,
        )
        for name, words, meaning, sentence in (
            ("join", "Join a service", Icon.LAPTOP, "I am a tutor with a laptop of my own."),
            ("start", "Start a service", Icon.CASELOAD, "This is the office's computer."),
            ("practise", "Practise", Icon.PRACTICE, "On invented pupils. Nothing is real."),
        ):
            kind = Kind.PRIMARY if name == "join" else Kind.SECONDARY
            button = Button(words, kind=kind, meaning=meaning, height=Height.TALL)
            button.setObjectName(name)
            button.clicked.connect(self._on_clicked)
            self.body.addWidget(button)
            self.body.addWidget(label(sentence, "small", wrap=True))
            if name == "join":
                self.setFocusProxy(button)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().objectName())
