"""What stands beside a form about a pupil: whom to ring, what is due, and hours as hours."""

from datetime import date

import pytest

from oost_desktop.clock import london
from oost_desktop.errors import UserError
from oost_desktop.models import Concern
from oost_desktop.models.base import Role
from oost_desktop.services import pupil_file, pupils


def test_a_parent_who_must_not_be_contacted_is_never_offered_to_ring(office):
    office.contact(
        "MOTHER", "Mrs Barred", phone="07700 900111", must_not_contact=True,
        has_parental_responsibility=True, restriction="Court order of 2 March",
    )  # fmt: skip
    office.contact("FATHER", "Mr Świątek", phone="07700 900114")
    office.placement(office.zoe)
    panel = pupils.panel(office.desk, office.zoe)
    assert panel.around.parent is not None
    assert panel.around.parent.name == "Mr Świątek"
    assert [ring.name for ring in panel.around.to_ring] == ["Mr Świątek"]
    listed = pupil_file.file(office.desk, office.zoe).contacts
    assert {row.name: row.restriction for row in listed}["Mrs Barred"] == "Court order of 2 March"


def test_the_parent_with_parental_responsibility_is_rung_first(office):
    office.contact("MOTHER", "Ms Without", phone="07700 900111")
    office.contact("FATHER", "Mr With", phone="07700 900114", has_parental_responsibility=True)
    parent = pupils.panel(office.desk, office.zoe).around.parent
    assert parent is not None
    assert parent.name == "Mr With"


def test_a_named_person_who_has_left_is_not_the_named_person(office):
    office.contact("NAMED", "Ms Gone", phone="01632 960001", until=date(2026, 10, 1))
    assert pupils.panel(office.desk, office.zoe).around.named_person is None
    office.contact("NAMED", "Ms R. Holloway", phone="01632 960123")
    named = pupils.panel(office.desk, office.zoe).around.named_person
    assert named is not None
    assert (named.name, named.phone) == ("Ms R. Holloway", "01632 960123")


def test_the_schools_safeguarding_lead_is_found_through_the_school(office):
    lead = pupils.panel(office.desk, office.zoe).around.school_dsl
    assert lead is not None
    assert (lead.name, lead.phone) == ("Mr D. Okonkwo", "01632 960150")


def test_a_review_due_in_half_term_is_proposed_for_the_week_before(office):
    """Domain 15: held 23 November 2026, due 15 February 2027, proposed for w/c 8 February."""
    office.placement(office.zoe, last_review=date(2026, 11, 23))
    office.clock.move_to(london(date(2027, 1, 11), 9))
    panel = pupils.panel(office.desk, office.zoe)
    assert panel.review_words == "Friday 12 February"
    assert "half-term" in panel.review_because


def test_a_tutors_illness_is_missed_and_is_not_laid_at_the_pupils_door(office):
    office.placement(office.zoe)
    office.session(date(2026, 11, 16), "TUTORCANX")
    office.session(date(2026, 11, 17), "ATTENDED", minutes=90)
    panel = pupils.panel(office.desk, office.zoe)
    assert panel.year_taught == 90
    assert panel.year_missed == 60
    assert panel.missed_words == "Missed: cancelled by tutor 1 h"
    row = next(r for r in pupil_file.file(office.desk, office.zoe).sessions if "tutor" in r.outcome)
    assert "service" in row.side


def test_an_examination_is_no_missed_lesson(office):
    office.placement(office.zoe)
    office.session(date(2026, 11, 16), "EXAM")
    panel = pupils.panel(office.desk, office.zoe)
    assert panel.year_missed == 0
    assert panel.missed_words == ""


def test_hours_are_said_as_hours_and_never_as_a_percentage(office):
    office.placement(office.zoe)
    office.session(date(2026, 11, 23), "ATTENDED", minutes=180)
    panel = pupils.panel(office.desk, office.zoe)
    assert panel.week_words == "3 h of 4 h 30 min offered"
    assert "%" not in panel.week_words + panel.year_words + panel.missed_words


def test_a_pregnancy_is_called_medical_beside_a_form(office):
    office.placement(office.zoe, reason="PREG")
    words = [mark.words for mark in pupils.panel(office.desk, office.zoe).alerts]
    assert "Medical" in words
    assert not any("pregnan" in word.lower() for word in words)
    assert words[0] == "Nut allergy"
    assert "EHCP" in words


def test_concerns_of_others_are_not_mentioned_in_a_file(office):
    with office.desk.vault.act(office.desk.actor) as unit:
        values = {"pupil": office.zoe, "written_at": office.desk.clock.now()}
        unit.create(Concern, values, sealed={"v": 1})
    own = pupil_file.file(office.desk, office.zoe).sealed_notes
    assert [note.words for note in own] == ["Sealed note, 23/11/2026 11:42"]
    others = pupil_file.file(office.at_desk_of(office.marsden, Role.TUTOR), office.zoe)
    assert others.sealed_notes == ()


def test_the_list_leaves_out_those_whose_tuition_has_ended(office):
    office.placement(office.zoe)
    gone = office.pupil("Rhys", "al-Hassan")
    office.placement(gone, ends=date(2026, 10, 1))
    assert [row.pupil.id for row in pupils.rows(office.desk)] == [office.zoe]


def test_a_file_that_is_not_here_says_so(office):
    with pytest.raises(UserError):
        pupils.panel(office.desk, "f" * 32)


def test_tuition_that_has_not_begun_says_when_it_does(office):
    office.placement(office.zoe, starts=date(2026, 11, 30))
    assert pupils.panel(office.desk, office.zoe).week_words == "starts Monday 30 November"
