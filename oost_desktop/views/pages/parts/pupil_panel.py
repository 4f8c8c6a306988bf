"""The pupil beside whatever is being written about them: alerts, whom to ring, hours so far."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.services.around import Ring
from oost_desktop.services.marks import Mark, Topic
from oost_desktop.services.pupils import PupilPanel
from oost_desktop.views.icons import Icon
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.fact_list import FactList
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.pill import Pill, State
from oost_desktop.views.widgets.progress_bar import WordedBar
from oost_desktop.views.widgets.styled import label

_MEANING = {
    Topic.HEALTH: Icon.EMERGENCY,
    Topic.REVIEW: Icon.REVIEW,
    Topic.EVIDENCE: Icon.DOCUMENT,
    Topic.SESSION: Icon.CLOCK,
}


class PupilPanelView(QWidget):
    """Shows one `PupilPanel`; made anew for each."""

    def __init__(self, panel: PupilPanel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(label(panel.pupil.name, "heading", wrap=True))
        column.addWidget(label(panel.line, "muted", wrap=True))
        if panel.alerts:
            column.addLayout(_pills(panel.alerts))
        facts = FactList()
        facts.set_facts(_facts(panel))
        column.addWidget(facts)
        column.addWidget(_bar("This week", panel.week_taught, panel.week_offered, panel.week_words))
        whole = panel.year_taught + panel.year_missed
        year = _bar("Since September", panel.year_taught, whole, panel.year_words)
        column.addWidget(year)
        if panel.missed_words:
            column.addWidget(label(panel.missed_words, "small", wrap=True))
        column.addStretch(1)


def as_state(mark: Mark) -> State:
    """A mark as a pill says it."""
    return State(mark.words, Tone(mark.tone.value), _MEANING.get(mark.topic))


def _pills(alerts: tuple[Mark, ...]) -> FlowLayout:
    flow = FlowLayout(gap=6, row_gap=6)
    for mark in alerts:
        flow.add(Pill(as_state(mark)))
    return flow


def _facts(panel: PupilPanel) -> list[tuple[str, str]]:
    around = panel.around
    people = (
        ("Named person", around.named_person),
        ("School DSL", around.school_dsl),
        ("Parent", around.parent),
    )
    facts = [(name, _ring(ring)) for name, ring in people if ring is not None]
    return [*facts, ("Evidence", panel.evidence_words), ("Review", panel.review_words)]


def _ring(ring: Ring) -> str:
    return "\n".join(part for part in (ring.name, ring.phone) if part)


def _bar(name: str, part: int, whole: int, words: str) -> WordedBar:
    bar = WordedBar(name)
    bar.set_amount(part / whole if whole else 0.0, words)
    return bar
