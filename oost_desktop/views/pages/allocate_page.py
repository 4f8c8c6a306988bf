"""Giving a pupil to a tutor: whom, in what, from when. It decides whose laptop gets the file.

Those with least to carry come first. Changes nothing until Allocate, and says what was refused.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QWidget

from oost_desktop.errors import OostError
from oost_desktop.models.codes import code_list
from oost_desktop.services import placements, pupils, wording
from oost_desktop.services.placements import TutorRow
from oost_desktop.services.pupils import PupilPanel
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.layout import field, line, stack
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.announce import announce
from oost_desktop.views.widgets.buttons import primary, secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.day_edit import DayEdit
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.styled import label

ANY_SUBJECT = "All subjects"


class AllocatePage(Page):
    """Comes for a pupil, by id."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._pupil: str | None = None
        self._tutors: Sequence[TutorRow] = ()
        self.head = PageHead("Allocate", " ")
        self.tutor, self.subject = QComboBox(), QComboBox()
        self.starts = DayEdit(context.desk.clock.today)
        self._carries = label("", "muted", wrap=True)
        self.message = label("", wrap=True, tone=Tone.DANGER)
        self.allocate_button = primary("Allocate", Icon.STAFF, key_hint="Ctrl ↵")
        self.cancel_button = secondary("Cancel")
        self.subject.addItem(ANY_SUBJECT, None)
        for code in code_list("subjects"):
            self.subject.addItem(code.label, code.code)
        card = Card()
        card.body.setSpacing(14)
        for part in (
            field("Tutor", self.tutor), self._carries, field("Subject", self.subject),
            field("From", self.starts, "Their laptop receives the file with its next bundle."),
            self.message, line(self.allocate_button, self.cancel_button),
        ):  # fmt: skip
            card.body.addWidget(part)
        stack(self, self.head, card)
        self.message.hide()
        self.setFocusProxy(self.tutor)
        self._connect()

    def show_for(self, subject: object) -> None:
        """Show the form for this pupil, empty, from today."""
        self._pupil = subject if isinstance(subject, str) else None
        self.message.hide()
        self.subject.setCurrentIndex(0)
        self.tutor.setCurrentIndex(-1)
        self.starts.set_value(self.context.desk.today)
        self.refresh()
        self.tutor.setFocus(Qt.FocusReason.OtherFocusReason)

    def pupil_on_show(self) -> str | None:
        """The pupil to be allocated."""
        return self._pupil

    def refresh(self) -> None:
        """Read who teaches, and whom this is about."""
        desk, jobs = self.context.desk, self.context.jobs
        jobs.run("db", placements.tutors, desk, owner=self, done=self._offer, key="tutors")
        if self._pupil is not None:
            jobs.run(
                "db", pupils.panel, desk, self._pupil, owner=self, done=self._show, key="pupil"
            )

    def allocate(self) -> None:
        """Keep it, if everything is said."""
        self.starts.settle()
        tutor, starts = self.tutor.currentData(), self.starts.value()
        if self._pupil is None or not self.allocate_button.isEnabled():
            return
        if tutor is None:
            self._refuse("Choose a tutor.", self.tutor)
        elif starts is None or self.starts.problem():
            self._refuse(self.starts.problem() or "Say from which day.", self.starts)
        else:
            self.message.hide()
            self.allocate_button.setEnabled(False)
            self.context.jobs.run(
                "db", placements.allocate, self.context.desk, self._pupil, tutor,
                self.subject.currentData(), starts, owner=self, done=self._on_done,
                failed=self._on_failed,
            )  # fmt: skip

    def _connect(self) -> None:
        self.tutor.currentIndexChanged.connect(self._on_tutor)
        self.allocate_button.clicked.connect(self.allocate)
        self.cancel_button.clicked.connect(self._on_cancel)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.allocate, context=inside)
        QShortcut(QKeySequence("Escape"), self, self._on_cancel, context=inside)

    def _show(self, panel: PupilPanel) -> None:
        self.head.set_title(f"Allocate {panel.pupil.name}")
        self.head.set_subtitle(panel.line)

    def _offer(self, found: Sequence[TutorRow]) -> None:
        chosen = self.tutor.currentData()
        self._tutors = found
        self.tutor.clear()
        for each in found:
            self.tutor.addItem(each.name, each.id)
        self.tutor.setCurrentIndex(self.tutor.findData(chosen) if chosen else -1)

    def _on_tutor(self, place: int) -> None:
        words = ""
        if 0 <= place < len(self._tutors):
            chosen = self._tutors[place]
            words = " · ".join(part for part in (chosen.words, chosen.subjects) if part)
        self._carries.setText(words or "Those with least to carry come first.")

    def _on_done(self, _entity: str) -> None:
        self.allocate_button.setEnabled(True)
        day = self.starts.value()
        assert day is not None
        self.context.saved()
        self.context.tell(f"Allocated to {self.tutor.currentText()} from {wording.long_day(day)}.")
        self.context.back()

    def _on_failed(self, error: OostError) -> None:
        self.allocate_button.setEnabled(True)
        self._refuse(str(error), self.tutor)

    def _on_cancel(self) -> None:
        self.context.back()

    def _refuse(self, words: str, where: QWidget) -> None:
        self.message.setText(words)
        self.message.show()
        announce(self, words, urgent=True)
        where.setFocus(Qt.FocusReason.OtherFocusReason)
