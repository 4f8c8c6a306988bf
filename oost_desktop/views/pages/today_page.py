"""Today: the next session with one large act, the rest of the day, what waits and what is due."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from oost_desktop.services import today, wording
from oost_desktop.services.today import Item, Later, Next, Today
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import Button, Height, Kind, secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import State
from oost_desktop.views.widgets.row_list import Row, RowList
from oost_desktop.views.widgets.styled import Strong, label

_GAP = 17
_MEANING = {"Review": Icon.REVIEW, "Medical evidence": Icon.DOCUMENT}


class TodayPage(Page):
    """A tutor's home. Every line on it opens what it speaks of."""

    shows = ("session", "work", "pupil", "timetable_slot", "placement", "term_period")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._today: Today | None = None
        self._head = PageHead(" ", " ", stacked=True)
        self._next = _NextCard()
        self._nothing = EmptyState(
            "No session waits to be recorded",
            "Plan one, or record what was not planned.",
            "Record session",
        )
        self._later = _ListCard(
            "", ("Also today", "Pupil", "Where", "Subject", ""), (4, 4, 9, 2, 3)
        )
        self._finish = _ListCard("To finish", (), (), "Nothing is waiting. Well done.")
        self._due = _ListCard(
            "Due soon for my pupils", (), (), "Nothing falls due in the next weeks."
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Today")
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Read the day again."""
        desk = self.context.desk
        self.context.jobs.run("db", today.today, desk, owner=self, done=self._show, key="today")

    def record_next(self) -> None:
        """Record the session now or next; an unplanned one if there is none."""
        upcoming = self._today.next if self._today else None
        self.context.go("session", upcoming.hour if upcoming else None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        for part in (self._head, self._next, self._nothing, self._later):
            column.addWidget(part)
        pair = QHBoxLayout()
        pair.setSpacing(_GAP)
        pair.addWidget(self._finish, 1)
        pair.addWidget(self._due, 1)
        column.addLayout(pair, 1)
        for part in (self._next, self._nothing, self._later):
            part.hide()

    def _connect(self) -> None:
        self._next.record.clicked.connect(self.record_next)
        self._next.card.clicked.connect(self._on_card)
        self._nothing.pressed.connect(self.record_next)
        self._later.rows.activated.connect(self._on_later)
        self._finish.rows.activated.connect(self._on_finish)
        self._due.rows.activated.connect(self._on_due)

    def _show(self, day: Today) -> None:
        self._today = day
        self._head.set_title(wording.long_day(day.day))
        self._head.set_subtitle(day.heading)
        self._next.setVisible(day.next is not None)
        self._nothing.setVisible(day.next is None and not day.later)
        if day.next is not None:
            self._next.show_next(day.next)
        self._later.setVisible(bool(day.later))
        self._later.show_rows([_later_row(str(n), each) for n, each in enumerate(day.later)])
        self._finish.show_rows([_item_row(str(n), each) for n, each in enumerate(day.to_finish)])
        self._due.show_rows([_item_row(str(n), each) for n, each in enumerate(day.due)])
        self._take_keyboard()

    def _take_keyboard(self) -> None:
        """Enter on the page that has just come records the next session."""
        holder = QApplication.focusWidget()
        if self.isVisible() and (holder is None or holder is self):
            first = self._next.record if self._next.isVisibleTo(self) else self._nothing.button
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_card(self) -> None:
        if self._today and self._today.next:
            self.context.go("emergency", self._today.next.pupil.id)

    def _on_later(self, key: str) -> None:
        assert self._today is not None
        self.context.go("session", self._today.later[int(key)].hour)

    def _on_finish(self, key: str) -> None:
        assert self._today is not None
        item = self._today.to_finish[int(key)]
        self.context.go(item.opens, item.hour if item.hour is not None else item.subject)

    def _on_due(self, key: str) -> None:
        assert self._today is not None
        item = self._today.due[int(key)]
        self.context.go(item.opens, item.subject)


class _NextCard(Card):
    """The session now or next: who, where, what was said last time, and one large act."""

    def __init__(self) -> None:
        super().__init__(bar=Tone.ACCENT)
        self.record = Button(
            "Record session", kind=Kind.PRIMARY, meaning=Icon.RECORD, height=Height.TALL
        )
        self.card = secondary("Emergency card", Icon.EMERGENCY)
        self._lead = label("", "small", wrap=True)
        self._who = label("", "heading", wrap=True)
        self._last = label("", "muted", wrap=True)
        self.body.setContentsMargins(22, 16, 18, 16)
        row = QHBoxLayout()
        row.addLayout(_column((self._lead, self._who, self._last), 5), 1)
        row.addLayout(_column((self.record, self.card), 8))
        self.body.addLayout(row)

    def show_next(self, upcoming: Next) -> None:
        """Say this session."""
        pupil = upcoming.pupil
        who = ", ".join(part for part in (pupil.name, pupil.year_words) if part)
        subject = today.subject_words(upcoming.hour.subject)
        self._lead.setText(upcoming.lead)
        self._who.setText(f"{who} · {subject}" if subject else who)
        said = []
        if upcoming.covered:
            said.append(f"Last time: {wording.first_line(upcoming.covered, 90)}")
        if upcoming.next_step:
            said.append(f"Next step: {wording.first_line(upcoming.next_step, 60)}")
        self._last.setText(" ".join(said) or "This is your first session together.")


class _ListCard(Card):
    """A heading over rows, or a quiet sentence where there are none."""

    def __init__(
        self, title: str, headings: Sequence[str], stretches: Sequence[int], empty: str = ""
    ) -> None:
        super().__init__(title, padded=False)
        self.rows = RowList(headings, stretches=stretches)
        self._empty = label(empty, "muted", wrap=True)
        self._empty.setContentsMargins(12, 12, 12, 12)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, or the sentence."""
        self._empty.setVisible(not rows)
        self.rows.setVisible(bool(rows))
        self.rows.set_rows(rows)


def _column(parts: Sequence[QLabel | Button], gap: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(gap)
    column.addStretch(1)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return column


def _later_row(key: str, later: Later) -> Row:
    times = wording.span(later.hour.start, later.hour.end)
    pill = State(later.state, Tone(later.tone.value))
    return Row(key, (times, later.pupil.name, later.where, later.subject, pill))


def _item_row(key: str, item: Item) -> Row:
    whom = f" · {item.pupil.name}" if item.pupil else ""
    meaning = Icon.CLOCK if item.opens == "session" else _MEANING.get(item.what)
    pill = State(item.state, Tone(item.tone.value), meaning) if item.state else ""
    return Row(key, ((Strong(item.what), whom), item.detail, pill))
