"""The clash desk: what two people changed without seeing each other, settled one by one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from oost_desktop.services import clashes, wording
from oost_desktop.services.clashes import Choice, OpenClash, Settled
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.clash_card import ClashCard
from oost_desktop.views.tables.columns import CellRow, ColumnSpec, Display
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.page_head import PageHead

MOST_SHOWN = 20
_COLUMNS = (
    ColumnSpec("Settled", width_hint=30, kind=Display.STRONG, grow=3),
    ColumnSpec("Now says", width_hint=30, grow=3),
    ColumnSpec("By", width_hint=16),
    ColumnSpec("When", width_hint=16),
    ColumnSpec("Because", width_hint=16, grow=2),
)


class ClashesPage(Page):
    """Open clashes as cards, the settled ones in a list below."""

    shows = ("session", "work", "pupil", "target", "education_plan", "contact", "placement")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.cards: list[ClashCard] = []
        self.head = PageHead("Clashes", " ")
        self._empty = EmptyState(
            "Nothing to settle", "No two people have changed the same words unseen.", "Bundles",
            Icon.BUNDLE,
        )  # fmt: skip
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self.model: RowsTableModel[Settled] = RowsTableModel(_COLUMNS, _cells, _ident, self)
        self._table = TableView(self.model, "Settled clashes")
        self._settled = Card("Settled", padded=False)
        self._settled.body.addWidget(self._table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.head)
        column.addWidget(self._empty)
        column.addLayout(self._list)
        column.addWidget(self._settled)
        column.addStretch(1)
        self._empty.hide()
        self._settled.hide()
        self._empty.pressed.connect(self._on_bundles)

    def refresh(self) -> None:
        """Read what waits and what was decided."""
        desk, jobs = self.context.desk, self.context.jobs
        jobs.run("db", clashes.open_clashes, desk, owner=self, done=self._show, key="open")
        jobs.run("db", clashes.settled, desk, owner=self, done=self._show_settled, key="settled")

    def _show(self, found: Sequence[OpenClash]) -> None:
        shown = found[:MOST_SHOWN]
        for gone in [card for card in self.cards if card.clash not in shown]:
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        # A card that still holds keeps the reason that is being typed on it.
        self.cards = [self._card_of(clash) for clash in shown]
        for place, card in enumerate(self.cards):
            self._list.insertWidget(place, card)
        words = wording.count(len(found), "clash", "clashes")
        self.head.set_subtitle(f"{words} to settle" if found else "")
        self._empty.setVisible(not found)
        self._take_keyboard()

    def _card_of(self, clash: OpenClash) -> ClashCard:
        for card in self.cards:
            if card.clash == clash:
                return card
        made = ClashCard(clash)
        made.settled.connect(self._on_settled)
        return made

    def _take_keyboard(self) -> None:
        """Keys 1 to 4 settle the first clash; without one, Enter leads to the bundles."""
        holder = QApplication.focusWidget()
        if holder is not None and any(card.isAncestorOf(holder) for card in self.cards):
            return
        if self.cards and self.cards[0].buttons:
            self.cards[0].buttons[0].setFocus()
        elif not self.cards:
            self._empty.button.setFocus()

    def _show_settled(self, found: Sequence[Settled]) -> None:
        self.model.set_items(found)
        self._settled.setVisible(bool(found))

    def _on_settled(self, choice: Choice, why: str) -> None:
        card = self.sender()
        assert isinstance(card, ClashCard)
        clash = card.clash
        self.context.jobs.run(
            "db",
            clashes.settle,
            self.context.desk,
            clash.etype,
            clash.entity,
            clash.unit,
            choice,
            why or None,
            owner=self,
            done=self._on_done,
        )

    def _on_done(self, _nothing: None) -> None:
        self.context.saved()
        self.context.tell("Settled. Both values stay in the history.")
        self.refresh()

    def _on_bundles(self) -> None:
        self.context.go("bundles", None)


def _ident(settled: Settled) -> str:
    return f"{settled.entity}:{settled.label}:{settled.when.isoformat()}"


def _cells(settled: Settled) -> CellRow:
    what = " · ".join(part for part in (settled.pupil, settled.record, settled.label) if part)
    when = wording.moment(settled.when)
    return (what, settled.words, settled.who, when, settled.why)
