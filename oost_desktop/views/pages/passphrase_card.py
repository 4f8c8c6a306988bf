"""Changing one's own passphrase (the old one, a new one twice), and a new recovery sheet.

Guarantees that no passphrase stays in a field once it was changed or the page was left.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from oost_desktop.errors import OostError
from oost_desktop.services import keeping, passphrases
from oost_desktop.services.passphrases import Strength
from oost_desktop.views.context import Context
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.layout import field, line
from oost_desktop.views.prompts import FileKind, Question
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.announce import announce
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.styled import label, style

_STOPS_WORKING = (
    "From now on only the new passphrase opens this caseload on this computer. Backups made before"
    " still open with the old one."
)
_OLD_SHEET = (
    "The sheet you have opens nothing from then on. Destroy it once the new one is printed."
)
PDF = (FileKind("PDF", ("*.pdf",)),)


class PassphraseCard(Card):
    """The three fields and their act."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Passphrase", parent=parent)
        self._context = context
        self.old, self.new, self.again = (_secret() for _ in range(3))
        self.change_button = secondary("Change passphrase…", Icon.KEY)
        self.suggest_button = secondary("Suggest one")
        self.advice = label("", "muted", wrap=True)
        self.message = label("", wrap=True, tone=Tone.DANGER)
        self.body.addWidget(field("Your passphrase now", self.old))
        self.body.addWidget(field("New passphrase", self.new))
        self.body.addWidget(self.advice)
        self.body.addWidget(field("New passphrase again", self.again))
        self.body.addWidget(self.message)
        self.sheet_button = secondary("New recovery sheet…", Icon.PRINT)
        acts = line(self.change_button, self.suggest_button, self.sheet_button)
        self.body.addWidget(acts)
        self.sheet_button.setVisible(keeping.may_have_sheet(context.desk))
        self.sheet_button.clicked.connect(self._on_sheet)
        self.advice.hide()
        self.message.hide()
        self.new.textChanged.connect(self._on_typed)
        self.change_button.clicked.connect(self._on_change)
        self.suggest_button.clicked.connect(self._on_suggest)
        self.again.returnPressed.connect(self._on_change)

    def clear(self) -> None:
        """Forget what was typed."""
        for box in (self.old, self.new, self.again):
            box.clear()
        self.new.setEchoMode(QLineEdit.EchoMode.Password)
        self._say("")

    def _on_typed(self, words: str) -> None:
        if not words:
            self.advice.hide()
            return
        name = self._context.desk.person.name
        self._context.jobs.run(
            "io", passphrases.judge, words, name, owner=self, done=self._on_judged, key="judge"
        )

    def _on_judged(self, strength: Strength) -> None:
        if not self.new.text():
            return
        style(self.advice, "tone", (Tone.OK if strength.accepted else Tone.WARN).value)
        self.advice.setText(strength.advice)
        self.advice.show()

    def _on_suggest(self) -> None:
        suggested = passphrases.suggest()
        # Shown, because nobody can learn what they cannot read.
        self.new.setEchoMode(QLineEdit.EchoMode.Normal)
        self.new.setText(suggested)
        self.again.clear()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_change(self) -> None:
        if not self.old.text():
            self._refuse("Type your passphrase as it is now.", self.old)
        elif not self.new.text():
            self._refuse("Type a new passphrase.", self.new)
        elif self.new.text() != self.again.text():
            self._refuse("The two new passphrases differ. Type the second one again.", self.again)
        else:
            self._say("")
            question = Question(
                "Change your passphrase?", _STOPS_WORKING, "Change passphrase", "Keep it", "change"
            )
            self._context.prompts.confirm(question, self._change)

    def _change(self) -> None:
        self.change_button.setEnabled(False)
        self._context.jobs.run(
            "db",
            passphrases.change,
            self._context.desk,
            self.old.text(),
            self.new.text(),
            owner=self,
            done=self._on_changed,
            failed=self._on_failed,
            busy="Changing the passphrase",
        )

    def _on_changed(self, _nothing: None) -> None:
        self.change_button.setEnabled(True)
        self.clear()
        self._context.tell("Your passphrase is changed. The new one opens this caseload.")

    def _on_failed(self, error: OostError) -> None:
        self.change_button.setEnabled(True)
        self._refuse(str(error), self.old)

    def _on_sheet(self) -> None:
        question = Question(
            "Make a new recovery sheet?",
            _OLD_SHEET,
            "Make a new sheet",
            "Keep the old one",
            "sheet",
        )
        self._context.prompts.confirm(question, self._ask_where)

    def _ask_where(self) -> None:
        suggested = Path.home() / "recovery-sheet.pdf"
        self._context.prompts.save_file("Save the recovery sheet", suggested, PDF, self._make)

    def _make(self, path: Path) -> None:
        self._context.jobs.run(
            "db", keeping.new_recovery_sheet, self._context.desk, path, owner=self,
            done=self._on_made,
        )  # fmt: skip

    def _on_made(self, path: Path) -> None:
        words = f"Print {path.name} now and delete the file: whoever has it has the key."
        self._context.tell(words)

    def _refuse(self, words: str, where: QLineEdit) -> None:
        self._say(words)
        where.selectAll()
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))
        if words:
            announce(self.message, words, urgent=True)


def _secret() -> QLineEdit:
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made
