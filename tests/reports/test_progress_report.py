"""The progress report says what was recorded, keeps unlike things apart, and never a percentage.

Rules: SLA (OOST: progress and assessment to school), DfE 2023 (hours), domain rule that tuition
hours are not an attendance percentage.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

from oost_desktop.models.session import Side
from oost_desktop.reports.progress_report import (
    Assessment,
    Outcome,
    ProgressReport,
    Target,
    Week,
    WorkItem,
    render,
)


def section(reading, heading: str) -> str:
    """The text between a heading and the next one of its level."""
    parts, inside = [], False
    for node in reading.root.children:
        if node.tag == "H2":
            inside = node.text == heading
        elif inside:
            parts.append(node.text)
    assert parts, f"no section {heading}"
    return " ".join(parts)


def test_everything_recorded_is_in_it(report, read):
    text = read(render(report)).text()
    for words in (
        "Zoë Świątek",
        "Ysgol Bryn Tŷ",
        "I like doing maths in the kitchen. It costs £2 and Nguyễn Ŵyn came.",
        "Zoë, 25 September 2026",
        "She shares in a given ratio without help.",
        "Art room visit.",
        "Explain my working",
        "4 out of 5",
        "Ratio in recipes",
        "17/20",
        "Clear working.",
        "Level 1",
        "Jo Marsden",
    ):
        assert words in text


def test_the_pupil_speaks_before_anyone_else(report, read):
    headings = [node.text for node in read(render(report)).all("H2")]
    assert headings[0] == "In the pupil’s own words"


def test_hours_are_added_up_by_kind(report, read):
    said = section(read(render(report)), "Tuition hours")
    assert "15 hours were offered, 14 hours 30 minutes timetabled and 12 hours 30 minutes" in said
    assert "Medical evidence advises 8 hours a week." in said


def test_hours_not_recorded_are_not_counted_as_none(report, read):
    weeks = (Week(date(2026, 9, 7), None, 300, 0),)
    said = section(read(render(replace(report, weeks=weeks))), "Tuition hours")
    assert "an unrecorded number of hours were offered" in said
    assert "0 hours taught" in said


def test_what_the_service_missed_is_not_held_against_the_pupil(report, read):
    said = section(read(render(report)), "Sessions by outcome")
    pupil, service = said.index("the pupil’s or family’s reasons"), said.index("the service’s")
    assert pupil < said.index("Pupil too unwell") < service < said.index("Cancelled by tutor")
    assert "the service’s reasons: 1 session, 1 h" in said


def test_there_is_no_percentage(report, read):
    assert not re.search(r"\d\s*%|per ?cent\b", read(render(report)).text())


def test_scales_are_not_mixed(report, read):
    reading = read(render(report))
    tables = [node.text for node in reading.all("Table") if "Result" in node.text]
    assert len(tables) == 2
    assert not any("Level 1" in table and "14 Sep 2026" in table for table in tables)
    [chart] = [node for node in reading.all("Figure") if "scale" in node.alt]
    assert "GCSE 9 to 1" in chart.alt
    assert "Functional" not in chart.alt


def test_targets_and_results_are_different_lines(report, read):
    more = (
        Assessment("GCSE 9 to 1", "Maths", date(2026, 9, 8), "5", "Target"),
        Assessment("GCSE 9 to 1", "Maths", date(2026, 9, 20), "6", "Target"),
    )
    mixed = replace(report, assessments=report.assessments + more)
    [chart] = [node.alt for node in read(render(mixed)).all("Figure") if "scale" in node.alt]
    assert "Maths, working at: 3 on 14 September 2026, then 4 on 25 September 2026." in chart
    assert "Maths, target: 5 on 8 September 2026, then 6 on 20 September 2026." in chart


def test_the_hours_chart_is_told_in_words(report, read):
    chart = read(render(report)).all("Figure")[0].alt
    assert (
        "Week of 14 September 2026: 5 hours offered, 4 hours 30 minutes timetabled "
        "and 3 hours 30 minutes taught" in chart
    )


def test_an_empty_report_says_so_section_by_section(report, read):
    empty = ProgressReport(
        pupil=report.pupil,
        pupil_reference="P-0012",
        year_group="",
        school="",
        reference="PR-1",
        first_day=report.first_day,
        last_day=report.last_day,
        author="",
        author_role="",
        audience="",
        made_on=report.made_on,
    )
    text = read(render(empty)).text()
    for what in ("assessments", "tuition hours", "sessions", "targets", "work", "next steps"):
        assert f"No {what} were recorded" in text or f"No {what} was recorded" in text


def test_a_thousand_pieces_of_work_are_all_there(report, read):
    work = tuple(WorkItem(f"Item {n:04}", f"Subject {n % 3}") for n in range(1000))
    cells = [node.text for node in read(render(replace(report, work=work))).all("TH")]
    assert sorted(cell for cell in cells if cell.startswith("Item")) == [
        f"Item {n:04}" for n in range(1000)
    ]


def test_a_school_year_of_weeks_fits_the_chart(report, read):
    weeks = tuple(Week(date(2026, 9, 7) + timedelta(weeks=n), 300, 300, 5 * n) for n in range(52))
    reading = read(render(replace(report, weeks=weeks)))
    assert reading.stray == []
    assert "Week of 30 August 2027" in reading.all("Figure")[0].alt


def test_very_long_words_are_cut_and_not_lost(report, read):
    word = "Donaudampfschiff" * 40
    long = replace(
        report,
        narrative=word,
        school=word,
        targets=(Target(word, word, word, 1, word, word),),
        outcomes=(Outcome(word, 1, 60, Side.TAUGHT),),
    )
    text = read(render(long)).text().replace(" ", "")
    assert text.count(word) == 8


def test_marks_off_the_scale_are_listed_and_not_drawn(report, read):
    odd = replace(
        report,
        assessments=(
            *report.assessments[:2],
            Assessment("GCSE 9 to 1", "Maths", date(2026, 9, 27), "4+", "Working at"),
        ),
    )
    reading = read(render(odd))
    [chart] = [node.alt for node in reading.all("Figure") if "scale" in node.alt]
    assert "Not drawn, as they are not on the scale: 4+" in chart
    assert "4+" in section(reading, "Assessments")


def test_no_name_of_a_pupil_is_in_its_title_or_bookmarks(report, read):
    pdf = read(render(report)).pdf
    assert "Zoë" not in str(pdf.metadata)
    assert "Zoë" not in str(pdf.outline)


def test_many_can_be_made_at_once(report):
    alone = render(report)
    with ThreadPoolExecutor(4) as pool:
        assert all(made == alone for made in pool.map(render, [report] * 12))


def test_the_same_values_give_the_same_bytes(report):
    assert render(report) == render(report)
