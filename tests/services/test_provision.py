"""Placements, allocations, weekly hours, plans, agreements, and finding people."""

from datetime import date

import pytest

from oost_desktop.errors import RefusedError, UserError
from oost_desktop.models import EducationPlan
from oost_desktop.models.base import Role
from oost_desktop.services import agreements, finding, placements, plans, pupil_file, pupils
from oost_desktop.services.desk import InvalidError
from oost_desktop.services.marks import of_offered

TODAY = date(2026, 11, 23)


@pytest.fixture
def slot(office):
    def values(**changed):
        return {
            "pupil": office.zoe, "tutor": office.marsden, "subject": "MAT", "weekday": "1",
            "starts_at": "11:00", "ends_at": "12:30", "venue": "HOME", **changed,
        }  # fmt: skip

    return values


def test_one_tutor_is_in_one_lesson_at_a_time(office, slot):
    placements.save_slot(office.desk, slot())
    rhys = office.pupil("Rhys", "al-Hassan")
    with pytest.raises(InvalidError, match="Zoë"):
        placements.save_slot(office.desk, slot(pupil=rhys, starts_at="12:00", ends_at="13:00"))
    placements.save_slot(office.desk, slot(pupil=rhys, starts_at="12:30", ends_at="13:30"))


def test_an_hour_that_has_ended_is_in_nobodys_way(office, slot):
    placements.save_slot(office.desk, slot(last_day=date(2026, 11, 13)))
    placements.save_slot(office.desk, slot(first_day=date(2026, 11, 16)))


def test_more_than_is_offered_is_said_and_not_stopped(office, slot):
    office.placement(office.zoe, offered=60)
    found = placements.slot_problems(office.desk, slot())
    assert [problem.warning for problem in found if problem.field == "ends_at"] == [True]
    assert placements.save_slot(office.desk, slot())


def test_the_end_of_a_placement_ends_what_hangs_on_it(office, slot):
    placement = office.placement(office.zoe)
    placements.allocate(office.desk, office.zoe, office.marsden, "MAT", date(2026, 9, 7))
    placements.save_slot(office.desk, slot())
    assert placements.end_placement(office.desk, placement, date(2026, 11, 27), "SCHOOL") == 2
    office.clock.move_to(office.desk.clock.now().replace(day=30))
    assert [row.pupils for row in placements.tutors(office.desk)] == [(), ()]
    assert [row.minutes for row in placements.tutors(office.desk)] == [0, 0]


def test_a_pupil_has_one_open_placement(office):
    office.placement(office.zoe)
    again = {"reason": "MED", "starts": TODAY, "offered": 300}
    with pytest.raises(UserError):
        placements.start_placement(office.desk, office.zoe, again)


def test_only_the_office_allocates(office):
    tutor = office.at_desk_of(office.marsden, Role.TUTOR)
    with pytest.raises(RefusedError):
        placements.allocate(tutor, office.zoe, office.marsden, None, TODAY)


def test_tutors_with_least_to_carry_come_first(office, slot):
    placements.allocate(office.desk, office.zoe, office.marsden, "MAT", TODAY)
    placements.save_slot(office.desk, slot())
    rows = placements.tutors(office.desk)
    assert [row.name for row in rows] == ["Peter Adeyemi", "Jo Marsden"]
    assert rows[1].words == "One pupil, 1 h 30 min a week"


def test_a_new_version_of_a_plan_supersedes_the_old_and_takes_the_open_targets(office):
    first = plans.begin(office.desk, office.zoe)
    plans.save(office.desk, first, {"pupil_views": "I want to go back for art."})
    plans.make_current(office.desk, first)
    values = {"kind": "LEARN", "wording": "Use ratio", "set_by": "PUPIL"}
    target = plans.add_target(office.desk, office.zoe, values)
    done = plans.add_target(office.desk, office.zoe, {**values, "wording": "Read chapter four"})
    plans.change_target(office.desk, done, {"outcome": "ACHIEVED"})
    second = plans.begin(office.desk, office.zoe)
    assert plans.plan(office.desk, second).values["pupil_views"] == "I want to go back for art."
    plans.make_current(office.desk, second)
    current = plans.current(office.desk, office.zoe)
    assert current is not None
    assert (current.id, [row.id for row in current.targets]) == (second, [target])
    old = plans.plan(office.desk, first)
    assert old.state == "SUPERSEDED"
    with pytest.raises(UserError):
        plans.save(office.desk, first, {"baseline": "x"})


def test_a_plan_says_what_the_agreement_asks_of_it(office):
    plan = office.make(EducationPlan, pupil=office.zoe, state="DRAFT")
    said = [problem.message for problem in plans.plan(office.desk, plan).remarks]
    assert "There is no integration target." in said
    assert "No target was set by the pupil." in said


def test_a_pupil_rates_their_own_target_from_one_to_five(office):
    target = plans.add_target(
        office.desk, office.zoe, {"kind": "SOCIAL", "wording": "Ring a friend", "set_by": "PUPIL"}
    )
    with pytest.raises(InvalidError):
        plans.rate_target(office.desk, target, 6)
    plans.rate_target(office.desk, target, 4, "It was all right.")
    (row,) = pupil_file.file(office.desk, office.zoe).targets
    assert (row.self_rating, row.self_words, row.set_by_pupil) == (4, "It was all right.", True)


def test_what_was_accepted_is_kept_to_the_byte(office, tmp_path):
    path = tmp_path / "agreement.txt"
    path.write_bytes("OOST agree to…\r\n".encode())
    loaded = agreements.load(office.desk, path, "Agreement 2026", date(2026, 9, 1))
    assert agreements.load(office.desk, path, "Again", date(2026, 9, 1)) == loaded
    agreements.accept(office.desk, office.zoe, {"accepted_by": "Ms R. Holloway"})
    path.write_text("OOST agree to something else")
    agreements.load(office.desk, path, "Agreement 2027", date(2026, 11, 23))
    certificate = agreements.certificate(office.desk, office.zoe)
    assert certificate is not None
    assert certificate.is_intact
    assert certificate.text == "OOST agree to…\r\n"
    assert "Ms R. Holloway, Peverel Academy accepted “Agreement 2026”" in certificate.words[0]


def test_nothing_can_be_accepted_before_a_text_is_loaded(office):
    with pytest.raises(UserError):
        agreements.accept(office.desk, office.zoe, {"accepted_by": "Ms R. Holloway"})


@pytest.mark.parametrize("typed", ["zoe", "swia", "ZOË Ś", "świątek zoe"])
def test_a_pupil_is_found_whatever_the_accents_and_order(office, typed):
    assert [found.record for found in finding.find(office.desk, typed).pupils] == [office.zoe]


def test_a_note_is_found_by_its_words_and_says_whose_it_is(office):
    session = office.session(date(2026, 11, 20), covered="Unit rates with shop offers")
    while finding.catch_up(office.desk):
        pass
    (note,) = finding.find(office.desk, "shop rat").notes
    assert (note.record, note.pupil, note.page) == (session, office.zoe, "session")
    assert note.title.startswith("Zoë Świątek · session")
    with office.desk.vault.act(office.desk.actor) as unit:
        unit.remove("pupil", office.zoe)
    assert finding.find(office.desk, "shop rat").notes == ()
    assert finding.find(office.desk, "zoe").pupils == ()


def test_a_file_that_was_taken_back_is_in_no_list_and_cannot_be_found(office):
    office.session(date(2026, 11, 20), covered="Unit rates with shop offers")
    office.contact("FATHER", "Mr Świątek", phone="07700 900114")
    while finding.catch_up(office.desk):
        pass
    own = office.desk.vault.place.device
    with office.desk.vault.write() as connection:
        scope = f"p:{office.zoe}"
        connection.exec_driver_sql("insert into held values (?,?,1,1,1)", (own, scope))
    assert finding.find(office.desk, "zoe") == finding.NOTHING
    assert finding.find(office.desk, "shop") == finding.NOTHING
    assert finding.find(office.desk, "świątek") == finding.NOTHING
    assert pupils.rows(office.desk) == []
    assert pupils.panel(office.desk, office.zoe).pupil.id == office.zoe


def test_the_number_of_who_must_not_be_contacted_is_not_offered_in_a_find(office):
    office.contact("MOTHER", "Mrs Barred", phone="07700 900111", must_not_contact=True)
    (found,) = finding.find(office.desk, "barred").people
    assert "07700" not in found.sub_line
    assert "must not be contacted" in found.sub_line


@pytest.mark.parametrize(
    ("taught", "offered", "words"),
    [
        (90, 270, "1½ of 4½ h"),
        (0, 300, "0 of 5 h"),
        (30, 60, "½ of 1 h"),
        (50, 60, "50 min of 1 h"),
    ],
)
def test_hours_taught_of_hours_offered(taught, offered, words):
    assert of_offered(taught, offered) == words
