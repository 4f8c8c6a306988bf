"""What happened in an invented pupil's lessons, one after another, as a tutor would write it.

Topics follow each other and come back; outcomes, moods and words fit the pupil's reason for
being taught at home. Made for volume: everything that can be said about a pupil is worded once,
and each session only chooses.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random

from oost_desktop.clock import london
from oost_desktop.invented.records import InventedCase, InventedSession, InventedSlot, InventedWork
from oost_desktop.invented.script import Script, Topic
from oost_desktop.invented.source import seeded
from oost_desktop.models.codes import code_list

TermDays = Mapping[int, Sequence[date]]

# Of a hundred planned lessons; the rest take place in full.
_MISSED: Mapping[str, tuple[tuple[str, int], ...]] = {
    "MED": (("PART", 6), ("ILL", 7), ("APPT", 3), ("HOSPITAL", 2), ("PARENTCANX", 1),
            ("TUTORCANX", 1), ("NOACCESS", 1), ("VENUECANX", 1)),
    "MENT": (("PART", 7), ("REFUSED", 6), ("ILL", 3), ("APPT", 2), ("NOACCESS", 2),
             ("TUTORCANX", 1), ("OOSTCANX", 1), ("NOADULT", 1), ("TECHFAIL", 1)),
    "PREG": (("PART", 5), ("APPT", 8), ("ILL", 5), ("TUTORCANX", 1)),
}  # fmt: skip
# What can only happen in some places; elsewhere the pupil was simply unwell.
_ONLY_AT: Mapping[str, frozenset[str]] = {
    "TECHFAIL": frozenset({"ONLINE"}),
    "VENUECANX": frozenset({"LIBRARY"}),
    "NOADULT": frozenset({"HOME"}),
    "NOACCESS": frozenset({"HOME", "ONLINE"}),
    "REFUSED": frozenset({"HOME", "ONLINE"}),
}
_SCHOOL_VISITS = 18  # of a hundred, for a pupil on the way back
_WORK_SET, _NOT_RETURNED, _SET_BY_SCHOOL = 0.45, 0.12, 0.25
_OWN_WORDS, _PAPER, _TOLD = 0.35, 0.04, 0.92
_MINUTE = timedelta(minutes=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Hour:
    """A timetable slot made ready: minutes after midnight, as time spans."""

    slot: InventedSlot
    start: timedelta
    end: timedelta


def lessons(
    case: InventedCase, term_days: TermDays, seed: int, today: date
) -> Iterator[tuple[InventedSession, InventedWork | None]]:
    """The recorded sessions before `today`, in order, each with the work set in it, if any.

    `term_days` are the days of term by ISO weekday, ascending. Same seed, same lessons.
    """
    diary = _Diary(case, seed, today)
    outcomes = _outcome_table(case)
    reached: dict[str, int] = {}
    for number, (day, hour) in enumerate(_occurrences(case, term_days, today), start=1):
        outcome = _draw_outcome(diary.dice, outcomes, hour.slot.venue)
        seen = reached.get(hour.slot.subject, 0)
        if _was_taught(outcome):
            reached[hour.slot.subject] = seen + 1
            yield diary.taught(number, day, hour, outcome, seen)
        else:
            yield diary.not_held(number, day, hour, outcome), None


def _occurrences(case: InventedCase, term_days: TermDays, today: date) -> list[tuple[date, _Hour]]:
    until = today - timedelta(days=max(case.silent_days, 1))
    found: list[tuple[date, _Hour]] = []
    for slot in case.slots:
        days = term_days.get(int(slot.weekday), ())
        last = until if slot.last_day is None else min(until, slot.last_day)
        hour = _Hour(slot, _since_midnight(slot.starts_at), _since_midnight(slot.ends_at))
        chosen = days[bisect_left(days, slot.first_day) : bisect_right(days, last)]
        found.extend((day, hour) for day in chosen)
    found.sort(key=lambda occurrence: (occurrence[0], occurrence[1].start))
    if case.number % 5 == 1:  # someone is always behind with the last one
        del found[-1:]
    return found


def _since_midnight(clock: str) -> timedelta:
    return timedelta(hours=int(clock[:2]), minutes=int(clock[3:]))


@lru_cache(maxsize=4096)
def _midnight(day: date) -> datetime:
    # Clocks change on Sunday nights, and nobody is taught then: hours can simply be added.
    return london(day)


@lru_cache(maxsize=64)
def _was_taught(outcome: str) -> bool:
    return code_list("session_outcomes").extra(outcome, "delivered") == "1"


@lru_cache(maxsize=64)
def _is_notified(outcome: str) -> bool:
    column = "notify_school_same_day"
    return code_list("session_outcomes").extra(outcome, column) == "1"


def _outcome_table(case: InventedCase) -> tuple[list[str], list[float]]:
    shares = list(_MISSED[case.voice.reason])
    if case.integrating:
        shares.insert(0, ("SCHOOLEVENT", _SCHOOL_VISITS))
    bounds = [total / 100 for total in accumulate(share for _code, share in shares)]
    return [code for code, _share in shares], bounds


def _draw_outcome(dice: Random, table: tuple[list[str], list[float]], venue: str) -> str:
    place = bisect_right(table[1], dice.random())
    if place == len(table[0]):
        return "ATTENDED"
    outcome = table[0][place]
    possible = _ONLY_AT.get(outcome)
    return outcome if possible is None or venue in possible else "ILL"


class _Diary:
    """One pupil's diary as their tutors keep it."""

    def __init__(self, case: InventedCase, seed: int, today: date) -> None:
        self.dice = seeded(seed, case.pupil.key, "lessons")
        self._pupil = case.pupil.key
        self._today = today
        self._there = Script(case.voice, online=False)
        self._online = Script(case.voice, online=True)
        starts = [plan.agreed_on for plan in case.plans]
        self._targets = list(zip(starts, case.learning_targets, strict=True))

    def taught(
        self, number: int, day: date, hour: _Hour, outcome: str, seen: int
    ) -> tuple[InventedSession, InventedWork | None]:
        """A lesson that took place, the `seen`-th in its subject, and the work it left."""
        draw, slot, words = self.dice.random, hour.slot, self._script(hour.slot)
        topics = words.topics(slot.subject)
        topic = topics[seen // 2 % len(topics)]
        engagement = min(5, 2 + int(draw() * 3.2) + (draw() < 0.2) - (draw() < 0.15))
        starts, ends = _midnight(day) + hour.start, _midnight(day) + hour.end
        session = InventedSession(
            key=f"{self._pupil}-session-{number}",
            made_by=slot.tutor,
            made_at=ends + _MINUTE * (5 + int(draw() * 300)),
            pupil=self._pupil,
            tutor=slot.tutor,
            subject=slot.subject,
            slot=slot.key,
            starts=starts,
            ends=ends,
            venue=slot.venue,
            place=slot.place,
            mode=slot.mode,
            adult=words.adult(slot.venue, draw()),
            outcome=outcome,
            outcome_note=words.why(outcome, draw()),
            covered=words.covered(topic, draw(), seen % 2, engagement),
            target=self._target_on(day),
            engagement=engagement,
            own_words=words.own(engagement, draw()) if draw() < _OWN_WORDS else None,
            next_step=topic.next_step,
            school_told=self._told(outcome, ends),
            from_paper=draw() < _PAPER,
        )
        return session, self._work(session, day, topic) if draw() < _WORK_SET else None

    def not_held(self, number: int, day: date, hour: _Hour, outcome: str) -> InventedSession:
        """A planned lesson that did not take place, and why."""
        slot = hour.slot
        starts = _midnight(day) + hour.start
        return InventedSession(
            key=f"{self._pupil}-session-{number}",
            made_by=slot.tutor,
            made_at=starts + _MINUTE * (20 + int(self.dice.random() * 300)),
            pupil=self._pupil,
            tutor=slot.tutor,
            subject=slot.subject,
            slot=slot.key,
            starts=starts,
            ends=_midnight(day) + hour.end,
            venue=slot.venue,
            place=slot.place,
            mode=slot.mode,
            adult=None,
            outcome=outcome,
            outcome_note=self._script(slot).why(outcome, self.dice.random()),
            covered=None,
            target=None,
            engagement=None,
            own_words=None,
            next_step=None,
            school_told=self._told(outcome, starts),
            from_paper=False,
        )

    def _script(self, slot: InventedSlot) -> Script:
        return self._online if slot.mode == "ONLINE" else self._there

    def _told(self, outcome: str, at: datetime) -> datetime | None:
        if not _is_notified(outcome) or self.dice.random() > _TOLD:
            return None
        return at + _MINUTE * int(10 + self.dice.random() * 60)

    def _target_on(self, day: date) -> str | None:
        current = None
        for agreed_on, target in self._targets:
            if agreed_on > day:
                break
            current = target
        return current

    def _work(self, session: InventedSession, day: date, topic: Topic) -> InventedWork:
        draw = self.dice.random
        returned = day + timedelta(days=2 + int(draw() * 8))
        marked = returned + timedelta(days=1 + int(draw() * 6))
        came_back = draw() > _NOT_RETURNED and returned < self._today
        is_marked = came_back and marked < self._today
        mark, out_of = topic.mark if topic.mark[1] else (11 + int(draw() * 9), 20)
        return InventedWork(
            key=session.key.replace("session", "work"),
            made_by=session.tutor,
            made_at=session.made_at,
            pupil=session.pupil,
            subject=session.subject,
            title=topic.work,
            instructions=topic.instructions,
            set_by="SCHOOL" if draw() < _SET_BY_SCHOOL else "TUTOR",
            session=session.key,
            set_on=day,
            due_on=day + _WEEK,
            returned_on=returned if came_back else None,
            marked_on=marked if is_marked else None,
            mark=mark if is_marked else None,
            out_of=out_of if is_marked else None,
            effort=2 + int(draw() * 4) if is_marked else None,
            feedback=topic.feedback if is_marked else None,
        )
