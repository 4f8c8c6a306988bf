"""Giving a colleague at this computer a passphrase of their own: only the owner can."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from oost_desktop.errors import OostError
from oost_desktop.models.base import Role
from oost_desktop.services import founding, passphrases
from oost_desktop.services.passphrases import Strength
from oost_desktop.views.context import Context
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.layout import field, line
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.styled import label, style

_WORDS = (
    "Let them type it themselves. A safeguarding lead gets a key that only their passphrase opens;"
    " every concern written from now on is sealed to it."
)
_ROLES = (
    (Role.COORDINATOR, "Coordinator"),
    (Role.DSL, "Safeguarding lead"),
    (Role.SENIOR, "Senior"),
)


class ColleagueCard(Card):
    """Name, role and a passphrase twice."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("A colleague at this computer", parent=parent)
        self._context = context
        self.name, self.phrase, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        for secret in (self.phrase, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.role = QComboBox()
        for role, words in _ROLES:
            self.role.addItem(words, role.value)
        self.advice = label("", "muted", wrap=True)
        self.message = label("", wrap=True, tone=Tone.DANGER)
        self.add_button = secondary("Add colleague", Icon.ADD)
        for part in (
            label(_WORDS, "muted", wrap=True),
            field("Their name", self.name),
            field("What they do", self.role),
            field("Their passphrase", self.phrase),
            self.advice,
            field("Their passphrase again", self.again),
            self.message,
            line(self.add_button),
        ):
            self.body.addWidget(part)
        self.advice.hide()
        self.message.hide()
        self.phrase.textChanged.connect(self._on_typed)
        self.add_button.clicked.connect(self._on_add)

    def clear(self) -> None:
        """Forget what was typed."""
        for box in (self.name, self.phrase, self.again):
            box.clear()
        self.message.hide()

    def _on_typed(self, words: str) -> None:
        if words:
            self._context.jobs.run(
                "io", passphrases.judge, words, self.name.text(), owner=self,
                done=self._on_judged, key="judge",
            )  # fmt: skip
        else:
            self.advice.hide()

    def _on_judged(self, strength: Strength) -> None:
        style(self.advice, "tone", (Tone.OK if strength.accepted else Tone.WARN).value)
        self.advice.setText(strength.advice)
        self.advice.show()

    def _on_add(self) -> None:
        name = self.name.text().strip()
        if not name:
            self._refuse("Say their name.")
        elif self.phrase.text() != self.again.text() or not self.phrase.text():
            self._refuse("Type the same passphrase twice.")
        else:
            self.add_button.setEnabled(False)
            self._context.jobs.run(
                "db", founding.add_person, self._context.desk, name,
                Role(self.role.currentData()), self.phrase.text(), owner=self,
                done=self._on_added, failed=self._on_failed, busy="Making the key",
            )  # fmt: skip

    def _on_added(self, _person: str) -> None:
        self.add_button.setEnabled(True)
        self._context.saved()
        self._context.tell(f"{self.name.text().strip()} can now unlock this caseload.")
        self.clear()

    def _on_failed(self, error: OostError) -> None:
        self.add_button.setEnabled(True)
        self._refuse(str(error))

    def _refuse(self, words: str) -> None:
        self.message.setText(words)
        self.message.show()
