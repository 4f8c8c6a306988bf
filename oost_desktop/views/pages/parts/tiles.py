"""A row of number tiles: at most one of them is the filter of the list below.

Guarantees that pressing the chosen tile again takes the filter away. Counts nothing itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from oost_desktop.views.tokens import Tone
from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.stat_tile import StatTile

_GAP = 12


@dataclass(frozen=True, slots=True)
class Tile:
    """One number. `key` names the part of the list it counts; `filters` that it can be pressed."""

    key: str
    number: str
    caption: str
    tone: Tone | None = None
    filters: bool = True


class TileRow(QWidget):
    """Tiles by key. `chosen` carries the key of the tile that filters, "" for none."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=_GAP, fill=True)
        self._tiles: dict[str, StatTile] = {}

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these numbers; a tile that was chosen stays so."""
        if [tile.key for tile in tiles] != list(self._tiles):
            self._make(tiles)
        for tile in tiles:
            self._tiles[tile.key].set_number(tile.number, tile.caption, tile.tone)
        self._flow.invalidate()

    def key(self) -> str:
        """The key of the chosen tile, or ""."""
        return next((key for key, tile in self._tiles.items() if tile.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose a tile, or with "" none, without telling."""
        for name, tile in self._tiles.items():
            tile.setChecked(name == key)

    def tile(self, key: str) -> StatTile:
        """The tile of a key."""
        return self._tiles[key]

    def _make(self, tiles: Sequence[Tile]) -> None:
        for old in self._tiles.values():
            self._flow.removeWidget(old)
            old.deleteLater()
        self._tiles = {}
        for tile in tiles:
            made = StatTile(tile.number, tile.caption, tone=tile.tone, filters=tile.filters)
            made.clicked.connect(self._on_clicked)
            self._tiles[tile.key] = made
            self._flow.add(made, 1)

    def _on_clicked(self) -> None:
        pressed = self.sender()
        for tile in self._tiles.values():
            if tile is not pressed:
                tile.setChecked(False)
        self.chosen.emit(self.key())
