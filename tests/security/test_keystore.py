"""Who can open a vault, who no longer can, and what happens to a damaged key file."""

import hashlib
import json
import os
from typing import Any

import pytest

from oost_desktop import canonical
from oost_desktop.errors import BugError, DamageError, RefusedError, UserError
from oost_desktop.ids import random_id
from oost_desktop.security import keyfile, slots
from oost_desktop.security.kdf import KdfCost
from oost_desktop.security.keystore import Keystore
from oost_desktop.security.secret import Secret
from oost_desktop.security.slots import SlotType

PASSPHRASE = "quarry lantern violin"
OTHER = "marble otter thunder"
CHEAP = KdfCost.invented()


def rewritten(keystore: Keystore, change: Any) -> None:
    """Put an edited key file in both places, with a checksum that fits: an attacker can."""
    fields = json.loads(keystore.path.read_bytes())
    change(fields)
    del fields["sum"]
    fields["sum"] = hashlib.sha256(canonical.dumps(fields)).hexdigest()
    for path in (keystore.path, keystore.copy):
        path.write_bytes(canonical.dumps(fields))


def test_the_passphrase_opens_the_vault_key(keystore, opened, owner):
    again = keystore.open_with_passphrase(PASSPHRASE)
    assert again.vault_key == opened.vault_key
    assert again.vault == opened.vault
    assert (again.slot.person, again.slot.role) == (owner, "owner")
    assert not again.from_copy


def test_a_wrong_passphrase_is_told_and_changes_nothing(keystore, opened):
    before = keystore.path.read_bytes()
    for wrong in ("", PASSPHRASE.upper(), PASSPHRASE + " ", "x" * 10_000):
        with pytest.raises(UserError) as told:
            keystore.open_with_passphrase(wrong)
        assert told.value.title == "That passphrase does not open this caseload."
        assert told.value.advice == "Check Caps Lock."
    assert keystore.path.read_bytes() == before


def test_a_folder_without_a_vault_is_told_and_one_with_a_vault_is_not_overwritten(
    keystore, tmp_path, opened
):
    with pytest.raises(UserError, match="no vault"):
        Keystore(tmp_path / "elsewhere").open_with_passphrase(PASSPHRASE)
    with pytest.raises(BugError):
        keystore.create(random_id(), random_id(), "tutor", OTHER, CHEAP)
    assert keystore.open_with_passphrase(PASSPHRASE).vault_key == opened.vault_key


def test_each_person_has_their_own_passphrase_and_secrets(keystore, opened, owner):
    dsl, coordinator, seed = random_id(), random_id(), Secret.random()
    keystore.add_passphrase_slot(opened, dsl, "dsl", OTHER, CHEAP, {"dsl": seed})
    keystore.add_passphrase_slot(opened, coordinator, "coordinator", "a third one", CHEAP)

    as_dsl = keystore.open_with_passphrase(OTHER)
    assert as_dsl.slot.person == dsl
    assert as_dsl.extras["dsl"] == seed
    for passphrase, person in ((PASSPHRASE, owner), ("a third one", coordinator)):
        session = keystore.open_with_passphrase(passphrase, first=dsl)
        assert session.slot.person == person
        assert session.vault_key == as_dsl.vault_key
        assert session.extras == {}


def test_a_person_who_is_named_is_the_only_one_tried(keystore, opened, owner):
    dsl = random_id()
    keystore.add_passphrase_slot(opened, dsl, "dsl", OTHER, CHEAP)
    assert keystore.open_with_passphrase(OTHER, person=dsl).slot.person == dsl
    for passphrase, person in ((OTHER, owner), (PASSPHRASE, dsl), (OTHER, random_id())):
        with pytest.raises(UserError):
            keystore.open_with_passphrase(passphrase, person=person)


def test_no_name_and_no_secret_is_in_the_key_file(keystore, opened):
    for person, role in (("Amelia Quill", "owner"), (random_id(), "Amelia Quill"), ("aq", "dsl")):
        with pytest.raises(BugError):
            keystore.add_passphrase_slot(opened, person, role, OTHER, CHEAP)
    keystore.add_recovery_slot(opened, {"root": Secret(b"R" * 32)})
    written = keystore.path.read_text()
    for secret in (opened.vault_key, Secret(b"R" * 32)):
        assert secret.to_text() not in written
        assert secret.reveal().hex() not in written
    assert PASSPHRASE not in written


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_only_this_user_may_read_the_key_file(keystore, opened):
    for path in (keystore.path, keystore.copy):
        assert path.stat().st_mode & 0o777 == 0o600


def test_changing_the_passphrase_ends_the_old_one_everywhere(keystore, opened, owner):
    extras = {"dsl": Secret(b"D" * 32)}
    keystore.add_passphrase_slot(opened, owner, "owner", PASSPHRASE, CHEAP, extras)
    session = keystore.open_with_passphrase(PASSPHRASE)
    changed = keystore.change_passphrase(session, OTHER, CHEAP)
    assert changed.vault_key == opened.vault_key
    keystore.path.write_bytes(b"")  # the copy must not open with the old one either
    for _ in range(2):
        with pytest.raises(UserError):
            keystore.open_with_passphrase(PASSPHRASE)
        assert keystore.open_with_passphrase(OTHER).extras["dsl"] == Secret(b"D" * 32)
        keystore.mend(changed)


def test_a_further_secret_is_kept_for_its_holder_alone(keystore, opened, owner):
    coordinator = random_id()
    keystore.add_passphrase_slot(opened, coordinator, "coordinator", OTHER, CHEAP)
    extras = {"root": Secret(b"R" * 32), "dsl": Secret(b"D" * 32)}
    keystore.add_passphrase_slot(opened, owner, "owner", PASSPHRASE, CHEAP, extras)
    assert keystore.open_with_passphrase(PASSPHRASE).extras == extras
    assert keystore.open_with_passphrase(OTHER).extras == {}
    assert len(keystore.read().slots) == 2


def test_the_printed_code_opens_the_vault_and_gives_a_new_passphrase(keystore, opened, owner):
    code = keystore.add_recovery_slot(opened, {"root": Secret(b"R" * 32)})
    rescued = keystore.open_with_recovery_code(code.lower().replace("-", " "))
    assert rescued.vault_key == opened.vault_key
    with pytest.raises(BugError):
        keystore.change_passphrase(rescued, OTHER, CHEAP)
    keystore.add_passphrase_slot(rescued, owner, "owner", OTHER, CHEAP, rescued.extras)
    assert keystore.open_with_passphrase(OTHER).extras["root"] == Secret(b"R" * 32)
    with pytest.raises(UserError):
        keystore.open_with_passphrase(PASSPHRASE)


def test_only_the_last_printed_code_works(keystore, opened):
    first = keystore.add_recovery_slot(opened)
    second = keystore.add_recovery_slot(opened)
    with pytest.raises(UserError, match="does not open"):
        keystore.open_with_recovery_code(first)
    with pytest.raises(UserError, match="letters and digits"):
        keystore.open_with_recovery_code(second[:-1])
    assert keystore.open_with_recovery_code(second).vault_key == opened.vault_key


def test_every_changed_byte_is_found_and_the_copy_used(keystore, opened):
    good = keystore.path.read_bytes()
    for place in range(len(good)):
        changed = bytearray(good)
        changed[place] ^= 1
        keystore.path.write_bytes(bytes(changed))
        with pytest.raises(DamageError):
            keyfile.read_file(keystore.path)
    session = keystore.open_with_passphrase(PASSPHRASE)
    assert session.vault_key == opened.vault_key
    assert session.from_copy


@pytest.mark.parametrize("left", [b"", b"{}", b"[]", b'{"sum":"', b"\0" * 100])
def test_a_damaged_file_is_mended_from_its_copy(keystore, opened, left):
    good = keystore.path.read_bytes()
    keystore.path.write_bytes(left)
    assert len(keystore.problems()) == 1
    session = keystore.open_with_passphrase(PASSPHRASE)
    assert session.from_copy
    keystore.mend(session)
    assert keystore.path.read_bytes() == keystore.copy.read_bytes() == good
    assert keystore.problems() == ()


def test_a_missing_file_is_mended_and_a_missing_copy_is_noticed(keystore, opened):
    keystore.path.unlink()
    assert keystore.open_with_passphrase(PASSPHRASE).from_copy
    keystore.mend(opened)
    keystore.copy.unlink()
    assert len(keystore.problems()) == 1
    assert not keystore.open_with_passphrase(PASSPHRASE).from_copy


def test_both_files_damaged_is_damage_with_advice_and_nothing_is_touched(keystore, opened):
    for path in (keystore.path, keystore.copy):
        path.write_bytes(b"garbage")
    with pytest.raises(DamageError) as told:
        keystore.open_with_passphrase(PASSPHRASE)
    assert "backup" in told.value.advice
    assert keystore.path.read_bytes() == keystore.copy.read_bytes() == b"garbage"


@pytest.mark.parametrize("name", ["person", "role", "id", "salt", "nonce", "sealed"])
def test_a_slot_edited_by_hand_does_not_open(keystore, opened, name):
    def edit(fields: Any) -> None:
        slot = fields["slots"][0]
        old = slot[name]
        slot[name] = "dsl" if name == "role" else ("B" if old[0] != "B" else "C") + old[1:]
        if name in ("person", "id"):
            slot[name] = random_id()

    rewritten(keystore, edit)
    with pytest.raises(UserError, match="does not open"):
        keystore.open_with_passphrase(PASSPHRASE)


def test_a_weakened_cost_does_not_open(keystore, opened):
    rewritten(keystore, lambda fields: fields["slots"][0]["kdf"].update(m_kib=65536, t=3))
    with pytest.raises(UserError, match="does not open"):
        keystore.open_with_passphrase(PASSPHRASE)


@pytest.mark.parametrize("cost", [{"m_kib": 64 * 1024 * 1024}, {"t": 10**9}, {"name": "md5"}])
def test_a_hostile_cost_is_refused_before_it_is_paid(keystore, opened, cost):
    rewritten(keystore, lambda fields: fields["slots"][0]["kdf"].update(cost))
    with pytest.raises(DamageError):
        keystore.open_with_passphrase(PASSPHRASE)


def test_a_slot_of_another_vault_does_not_open(keystore, opened):
    rewritten(keystore, lambda fields: fields.update(vault=random_id()))
    with pytest.raises(UserError):
        keystore.open_with_passphrase(PASSPHRASE)


def test_a_slot_put_in_or_taken_out_by_somebody_without_the_key_is_found(keystore, opened):
    keystore.add_recovery_slot(opened)

    def take_out(fields: Any) -> None:
        del fields["slots"][1]

    rewritten(keystore, take_out)
    with pytest.raises(DamageError, match="edited"):
        keystore.open_with_passphrase(PASSPHRASE)
    with pytest.raises(DamageError, match="edited"):
        keystore.add_recovery_slot(opened)


def test_a_newer_key_file_is_left_alone(keystore, opened):
    rewritten(keystore, lambda fields: fields.update(v=2))
    with pytest.raises(RefusedError, match="newer"):
        keystore.open_with_passphrase(PASSPHRASE)


@pytest.mark.parametrize("step", range(7))
def test_a_power_cut_at_any_step_leaves_the_old_or_the_new_passphrase(
    keystore, opened, monkeypatch, step
):
    steps = iter(range(100))

    def cut(real):
        def call(*arguments):
            if next(steps) == step:
                raise KeyboardInterrupt
            return real(*arguments)

        return call

    with monkeypatch.context() as power:
        power.setattr(os, "fsync", cut(os.fsync))
        power.setattr(os, "replace", cut(os.replace))
        try:
            keystore.change_passphrase(opened, OTHER, CHEAP)
        except KeyboardInterrupt:
            assert step < 6
        else:
            assert step == 6
    opens = []
    for passphrase in (PASSPHRASE, OTHER):
        try:
            opens.append(keystore.open_with_passphrase(passphrase).vault_key == opened.vault_key)
        except UserError:
            opens.append(False)
    assert sorted(opens) == [False, True]


def test_locking_wipes_what_was_opened(keystore, opened, owner):
    extras = {"dsl": Secret.random()}
    keystore.add_passphrase_slot(opened, owner, "owner", PASSPHRASE, CHEAP, extras)
    session = keystore.open_with_passphrase(PASSPHRASE)
    extra = session.extras["dsl"]
    session.wipe()
    for secret in (session.vault_key, extra, session.slot_key):
        with pytest.raises(BugError):
            secret.reveal()
    assert keystore.open_with_passphrase(PASSPHRASE).extras.keys() == {"dsl"}


def test_a_slot_that_is_not_whole_is_damage(opened):
    fields = opened.slot.to_fields()
    wrong: list[dict[str, Any]] = [
        {"type": "magic"},
        {"type": "recovery"},
        {"type": "escrow"},
        {"person": None},
        {"person": 7},
        {"person": "Amelia Quill"},
        {"id": ["x"]},
        {"role": "head"},
        {"role": ["dsl"]},
        {"kdf": None},
        {"salt": "AAAA"},
        {"nonce": None},
        {"more": 1},
        {"recovery_kid": "x"},
    ]
    for change in wrong:
        with pytest.raises(DamageError):
            slots.Slot.from_fields({**fields, **change})
    for name in fields:
        with pytest.raises(DamageError):
            slots.Slot.from_fields({k: v for k, v in fields.items() if k != name})
    assert slots.Slot.from_fields(fields) == opened.slot
    assert opened.slot.type is SlotType.PASSPHRASE
