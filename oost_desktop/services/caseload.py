"""The coordinator's caseload: every pupil with an open placement, what presses most first.

Six tiles count what presses and filter the table. One share of hours is shown, of the hours
offered in whole school weeks; it is never a percentage of a pupil's school sessions.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from oost_desktop.models.calendar import monday
from oost_desktop.services import marks, wording
from oost_desktop.services.caseload_facts import WEEKS_BELOW, Facts, gather
from oost_desktop.services.desk import Desk
from oost_desktop.services.marks import Mark, Review, Tone, Topic
from oost_desktop.services.naming import PupilName
from oost_desktop.services.standing import Standing

NOTHING = 99
NEW = timedelta(days=14)
ENDING = timedelta(days=28)
_GENERIC = frozenset("school academy college high community primary infant junior".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """A line of the caseload. Minutes; `rank` 0 presses most, `NOTHING` is when nothing does."""

    pupil: PupilName
    year: str
    school: str
    tutor: str
    tutor_ids: tuple[str, ...]
    week_taught: int
    week_offered: int
    week: Mark
    last_session: Mark
    review: Mark
    evidence: Mark
    action: str
    rank: int
    days: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A number, what it counts, and the pupils it filters the table to."""

    key: str
    number: str
    label: str
    tone: Tone
    pupils: frozenset[str]


@dataclass(frozen=True, slots=True)
class Caseload:
    """The page: its rows in order, its tiles, and the segments' pupils.

    `segments` has "needs_action", "all", "new" and "ending".
    """

    heading: str
    rows: tuple[CaseloadRow, ...]
    tiles: tuple[Tile, ...]
    segments: Mapping[str, frozenset[str]]


def caseload(desk: Desk) -> Caseload:
    """The whole service's caseload, today."""
    with desk.vault.read() as connection:
        facts = gather(desk, connection)
    rows = sorted(
        (_row(facts, place) for place in facts.standing.values()),
        key=lambda row: (row.rank, -row.days, row.pupil.name.casefold()),
    )
    counted = f"{len(rows):,} pupil{'' if len(rows) == 1 else 's'}"
    return Caseload(
        f"{counted} · sorted by what needs action first",
        tuple(rows),
        tuple(_tiles(facts, rows)),
        _segments(facts, rows),
    )


def _row(facts: Facts, place: Standing) -> CaseloadRow:
    name, today = facts.names[place.pupil], facts.today
    given = facts.given.get(place.pupil, ())
    taught = facts.minutes.get((place.pupil, monday(today)), 0)
    last = facts.last.get(place.pupil)
    review = marks.review(
        facts.calendar, place.starts, place.last_review, facts.review_every, today
    )
    row = CaseloadRow(
        pupil=name,
        year="R" if name.year == 0 else "" if name.year is None else str(name.year),
        school=short_school(name.school),
        tutor=", ".join(short_name(facts.staff.get(g.tutor, "")) for g in given) or "to allocate",
        tutor_ids=tuple(g.tutor for g in given),
        week_taught=taught,
        week_offered=place.offered,
        week=_week(facts, place, taught),
        last_session=(
            marks.last_session(facts.calendar, last, place.starts, today)
            if place.starts <= today
            else Mark("—")
        ),
        review=review.mark,
        evidence=marks.evidence(place.evidence_until, today),
        action="none",
        rank=NOTHING,
        days=(today - max(last or place.starts, place.starts)).days,
    )
    for rank, (applies, words) in enumerate(_ACTIONS):
        if applies(facts, place, row):
            return replace(row, rank=rank, action=words(facts, review))
    return row


def _week(facts: Facts, place: Standing, taught: int) -> Mark:
    if place.starts > facts.today:
        starts = marks.near_date(place.starts, facts.today)
        return Mark(f"starts {starts}", Tone.NEUTRAL, Topic.HOURS)
    if place.pupil not in facts.last:
        return Mark("not started", Tone.WARN, Topic.HOURS)
    return Mark(marks.of_offered(taught, place.offered), Tone.NEUTRAL, Topic.HOURS)


# --- what needs doing, most pressing first ------------------------------------------------

Applies = Callable[[Facts, Standing, CaseloadRow], bool]
Words = Callable[[Facts, Review], str]


def _gap(facts: Facts, place: Standing, row: CaseloadRow) -> bool:
    return row.last_session.tone is Tone.DANGER and bool(row.tutor_ids)


def _review_is(tone: Tone) -> Applies:
    return lambda facts, place, row: row.review.tone is tone


def _evidence_is(tone: Tone) -> Applies:
    return lambda facts, place, row: row.evidence.tone is tone


def _unallocated(facts: Facts, place: Standing, row: CaseloadRow) -> bool:
    return not row.tutor_ids


def _not_started(facts: Facts, place: Standing, row: CaseloadRow) -> bool:
    return place.starts <= facts.today and place.pupil not in facts.last


def is_below(facts: Facts, place: Standing) -> bool:
    """Whether less was taught than offered in each of the last whole school weeks."""
    weeks = [week for week in facts.weeks[-WEEKS_BELOW:] if place.starts <= week]
    return len(weeks) == WEEKS_BELOW and all(
        facts.minutes.get((place.pupil, week), 0) < place.offered for week in weeks
    )


def _below(facts: Facts, place: Standing, row: CaseloadRow) -> bool:
    return is_below(facts, place)


def _no_named_person(facts: Facts, place: Standing, row: CaseloadRow) -> bool:
    return place.pupil not in facts.with_named_person


def _no_plan(facts: Facts, place: Standing, row: CaseloadRow) -> bool:
    late = (facts.today - place.starts).days > marks.deadline_days("PLAN")
    return late and place.pupil not in facts.with_plan


def _say(words: str) -> Words:
    return lambda facts, review: words


def _propose(facts: Facts, review: Review) -> str:
    week = marks.next_school_week(facts.calendar, facts.today)
    return f"Propose w/c {marks.near_date(week, facts.today)}"


def _invite(facts: Facts, review: Review) -> str:
    return "Arrange the initial meeting" if review.initial else "Invite parents, named person"


_ACTIONS: tuple[tuple[Applies, Words], ...] = (
    (_gap, _say("Ring tutor, arrange cover")),
    (_review_is(Tone.DANGER), _propose),
    (_evidence_is(Tone.DANGER), _say("Ask for medical evidence")),
    (_evidence_is(Tone.WARN), _say("Ask for medical evidence")),
    (_review_is(Tone.WARN), _invite),
    (_unallocated, _say("Allocate a tutor")),
    (_not_started, _say("Agree the first session")),
    (_below, _say("Ask why below hours offered")),
    (_no_named_person, _say("Ask school for a named person")),
    (_no_plan, _say("Write the education plan")),
)


# --- tiles and segments -------------------------------------------------------------------


def _tiles(facts: Facts, rows: list[CaseloadRow]) -> Iterable[Tile]:
    gap = _ids(row for row in rows if row.last_session.tone is Tone.DANGER)
    reviews = _ids(row for row in rows if row.review.tone is not Tone.NEUTRAL)
    evidence = _ids(row for row in rows if row.evidence.tone is not Tone.NEUTRAL)
    below = frozenset(p.pupil for p in facts.standing.values() if is_below(facts, p))
    holders = {holder for holder in facts.silent.values() if holder}
    theirs = _ids(row for row in rows if holders.intersection(row.tutor_ids))
    days = marks.deadline_days("GAP")
    yield _tile("gap", gap, f"no session for {days} school days", Tone.DANGER)
    yield _tile("review", reviews, "reviews due in 2 weeks", Tone.WARN)
    yield _tile("evidence", evidence, "evidence ends in 4 weeks", Tone.WARN)
    yield _tile("below", below, "below hours offered", Tone.WARN)
    silent = f"laptops silent {facts.silent_days} days"
    yield replace(_tile("silent", theirs, silent, Tone.DANGER), number=str(len(facts.silent)))
    yield _share(facts)


def _tile(key: str, pupils: frozenset[str], label: str, tone: Tone) -> Tile:
    return Tile(key, f"{len(pupils):,}", label, tone if pupils else Tone.OK, pupils)


def _share(facts: Facts) -> Tile:
    """Taught of offered over the whole school weeks of the term, for the service as a whole.

    Hours beyond what one pupil was offered do not make up for another's that are missing.
    """
    offered = taught = 0
    behind = set[str]()
    for place in facts.standing.values():
        weeks = [week for week in facts.weeks if place.starts <= week]
        theirs = sum(facts.minutes.get((place.pupil, week), 0) for week in weeks)
        due = place.offered * len(weeks)
        offered, taught = offered + due, taught + min(theirs, due)
        if theirs < due:
            behind.add(place.pupil)
    number = f"{taught * 100 // offered} %" if offered else "—"
    return Tile("taught", number, "of offered hours taught", Tone.OK, frozenset(behind))


def _segments(facts: Facts, rows: list[CaseloadRow]) -> dict[str, frozenset[str]]:
    today = facts.today
    ending = {
        place.pupil
        for place in facts.standing.values()
        if place.ends is not None and place.ends - today <= ENDING
    }
    new = {place.pupil for place in facts.standing.values() if place.starts >= today - NEW}
    return {
        "needs_action": _ids(row for row in rows if row.rank != NOTHING),
        "all": _ids(rows),
        "new": frozenset(new),
        "ending": frozenset(ending),
    }


def _ids(rows: Iterable[CaseloadRow]) -> frozenset[str]:
    return frozenset(row.pupil.id for row in rows)


def short_name(name: str) -> str:
    """J. Marsden: a member of staff in a narrow column."""
    first, _space, rest = name.partition(" ")
    return f"{first[:1]}. {rest}" if rest else name


def short_school(name: str) -> str:
    """Peverel, of Peverel Academy: a school in a narrow column."""
    words = name.split()
    while len(words) > 1 and words[-1].casefold() in _GENERIC:
        words.pop()
    return wording.first_capital(" ".join(words))
