"""Any document on paper, by name, for whoever may have it."""

import io

import pytest
from pypdf import PdfReader


def words_of(path) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages)


def test_the_list_needs_no_vault(run):
    ran = run("report", "--list", "--json")
    assert ran.status == 0
    assert {"progress", "emergency", "concern"} <= {each["id"] for each in ran.said["reports"]}


@pytest.mark.parametrize("reference", ["Hana Nguyễn", "hana nguyen", "HANA NGUYEN"])
def test_a_pupil_is_found_by_name_without_accents(run, office, tmp_path, reference):
    out = tmp_path / "report.pdf"
    ran = run("report", "progress", "--pupil", reference, "--out", out, *office.by())
    assert ran.status == 0
    assert "Nguyễn" in words_of(out)


def test_two_pupils_of_one_name_are_not_guessed_between(run, office, tmp_path):
    out = tmp_path / "card.pdf"
    ran = run("report", "emergency", "--pupil", "Amina Khatun", "--out", out, *office.by())
    assert ran.status == 1
    assert "2 pupils" in ran.err
    assert not out.exists()


def test_a_period_may_be_given_in_either_way(run, office, tmp_path):
    out = tmp_path / "report.pdf"
    period = ("--from", "01/09/2026", "--to", "2026-10-31")
    ran = run("report", "progress", "--pupil", "Hana Nguyễn", "--out", out, *period, *office.by())
    assert ran.status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("report",),
        ("report", "progress"),
        ("report", "progress", "--pupil", "Hana Nguyễn"),
        ("report", "horoscope", "--pupil", "Hana Nguyễn", "--out", "x.pdf"),
        ("report", "progress", "--pupil", "x", "--out", "x.pdf", "--from", "Michaelmas"),
    ],
)
def test_a_report_needs_to_know_what_and_whom(run, office, words):
    assert run(*words, *office.by()).status == 2


def test_a_coordinator_cannot_print_a_concern(run, office, tmp_path):
    """Whoever the concern is about, the words are sealed to the safeguarding lead."""
    out = tmp_path / "concern.pdf"
    about = [
        name
        for name in ("Zoë Świątek", "Tadhg Ŵilliams", "Hana Nguyễn", "Yusuf Ibrahim",
                     "Kwame Taylor-Reed", "Siân MacAulay", "Rhys al-Hassan", "Ottoline Ferreira",
                     "Parwana", "Ewa Kowalczyk")
        if run("report", "concern", "--pupil", name, "--out", out, *office.by("dsl")).status == 0
    ]  # fmt: skip
    assert about
    out.unlink()
    for name in about:
        ran = run("report", "concern", "--pupil", name, "--out", out, *office.by("coordinator"))
        assert ran.status == 1
    assert not out.exists()
