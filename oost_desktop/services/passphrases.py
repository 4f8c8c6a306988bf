"""One's own passphrase: is a new one good enough, and putting it in the place of the old one.

Guarantees that nobody changes a passphrase who does not know it: an open window is not enough.
Keeps no word. An old copy of the key file, in a backup, still opens with its old passphrase.
"""

from oost_desktop.security import passphrase
from oost_desktop.security.kdf import DEFAULT, KdfCost
from oost_desktop.security.keystore import Keystore
from oost_desktop.security.passphrase import Strength, suggest
from oost_desktop.services.desk import Desk

__all__ = ["Strength", "change", "judge", "suggest"]


def judge(words: str, name: str = "") -> Strength:
    """How strong a passphrase is, and one sentence of advice. `name` is whose it will be."""
    return passphrase.judge(words, [name])


def change(desk: Desk, old: str, new: str) -> None:
    """Let the new passphrase open this person's slot, and no longer the old one.

    Takes some seconds. Raises UserError (the old one is wrong, the new one is weak). In an
    invented service every passphrase will do, as it does when one is started.
    """
    keystore = Keystore(desk.vault.folder)
    opened = keystore.open_with_passphrase(old, desk.person.id)
    try:
        if not desk.invented:
            passphrase.require_strong(new, [desk.person.name])
        cost = KdfCost.invented() if desk.invented else DEFAULT
        keystore.change_passphrase(opened, new, cost).wipe()
    finally:
        opened.wipe()
