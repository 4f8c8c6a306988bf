"""The other documents: the right order, nothing missing, and no pupil where there must be none."""

from datetime import UTC, date, datetime

import pytest

from oost_desktop.errors import UsageError
from oost_desktop.reports import concern_sheet, emergency_card, recovery_sheet
from oost_desktop.reports.catalogue import REPORTS, report_kind
from oost_desktop.reports.concern_sheet import Addendum, ConcernSheet, Mark, Told
from oost_desktop.reports.emergency_card import Contact, EmergencyCard
from oost_desktop.reports.recovery_sheet import RecoverySheet

MADE = date(2026, 7, 1)
SUMMER = datetime(2026, 7, 1, 13, 5, tzinfo=UTC)


@pytest.fixture
def concern() -> ConcernSheet:
    return ConcernSheet(
        receipt="SC-0007",
        pupil="Zoë Świątek",
        pupil_reference="P-0012",
        seen_or_said="She said she had not eaten.",
        author="Jo Marsden",
        author_role="tutor",
        made_on=MADE,
        written=SUMMER,
        submitted=SUMMER,
        own_words="There is no food till Friday.",
        happened=SUMMER,
        place="At home",
        present="Her cousin",
        marks=(Mark("Left forearm", "A bruise"),),
        done="Rang the DSL.",
        told=(Told("Sam Ortega, DSL", SUMMER, "telephone", "Ref 4471"),),
        addenda=(Addendum(SUMMER, "Jo Marsden", "Food came at three."),),
    )


def test_a_concern_reads_in_the_order_in_which_it_is_written(concern, read):
    text = read(concern_sheet.render(concern)).text()
    order = [
        "call 999 first",
        "Zoë Świątek",
        "She said she had not eaten.",
        "There is no food till Friday.",
        "At home",
        "Her cousin",
        "A bruise",
        "Rang the DSL.",
        "Ref 4471",
        "Nobody is recorded as told.",
        "Food came at three.",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_times_of_a_concern_are_those_of_a_derbyshire_clock(concern, read):
    assert "1 July 2026, 14:05" in read(concern_sheet.render(concern)).text()


def test_a_concern_prints_before_it_is_submitted_and_says_so(read):
    draft = ConcernSheet("", "", "", "", "", "", MADE, SUMMER, not_told_because="No signal")
    text = read(concern_sheet.render(draft)).text()
    assert "Draft: not submitted" in text
    assert "Not yet told, because: No signal" in text


def test_an_emergency_card_is_one_page(read):
    card = EmergencyCard(
        pupil="Zoë Świątek",
        pupil_reference="P-0012",
        address="12 Smedley Street\nMatlock",
        made_on=MADE,
        must_be_present="Mother or aunt",
        medical="Blue inhaler.",
        contacts=(Contact("Ewa", "Mother", "01629 000001"),),
        safeguarding=(Contact("Sam", "DSL", "01629 000002"),),
    )
    reading = read(emergency_card.render(card))
    assert len(reading.pdf.pages) == 1
    for words in ("Mother or aunt", "Blue inhaler.", "01629 000001", "01629 000002", "999"):
        assert words in reading.text()


def test_a_recovery_sheet_holds_the_code_in_order_on_one_page_and_claims_no_pupil(read):
    groups = tuple(f"word{n}" for n in range(24))
    sheet = RecoverySheet(groups, "the office’s vault", "Jo Marsden", MADE, check="K7")
    reading = read(recovery_sheet.render(sheet))
    assert len(reading.pdf.pages) == 1
    bodies = [node.text for node in reading.all("LBody")]
    assert tuple(bodies[:24]) == groups
    numbers = [node.text for node in reading.all("Lbl")][:24]
    assert numbers == [f"{n}." for n in range(1, 25)]
    assert "personal information" not in reading.pdf.pages[0].extract_text()


def test_every_report_is_found_by_its_id():
    for kind in REPORTS:
        assert report_kind(kind.id) is kind
    assert len({kind.id for kind in REPORTS}) == len(REPORTS)
    assert report_kind("progress").about_pupil
    assert not report_kind("recovery").about_pupil


def test_an_unknown_report_is_wrong_usage_and_names_those_there_are():
    with pytest.raises(UsageError, match="progress"):
        report_kind("school-report")
