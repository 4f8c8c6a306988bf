"""The recovery code, shown once: print it, lock it away, and prove that you have it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from oost_desktop.services import keeping
from oost_desktop.services.desk import Desk
from oost_desktop.views.first_run.steps import Step
from oost_desktop.views.icons import Icon
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.pages.parts.layout import field, line
from oost_desktop.views.prompts import FileKind, Prompts
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.styled import label, style

ASKED = (1, 3)  # the second and the fourth group
PDF = (FileKind("PDF", ("*.pdf",)),)


class Recovery(Step):
    """`ready` comes once two groups of the code were typed from the sheet."""

    ready = Signal()

    def __init__(
        self, jobs: Jobs, prompts: Prompts, desk: Desk, code: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Your recovery sheet",
            "It opens this caseload if you forget the passphrase. It is shown once and kept"
            " nowhere: print it or write it down, and lock it away from this computer.",
            parent,
        )
        self._jobs, self._prompts, self._desk, self._code = jobs, prompts, desk, code
        self._groups = code.split("-")
        shown = label("   ".join(self._groups), "heading", wrap=True)
        shown.setAccessibleName("Recovery code: " + ", ".join(self._groups))
        self.save_button = secondary("Save the sheet as a PDF…", Icon.PRINT)
        self.typed = QLineEdit()
        self.go_on = primary("Go on")
        self.body.addWidget(shown)
        self.body.addWidget(line(self.save_button))
        ask = "Type the second and the fourth group from your sheet"
        self.body.addWidget(field(ask, self.typed))
        self.body.addWidget(self.message)
        self.body.addWidget(line(self.go_on))
        self.message.hide()
        self.setFocusProxy(self.typed)
        self.save_button.clicked.connect(self._on_save)
        self.typed.returnPressed.connect(self._on_go_on)
        self.go_on.clicked.connect(self._on_go_on)

    def _on_save(self) -> None:
        suggested = Path.home() / "recovery-sheet.pdf"
        self._prompts.save_file("Save the recovery sheet", suggested, PDF, self._save)

    def _save(self, path: Path) -> None:
        self._jobs.run(
            "io", keeping.save_recovery_paper, self._desk, self._code, path, owner=self,
            done=self._on_saved,
        )  # fmt: skip

    def _on_saved(self, path: Path) -> None:
        self._say(
            f"Print {path.name} now and delete the file: whoever has it has the key.", Tone.WARN
        )

    def _on_go_on(self) -> None:
        wanted = "".join(self._groups[place] for place in ASKED)
        typed = "".join(each for each in self.typed.text().upper() if each.isalnum())
        if typed == wanted:
            self.ready.emit()
        else:
            self._say("Those are not the second and the fourth group. Look again.", Tone.DANGER)

    def _say(self, words: str, tone: Tone) -> None:
        style(self.message, "tone", tone.value)
        self.message.setText(words)
        self.message.show()
