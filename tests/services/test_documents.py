"""Paper out of a pupil's file: true to the record, and naming nobody it need not."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from oost_desktop.clock import london
from oost_desktop.errors import DamageError, UsageError, UserError
from oost_desktop.models import Assessment, Pupil, Setting, Target, Work
from oost_desktop.models.session import Side
from oost_desktop.services import documents, pupil_file
from oost_desktop.services.progress import progress_report, term_so_far

FIRST, LAST = date(2026, 9, 2), date(2026, 11, 23)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def taught(office):
    office.placement(office.zoe, offered=120, offer_reason="As CAMHS advises")
    office.session(date(2026, 11, 16), own_words="I like it when it is about money.")
    office.session(date(2026, 11, 17), "TUTORCANX")
    office.session(date(2026, 11, 18), "ILL", minutes=90)
    office.session(date(2026, 11, 19), "EXAM")
    office.session(date(2026, 11, 20), next_step="Three word problems")
    office.make(Target, pupil=office.zoe, kind="LEARN", wording="Use ratio", set_by="PUPIL")
    office.make(
        Work, pupil=office.zoe, subject="MAT", title="Ratio sheet", set_on=date(2026, 11, 16),
        returned_on=date(2026, 11, 20), marked_on=date(2026, 11, 20), mark=17, out_of=20,
    )  # fmt: skip
    return office


def test_what_the_service_missed_stands_apart_from_what_the_pupil_missed(taught):
    report = progress_report(taught.desk, taught.zoe, FIRST, LAST)
    by_side = dict.fromkeys(Side, 0)
    for outcome in report.outcomes:
        by_side[outcome.side] += outcome.minutes
    assert by_side == {
        Side.TAUGHT: 120,
        Side.SERVICE: 60,
        Side.PUPIL: 90,
        Side.ELSEWHERE: 60,
    }


def test_a_report_says_what_was_recorded_and_its_hours_are_no_percentage(taught):
    pdf = documents.render(
        taught.desk, "progress", taught.zoe, narrative="Zoë works well.", recipient="Peverel"
    )
    words = text_of(pdf)
    for said in ("Zoë works well.", "17/20", "I like it when it is about money.", "Use ratio"):
        assert said in words
    assert "%" not in words


def test_sessions_outside_the_period_are_left_out(taught):
    report = progress_report(taught.desk, taught.zoe, date(2026, 11, 20), LAST)
    assert [(o.sessions, o.minutes) for o in report.outcomes] == [(1, 60)]
    assert report.own_words == ""
    assert report.next_steps == ("Three word problems",)


def test_results_stay_on_their_own_scale(taught):
    for scale, value in (("GCSEW", "4"), ("PERCENT", "71")):
        taught.make(
            Assessment, pupil=taught.zoe, subject="MAT", on=date(2026, 11, 2), scale=scale,
            value=value, kind="WORKING",
        )  # fmt: skip
    report = progress_report(taught.desk, taught.zoe, FIRST, LAST)
    assert len({result.scale for result in report.assessments}) == 2
    assert {result.value for result in report.assessments} == {"4", "71"}


def test_a_report_covers_this_term_unless_told_otherwise(office):
    assert term_so_far(office.desk) == (date(2026, 9, 2), date(2026, 11, 23))
    office.clock.move_to(london(date(2027, 2, 24), 9))
    assert term_so_far(office.desk) == (date(2027, 1, 4), date(2027, 2, 24))


def test_the_emergency_card_never_offers_who_must_not_be_contacted(office):
    office.contact("MOTHER", "Mrs Barred", phone="07700 900111", must_not_contact=True)
    office.contact("FATHER", "Mr Świątek", phone="07700 900114")
    office.make(Setting, name="DSL_PHONE", value="01632 960999")
    words = text_of(documents.render(office.desk, "emergency", office.zoe))
    assert "07700 900114" in words
    assert "Nut allergy" in words
    assert "01632 960999" in words
    assert "Barred" not in words
    assert "900111" not in words


def test_a_confidential_address_is_on_no_paper(office):
    office.change(
        Pupil, office.zoe, address="5 Secret Lane", postcode="DE4 3AG", address_confidential=True
    )
    words = text_of(documents.render(office.desk, "emergency", office.zoe))
    assert "Secret" not in words
    assert "DE4" not in words
    assert "Confidential" in words


def test_a_kept_document_is_opened_as_it_was_given_out(office):
    pdf = documents.render(office.desk, "emergency", office.zoe)
    kept = documents.file_document(office.desk, office.zoe, "emergency", pdf, "Card", "J. Marsden")
    assert documents.open_document(office.desk, kept) == pdf
    listed = pupil_file.file(office.desk, office.zoe).documents
    assert [(row.id, row.recipient, row.pages) for row in listed] == [(kept, "J. Marsden", 1)]


def test_a_kept_document_that_changed_is_not_passed_off_as_the_one_given(office):
    pdf = documents.render(office.desk, "emergency", office.zoe)
    kept = documents.file_document(office.desk, office.zoe, "emergency", pdf, "Card")
    with office.desk.vault.write() as connection:
        connection.exec_driver_sql("update document_body set pdf = ?", (pdf + b" ",))
    with pytest.raises(DamageError):
        documents.open_document(office.desk, kept)


def test_only_papers_about_pupils_are_made_from_their_files(office):
    assert {kind.id for kind in documents.kinds()} >= {"progress", "emergency"}
    with pytest.raises(UsageError):
        documents.render(office.desk, "recovery", office.zoe)
    with pytest.raises(UserError):
        documents.render(office.desk, "emergency", "f" * 32)


def test_a_file_to_save_as_names_nobody(office):
    name = documents.file_name("progress", office.zoe, LAST)
    assert "Zo" not in name
    assert name.endswith("-20261123.pdf")
