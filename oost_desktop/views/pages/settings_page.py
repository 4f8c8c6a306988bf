"""Settings: how the program looks, when it locks, one's passphrase, backups, and where things lie.

What is chosen holds at once and is kept in a plain file that names nobody. What the service works
by (rates, telephone numbers) is not here: it is a record (`record_page.py`).
"""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from oost_desktop import __version__, paths, settings
from oost_desktop.services import founding
from oost_desktop.settings import TEXT_SIZES, Settings
from oost_desktop.views import fonts, look, theme
from oost_desktop.views.context import Context, Page
from oost_desktop.views.pages.backup_card import BackupCard
from oost_desktop.views.pages.colleague_card import ColleagueCard
from oost_desktop.views.pages.parts.layout import field, stack
from oost_desktop.views.pages.passphrase_card import PassphraseCard
from oost_desktop.views.widgets.card import Card
from oost_desktop.views.widgets.fact_list import FactList
from oost_desktop.views.widgets.page_head import PageHead
from oost_desktop.views.widgets.segmented import Choice, Segmented

_SCHEMES = (Choice("system", "As the computer"), Choice("light", "Light"), Choice("dark", "Dark"))
_MINUTES = (1, 2, 5, 10, 15)


class SettingsPage(Page):
    """`file` is where the settings are kept; the person's own unless given."""

    def __init__(
        self, context: Context, file: Path | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._file = file or paths.settings_file()
        self._kept = context.settings
        self.scheme = Segmented("Colours", _SCHEMES)
        self.text_size = Segmented(
            "Text size", [Choice(str(percent), f"{percent} %") for percent in TEXT_SIZES]
        )
        minutes = sorted({*_MINUTES, self._kept.lock_minutes})
        self.minutes = Segmented(
            "Lock after", [Choice(str(each), f"{each} min") for each in minutes]
        )
        self.passphrase = PassphraseCard(context)
        self.backups = BackupCard(context)
        parts: list[QWidget] = [PageHead("Settings", "of the program on this computer")]
        parts += [self._looks(), self._locking(), self.backups, self.passphrase]
        self.colleague: ColleagueCard | None = None
        if founding.ROOT in context.desk.extras:
            self.colleague = ColleagueCard(context)
            parts.append(self.colleague)
        stack(self, *parts, self._about())
        self._show_kept()
        for choice in (self.scheme, self.text_size, self.minutes):
            choice.chosen.connect(self._on_chosen)

    def refresh(self) -> None:
        """Read which backups there are; the text size may have been changed by a key."""
        self._kept = replace(self._kept, text_percent=look.current().percent)
        self._show_kept()
        self.backups.refresh()

    def leave(self) -> None:
        """No passphrase stays in a field."""
        self.passphrase.clear()
        if self.colleague is not None:
            self.colleague.clear()

    def _show_kept(self) -> None:
        self.scheme.set_value(self._kept.scheme)
        self.text_size.set_value(str(self._kept.text_percent))
        self.minutes.set_value(str(self._kept.lock_minutes))

    def _on_chosen(self, _value: str) -> None:
        before = self._kept
        self._kept = replace(
            before,
            scheme=self.scheme.value(),
            text_percent=int(self.text_size.value()),
            lock_minutes=int(self.minutes.value()),
        )
        self.context.keep_settings(self._kept)
        jobs = self.context.jobs
        # Owned by the runner: they are kept even when this page goes the same moment.
        jobs.run("db", settings.save, self._file, self._kept, owner=jobs)
        if _look_of(before) != _look_of(self._kept):
            self._dress()

    def _dress(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        scheme = theme.scheme_of(self._kept.scheme)
        theme.apply(application, scheme, self._kept.text_percent, fonts.ALL_FACES)

    def _looks(self) -> Card:
        card = Card("How it looks")
        card.body.addWidget(field("Colours", self.scheme))
        card.body.addWidget(field("Text size", self.text_size))
        return card

    def _locking(self) -> Card:
        card = Card("Locking")
        words = "Nothing typed is lost by it. Ctrl+L locks at once."
        card.body.addWidget(field("Lock when nobody has touched it for", self.minutes, words))
        return card

    def _about(self) -> Card:
        desk = self.context.desk
        card = Card("This caseload")
        kind = "the office's" if desk.at_office else "a tutor's laptop"
        practice = ", invented for practice" if desk.invented else ""
        facts = (
            ("Kind", f"{kind}{practice}"),
            ("Program", f"{paths.APP} {__version__}"),
        )
        card.body.addWidget(FactList(facts))
        # A path has no spaces to break at, so it stands in a line that scrolls.
        folder = QLineEdit(str(desk.vault.folder))
        folder.setReadOnly(True)
        card.body.addWidget(field("Folder", folder))
        return card


def _look_of(kept: Settings) -> tuple[str, int]:
    return kept.scheme, kept.text_percent
