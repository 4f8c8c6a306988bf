"""What outlives a closed program: the red line, the recovery sheet, a backup at every lock."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from oost_desktop import paths
from oost_desktop.clock import MovableClock, london
from oost_desktop.errors import DamageError, UserError
from oost_desktop.models import Role
from oost_desktop.security.keyfile import file_bytes
from oost_desktop.security.keystore import Keystore
from oost_desktop.services import concerns, founding, keeping, unlocking
from oost_desktop.store.vault import keep_local

OWNER, LEAD = "basalt otter kettle plumage", "willow hammer orchid canvas"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A real service, not an invented one: its keys cost what they cost."""
    clock = MovableClock(london(date(2026, 11, 23), 9)).clock()
    folder = tmp_path_factory.mktemp("office") / "caseload"
    made = founding.found(folder, "Ruth Heathcote", OWNER, clock)
    founding.add_person(made.desk, "Maeve Gallagher", Role.DSL, LEAD)
    made.desk.close()
    return folder, made.recovery_code


def test_an_untold_concern_is_said_on_the_lock_screen_after_a_restart(
    kitchen_table: Any,
) -> None:
    kitchen_table.unlock()
    desk = kitchen_table.desk.context.desk
    concern = concerns.submit(desk, {"verbatim": "Words nobody has heard of."})
    kitchen_table.lock()
    assert paths.holds_untold(kitchen_table.folder)
    kitchen_table.app.program.use(kitchen_table.folder)  # as a fresh start does
    screen = kitchen_table.app.window.centralWidget()
    shown = [each.text() for each in screen.findChildren(QLabel) if each.isVisibleTo(screen)]
    assert any("has not been told" in words for words in shown)

    kitchen_table.unlock()
    told = {"whom": "The DSL", "told_at": desk.clock.now(), "how": "PHONE"}
    concerns.tell(kitchen_table.desk.context.desk, concern, told)
    kitchen_table.lock()
    assert not paths.holds_untold(kitchen_table.folder)


def test_the_recovery_code_opens_and_the_forgotten_passphrase_no_longer_does(
    founded: tuple[Path, str], clock: MovableClock
) -> None:
    folder, code = founded
    new = "granite lantern meadow quiver"
    opened = unlocking.unlock_with_code(folder, code.lower().replace("-", " "), new, clock.clock())
    assert opened.desk.person.role is Role.OWNER
    assert founding.ROOT in opened.desk.extras
    opened.desk.close()
    with pytest.raises(UserError, match="does not open this caseload"):
        unlocking.unlock(folder, OWNER, clock.clock())
    again = unlocking.unlock(folder, new, clock.clock()).desk
    assert again.person.name == "Ruth Heathcote"
    again.close()


def test_a_key_file_that_names_nobody_is_damage_in_words(
    founded: tuple[Path, str], clock: MovableClock, tmp_path: Path
) -> None:
    folder, code = founded
    kept = Keystore(folder)
    table, unlocked = kept.read(), kept.open_with_recovery_code(code)
    nobodys = tuple(slot for slot in table.slots if slot.person is None)
    Keystore(tmp_path).path.write_bytes(file_bytes(table.vault, nobodys, unlocked.vault_key))
    with pytest.raises(DamageError, match="does not say whose caseload this is"):
        unlocking.unlock_with_code(tmp_path, code, OWNER, clock.clock())


def test_a_lead_added_by_the_owner_can_read_and_the_owner_cannot(
    founded: tuple[Path, str], clock: MovableClock
) -> None:
    folder, _code = founded
    lead = unlocking.unlock(folder, LEAD, clock.clock()).desk
    concern = concerns.submit(lead, {"verbatim": "Sealed to the lead."})
    with lead.vault.write() as connection:
        connection.exec_driver_sql("delete from own_key")
    assert concerns.read(lead, concern).words["verbatim"] == "Sealed to the lead."
    lead.close()


def test_a_backup_is_made_only_when_something_is_new(
    founded: tuple[Path, str], clock: MovableClock
) -> None:
    folder, _code = founded
    lead = unlocking.unlock(folder, LEAD, clock.clock()).desk
    assert keeping.back_up_if_due(lead) is not None
    assert keeping.back_up_if_due(lead) is None
    with lead.vault.write() as connection:
        keep_local(connection, "a word of this computer only", "1")
    assert keeping.back_up_if_due(lead) is None, "nothing anybody did is new"
    lead.close()
