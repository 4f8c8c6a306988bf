"""What is wrong with a form, at its head: one line for each problem, each leading to its field.

Guarantees that it is said aloud and takes the keyboard when it comes, and that remarks which may
be saved over look and sound different from what stops (GOV.UK pattern, error summary).
"""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from oost_desktop.models.problems import Problem
from oost_desktop.views import look
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.announce import announce
from oost_desktop.views.widgets.card import Surface
from oost_desktop.views.widgets.styled import label, style

STOPS = "There is a problem"
MAY_STAND = "Look at this again"
MAY_STAND_ADVICE = "You can save it as it is."
LINE = 32
_WRAPS = Qt.TextFlag.TextWordWrap


class ProblemSummary(Surface):
    """Hidden while nothing is wrong. `asked` carries the field of a line that was pressed."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = label("", "strong")
        self._advice = label(MAY_STAND_ADVICE, "muted", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(self._lines)
        column.addWidget(self._advice)
        self._links: list[_Link] = []
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these, or hide when there are none. What stops comes before what may stand."""
        for link in self._links:
            self._lines.removeWidget(link)
            link.hide()
            link.deleteLater()
        stopping = any(not problem.warning for problem in problems)
        tone = Tone.DANGER if stopping else Tone.WARN
        self._links = [_Link(problem) for problem in sorted(problems, key=_stops_first)]
        for link in self._links:
            link.asked.connect(self.asked)
            self._lines.addWidget(link)
        self._title.setText(STOPS if stopping else MAY_STAND)
        style(self._title, "tone", tone.value)
        self._advice.setVisible(not stopping)
        self.set_tinted(tone)
        self.setVisible(bool(problems))

    def take_focus(self) -> None:
        """Put the keyboard on the first line and say what this is."""
        if self._links:
            self._links[0].setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, f"{self._title.text()}. {self._links[0].text()}", urgent=True)

    def lines(self) -> tuple[QAbstractButton, ...]:
        """The lines, top to bottom."""
        return tuple(self._links)


class _Link(QAbstractButton):
    """One problem, underlined, on as many lines as it needs; pressing it asks for its field."""

    asked = Signal(str)

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self._problem = problem
        self.setText(problem.message)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        """The words on one line."""
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Its longest word, at least 32 pixels high."""
        metrics = self.fontMetrics()
        return QSize(max(map(metrics.horizontalAdvance, self.text().split())) + 2, LINE)

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The words' height at a width."""
        room = QRect(0, 0, width, 10_000)
        return max(LINE, self.fontMetrics().boundingRect(room, _WRAPS, self.text()).height() + 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words, underlined."""
        tone = Tone.WARN if self._problem.warning else Tone.DANGER
        painter = QPainter(self)
        font = self.font()
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(QColor(look.current().tokens.of(tone)))
        painter.drawText(self.rect(), _WRAPS | Qt.AlignmentFlag.AlignVCenter, self.text())

    def _on_clicked(self) -> None:
        self.asked.emit(self._problem.field)


def _stops_first(problem: Problem) -> bool:
    return problem.warning
