"""What a checked bundle would do: tiles, a line for each pupil, and what to look at."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.services import wording
from oost_desktop.services.bundles import Checked, FileLine, Result
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.tiles import Tile, TileRow
from oost_desktop.views.tables.columns import CellRow, ColumnSpec, Display
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.pill import State
from oost_desktop.views.widgets.styled import label

_COLUMNS = (
    ColumnSpec("Pupil", width_hint=20, kind=Display.STRONG),
    ColumnSpec("New", width_hint=5, align="right", grow=0),
    ColumnSpec("Changed", width_hint=8, align="right", grow=0),
    ColumnSpec("What it brings", width_hint=40, grow=3),
    ColumnSpec("", width_hint=12, kind=Display.PILL, accessible="How it fits"),
)
_CAPTIONS = {
    "new": "new records",
    "changed": "changed",
    "clashing": "to settle",
    "late": "late, after a handover",
    "removed": "removed",
    "refused": "refused",
}
_TONES = {"clashing": Tone.DANGER, "late": Tone.WARN, "removed": Tone.WARN, "refused": Tone.DANGER}
_WORDS = {
    Result.CHECKED: "checked, nothing applied yet",
    Result.APPLIED: "applied",
    Result.KNOWN: "nothing in it is new here",
    Result.REFUSED: "refused, nothing was changed",
}


class BundleReport(QWidget):
    """Shows one `Checked`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PageHead(" ", " ")
        self._tiles = TileRow()
        self._remarks = label("", wrap=True, tone=Tone.DANGER)
        self.model: RowsTableModel[FileLine] = RowsTableModel(_COLUMNS, _cells, _ident, self)
        self._table = TableView(self.model, "What the bundle brings")
        card = Card(padded=False)
        card.body.addWidget(self._table)
        self._card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self.head, self._tiles, self._remarks, card):
            column.addWidget(part)

    def show_report(self, checked: Checked) -> None:
        """Show this one."""
        self.head.set_title(checked.title)
        self.head.set_subtitle(_WORDS[checked.result])
        self._remarks.setText(checked.reason or "\n".join(checked.remarks))
        self._remarks.setVisible(bool(self._remarks.text()))
        self._tiles.setVisible(bool(checked.totals))
        self._tiles.show_tiles(_tiles(checked))
        self.model.set_items(checked.lines)
        self._card.setVisible(bool(checked.lines))

    def names(self) -> Sequence[str]:
        """The pupils the bundle brings something for."""
        return [line.name for line in map(self.model.item, self.model.ids) if line is not None]


def _tiles(checked: Checked) -> list[Tile]:
    return [
        Tile(key, f"{count:,}", _CAPTIONS[key], _TONES.get(key) if count else None, filters=False)
        for key, count in checked.totals.items()
    ]


def _ident(line: FileLine) -> str:
    return line.pupil or "service"


def _cells(line: FileLine) -> CellRow:
    tone = Tone.DANGER if line.is_pressing else Tone.OK
    state = State(line.state, tone, Icon.CLASH if line.is_pressing else Icon.OK)
    brings = wording.first_capital(line.brings)
    return (line.name, str(line.new or ""), str(line.changed or ""), brings, state)
