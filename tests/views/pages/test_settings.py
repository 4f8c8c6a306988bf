"""Settings hold at once and outlast the program; backups and passphrases do what they say."""

import re
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QWidget

from oost_desktop import settings
from oost_desktop.errors import OostError, RefusedError, UserError
from oost_desktop.security.kdf import FLOOR, KdfCost
from oost_desktop.security.keystore import Keystore
from oost_desktop.services import keeping, passphrases, unlocking
from oost_desktop.services.desk import Desk
from oost_desktop.views import look
from oost_desktop.views.pages.settings_page import SettingsPage
from oost_desktop.views.tokens import Scheme
from tests.views.accessibility import clipped, nameless, small_targets
from tests.views.conftest import Dress
from tests.views.pages.conftest import PASSPHRASES, Show, Stand

NEW = "lantern orchard velvet copper thistle"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def _stand(show: Show, desk: Desk, file: Path, width: int = 1040) -> tuple[SettingsPage, Stand]:
    stand = show(partial(SettingsPage, file=file), desk, size=(width, 1000))
    assert isinstance(stand.page, SettingsPage)
    return stand.page, stand


def _press(stand: Stand, inside: QWidget, words: str) -> None:
    (button,) = (each for each in inside.findChildren(QRadioButton) if each.text() == words)
    stand.bot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("percent", [100, 200])
def test_anyone_can_read_and_reach_everything(
    office: Desk, show: Show, dress: Dress, file: Path, percent: int
) -> None:
    keeping.back_up(office, keeping.backups_folder(office))
    dress(Scheme.LIGHT, percent)
    page, stand = _stand(show, office, file)
    assert nameless(page) + small_targets(page) + clipped(stand.window) == []
    assert stand.errors == []


def test_the_look_changes_at_once_and_is_kept(
    tutor: Desk, show: Show, dress: Dress, file: Path
) -> None:
    page, stand = _stand(show, tutor, file)
    _press(stand, page.scheme, "Dark")
    _press(stand, page.text_size, "150 %")
    stand.settle()
    assert (look.current().tokens.scheme, look.current().percent) == (Scheme.DARK, 150)
    kept = settings.load(file)
    assert (kept.scheme, kept.text_percent) == ("dark", 150)
    assert kept.vault == str(tutor.vault.folder)


def test_the_program_hears_how_long_to_wait_before_locking(
    tutor: Desk, show: Show, file: Path
) -> None:
    page, stand = _stand(show, tutor, file)
    heard: list[settings.Settings] = []
    page.context = replace(page.context, keep_settings=heard.append)
    _press(stand, page.minutes, "10 min")
    stand.settle()
    assert [each.lock_minutes for each in heard] == [10]
    assert settings.load(file).lock_minutes == 10


def test_a_backup_made_here_is_in_the_list_and_opens(
    office: Desk, show: Show, file: Path, tmp_path: Path
) -> None:
    page, stand = _stand(show, office, file)
    assert page.backups.none.isVisible()
    stand.bot.mouseClick(page.backups.now_button, Qt.MouseButton.LeftButton)
    stand.bot.waitUntil(lambda: page.backups.model.rowCount() == 1)
    (made,) = keeping.backups_of(office)
    back = tmp_path / "put back"
    keeping.restore(made.folder, back, PASSPHRASES["owner"], office.clock)
    unlocking.unlock(back, PASSPHRASES["owner"], office.clock).desk.close()


def test_only_who_knows_the_old_passphrase_changes_it(office: Desk, show: Show, file: Path) -> None:
    page, stand = _stand(show, office, file)
    _fill(page, "not it at all", NEW, NEW)
    stand.bot.mouseClick(page.passphrase.change_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert "does not open" in page.passphrase.message.text()
    assert page.passphrase.message.isVisible()
    with pytest.raises(UserError):
        passphrases.change(office, "not it at all", NEW)


def test_the_new_passphrase_opens_the_caseload_and_the_old_one_no_longer(
    office: Desk, show: Show, file: Path
) -> None:
    page, stand = _stand(show, office, file)
    _fill(page, PASSPHRASES["coordinator"], NEW, NEW)
    stand.bot.mouseClick(page.passphrase.change_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert [asked.word for asked in stand.answers.asked] == ["change"]
    assert [box.text() for box in page.passphrase.findChildren(QLineEdit)] == ["", "", ""]
    office.vault.close()
    with pytest.raises(UserError):
        unlocking.unlock(office.vault.folder, PASSPHRASES["coordinator"], office.clock)
    reopened = unlocking.unlock(office.vault.folder, NEW, office.clock).desk
    assert reopened.person == office.person
    reopened.close()


def test_two_new_passphrases_that_differ_change_nothing(
    office: Desk, show: Show, file: Path
) -> None:
    page, stand = _stand(show, office, file)
    _fill(page, PASSPHRASES["coordinator"], NEW, NEW + "s")
    stand.bot.mouseClick(page.passphrase.change_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert stand.answers.asked == []
    assert QApplication.focusWidget() is page.passphrase.again


def test_a_passphrase_that_protects_a_real_child_must_be_strong(office: Desk) -> None:
    assert not passphrases.judge("password1").accepted
    assert not passphrases.judge("Rosalind Rosalind", "Rosalind Ashe").accepted
    assert passphrases.judge(passphrases.suggest()).accepted
    real = replace(office, invented=False)
    with pytest.raises(UserError):
        passphrases.change(real, PASSPHRASES["coordinator"], "password1")


def test_a_changed_passphrase_of_a_real_caseload_is_dear_to_guess(office: Desk) -> None:
    passphrases.change(replace(office, invented=False), PASSPHRASES["coordinator"], NEW)
    opened = Keystore(office.vault.folder).open_with_passphrase(NEW)
    assert opened.slot is not None
    assert opened.slot.cost is not None
    assert opened.slot.cost.m_kib >= FLOOR.m_kib


def _code_on(sheet: Path) -> str:
    words = PdfReader(sheet).pages[0].extract_text()
    groups = re.findall(r"\b[0-9A-HJKMNP-TV-Z]{5,6}\b", words)
    return "-".join(groups[:5])


def test_a_new_sheet_opens_for_the_owner_and_the_old_code_no_longer(
    office: Desk, show: Show, file: Path
) -> None:
    folder = office.vault.folder
    office.close()
    owner = unlocking.unlock(folder, PASSPHRASES["owner"], office.clock).desk
    old = Keystore(folder).add_recovery_slot(owner.unlocked, owner.unlocked.extras)
    # The owner's slot is no longer the first once its passphrase was changed.
    passphrases.change(owner, PASSPHRASES["owner"], NEW)
    page, stand = _stand(show, owner, file)
    stand.bot.mouseClick(page.passphrase.sheet_button, Qt.MouseButton.LeftButton)
    stand.settle()
    assert [asked.word for asked in stand.answers.asked] == ["sheet"]
    [sheet] = stand.answers.to.glob("*.pdf")
    owner.close()
    with pytest.raises(UserError):
        unlocking.unlock_with_code(folder, old, "x", office.clock, KdfCost.invented())
    opened = unlocking.unlock_with_code(
        folder, _code_on(sheet), "another one", office.clock, KdfCost.invented()
    ).desk
    assert opened.person == owner.person
    opened.close()


def test_the_sheet_is_not_a_colleagues(
    office: Desk, show: Show, file: Path, tmp_path: Path
) -> None:
    page, _ = _stand(show, office, file)
    assert not page.passphrase.sheet_button.isVisible()
    with pytest.raises(RefusedError):
        keeping.new_recovery_sheet(office, tmp_path / "sheet.pdf")
    assert not (tmp_path / "sheet.pdf").exists()


def test_a_sheet_that_cannot_be_written_leaves_the_old_one_in_force(office: Desk) -> None:
    folder = office.vault.folder
    office.close()
    owner = unlocking.unlock(folder, PASSPHRASES["owner"], office.clock).desk
    old = Keystore(folder).add_recovery_slot(owner.unlocked, owner.unlocked.extras)
    with pytest.raises(OostError):
        keeping.new_recovery_sheet(owner, folder / "nowhere" / "sheet.pdf")
    owner.close()
    unlocking.unlock_with_code(folder, old, "x", office.clock, KdfCost.invented()).desk.close()


def test_no_passphrase_stays_in_a_field_when_the_page_is_left(
    office: Desk, show: Show, file: Path
) -> None:
    page, _ = _stand(show, office, file)
    _fill(page, PASSPHRASES["coordinator"], NEW, NEW)
    page.leave()
    assert not any(box.text() for box in page.passphrase.findChildren(QLineEdit))


def _fill(page: SettingsPage, old: str, new: str, again: str) -> None:
    page.passphrase.old.setText(old)
    page.passphrase.new.setText(new)
    page.passphrase.again.setText(again)
