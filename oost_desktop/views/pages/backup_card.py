"""Backing up now, and the backups there are. Where one is put back: docs, and the command line."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from oost_desktop.errors import OostError
from oost_desktop.services import keeping, wording
from oost_desktop.services.keeping import Backup
from oost_desktop.views.context import Context
from oost_desktop.views.icons import Icon
from oost_desktop.views.pages.parts.layout import line
from oost_desktop.views.tables.cell_delegate import row_height
from oost_desktop.views.tables.columns import CellRow, ColumnSpec
from oost_desktop.views.tables.list_table import RowsTableModel
from oost_desktop.views.tables.table_view import TableView
from oost_desktop.views.widgets.buttons import secondary
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.styled import label

_COLUMNS = (
    ColumnSpec("Made", width_hint=18, order="made_at"),
    ColumnSpec("Changes in it", align="right", width_hint=8),
    ColumnSpec("Size", align="right", width_hint=8, order="size"),
)
_WORDS = (
    "A backup is encrypted like the caseload and opens with the passphrase of the day it was made."
    " Beside the caseload it helps against mistakes; a copy on another disk helps against theft."
)
_ROWS = 4


class BackupCard(Card):
    """The act and the list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("Backups", parent=parent)
        self._context = context
        self.now_button = secondary("Back up now", Icon.SAVE)
        self.elsewhere_button = secondary("Back up to another disk…", Icon.EXPORT)
        self.model = RowsTableModel(_COLUMNS, _cells, _ident, self)
        self.table = TableView(self.model, "Backups beside this caseload")
        self.none = label("No backup yet. What is here is only in one place.", "muted", wrap=True)
        self.body.addWidget(label(_WORDS, "muted", wrap=True))
        self.body.addWidget(line(self.now_button, self.elsewhere_button))
        self.body.addWidget(self.none)
        self.body.addWidget(self.table)
        self.table.hide()
        self.none.hide()
        self.now_button.clicked.connect(self._on_now)
        self.elsewhere_button.clicked.connect(self._on_elsewhere)

    def refresh(self) -> None:
        """Read which backups there are."""
        self._context.jobs.run(
            "io", keeping.backups_of, self._context.desk, owner=self, done=self._show, key="backups"
        )

    def _on_now(self) -> None:
        self._back_up(keeping.backups_folder(self._context.desk))

    def _on_elsewhere(self) -> None:
        self._context.prompts.folder("Folder for the backup", self._back_up)

    def _back_up(self, to: Path) -> None:
        self.now_button.setEnabled(False)
        # On the vault's own lane, so that locking waits for the copy to be whole.
        self._context.jobs.run(
            "db",
            keeping.back_up,
            self._context.desk,
            to,
            owner=self,
            done=self._on_made,
            failed=self._on_failed,
            busy="Backing up",
        )

    def _on_made(self, backup: Backup) -> None:
        self.now_button.setEnabled(True)
        self._context.tell(f"Backed up and checked: {_size(backup.size)}, in {backup.folder.name}.")
        self.refresh()

    def _on_failed(self, error: OostError) -> None:
        self.now_button.setEnabled(True)
        self._context.jobs.present(error)

    def _show(self, found: list[Backup]) -> None:
        self.model.set_items(found)
        self.none.setVisible(not found)
        self.table.setVisible(bool(found))
        self.table.setFixedHeight((min(len(found), _ROWS) + 1) * row_height() + 4)


def _cells(backup: Backup) -> CellRow:
    return (wording.moment(backup.made_at), f"{backup.operations:,}", _size(backup.size))


def _ident(backup: Backup) -> str:
    return str(backup.folder)


def _size(size: int) -> str:
    return f"{max(1, round(size / 1_000_000)):,} MB" if size >= 950_000 else f"{size // 1000} kB"
