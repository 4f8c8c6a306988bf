"""What is typed and not yet saved: kept in the vault within two seconds, found again on Today."""

from collections.abc import Mapping
from typing import Any

from oost_desktop.changes import ChangeSet
from oost_desktop.services.desk import Desk
from oost_desktop.store import drafts
from oost_desktop.store.drafts import KeptDraft

__all__ = ["KeptDraft", "all_drafts", "drop", "keep", "waiting"]

_DRAFT = "draft"


def keep(
    desk: Desk,
    draft: str,
    form: str,
    content: Mapping[str, Any],
    *,
    subject: str | None,
    field: str,
    caret: int,
) -> None:
    """Keep an open form as it stands; `content` is what `Draft.to_content` gives.

    Whoever listens for changes hears of a draft that was not there before, and of one that goes.
    """
    kept = KeptDraft(draft, form, subject, desk.person.id, content, field, caret, desk.clock.now())
    with desk.vault.write() as connection:
        is_new = drafts.one_of(connection, desk.person.id, draft) is None
        drafts.keep(connection, kept)
    if is_new:
        desk.vault.changes.publish(ChangeSet(created={_DRAFT: frozenset({draft})}))


def drop(desk: Desk, draft: str) -> None:
    """Forget a draft: its form was saved, or its writer gave it up."""
    with desk.vault.write() as connection:
        drafts.drop(connection, draft)
    desk.vault.changes.publish(ChangeSet(removed={_DRAFT: frozenset({draft})}))


def waiting(desk: Desk, draft: str) -> KeptDraft | None:
    """What this person typed under this name and did not save, if anything."""
    with desk.vault.read() as connection:
        return drafts.one_of(connection, desk.person.id, draft)


def all_drafts(desk: Desk) -> list[KeptDraft]:
    """This person's open forms, the last typed in first."""
    with desk.vault.read() as connection:
        return drafts.all_of(connection, desk.person.id)
