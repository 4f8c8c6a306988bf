"""Placements laid end to end along tutors' lanes, and each pupil's file built around one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from oost_desktop.clock import london
from oost_desktop.invented.cast import CAST, Part
from oost_desktop.invented.concerns import ONE_IN, draw_concern
from oost_desktop.invented.people import Family, Sketch, cast_part, stranger
from oost_desktop.invented.places import SchoolPlace
from oost_desktop.invented.plans import Course, assessments, plans_and_targets
from oost_desktop.invented.records import (
    InventedAcceptance,
    InventedAgreement,
    InventedAllocation,
    InventedCase,
    InventedConcern,
    InventedPlacement,
    InventedPlan,
    InventedSlot,
    InventedTarget,
)
from oost_desktop.invented.rota import LANES, SHARED_HOUR, Hour
from oost_desktop.invented.source import between, pick, rows_where, seeded
from oost_desktop.models.calendar import TermCalendar, monday

_CORE = ("MAT", "ENG", "SCI")
_VENUES = {
    "MED": ("HOME", "HOME", "HOME", "HOSPITAL", "ONLINE"),
    "MENT": ("HOME", "HOME", "ONLINE", "LIBRARY"),
    "PREG": ("HOME", "HOME", "ONLINE"),
}
_ENDS = ("SCHOOL", "SCHOOL", "SCHOOL", "NEWSCHOOL", "COLLEGE", "EVIDENCE", "OTHERAP", "MOVED")


@dataclass(frozen=True, slots=True)
class Setting:
    """The service a case is built in. `tutors` are keys of staff."""

    seed: int
    today: date
    first_day: date
    tutors: tuple[str, ...]
    office: str
    schools: tuple[SchoolPlace, ...]
    agreement: InventedAgreement
    calendar: TermCalendar


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pupil stands in a tutor's week and years: `last_day` None while it runs."""

    tutor: int
    lane: int
    first_day: date
    last_day: date | None


def places(setting: Setting, pupils: int) -> list[Place]:
    """A place for every pupil. Who comes first on a tutor's list is taught today."""
    tutors = len(setting.tutors)
    lists: list[list[int]] = [[] for _tutor in range(tutors)]
    for number in range(pupils):
        tutor = CAST[number].tutor if number < len(CAST) else number
        lists[tutor % tutors].append(number)
    found: dict[int, Place] = {}
    for tutor, numbers in enumerate(lists):
        for order, number in enumerate(numbers):
            lane, turn = order % len(LANES), order // len(LANES)
            turns = -(-(len(numbers) - lane) // len(LANES))
            found[number] = _place(setting, tutor, lane, turn, turns, number)
    return [found[number] for number in range(pupils)]


def _place(setting: Setting, tutor: int, lane: int, turn: int, turns: int, number: int) -> Place:
    dice = seeded(setting.seed, "place", number)
    share = (setting.today - setting.first_day) / turns
    first = setting.today - share * (turn + 1)
    first += share * (dice.random() * 0.15)
    last = None if turn == 0 else setting.today - share * turn - timedelta(days=1)
    return Place(tutor, lane, monday(first) if turn == turns - 1 == 0 else first, last)


def build_case(setting: Setting, number: int, place: Place) -> InventedCase:
    """The whole file of one pupil, but for sessions and work."""
    part = CAST[number] if number < len(CAST) else None
    sketch = _sketch(setting, number, place, part)
    if part is not None and part.unallocated:
        place = Place(place.tutor, place.lane, monday(setting.today) + timedelta(days=7), None)
    made_at = london(place.first_day - timedelta(days=12), 9, 30)
    family = sketch.family(setting.seed, setting.office, made_at)
    return _Builder(setting, number, place, part, family, made_at).case()


def _sketch(setting: Setting, number: int, place: Place, part: Part | None) -> Sketch:
    if part is not None:
        return cast_part(number, part, setting.today, setting.schools)
    leaving = place.last_day or setting.today
    return stranger(setting.seed, number, leaving, setting.today, setting.schools)


class _Builder:
    """Builds one case; only here so that its parts need not be handed about."""

    def __init__(
        self,
        setting: Setting,
        number: int,
        place: Place,
        part: Part | None,
        family: Family,
        made_at: datetime,
    ) -> None:
        self.setting, self.number, self.place, self.part = setting, number, place, part
        self.family, self.made_at = family, made_at
        self.key, self.tutor = family.pupil.key, setting.tutors[place.tutor]
        self.dice = seeded(setting.seed, self.key, "case")

    def case(self) -> InventedCase:
        """Everything together."""
        slots = self._slots()
        course = self._course(slots)
        plans: tuple[InventedPlan, ...] = ()
        targets: tuple[InventedTarget, ...] = ()
        if slots:
            plans, targets = plans_and_targets(
                self.dice, self.family.voice, course, self.setting.calendar
            )
        last_review = plans[-1].agreed_on if plans else None
        return InventedCase(
            number=self.number,
            voice=self.family.voice,
            pupil=self.family.pupil,
            contacts=self.family.contacts,
            acceptance=self._acceptance(),
            placements=(self._placement(last_review),),
            allocations=self._allocations(slots),
            slots=slots,
            plans=plans,
            targets=targets,
            assessments=assessments(self.dice, self.family.voice, course, plans) if slots else (),
            concerns=self._concerns(slots),
            silent_days=self.part.silent_days if self.part else 0,
            integrating=self.part.integrating if self.part else self.dice.random() < 0.12,
        )

    def _until(self) -> date:
        return min(self.place.last_day or self.setting.today, self.setting.today)

    def _course(self, slots: Sequence[InventedSlot]) -> Course:
        subjects = tuple(dict.fromkeys(slot.subject for slot in slots))
        first, open_case = self.place.first_day, self.place.last_day is None
        return Course(self.key, self.tutor, first, self._until(), open_case, subjects)

    def _slots(self) -> tuple[InventedSlot, ...]:
        if self.part is not None and self.part.unallocated:
            return ()
        venue = self.part.venue if self.part else pick(self.dice, _VENUES[self.family.voice.reason])
        order = between(self.dice, 0, 2)
        if self.part is not None:
            order = _CORE.index(self.part.first_subject)
        hours = LANES[self.place.lane]
        made = [
            self._slot(place, hour, self.tutor, _CORE[(order + place) % 3], venue)
            for place, hour in enumerate(hours)
        ]
        second = self._second_tutor()
        if second is not None:
            made.append(self._slot(len(hours), SHARED_HOUR, second, "MAT", "ONLINE"))
        return tuple(made)

    def _second_tutor(self) -> str | None:
        shared = self.part.shared_with if self.part else None
        tutors = self.setting.tutors
        return tutors[shared] if shared is not None and shared < len(tutors) else None

    def _slot(self, place: int, hour: Hour, tutor: str, subject: str, venue: str) -> InventedSlot:
        rooms = {"HOSPITAL": "Nightingale ward", "LIBRARY": f"{self.family.town} Library"}
        return InventedSlot(
            key=f"{self.key}-slot-{place + 1}",
            made_by=self.setting.office,
            made_at=self.made_at,
            pupil=self.key,
            tutor=tutor,
            subject=subject,
            weekday=str(hour.weekday),
            starts_at=hour.starts_at,
            ends_at=hour.ends_at,
            venue=venue,
            place=rooms.get(venue),
            mode="ONLINE" if venue == "ONLINE" else "IN_PERSON",
            first_day=self.place.first_day,
            last_day=self.place.last_day,
        )

    def _placement(self, last_review: date | None) -> InventedPlacement:
        hours = (*LANES[self.place.lane], *((SHARED_HOUR,) if self._second_tutor() else ()))
        offered = sum(hour.minutes for hour in hours)
        ended = self.place.last_day
        reason = self.family.voice.reason
        lasts = between(self.dice, 20, 140)
        return InventedPlacement(
            key=f"{self.key}-placement-1",
            made_by=self.setting.office,
            made_at=self.made_at,
            pupil=self.key,
            reason=reason,
            starts=self.place.first_day,
            ends=ended,
            ended_because=pick(self.dice, _ENDS) if ended else None,
            advised=offered + 30 * between(self.dice, 0, 2),
            offered=offered,
            offer_reason=pick(self.dice, rows_where("views", whose="OFFER", reason=reason))["text"],
            last_review=last_review,
            evidence_until=ended or self.setting.today + timedelta(days=lasts),
        )

    def _allocations(self, slots: Sequence[InventedSlot]) -> tuple[InventedAllocation, ...]:
        tutors = tuple(dict.fromkeys(slot.tutor for slot in slots))
        return tuple(
            InventedAllocation(
                key=f"{self.key}-allocation-{order + 1}",
                made_by=self.setting.office,
                made_at=self.made_at,
                pupil=self.key,
                tutor=tutor,
                subject=next(slot.subject for slot in slots if slot.tutor == tutor)
                if len(tutors) > 1
                else None,
                starts=self.place.first_day,
                ends=self.place.last_day,
            )
            for order, tutor in enumerate(tutors)
        )

    def _acceptance(self) -> InventedAcceptance:
        return InventedAcceptance(
            key=f"{self.key}-acceptance",
            made_by=self.setting.office,
            made_at=self.made_at,
            pupil=self.key,
            school=self.family.school.record.key,
            agreement=self.setting.agreement.key,
            sha256=self.setting.agreement.sha256,
            accepted_by=self.family.school.named_person,
            position="Named person",
            accepted_at=self.made_at - timedelta(days=2),
            method="Referral form",
        )

    def _concerns(self, slots: Sequence[InventedSlot]) -> tuple[InventedConcern, ...]:
        if not slots or self.dice.random() > 1 / ONE_IN:
            return ()
        slot = pick(self.dice, slots)
        span = (self._until() - self.place.first_day).days
        days = [self.place.first_day + timedelta(days=number) for number in range(span)]
        held = [
            day
            for day in days
            if str(day.isoweekday()) == slot.weekday and self.setting.calendar.is_term_day(day)
        ]
        if not held:
            return ()
        dsl = self.family.school.record.dsl_name
        return (draw_concern(self.dice, self.family.voice, slot, dsl, held),)
