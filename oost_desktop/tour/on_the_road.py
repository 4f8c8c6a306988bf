"""Third act: six weeks of lessons, each written up on the tutor's own laptop on its own day."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from oost_desktop.clock import london
from oost_desktop.errors import OostError
from oost_desktop.invented import InventedCase, record_values
from oost_desktop.invented.records import Invented, InventedSession, InventedWork
from oost_desktop.services import concerns, marking, records, sessions
from oost_desktop.services.desk import Desk
from oost_desktop.tour.stage import TODAY, Act, Stage, hold, laptop_of

Event = tuple[datetime, int, Callable[[], None]]
CONCERN = "concern"


def write_plans(stage: Stage) -> str:
    """Education plans, targets and first assessments, by the tutors."""
    counts = {"education_plan": 0, "target": 0, "assessment": 0}
    for case in stage.cases:
        for item in (*case.plans, *case.targets, *case.assessments):
            stage.clock.move_to(item.made_at)
            _save(stage, stage.desks[laptop_of(item.made_by)], item)
            counts[item.ETYPE] += 1
    return ", ".join(f"{count} {etype.replace('_', ' ')}s" for etype, count in counts.items())


def teach_six_weeks(stage: Stage) -> str:
    """Every lesson and every piece of work, recorded by its tutor in the order it happened."""
    events = sorted(
        (event for case in stage.cases for event in _events(stage, case)),
        key=lambda event: event[:2],
    )
    for when, _order, happen in events:
        stage.clock.move_to(when)
        happen()
    stage.clock.move_to(london(TODAY, 16, 30))
    counts = {
        tutor.name: len(records.ids(stage.desks[laptop_of(tutor.key)], "session"))
        for tutor in stage.service.tutors
    }
    stage.kept["sessions"] = sum(counts.values())
    planned = sum(1 for case in stage.cases for _session in stage.service.sessions(case))
    kept = stage.kept["sessions"]
    hold(kept == planned, f"{kept} sessions are on the laptops, {planned} were taught.")
    return f"{planned} sessions on three laptops: {', '.join(map(str, counts.values()))}"


def refuse_an_impossible_session(stage: Stage) -> str:
    """Nobody is in two places at once: an overlapping session is refused, in a sentence."""
    desk = stage.desks[laptop_of("tutor-01")]
    entity = records.ids(desk, "session")[0]
    values = records.values_of(desk, "session", entity)
    before = len(records.ids(desk, "session"))
    try:
        sessions.record(desk, {**values, "covered": "The same hour once more."})
    except OostError as error:
        said = str(error)
    else:
        said = ""
    hold("overlaps" in said, f"A tutor was recorded in two lessons at once ({said!r}).")
    hold(len(records.ids(desk, "session")) == before, "A refused session was kept.")
    return "an overlapping session was refused in a sentence, and nothing was kept of it"


def raise_a_concern(stage: Stage) -> str:
    """A tutor raises a concern on the laptop; its words are sealed as it is submitted."""
    desk = stage.desks[laptop_of("tutor-01")]
    case = concern_case(stage)
    values: dict[str, Any] = {
        "pupil": stage.placed.ids[case.pupil.key],
        "verbatim": "“I don’t want to be at home when the lodger is there,” she said, twice.",
        "asked": "“Do you want to tell me more about that?”",
        "happened_at": stage.clock.clock().now() - timedelta(minutes=40),
        "did": "Listened, did not promise to keep it secret, rang the school’s DSL at once.",
        "categories": ("HOME",),
    }
    entity = concerns.submit(desk, values)
    stage.kept[CONCERN] = entity
    hold(concerns.untold(desk) == 1, "A concern nobody was told of does not stay red.")
    told = {"whom": "The school’s DSL", "told_at": stage.clock.clock().now(), "how": "PHONE"}
    concerns.tell(desk, entity, told)
    hold(concerns.untold(desk) == 0, "A concern stays red although the school was told.")
    read = concerns.read(desk, entity)
    hold(read.words["verbatim"] == values["verbatim"], "The author cannot re-read their concern.")
    with desk.vault.read() as connection:
        stored = connection.exec_driver_sql(
            "select body from op where entity = ?", (entity,)
        ).scalar_one()
    hold(b"lodger" not in stored, "The words of a concern lie unsealed in the vault.")
    return "sealed at once; red until the school was told; its author can still read it"


def concern_case(stage: Stage) -> InventedCase:
    """The pupil whom the concern is about: the first that the first tutor teaches."""
    return next(case for case in stage.cases if case.slots and case.slots[0].tutor == "tutor-01")


def _events(stage: Stage, case: InventedCase) -> Iterator[Event]:
    for session, work in stage.service.lessons(case):
        yield session.made_at, 0, partial(_record, stage, session)
        if work is None:
            continue
        yield session.made_at + timedelta(seconds=30), 1, partial(_set, stage, work)
        if work.marked_on is not None:
            yield london(work.marked_on, 17), 2, partial(_mark, stage, work)
        elif work.returned_on is not None:
            yield london(work.returned_on, 12), 2, partial(_take_in, stage, work)


def _record(stage: Stage, session: InventedSession) -> None:
    desk = stage.desks[laptop_of(session.made_by)]
    kept = sessions.record(desk, stage.placed.values_of(session))
    stage.placed.ids[session.key] = kept


def _set(stage: Stage, work: InventedWork) -> None:
    desk = stage.desks[laptop_of(work.made_by)]
    later = {"returned_on", "marked_on", *marking.MARKING_FIELDS}
    values = {k: v for k, v in stage.placed.values_of(work).items() if k not in later}
    stage.placed.ids[work.key] = marking.set_work(desk, values)


def _mark(stage: Stage, work: InventedWork) -> None:
    values = record_values(work)
    written = {name: values[name] for name in marking.MARKING_FIELDS}
    desk = stage.desks[laptop_of(work.made_by)]
    marking.mark_work(desk, stage.placed.ids[work.key], written)


def _take_in(stage: Stage, work: InventedWork) -> None:
    marking.take_in(stage.desks[laptop_of(work.made_by)], stage.placed.ids[work.key])


def _save(stage: Stage, desk: Desk, item: Invented) -> None:
    stage.placed.ids[item.key] = records.save(desk, item.ETYPE, stage.placed.values_of(item))


ACTS: tuple[Act, ...] = (
    ("Plans and targets are written", write_plans),
    ("Six weeks are taught and written up", teach_six_weeks),
    ("An impossible session is refused", refuse_an_impossible_session),
    ("A concern is raised", raise_a_concern),
)
