"""A concern, a caseload and all other widgets, with invented people.

Guarantees nothing about the real pages; shows that the widgets suffice.
"""

from datetime import date

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QWidget,
)

from oost_desktop.views.gallery.parts import choices, column, field
from oost_desktop.views.icons import Icon
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.banner import Banner
from oost_desktop.views.widgets.busy import Busy
from oost_desktop.views.widgets.buttons import (
    Button,
    IconButton,
    Kind,
    danger,
    primary,
    secondary,
)
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.day_edit import DayEdit
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.grow_text import GrowText
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import State
from oost_desktop.views.widgets.row_list import Row, RowList
from oost_desktop.views.widgets.segmented import Choice, Segmented
from oost_desktop.views.widgets.stat_tile import StatTile
from oost_desktop.views.widgets.styled import Strong, label

MONDAY = date(2026, 11, 23)


def concern_page() -> QWidget:
    """Raising a concern."""
    words = (
        Strong("In danger now? Ring 999 first."),
        " Then the school's DSL, Mr D. Okonkwo, ",
        Strong("01632 960150"),
        ", and ours, ",
        Strong("01632 960188"),
        ".",
    )
    quieter = "Writing here tells nobody. It stays on this laptop, sealed, until your next bundle."
    said = GrowText(lines=3)
    said.set_value("“I'm not allowed to eat upstairs any more and upstairs is where I live.”")
    card = Card()
    card.body.addWidget(field("What was said or seen, in their own words", said))
    opinion = QLineEdit()
    opinion.setPlaceholderText("Optional")
    card.body.addWidget(field("Your opinion, if any, and why (kept apart from the facts)", opinion))
    told = Segmented("Have you told a DSL?", (Choice("yes", "Yes"), Choice("no", "Not yet")))
    told.set_value("yes")
    card.body.addWidget(field("Have you told a DSL?", told))
    acts = QWidget()
    flow = FlowLayout(acts, gap=10)
    flow.add(danger("Submit · cannot be edited after, only added to"))
    flow.add(secondary("Print"))
    flow.add_stretch()
    flow.add(label("Draft kept 14:03:41, encrypted", "muted"))
    head = PageHead("Raise a concern", "Tadhg Ŵilliams · Monday 23 November, 13:58 · online")
    page = column(head, Banner(Tone.DANGER, Icon.RING, words, quieter), card, acts)
    page.setFocusProxy(said)
    return page


def caseload_page() -> QWidget:
    """Tiles over a list."""
    head = PageHead("Caseload", "131 pupils · sorted by what needs action first")
    which = Segmented("Show", choices("Needs All New Ending"))
    which.set_value("needs")
    head.add_act(which)
    tiles = QWidget()
    flow = FlowLayout(tiles, gap=12, fill=True)
    for number, caption, tone in (
        ("4", "no session for 7 days", Tone.DANGER),
        ("9", "reviews due in 2 weeks", Tone.WARN),
        ("6", "evidence ends in 4 weeks", Tone.WARN),
        ("3", "below hours offered", Tone.WARN),
        ("2", "laptops silent 10 days", Tone.DANGER),
        ("92 %", "of offered hours taught", Tone.OK),
    ):
        tile = StatTile(number, caption, tone=tone)
        tile.setChecked(number == "6")
        flow.add(tile, 1)
    card = Card(padded=False)
    rows = RowList(("Pupil", "Year", "School", "Tutor", "Last session"), stretches=(3, 1, 3, 3, 3))
    rows.set_rows(
        (
            Row(
                "1",
                (
                    "Rhys al-Hassan",
                    "9",
                    "Cromford Hill",
                    "J. Marsden",
                    State("11 days ago", Tone.DANGER, Icon.CLOCK),
                ),
            ),
            Row(
                "2",
                (
                    "Hana Nguyễn",
                    "11",
                    "Amber Valley",
                    "P. Adeyemi",
                    State("fits", Tone.OK, Icon.OK),
                ),
            ),
        )
    )
    card.body.addWidget(rows)
    return column(head, tiles, card, fills=True)


def widgets_page() -> QWidget:
    """What the other pages do not show."""
    buttons = QWidget()
    flow = FlowLayout(buttons, gap=10)
    for kind in Kind:
        flow.add(Button(kind.value.title(), kind=kind, meaning=Icon.LOCK))
    off = primary("Off", Icon.LOCK)
    off.setEnabled(False)
    flow.add(off)
    flow.add(IconButton(Icon.SETTINGS, "Settings"))
    box = QComboBox()
    box.addItems(["Chesterfield team", "Matlock team"])
    flow.add(field("Team", box))
    later = QCheckBox("Made up later")
    later.setChecked(True)
    flow.add(later)
    flow.add(QCheckBox("Told"))
    day = DayEdit(lambda: MONDAY)
    day.setText("soon")
    day.settle()
    flow.add(field("Due", day))
    card = Card("Controls", padded=True)
    card.body.addWidget(buttons)
    busy = Busy()
    busy.start("Checking bundle 14")
    busy.advance(0.4, "1,200 of 5,000 records checked")
    busy.show()
    card.body.addWidget(busy)
    empty = Card(padded=False)
    empty.body.addWidget(
        EmptyState(
            "No bundle made yet",
            "Your work is only on this computer.",
            "Make a bundle",
            Icon.BUNDLE,
        )
    )
    return column(PageHead("Widgets"), card, empty, fills=True)
