"""A tutor's home and session form, built from the widgets, with invented people.

Guarantees nothing about the real pages; shows that the widgets suffice.
"""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from oost_desktop.views.gallery.parts import choices, column, field
from oost_desktop.views.icons import Icon
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.buttons import (
    Button,
    Height,
    Kind,
    primary,
    secondary,
)
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.fact_list import FactList
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.grow_text import GrowText
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import Pill, State
from oost_desktop.views.widgets.progress_bar import WordedBar
from oost_desktop.views.widgets.row_list import Row, RowList
from oost_desktop.views.widgets.segmented import Segmented
from oost_desktop.views.widgets.styled import Strong, label
from oost_desktop.views.widgets.time_edit import TimeEdit


def today_page() -> QWidget:
    """A tutor's home."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(17)
    for card in (_to_finish_card(), _due_card()):
        row.addWidget(card, 1)
    words = "Three sessions today · week 12 of the autumn term"
    head = PageHead("Monday 23 November", words, stacked=True)
    return column(head, _now_card(), _later_card(), pair, fills=True)


def _now_card() -> Card:
    card = Card(bar=Tone.ACCENT)
    card.body.setContentsMargins(22, 16, 18, 16)
    words = QWidget()
    column = QVBoxLayout(words)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(5)
    column.addStretch(1)
    column.addWidget(label("Now · 11:00 to 12:30 · at home, Matlock", "small", wrap=True))
    column.addWidget(label("Zoë Świątek, Year 10 · Maths", "heading", wrap=True))
    last = "Last time: ratio in recipes; secure on sharing, unsure of unit rates. "
    column.addWidget(label(last + "Next step: three word problems.", "muted", wrap=True))
    column.addStretch(1)
    acts = QWidget()
    pair = QVBoxLayout(acts)
    pair.setContentsMargins(0, 0, 0, 0)
    pair.setSpacing(8)
    pair.addWidget(
        Button("Record session", kind=Kind.PRIMARY, meaning=Icon.RECORD, height=Height.TALL)
    )
    pair.addWidget(secondary("Emergency card", Icon.EMERGENCY))
    row = FlowLayout()
    row.add(words, 1)
    row.add(acts)
    card.body.addLayout(row)
    return card


def _later_card() -> Card:
    card = Card(padded=False)
    rows = RowList(("Also today", "Pupil", "Where", "Subject", ""), stretches=(4, 4, 9, 2, 3))
    planned = State("Planned")
    rows.set_rows(
        (
            Row(
                "1",
                (
                    "13:30 to 15:00",
                    "Tadhg Ŵilliams",
                    "Online · adult must be present",
                    "English",
                    planned,
                ),
            ),
            Row(
                "2",
                (
                    "15:45 to 16:45",
                    "Amina Khatun",
                    "Chesterfield Royal, Nightingale ward",
                    "Science",
                    planned,
                ),
            ),
        )
    )
    card.body.addWidget(rows)
    return card


def _to_finish_card() -> Card:
    card = Card("To finish", padded=False)
    rows = RowList()
    rows.set_rows(
        (
            Row(
                "1",
                (
                    (Strong("Friday's session"), " · Tadhg Ŵilliams"),
                    "not written up",
                    State("3 days", Tone.DANGER, Icon.CLOCK),
                ),
            ),
            Row(
                "2",
                (
                    (Strong("Fractions sheet"), " · Zoë Świątek"),
                    "to mark",
                    State("since Thursday", Tone.WARN),
                ),
            ),
            Row(
                "3",
                ((Strong("Volcano diary"), " · Amina Khatun"), "draft feedback", State("draft")),
            ),
        )
    )
    card.body.addWidget(rows)
    return card


def _due_card() -> Card:
    card = Card("Due soon for my pupils", padded=False)
    rows = RowList()
    rows.set_rows(
        (
            Row(
                "1",
                (
                    (Strong("Review"), " · Zoë Świątek"),
                    "Monday 7 December",
                    State("14 days", Tone.WARN, Icon.REVIEW),
                ),
            ),
            Row(
                "2",
                (
                    (Strong("Medical evidence"), " · Amina Khatun"),
                    "ends 18 December",
                    State("25 days", Tone.WARN, Icon.DOCUMENT),
                ),
            ),
            Row(
                "3",
                (
                    (Strong("School resources"), " · Tadhg Ŵilliams"),
                    "asked 9 November",
                    State("10 school days", Tone.DANGER),
                ),
            ),
        )
    )
    card.body.addWidget(rows)
    return card


def _when() -> QWidget:
    row = QWidget()
    flow = FlowLayout(row)
    for name, clock in (("Start", "11:00"), ("End", "12:30")):
        edit = TimeEdit()
        edit.setAccessibleName(name)
        edit.set_value(clock)
        flow.add(edit)
    flow.add(label("1 h 30 min, as planned", "muted"))
    return row


def session_page() -> QWidget:
    """Recording a session."""
    card = Card()
    grid = QGridLayout()
    grid.setHorizontalSpacing(26)
    grid.setVerticalSpacing(12)
    outcome = Segmented("Outcome", choices("Taught Part Unwell Declined More…"), numbered=True)
    outcome.set_value("taught")
    place = Segmented("Where", choices("Home Hospital Online Library School"))
    place.set_value("home")
    effort = Segmented("Engagement", choices("1 2 3 4 5"))
    effort.set_value("4")
    covered = GrowText(lines=4)
    covered.set_value(
        "Unit rates with shop offers. Zoë worked out the best buy for six of eight pairs and "
        "explained two of them aloud; still reaches for division the wrong way round."
    )
    own = GrowText(lines=1)
    own.set_value("“I like it when it's about money, it's less like a test.”")
    parts: Sequence[tuple[str, QWidget, int, int, int]] = (
        ("When", _when(), 0, 0, 1),
        ("Outcome", outcome, 0, 1, 1),
        ("Where", place, 1, 0, 1),
        ("Adult present", QLineEdit("Mrs Świątek (mother), throughout"), 1, 1, 1),
        ("What we covered", covered, 2, 0, 2),
        ("Towards target", QLineEdit("Use ratio in everyday problems"), 3, 0, 1),
        ("Engagement", effort, 3, 1, 1),
        ("In her words", own, 4, 0, 1),
        ("Next step", QLineEdit("Three word problems, pence and pounds mixed"), 4, 1, 1),
    )
    for name, editor, row, place_, span in parts:
        grid.addWidget(field(name, editor), row, place_, 1, span)
    card.body.addLayout(grid)
    acts = QWidget()
    flow = FlowLayout(acts, gap=10)
    flow.add(primary("Save session", key_hint="Ctrl ↵"))
    flow.add(secondary("Set work", Icon.WORK))
    flow.add(secondary("As last time", Icon.COPY))
    flow.add_stretch()
    flow.add(label("Draft kept 11:42:07 · Esc leaves it for later", "muted"))
    head = PageHead("Record session", "Zoë Świątek · Year 10 · Maths · Monday 23 November")
    page = column(head, card, acts)
    page.setFocusProxy(covered)
    return page


def pupil_panel() -> QWidget:
    """The pupil beside the form."""
    pills = QWidget()
    flow = FlowLayout(pills, gap=6)
    flow.add(Pill(State("Nut allergy", Tone.WARN, Icon.EMERGENCY)))
    flow.add(Pill(State("EHCP")))
    flow.add(Pill(State("Mental health")))
    facts = FactList(
        (
            ("Named person", "Ms R. Holloway\n01632 960123"),
            ("School DSL", "Mr D. Okonkwo\n01632 960150"),
            ("Parent", "Mrs Świątek\n07700 900114"),
            ("Evidence", "to 12 February 2027"),
            ("Review", "Monday 7 December"),
        )
    )
    week = WordedBar("This week")
    week.set_amount(3 / 4.5, "3 h of 4 h 30 offered")
    term = WordedBar("Since September")
    term.set_amount(
        41 / 46, "41 h taught · 5 h missed", "Missed: 3 h unwell, 2 h tutor ill (made up 1 h)"
    )
    return column(
        label("Zoë Świątek", "heading", wrap=True),
        label("Year 10 · 15 years · Peverel Academy", "muted", wrap=True),
        pills,
        facts,
        week,
        term,
        gap=12,
    )
