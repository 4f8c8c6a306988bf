"""The timetable: a week day by day, what became of each hour, a way to write one up or add one."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from oost_desktop.services import timetable, today, wording
from oost_desktop.services.timetable import Occurrence, Week
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.layout import line, stack
from oost_desktop.views.pages.parts.new_hour import NewHour
from oost_desktop.views.pages.parts.week_grid import DayColumn, HourCell, WeekGrid
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import State

WEEK = timedelta(days=7)
SCHOOL_DAYS = 5


class TimetablePage(Page):
    """A tutor's own week; at the office everybody's. Comes with a day, a kept form, or nothing."""

    shows = ("session", "timetable_slot", "term_period", "pupil", "staff_member")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._week: Week | None = None
        self._day: date | None = None
        self._hours: dict[str, Occurrence] = {}
        self._wants_keyboard = False
        self.head = PageHead(" ", " ", stacked=True)
        self.before = secondary("Week before", Icon.UP, key_hint="Alt ↑")
        self.this_week = secondary("This week", Icon.TODAY, key_hint="Alt Home")
        self.after = secondary("Week after", Icon.DOWN, key_hint="Alt ↓")
        self.grid = WeekGrid()
        for button, act, keys in (
            (self.before, self.go_before, "Alt+Up"),
            (self.this_week, self.go_to_this_week, "Alt+Home"),
            (self.after, self.go_after, "Alt+Down"),
        ):
            button.clicked.connect(act)
            inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, act, context=inside)
        self.head.add_act(line(self.before, self.this_week, self.after))
        self.grid.opened.connect(self._on_opened)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Timetable")
        self.new_button = secondary("New weekly hour", Icon.ADD)
        self.week = QWidget()
        stack(self.week, self.head, self.grid, line(self.new_button))
        self.new_hour = NewHour(replace(context, back=self._leave_form))
        self.new_hour.hide()
        stack(self, self.week, self.new_hour)
        self.new_button.clicked.connect(self.write_hour)
        self.new_hour.done.connect(self._leave_form)

    def show_for(self, subject: object) -> None:
        """The week of a day; without one, the week that was last looked at."""
        if isinstance(subject, date):
            self._day = subject
        if subject == timetable.NEW_HOUR:
            self.write_hour()
            return
        self._wants_keyboard = not self._is_writing()
        self.refresh()

    def pupil_on_show(self) -> str | None:
        """The pupil of the hour in hand, or of the hour that is being written."""
        if self._is_writing():
            written = self.new_hour.form.draft.values["pupil"]
            return written if isinstance(written, str) else None
        hour = self._hours.get(self.grid.key_in_hand())
        return hour.pupil if hour else None

    def leave(self) -> None:
        """Keep what is typed into the form of a new hour."""
        if self._is_writing():
            self.new_hour.leave()

    def write_hour(self) -> None:
        """Open the form of a new weekly hour in the place of the week."""
        self.week.hide()
        self.new_hour.show()
        self.new_hour.begin()

    def refresh(self) -> None:
        """Read the week again."""
        desk = self.context.desk
        tutor = None if desk.is_office_staff else desk.person.id
        self.context.jobs.run(
            "db",
            timetable.week,
            desk,
            self._day or desk.today,
            tutor,
            owner=self,
            done=self._show,
            key="week",
        )

    def go_before(self) -> None:
        """Show the week before."""
        self._go_to((self._day or self.context.desk.today) - WEEK)

    def go_after(self) -> None:
        """Show the week after."""
        self._go_to((self._day or self.context.desk.today) + WEEK)

    def go_to_this_week(self) -> None:
        """Show the week of today, tomorrow's too when tomorrow comes."""
        self._go_to(None)

    def _is_writing(self) -> bool:
        return self.new_hour.isVisibleTo(self)

    def _leave_form(self) -> None:
        """Escape or saved: the week again, with what was typed kept."""
        self.leave()
        self.new_hour.hide()
        self.week.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wants_keyboard = True
        self.refresh()

    def _go_to(self, day: date | None) -> None:
        self._day = day
        self._wants_keyboard = bool(self.grid.key_in_hand()) or self.hasFocus()
        self.refresh()

    def _show(self, week: Week) -> None:
        self._week = week
        hours = [hour for hour in week.occurrences if hour.pupil in week.pupils]
        self._hours = {_key(hour): hour for hour in hours}
        self.head.set_title(_title(week.monday))
        self.head.set_subtitle(self._subtitle(week, hours))
        self.grid.show_days([self._column(week, day, hours) for day in _days(week.monday, hours)])
        if self._wants_keyboard:
            self._wants_keyboard = False
            self._take_keyboard(hours)

    def _subtitle(self, week: Week, hours: list[Occurrence]) -> str:
        now = self.context.desk.clock.now()
        today_ = self.context.desk.today
        away = (week.monday - today_ + timedelta(days=today_.weekday())).days // 7
        near = {-1: "last week", 0: "this week", 1: "next week"}.get(away, "")
        planned = wording.count(len(hours), "session")
        waiting = sum(1 for hour in hours if _waits(hour, now))
        late = f"{wording.count(waiting, 'is', 'are')} not written up" if waiting else ""
        parts = [part for part in (near, week.heading, planned, late) if part]
        return wording.first_capital(" · ".join(parts))

    def _column(self, week: Week, day: date, hours: list[Occurrence]) -> DayColumn:
        today_ = self.context.desk.today
        cells = [self._cell(week, hour) for hour in hours if wording.local_day(hour.start) == day]
        words = wording.first_capital(week.holidays.get(day, ""))
        return DayColumn(f"{day:%A} {day.day}", day == today_, words, tuple(cells))

    def _cell(self, week: Week, hour: Occurrence) -> HourCell:
        desk = self.context.desk
        tutor = week.tutors.get(hour.tutor, "") if desk.is_office_staff else ""
        lines = (today.subject_words(hour.subject), today.where(hour), tutor)
        return HourCell(
            _key(hour),
            wording.span(hour.start, hour.end),
            week.pupils[hour.pupil].name,
            tuple(words for words in lines if words),
            _state(hour, desk.clock.now()),
        )

    def _take_keyboard(self, hours: list[Occurrence]) -> None:
        """The keyboard goes to the hour now or next; in another week to its first."""
        holder = QApplication.focusWidget()
        here = holder is None or holder is self or self.isAncestorOf(holder)
        if not here or not self.isVisible():
            return
        now = self.context.desk.clock.now()
        coming = next((hour for hour in hours if hour.end > now), None)
        stop = self.grid.make_stop(_key(coming) if coming else "")
        (stop or self.this_week).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self, key: str) -> None:
        self.context.go("session", self._hours[key])


def _key(hour: Occurrence) -> str:
    """Finds an hour again after it was recorded: the plan's own id first."""
    return f"{hour.slot or hour.session} {wording.local_day(hour.start)}"


def _days(monday: date, hours: list[Occurrence]) -> list[date]:
    """Monday to Friday, and a day of the weekend if there is anything on it."""
    held = {wording.local_day(hour.start) for hour in hours}
    every = (monday + timedelta(days=number) for number in range(7))
    return [day for number, day in enumerate(every) if number < SCHOOL_DAYS or day in held]


def _title(monday: date) -> str:
    friday = monday + timedelta(days=4)
    month = f" {monday:%B}" if monday.month != friday.month else ""
    return f"{monday.day}{month} to {friday.day} {friday:%B}"


def _waits(hour: Occurrence, now: datetime) -> bool:
    return not hour.is_written_up and hour.end < now


def _state(hour: Occurrence, now: datetime) -> State:
    if hour.is_written_up:
        return State("Recorded", Tone.OK, Icon.TICK)
    if _waits(hour, now):
        return State("Not written up", Tone.WARN, Icon.CLOCK)
    return State("Planned")
