"""A forgotten passphrase is survived by two people together, and by neither alone."""

import pytest

from oost_desktop.errors import RefusedError, UserError
from oost_desktop.ids import random_id
from oost_desktop.security import escrow
from oost_desktop.security.kdf import KdfCost
from oost_desktop.security.keystore import Keystore
from oost_desktop.security.sealing import SealingPrivateKey
from oost_desktop.security.secret import Secret

CHEAP = KdfCost.invented()


@pytest.fixture
def recovery() -> SealingPrivateKey:
    return SealingPrivateKey.generate()


def test_two_people_open_the_vault_of_a_tutor_who_forgot(keystore, opened, owner, recovery):
    keystore.add_escrow_slot(opened, recovery.public)
    sheets = [escrow.half_in_words(half) for half in escrow.split(recovery)]

    request, reply_key = escrow.make_request(keystore.read())
    arrived = escrow.read_request(request.raw)
    assert arrived.words == request.words

    one, other = (escrow.half_from_words(sheet) for sheet in sheets)
    together = escrow.combine(one, other, recovery.public)
    answer = escrow.answer_request(arrived, together)

    vault_key = escrow.open_answer(answer, request, reply_key)
    assert opened.vault_key.to_text() not in answer.decode() + request.raw.decode()
    session = keystore.open_with_vault_key(vault_key)
    keystore.add_passphrase_slot(session, owner, "owner", "a new passphrase", CHEAP)
    assert keystore.open_with_passphrase("a new passphrase").vault_key == opened.vault_key


def test_one_half_is_noise(recovery):
    one, other = escrow.split(recovery)
    again = escrow.split(recovery)
    assert one not in again
    for wrong in ((one, one), (other, other), (one, again[1]), (one, Secret(bytes(32)))):
        with pytest.raises(UserError, match="two halves"):
            escrow.combine(*wrong, recovery.public)
    assert escrow.combine(other, one, recovery.public).public == recovery.public


def test_a_half_is_24_words_that_are_checked(recovery):
    half = escrow.split(recovery)[0]
    sheet = escrow.half_in_words(half)
    assert len(sheet.split()) == 24
    assert escrow.half_from_words(sheet.upper() + "\n") == half
    spoilt = sheet.split()
    with pytest.raises(UserError, match="24 words"):
        escrow.half_from_words(" ".join(spoilt[:23]))
    with pytest.raises(UserError, match="24 words"):
        escrow.half_from_words(" ".join(spoilt[:12]))
    with pytest.raises(UserError, match="24 words"):
        escrow.half_from_words("abandon " * 11 + "about")  # a good sheet, of twelve words
    with pytest.raises(UserError, match="“qwxz” is not one"):
        escrow.half_from_words(" ".join([*spoilt[:23], "qwxz"]))


def test_an_answer_opens_for_the_laptop_that_asked_and_for_that_request(keystore, opened, recovery):
    keystore.add_escrow_slot(opened, recovery.public)
    first, first_key = escrow.make_request(keystore.read())
    second, second_key = escrow.make_request(keystore.read())
    assert first.words != second.words
    answer = escrow.answer_request(first, recovery)
    assert escrow.open_answer(answer, first, first_key) == opened.vault_key
    for request, key in ((second, second_key), (first, second_key), (second, first_key)):
        with pytest.raises(RefusedError):
            escrow.open_answer(answer, request, key)


def test_a_request_with_an_exchanged_reply_key_has_other_words(keystore, opened, recovery):
    keystore.add_escrow_slot(opened, recovery.public)
    request, _ = escrow.make_request(keystore.read())
    attacker = SealingPrivateKey.generate().public
    swapped = request.raw.replace(request.reply_to.to_text().encode(), attacker.to_text().encode())
    assert escrow.read_request(swapped).words != request.words


def test_the_office_opens_only_vaults_that_name_its_key(keystore, opened, recovery):
    with pytest.raises(UserError, match="no recovery key"):
        escrow.make_request(keystore.read())
    keystore.add_escrow_slot(opened, SealingPrivateKey.generate().public)
    request, _ = escrow.make_request(keystore.read())
    with pytest.raises(RefusedError, match="not for this recovery key"):
        escrow.answer_request(request, recovery)


def test_a_new_recovery_key_replaces_the_old(keystore, opened, recovery):
    keystore.add_escrow_slot(opened, SealingPrivateKey.generate().public)
    keystore.add_escrow_slot(opened, recovery.public)
    request, _ = escrow.make_request(keystore.read())
    escrow.answer_request(request, recovery)
    assert len(keystore.read().slots) == 2


def test_the_key_of_another_vault_does_not_open_this_one(keystore, opened, tmp_path):
    (tmp_path / "other").mkdir()
    other = Keystore(tmp_path / "other")
    session = other.create(random_id(), random_id(), "tutor", "another", CHEAP)
    with pytest.raises(UserError, match="does not open"):
        keystore.open_with_vault_key(session.vault_key)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"format":"oost-recovery-request"}'])
def test_other_files_are_refused(raw, keystore, opened, recovery):
    keystore.add_escrow_slot(opened, recovery.public)
    request, key = escrow.make_request(keystore.read())
    with pytest.raises(RefusedError):
        escrow.read_request(raw)
    with pytest.raises(RefusedError):
        escrow.open_answer(raw.replace(b"request", b"answer"), request, key)


def test_a_dsls_key_outlives_the_dsl(recovery):
    dsl = SealingPrivateKey.generate()
    label = f"dsl/{dsl.public.kid}"
    kept = escrow.deposit(dsl.seed(), label, recovery.public)
    assert SealingPrivateKey(escrow.withdraw(kept, label, recovery)).public == dsl.public
    for wrong_label, key in ((label + "0", recovery), (label, SealingPrivateKey.generate())):
        with pytest.raises(RefusedError):
            escrow.withdraw(kept, wrong_label, key)
