"""The clash desk: what two people changed without seeing each other, settled one by one.

Guarantees that new words and a reason are kept as a draft within two seconds, until it is settled.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from oost_desktop.services import clashes, drafting, wording
from oost_desktop.services.clashes import Choice, OpenClash, Settled
from oost_desktop.services.desk import Desk
from oost_desktop.views.context import Context, Page
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.clash_card import ClashCard
from oost_desktop.views.pages.parts.words_keeper import Words, WordsKeeper
from oost_desktop.views.tables.columns import CellRow, ColumnSpec, Display
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.empty_state import EmptyState
from oost_desktop.views.widgets.page_head import PageHead

FORM = "clashes"
MOST_SHOWN = 20
_COLUMNS = (
    ColumnSpec("Settled", width_hint=30, kind=Display.STRONG, grow=3),
    ColumnSpec("Now says", width_hint=30, grow=3),
    ColumnSpec("By", width_hint=16),
    ColumnSpec("When", width_hint=16),
    ColumnSpec("Because", width_hint=16, grow=2),
)


_Kept = Mapping[str, Mapping[str, str]]
"""What was typed and not saved, by the name of its draft."""


class ClashesPage(Page):
    """Open clashes as cards, the settled ones in a list below."""

    shows = ("session", "work", "pupil", "target", "education_plan", "contact", "placement")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.cards: list[ClashCard] = []
        self._keepers: dict[str, WordsKeeper] = {}
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
        jobs.run("db", _read, desk, owner=self, done=self._show, key="open")
        jobs.run("db", clashes.settled, desk, owner=self, done=self._show_settled, key="settled")

    def leave(self) -> None:
        """Keep what was begun."""
        for keeper in self._keepers.values():
            keeper.flush()

    def _show(self, read: tuple[Sequence[OpenClash], _Kept]) -> None:
        found, kept = read
        before = self.cards
        # A card that still holds keeps the reason that is being typed on it.
        self.cards = [self._card_of(clash, kept) for clash in found[:MOST_SHOWN]]
        for gone in [card for card in before if card not in self.cards]:
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        names = {_name(card.clash) for card in self.cards}
        for name in self._keepers.keys() - names:
            self._keepers.pop(name).forget()
        for place, card in enumerate(self.cards):
            self._list.insertWidget(place, card)
        words = wording.count(len(found), "clash", "clashes")
        self.head.set_subtitle(f"{words} to settle" if found else "")
        self._empty.setVisible(not found)
        self._take_keyboard()

    def _card_of(self, clash: OpenClash, kept: _Kept) -> ClashCard:
        name = _name(clash)
        before = next((card for card in self.cards if _name(card.clash) == name), None)
        if before is not None and before.clash == clash:
            return before
        made = ClashCard(clash)
        made.restore(kept.get(name, {}) if before is None else before.words())
        if name in self._keepers:  # it goes with its card: hand over what that holds
            self._keepers[name].flush()
        keeper = WordsKeeper(self.context, FORM, partial(_words, made), made)
        self._keepers[name] = keeper
        made.typed.connect(keeper.touch)
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
        # First kept: if it cannot be settled so, the words are still there.
        self._keepers[_name(card.clash)].flush()
        work = partial(_settle, self.context.desk, card.clash, choice, why)
        self.context.jobs.run("db", work, owner=self, done=self._on_done)

    def _on_done(self, _nothing: None) -> None:
        self.context.saved()
        self.context.tell("Settled. Both values stay in the history.")
        self.refresh()

    def _on_bundles(self) -> None:
        self.context.go("bundles", None)


def _name(clash: OpenClash) -> str:
    """The draft of what is typed about a clash."""
    return f"{FORM}:{clash.etype}:{clash.entity}:{clash.unit}"


def _words(card: ClashCard) -> Words:
    return Words(_name(card.clash), card.words(), "words", card.new_words.caret())


def _read(desk: Desk) -> tuple[Sequence[OpenClash], _Kept]:
    waiting = drafting.all_drafts(desk)
    kept = {each.id: each.content["values"] for each in waiting if each.form == FORM}
    return clashes.open_clashes(desk), kept


def _settle(desk: Desk, clash: OpenClash, choice: Choice, why: str) -> None:
    clashes.settle(desk, clash.etype, clash.entity, clash.unit, choice, why or None)
    drafting.drop(desk, _name(clash))


def _ident(settled: Settled) -> str:
    return f"{settled.entity}:{settled.label}:{settled.when.isoformat()}"


def _cells(settled: Settled) -> CellRow:
    what = " · ".join(part for part in (settled.pupil, settled.record, settled.label) if part)
    when = wording.moment(settled.when)
    return (what, settled.words, settled.who, when, settled.why)
