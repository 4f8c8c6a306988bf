"""What is being typed: one row per open form, in the vault, until the form is saved or given up.

Drafts are encrypted with everything else and travel in no bundle. A draft holds whatever the
form holds, right or wrong; nothing here checks it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from oost_desktop.models.columns import moment_text, moment_value

_SELECT = "select id, form, subject, person, content, field, caret, kept_at from draft"


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """One open form. `content` is plain JSON; `subject` the record it changes, None for a new one.

    `field` and `caret` are where its writer was typing; `person` is the writer's staff record.
    """

    id: str
    form: str
    subject: str | None
    person: str
    content: Mapping[str, Any]
    field: str
    caret: int
    kept_at: datetime


def keep(connection: Connection, draft: KeptDraft) -> None:
    """Keep a form as it stands now, in place of what was kept of it before."""
    # Only ASCII: half of a character, which no UTF-8 text can hold, must not cost the rest.
    content = json.dumps(dict(draft.content), ensure_ascii=True)
    connection.exec_driver_sql(
        "insert or replace into draft values (?,?,?,?,?,?,?,?)",
        (
            draft.id,
            draft.form,
            draft.subject,
            draft.person,
            content,
            draft.field,
            draft.caret,
            moment_text(draft.kept_at),
        ),
    )


def drop(connection: Connection, draft: str) -> None:
    """Forget a draft, because its form was saved or given up."""
    connection.exec_driver_sql("delete from draft where id = ?", (draft,))


def all_of(connection: Connection, person: str) -> list[KeptDraft]:
    """A person's drafts, the last typed in first."""
    rows = connection.exec_driver_sql(
        f"{_SELECT} where person = ? order by kept_at desc, id",
        (person,),
    )
    return [_kept(row) for row in rows]


def one_of(connection: Connection, person: str, draft: str) -> KeptDraft | None:
    """A person's draft of this name, if there is one."""
    found = connection.exec_driver_sql(f"{_SELECT} where id = ? and person = ?", (draft, person))
    row = found.one_or_none()
    return None if row is None else _kept(row)


def _kept(row: Row[Any]) -> KeptDraft:
    return KeptDraft(
        row.id,
        row.form,
        row.subject,
        row.person,
        json.loads(row.content),
        row.field,
        row.caret,
        moment_value(row.kept_at),
    )
