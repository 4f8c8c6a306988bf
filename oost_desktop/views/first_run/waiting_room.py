"""A laptop that has asked to join: its eight words, then the first bundle and the eight back."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from oost_desktop.errors import OostError
from oost_desktop.services import enrolling
from oost_desktop.services.desk import Desk
from oost_desktop.services.enrolling import Joined
from oost_desktop.views.first_run.steps import Step
from oost_desktop.views.icons import Icon
from oost_desktop.views.jobs import Jobs
from oost_desktop.views.pages.parts.layout import field, line
from oost_desktop.views.prompts import FileKind, Prompts
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.styled import label, style

FIRST_BUNDLE = (FileKind("Bundles", ("*.oost",)),)


class WaitingRoom(Step):
    """`joined` carries the desk once the service let this laptop in."""

    joined = Signal(object)

    def __init__(
        self, jobs: Jobs, prompts: Prompts, desk: Desk, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "Ask the office to let you in",
            "Give them the request file, by hand or by e-mail: it holds no secret. Then they ring"
            " you, and you read these eight words to them.",
            parent,
        )
        self._jobs, self._prompts, self._desk = jobs, prompts, desk
        self._bundle: Path | None = None
        self.words = label("", "heading", wrap=True)
        self.save_button = primary("Save the request file…", Icon.EXPORT)
        self.bundle_button = secondary("Choose the first bundle…", Icon.BUNDLE)
        self.typed = QLineEdit()
        self.join_button = primary("Join", Icon.OK)
        for part in (
            self.words,
            line(self.save_button),
            label("When the first bundle has come back:", "strong", wrap=True),
            line(self.bundle_button),
            field("The eight words the office reads to you, in their order", self.typed),
            self.message,
            line(self.join_button),
        ):
            self.body.addWidget(part)
        self.message.hide()
        self.join_button.setEnabled(False)
        self.setFocusProxy(self.save_button)
        self.save_button.clicked.connect(self._on_save)
        self.bundle_button.clicked.connect(self._on_choose)
        self.typed.returnPressed.connect(self._on_join)
        self.join_button.clicked.connect(self._on_join)
        jobs.run("db", enrolling.own_request, desk, owner=self, done=self._show_words)

    def _show_words(self, request: enrolling.EnrolmentRequest) -> None:
        words = request.words
        self.words.setText("   ".join(words[:4]) + "\n" + "   ".join(words[4:]))
        self.words.setAccessibleName("Words to read out: " + ", ".join(words))

    def _on_save(self) -> None:
        self._prompts.folder("Where shall the request go?", self._save)

    def _save(self, folder: Path) -> None:
        self._jobs.run(
            "db", enrolling.save_request, self._desk, folder, owner=self, done=self._on_saved
        )

    def _on_saved(self, path: Path) -> None:
        self._say(f"The request is written: {path.name}", Tone.OK)

    def _on_choose(self) -> None:
        self._prompts.open_files("Which bundle?", FIRST_BUNDLE, self._on_bundle)

    def _on_bundle(self, files: tuple[Path, ...]) -> None:
        self._bundle = files[0]
        self.bundle_button.setText(files[0].name)
        self.join_button.setEnabled(True)
        self.typed.setFocus()

    def _on_join(self) -> None:
        if self._bundle is None:
            return
        self.join_button.setEnabled(False)
        self._jobs.run(
            "db", enrolling.join, self._desk, self._bundle, self.typed.text(), owner=self,
            done=self._on_joined, failed=self._on_refused, busy="Taking in the first bundle",
        )  # fmt: skip

    def _on_joined(self, joined: Joined) -> None:
        self.joined.emit(joined.desk)

    def _on_refused(self, error: OostError) -> None:
        self.join_button.setEnabled(True)
        self._say(str(error), Tone.DANGER)
        self.typed.setFocus()

    def _say(self, words: str, tone: Tone) -> None:
        style(self.message, "tone", tone.value)
        self.message.setText(words)
        self.message.show()
