"""Charts can be told apart without colour and read on white (WCAG 1.4.1, 1.4.11)."""

from datetime import date
from itertools import pairwise

import pytest
from reportlab.graphics.shapes import Circle, Polygon, Rect, String

from oost_desktop.reports import charts, look
from oost_desktop.reports.charts import Path, Step, WeekHours

SCALE = ("U", "1", "2", "3", "4", "5")


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of WCAG 2."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in look.rgb(colour)
    ]
    return 1.05 / (0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05)


@pytest.mark.parametrize("colour", [look.BLUE, look.GREEN, look.PURPLE, look.VERMILION])
def test_lines_and_edges_pass_three_to_one(colour):
    assert contrast_with_white(colour) >= 3


@pytest.mark.parametrize("colour", [look.INK, look.MUTED, look.ACCENT, look.LINK])
def test_words_pass_four_and_a_half_to_one(colour):
    assert contrast_with_white(colour) >= 4.5


def paths(count: int) -> list[Path]:
    steps = (Step(date(2026, 9, 14), "2"), Step(date(2026, 10, 14), "4"))
    return [Path(f"Subject {n}", steps) for n in range(count)]


def words(drawing) -> list[str]:
    return [each.text for each in drawing.contents if isinstance(each, String)]


def test_each_line_bears_its_name_and_its_own_shape_of_point():
    drawing = charts.steps_chart(paths(4), SCALE)
    assert {f"Subject {n}" for n in range(4)} <= set(words(drawing))
    points = [each for each in drawing.contents if isinstance(each, Circle | Rect | Polygon)]
    shapes = {(type(point), len(getattr(point, "points", []))) for point in points}
    assert len(shapes) == 4


def test_names_of_lines_that_end_together_do_not_lie_on_each_other():
    drawing = charts.steps_chart(paths(4), SCALE)
    heights = sorted(
        each.y
        for each in drawing.contents
        if isinstance(each, String) and each.text.startswith("Subject")
    )
    assert all(upper - lower >= 9 for lower, upper in pairwise(heights))


def test_a_value_stands_at_the_height_of_its_place_on_the_scale():
    drawing = charts.steps_chart(paths(1), SCALE)
    labels = {
        each.text: each.y + 3
        for each in drawing.contents
        if isinstance(each, String) and each.text in SCALE
    }
    points = [each.cy for each in drawing.contents if isinstance(each, Circle)]
    assert points == [labels["2"], labels["4"]]


def test_bars_are_as_tall_as_their_hours():
    weeks = [WeekHours(date(2026, 9, 7), 300, 240, 120)]
    drawing = charts.hours_chart(weeks)
    bars = [each.height for each in drawing.contents if isinstance(each, Rect) and each.height > 8]
    assert bars[1] / bars[0] == pytest.approx(240 / 300)
    assert bars[2] / bars[0] == pytest.approx(120 / 300)


def test_a_chart_of_nothing_still_says_so():
    assert charts.hours_chart([]).height > 0
    assert "No weeks were recorded" in charts.describe_hours([])


def test_a_subject_written_from_right_to_left_is_named_in_drawing_order():
    steps = (Step(date(2026, 9, 14), "2"), Step(date(2026, 10, 14), "4"))
    assert "תירבע" in words(charts.steps_chart([Path("עברית", steps)], SCALE))
