"""What became of a record: who wrote what when, what it replaced, and how far it has travelled.

Reads operations alone, so what was removed, put back or settled is told as well. Writes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from oost_desktop.models import RECORDS, RecordType
from oost_desktop.models.values import Value
from oost_desktop.services import wording
from oost_desktop.services.desk import Desk
from oost_desktop.services.record_words import RecordWords
from oost_desktop.store import history
from oost_desktop.store.history import Change, Edit
from oost_desktop.store.operations import OpKind
from oost_desktop.sync.whereabouts import whereabouts

_DID = {
    OpKind.CREATE: "Written down",
    OpKind.DELETE: "Removed",
    OpKind.UNDELETE: "Put back",
    OpKind.RESOLVE: "Clash settled",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field changed by somebody, or an act on the whole record: then `before` is empty."""

    id: str
    when: datetime
    when_words: str
    who: str
    what: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Trail:
    """A record's lines, the newest first. `where` is "Saved here"; "" at the office itself."""

    where: str
    lines: tuple[Line, ...]


def trail(desk: Desk, etype: str, entity: str) -> Trail:
    """What became of one record."""
    record_type = RECORDS.of(etype)
    with desk.vault.read() as connection:
        words = RecordWords(connection, desk.today)
        changes = history.history(connection, RECORDS, etype, entity)
        lines = [line for change in changes for line in _lines(words, record_type, change)]
        where = "" if desk.at_office else str(whereabouts(connection, [entity])[entity])
    return Trail(wording.first_capital(where), tuple(reversed(lines)))


def _lines(words: RecordWords, record_type: RecordType, change: Change) -> list[Line]:
    did = _DID.get(OpKind(change.kind)) if change.kind in set(OpKind) else None
    if change.kind == OpKind.CREATE:
        return [_line(words, change, 0, did or "", "", "")]
    found = [
        _line(
            words,
            change,
            number,
            edit.label,
            _said(words, record_type, edit, edit.before),
            _said(words, record_type, edit, edit.after),
        )
        for number, edit in enumerate(change.edits)
    ]
    if did and not found:
        return [_line(words, change, 0, did, "", "")]
    return found


def _line(
    words: RecordWords, change: Change, number: int, what: str, before: str, after: str
) -> Line:
    return Line(
        f"{change.op_id} {number}",
        change.when,
        _near(change.when, words.today),
        words.who(change.user),
        what,
        before,
        after,
        change.why or "",
    )


def _said(words: RecordWords, record_type: RecordType, edit: Edit, value: Value) -> str:
    spec = record_type.fields.get(edit.field)
    if value is None:
        return "nothing"
    return str(value) if spec is None else " ".join(words.value(spec, value).split())


def _near(when: datetime, today: date) -> str:
    day = wording.local_day(when)
    shown = wording.near_day(day, today) if day <= today else wording.short_day(day)
    return f"{wording.first_capital(shown)}, {wording.clock_time(when)}"


def newest(lines: Sequence[Line]) -> str:
    """Changed by Jo Marsden, today, 11:42: what stands beside a form."""
    if not lines:
        return ""
    last = lines[0]
    verb = "Written" if last.what == _DID[OpKind.CREATE] else "Changed"
    return f"{verb} by {last.who}, {last.when_words[:1].lower()}{last.when_words[1:]}"
