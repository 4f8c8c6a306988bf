"""Charts as ReportLab drawings, each with its words: hours by week, steps on one scale.

Whatever a chart shows, `describe_…` says in full, for people who cannot see it. Nothing is told by
colour alone: bars differ in filling, lines in the shape of their points, and both bear their names.
A drawing can go on paper (`Page.figure`) or be saved as SVG. Reads values; knows no page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from reportlab.graphics.shapes import Circle, Drawing, Polygon, PolyLine, Rect
from reportlab.lib.colors import HexColor

from oost_desktop.reports import look
from oost_desktop.reports.chart_parts import (
    SIZE,
    blank,
    hair_line,
    lettering,
    short_name,
    wide,
)
from oost_desktop.reports.fonts import Face
from oost_desktop.reports.wording import day, day_and_month, hours_in_words, listed

_LABELLED_BARS = 14
"""Up to so many weeks each taught bar bears its figure; more would run into each other."""
MOST_LINES = 4
"""A chart of steps shows no more lines than this: there are four safe colours and shapes."""


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Minutes of one week; None means not recorded."""

    monday: date
    offered: int | None
    timetabled: int | None
    taught: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """One assessment: when, and which value of the scale."""

    when: date
    value: str


@dataclass(frozen=True, slots=True)
class Path:
    """One line of a chart: what was assessed, and its steps."""

    name: str
    steps: tuple[Step, ...]


def hours_chart(weeks: Sequence[WeekHours], *, width: float = look.WIDTH) -> Drawing:
    """Grouped bars of the hours offered, timetabled and taught in each week."""
    height, left, foot, top = 200.0, 26.0, 20.0, 42.0
    drawing = blank(width, height)
    most = max([_most(week) for week in weeks], default=0)
    step = 60 * max(1, -(-most // 60 // 6))
    ceiling = max(step, -(-most // step) * step)
    scale = (height - foot - top) / ceiling
    for minutes in range(0, ceiling + 1, step):
        y = foot + minutes * scale
        drawing.add(hair_line(left, y, width, y, look.BORDER if not minutes else look.RULE))
        drawing.add(lettering(str(minutes // 60), left - 6, y - 3, anchor="end"))
    drawing.add(lettering("hours", 0, height - 12))
    _key(drawing, left + 34, height - 12)
    group = (width - left) / max(len(weeks), 1)
    every = -(-len(weeks) // 12)
    for index, week in enumerate(weeks):
        x = left + group * index
        _bars(drawing, week, x, group, foot, scale, figures=len(weeks) <= _LABELLED_BARS)
        if index % every == 0:
            label = day_and_month(week.monday)
            drawing.add(lettering(label, x + group * every / 2, 6, anchor="middle"))
    return drawing


def describe_hours(weeks: Sequence[WeekHours]) -> str:
    """What `hours_chart` shows, week by week."""
    if not weeks:
        return "Bar chart of tuition hours. No weeks were recorded."
    said = [
        f"Bar chart of tuition hours for {len(weeks)} weeks from {day(weeks[0].monday)}"
        if len(weeks) > 1
        else f"Bar chart of tuition hours for the week from {day(weeks[0].monday)}"
    ]
    for week in weeks:
        parts = [
            f"{hours_in_words(minutes)} {name}"
            for name, minutes in (
                ("offered", week.offered),
                ("timetabled", week.timetabled),
                ("taught", week.taught),
            )
            if minutes is not None
        ]
        said.append(f"Week of {day(week.monday)}: {listed(parts) or 'nothing recorded'}")
    return ". ".join(said) + "."


def steps_chart(
    paths: Sequence[Path], scale: Sequence[str], *, width: float = look.WIDTH
) -> Drawing:
    """Assessments over time on one ordered scale, lowest value first.

    Only the part of the scale that is used is drawn, with one value to spare at either end.
    Values that are not on the scale are left out; `describe_steps` names them. At most
    `MOST_LINES` paths are shown.
    """
    shown = [(path, on_scale(path, scale)) for path in paths[:MOST_LINES]]
    places = [scale.index(step.value) for _, steps in shown for step in steps]
    days = [step.when.toordinal() for _, steps in shown for step in steps]
    low, high = max(min(places) - 1, 0), min(max(places) + 1, len(scale) - 1)
    left = 14 + max(wide(short_name(value)) for value in scale[low : high + 1])
    right = 14 + max(wide(short_name(path.name)) for path in paths[:MOST_LINES])
    row, foot = 22.0, 24.0
    height = foot + row * (high - low) + 16
    drawing = blank(width, height)
    for index in range(low, high + 1):
        y = foot + row * (index - low)
        drawing.add(hair_line(left, y, width - right, y, look.RULE))
        drawing.add(lettering(short_name(scale[index]), left - 6, y - 3, anchor="end"))
    first, span = min(days), max(max(days) - min(days), 1)
    inner = width - left - right - 24

    def place(step: Step) -> tuple[float, float]:
        along = (step.when.toordinal() - first) / span if len(set(days)) > 1 else 0.5
        return left + 12 + inner * along, foot + row * (scale.index(step.value) - low)

    _dates(drawing, sorted(set(days)), lambda ordinal: left + 12 + inner * (ordinal - first) / span)
    ends: list[tuple[float, str, str]] = []
    for number, (path, steps) in enumerate(shown):
        if steps:
            colour = _LINES[number]
            _line(drawing, [place(step) for step in steps], colour, number)
            ends.append((place(steps[-1])[1], short_name(path.name), colour))
    for y, name, colour in _apart(ends):
        drawing.add(lettering(name, width - right + 8, y - 3, colour=_DARK[colour], face=Face.BOLD))
    return drawing


def describe_steps(paths: Sequence[Path], scale: Sequence[str], scale_name: str) -> str:
    """What `steps_chart` shows, step by step."""
    said = [f"Line chart on the scale {scale_name}, from {scale[0]} up to {scale[-1]}"]
    for path in paths[:MOST_LINES]:
        steps = [f"{step.value} on {day(step.when)}" for step in on_scale(path, scale)]
        said.append(f"{path.name}: {', then '.join(steps) or 'nothing on this scale'}")
        missing = [step.value for step in path.steps if step.value not in scale]
        if missing:
            said.append(f"Not drawn, as they are not on the scale: {listed(missing)}")
    return ". ".join(said) + "."


def on_scale(path: Path, scale: Sequence[str]) -> list[Step]:
    """The steps of a path that the scale knows, oldest first."""
    return sorted((step for step in path.steps if step.value in scale), key=lambda step: step.when)


_LINES = (look.BLUE, look.VERMILION, look.GREEN, look.PURPLE)
_DARK = {
    look.BLUE: "#005B8E",
    look.VERMILION: "#9C4400",
    look.GREEN: "#00664B",
    look.PURPLE: "#8A3A66",
}
"""The same hues deep enough for words (4.5:1)."""


def _most(week: WeekHours) -> int:
    return max(week.offered or 0, week.timetabled or 0, week.taught or 0)


def _bars(
    drawing: Drawing,
    week: WeekHours,
    x: float,
    group: float,
    foot: float,
    scale: float,
    *,
    figures: bool,
) -> None:
    """Three bars side by side: hollow for offered, pale for timetabled, solid for taught."""
    x += group * 0.09
    room = 0.0
    for minutes, (_, fill, stroke, share) in zip(
        (week.offered, week.timetabled, week.taught), _BARS, strict=True
    ):
        room = group * share
        if minutes:
            drawing.add(_bar(x + 0.6, foot, max(room - 1.2, 0.8), minutes * scale, fill, stroke))
        x += room
    if figures and week.taught is not None:
        figure = f"{week.taught / 60:.2f}".rstrip("0").rstrip(".")
        drawing.add(
            lettering(
                figure,
                x - room / 2,
                foot + week.taught * scale + 3,
                anchor="middle",
                colour=look.INK,
            )
        )


_BARS = (
    ("Offered", look.WHITE, look.PURPLE, 0.22),
    ("Timetabled", "#BFE5DA", look.GREEN, 0.22),
    ("Taught", look.BLUE, look.BLUE, 0.38),
)
"""Name, filling, edge and share of a week's room; taught is broad enough to bear its figure."""


def _bar(x: float, y: float, width: float, height: float, fill: str, stroke: str) -> Rect:
    return Rect(
        x,
        y,
        width,
        height,
        fillColor=HexColor(fill),
        strokeColor=HexColor(stroke),
        strokeWidth=1 if width > 2 else 0.4,
    )


def _key(drawing: Drawing, x: float, y: float) -> None:
    for name, fill, stroke, _ in _BARS:
        drawing.add(_bar(x, y - 0.5, 8, 8, fill, stroke))
        drawing.add(lettering(name, x + 13, y, colour=look.INK))
        x += 13 + wide(name) + 18


def _dates(drawing: Drawing, days: Sequence[int], place: Callable[[int], float]) -> None:
    """Name the days along the foot, leaving out those that would touch."""
    used = -1e9
    for ordinal in days:
        x = place(ordinal)
        label = day_and_month(date.fromordinal(ordinal))
        if x - wide(label) / 2 > used + 6:
            drawing.add(lettering(label, x, 6, anchor="middle"))
            used = x + wide(label) / 2


def _line(
    drawing: Drawing, points: Sequence[tuple[float, float]], colour: str, number: int
) -> None:
    if len(points) > 1:
        flat = [part for point in points for part in point]
        drawing.add(PolyLine(flat, strokeColor=HexColor(colour), strokeWidth=1.8))
    for x, y in points:
        drawing.add(_point(x, y, colour, number))


def _point(x: float, y: float, colour: str, number: int) -> Circle | Polygon | Rect:
    """A disc, a square, a triangle or a diamond, so that lines differ without colour."""
    paint = {"fillColor": HexColor(colour), "strokeColor": HexColor(look.WHITE), "strokeWidth": 0.8}
    r = 4.2
    if number == 0:
        return Circle(x, y, r, **paint)
    if number == 1:
        return Rect(x - r + 0.4, y - r + 0.4, 2 * r - 0.8, 2 * r - 0.8, **paint)
    if number == 2:
        return Polygon([x - r, y - r + 1, x + r, y - r + 1, x, y + r], **paint)
    return Polygon([x - r - 0.5, y, x, y + r + 0.5, x + r + 0.5, y, x, y - r - 0.5], **paint)


def _apart(ends: Sequence[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """Move labels that would overlap up, lowest first."""
    placed: list[tuple[float, str, str]] = []
    for y, name, colour in sorted(ends):
        lowest = placed[-1][0] + SIZE + 2.5 if placed else y
        placed.append((max(y, lowest), name, colour))
    return placed
