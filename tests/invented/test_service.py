"""The invented service: the same on every machine, plausible, whole, and nobody real."""

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from oost_desktop.clock import LONDON
from oost_desktop.invented import InventedService, invent, record_values
from oost_desktop.invented.records import Invented, InventedSession
from oost_desktop.models import RECORDS
from oost_desktop.models.ages import age_on
from oost_desktop.models.calendar import Status
from oost_desktop.models.codes import code_list
from oost_desktop.models.fields import Kind

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def service() -> InventedService:
    return invent(1, tutors=4, pupils=40, weeks=30, today=TODAY)


@pytest.fixture(scope="module")
def everything(service: InventedService) -> list[Invented]:
    found = [*service.office_records()]
    for case in service.cases():
        found.extend(case.records())
        for session, work in service.lessons(case):
            found.extend([session] if work is None else [session, work])
    return found


def test_the_same_seed_gives_the_same_service_whatever_the_hash_seed() -> None:
    program = (
        "import datetime, hashlib; from oost_desktop.invented import invent\n"
        "s = invent(7, tutors=3, pupils=20, weeks=10, today=datetime.date(2026, 11, 23))\n"
        "told = repr([s.office_records(), [(c, list(s.lessons(c))) for c in s.cases()]])\n"
        "print(hashlib.sha256(told.encode()).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(told) == 1


def test_another_seed_gives_other_people() -> None:
    one, two = (invent(seed, pupils=20, today=TODAY) for seed in (1, 2))
    assert one.case(15).pupil.legal_surname != two.case(15).pupil.legal_surname


def test_every_invented_record_would_be_taken_by_its_form(everything: list[Invented]) -> None:
    for item in everything:
        record_type = RECORDS.of(item.ETYPE)
        values = record_values(item)
        assert set(values) <= set(record_type.fields), item.ETYPE
        stopping = [p for p in record_type.problems(values) if not p.warning]
        assert stopping == [], (item.key, stopping)


def test_every_choice_is_a_code_of_its_list(everything: list[Invented]) -> None:
    for item in everything:
        for name, value in record_values(item).items():
            spec = RECORDS.of(item.ETYPE).fields[name]
            if spec.codes and value:
                chosen = value if spec.kind is Kind.TAGS else [value]
                assert all(code in code_list(spec.codes) for code in chosen), (item.key, name)


def test_references_lead_to_what_was_made_before(everything: list[Invented]) -> None:
    known: dict[str, str] = {}
    for item in everything:
        for name, value in record_values(item).items():
            spec = RECORDS.of(item.ETYPE).fields[name]
            if spec.kind is Kind.REF and value is not None:
                assert known[value] == spec.target, (item.key, name)
        assert item.key not in known
        known[item.key] = item.ETYPE


def test_nobody_can_be_rung_or_written_to(everything: list[Invented]) -> None:
    for item in everything:
        for name, value in record_values(item).items():
            if value and name.endswith("phone"):
                assert value.startswith(("01632 960", "07700 900")), (item.key, name)
            if value and name == "email":
                assert value.endswith(".example")


def test_everyone_says_they_are_invented(service: InventedService) -> None:
    assert all("Invented for practice" in case.pupil.note for case in service.cases())
    assert "Invented for practice" in service.agreement.wording
    assert {period.source for period in service.term_periods} == {"Invented for practice"}
    assert {period.status for period in service.term_periods} == {Status.PROVISIONAL}


def test_the_invented_years_have_195_days_and_this_one_is_the_known_fixture(
    service: InventedService,
) -> None:
    years = {period.year for period in service.calendar.periods}
    assert {service.calendar.term_days(year) for year in years} == {195}
    spans = [(p.start, p.end) for p in service.calendar.periods if p.year == "2026-27"]
    assert spans == [
        (date(2026, 9, 2), date(2026, 10, 23)),
        (date(2026, 11, 2), date(2026, 12, 18)),
        (date(2027, 1, 4), date(2027, 2, 12)),
        (date(2027, 2, 22), date(2027, 3, 25)),
        (date(2027, 4, 12), date(2027, 5, 28)),
        (date(2027, 6, 7), date(2027, 7, 22)),
    ]


def test_the_hard_cases_are_there_even_in_a_small_service() -> None:
    cases = list(invent(1, tutors=3, pupils=12, weeks=6, today=TODAY).cases())
    pupils = [case.pupil for case in cases]
    names = Counter((pupil.legal_forename, pupil.legal_surname) for pupil in pupils)
    assert max(names.values()) == 2
    assert any(pupil.legal_surname is None for pupil in pupils)
    assert any((p.date_of_birth.month, p.date_of_birth.day) == (2, 29) for p in pupils)
    assert any(pupil.address_confidential for pupil in pupils)
    assert any(case.integrating for case in cases)
    assert any(len({allocation.tutor for allocation in case.allocations}) == 2 for case in cases)
    assert any(case.placements and not case.allocations for case in cases)
    assert {"MED", "MENT", "PREG"} == {case.voice.reason for case in cases}
    barred = [contact for case in cases for contact in case.contacts if contact.must_not_contact]
    assert barred
    assert all(contact.phone is None and contact.restriction for contact in barred)


def _by_tutor(service: InventedService) -> dict[str, list[InventedSession]]:
    found: dict[str, list[InventedSession]] = {tutor.key: [] for tutor in service.tutors}
    for case in service.cases():
        for session in service.sessions(case):
            found[session.tutor].append(session)
    return found


def test_no_tutor_is_in_two_places_at_once(service: InventedService) -> None:
    for sessions in _by_tutor(service).values():
        sessions.sort(key=lambda session: session.starts)
        for before, after in pairwise(sessions):
            assert before.ends <= after.starts


def test_lessons_are_held_in_term_in_working_hours_and_before_today(
    service: InventedService,
) -> None:
    for sessions in _by_tutor(service).values():
        for session in sessions:
            local = session.starts.astimezone(LONDON)
            assert service.calendar.is_term_day(local.date())
            assert 9 <= local.hour < 18
            assert local.date() < TODAY


def test_some_lesson_lies_across_midday(service: InventedService) -> None:
    across = [
        session
        for session in service.sessions(service.case(0))
        if session.starts.astimezone(LONDON).hour < 12 <= session.ends.astimezone(LONDON).hour
    ]
    assert across


def test_most_lessons_take_place_and_the_others_say_why(service: InventedService) -> None:
    sessions = [s for theirs in _by_tutor(service).values() for s in theirs]
    outcomes = Counter(session.outcome for session in sessions)
    assert 0.70 < outcomes["ATTENDED"] / len(sessions) < 0.90
    assert len(outcomes) >= 8
    for session in sessions:
        if session.outcome in {"ATTENDED", "PART"}:
            assert session.covered
            assert session.adult
        else:
            assert session.outcome_note
            assert session.covered is None


def test_the_last_lesson_of_some_pupils_is_not_written_up(service: InventedService) -> None:
    tadhg = service.case(1)
    last = max(session.starts.astimezone(LONDON).date() for session in service.sessions(tadhg))
    assert last < TODAY - timedelta(days=3)
    weekdays = {int(slot.weekday) for slot in tadhg.slots}
    assert 5 in weekdays  # Friday 20 November was planned, and nothing is written about it


def test_notes_are_many_and_speak_of_the_pupil(service: InventedService) -> None:
    notes = [s.covered for theirs in _by_tutor(service).values() for s in theirs if s.covered]
    assert len(set(notes)) > 0.5 * len(notes)
    assert not any("{" in note or "  " in note or note != note.strip() for note in notes)
    zoe = [s.covered for s in service.sessions(service.case(0)) if s.covered]
    assert any("Zoë" in note for note in zoe)


def test_marks_agree_with_the_feedback(service: InventedService) -> None:
    work = [piece for case in service.cases() for piece in service.work(case)]
    spoken = [w for w in work if w.feedback and w.feedback.startswith("Eight of ten")]
    assert spoken
    assert {(piece.mark, piece.out_of) for piece in spoken} == {(8, 10)}
    assert any(piece.returned_on and piece.marked_on is None for piece in work)


def test_every_plan_aims_at_school_and_holds_a_target_of_the_pupil_somewhere(
    service: InventedService,
) -> None:
    targets = [target for case in service.cases() for target in case.targets]
    by_plan = Counter(target.plan for target in targets if target.kind == "INTEG")
    plans = [plan.key for case in service.cases() for plan in case.plans]
    assert set(by_plan) == set(plans)
    assert any(target.set_by == "PUPIL" for target in targets)


def test_pupils_are_of_school_age_while_they_are_taught() -> None:
    service = invent(3, tutors=2, pupils=60, years=5, today=TODAY)
    for case in service.cases():
        born = case.pupil.date_of_birth
        last = case.placements[0].ends or TODAY
        assert age_on(born, last) <= 17
        assert 4 <= age_on(born, TODAY) <= 19


def test_upns_are_unique(service: InventedService) -> None:
    upns = [case.pupil.upn for case in service.cases()]
    assert len(set(upns)) == len(upns)


def test_a_service_needs_somebody() -> None:
    with pytest.raises(ValueError, match="at least one"):
        invent(1, tutors=0, today=TODAY)


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2031, 8, 14), date(2026, 12, 25)])
def test_any_day_will_do(today: date) -> None:
    service = invent(1, pupils=12, weeks=6, today=today)
    for case in service.cases():
        assert case.pupil.date_of_birth < today
        for session in service.sessions(case):
            assert session.starts.astimezone(LONDON).date() < today


def test_concerns_come_from_lessons_and_keep_fact_and_telling_apart() -> None:
    service = invent(2, tutors=10, pupils=70, weeks=30, today=TODAY)
    cases = [case for case in service.cases() if case.concerns]
    assert cases
    for case in cases:
        for concern in case.concerns:
            happened = concern.happened_at.astimezone(LONDON)
            assert str(happened.isoweekday()) in {slot.weekday for slot in case.slots}
            assert service.calendar.is_term_day(happened.date())
            assert concern.told_at is not None
            assert concern.happened_at < concern.told_at < concern.written_at
            assert concern.written_at.astimezone(LONDON).date() == happened.date()


def test_what_is_said_of_a_lesson_fits_where_it_was(service: InventedService) -> None:
    notes = [
        (session.mode, session.covered)
        for theirs in _by_tutor(service).values()
        for session in theirs
        if session.covered
    ]
    assert any("Camera" in note for _mode, note in notes)
    assert all(mode == "ONLINE" for mode, note in notes if "Camera" in note)
    assert all(mode == "IN_PERSON" for mode, note in notes if "settee" in note)


def test_lessons_fail_only_as_they_can_where_they_are(service: InventedService) -> None:
    for sessions in _by_tutor(service).values():
        assert all(s.mode == "ONLINE" for s in sessions if s.outcome == "TECHFAIL")
        assert all(s.venue == "HOME" for s in sessions if s.outcome == "NOADULT")
        assert all(s.venue == "LIBRARY" for s in sessions if s.outcome == "VENUECANX")
