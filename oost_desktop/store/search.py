"""The find box's index: which records hold these words, newest first, whatever their accents.

Filled after the fact by `catch_up`, never by the fold, so that saving and importing stay quick.
The index keeps no text of its own: titles and snippets are read from the records found, so a
record that has gone cannot be found. Sealed records never come near it.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from oost_desktop.clock import LONDON
from oost_desktop.models.codes import code_list
from oost_desktop.models.columns import moment_value
from oost_desktop.models.fields import FieldSpec, Kind
from oost_desktop.models.registry import RecordType, Registry

BATCH = 5000
CONTEXT = 60  # characters shown on either side of what was found
_WATERMARK = "search: last operation looked at"
# Letters that are no base letter with an accent, so that Unicode does not take them apart.
_PLAIN = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "\u0131": "i", "ĸ": "k",
        "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found. `snippet` is the text around the first word found, empty if in the title."""

    etype: str
    entity: str
    title: str
    snippet: str


def folded(text: str) -> str:
    """Text as it is compared: no case, no accents, ł as l (NFKD, then without marks)."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_PLAIN)


# --- finding ------------------------------------------------------------------------------


def find(
    connection: Connection,
    registry: Registry,
    text: str,
    limit: int = 50,
    etypes: Collection[str] | None = None,
) -> list[Hit]:
    """Records in which every word of `text` begins some word, the last indexed first."""
    words = [word for word in folded(_printable(text)).split() if any(map(str.isalnum, word))]
    if not words or (etypes is not None and not etypes):
        return []
    found = connection.exec_driver_sql(
        "select r.etype, r.entity from find join find_record r on r.no = find.rowid"
        " where find match ? order by find.rowid desc limit ?",
        (_query(words, etypes), limit),
    )
    places = [(etype, entity) for etype, entity in found]
    rows = _rows_of(connection, registry, places)
    return [
        _hit(registry.of(etype), entity, rows[etype, entity], words)
        for etype, entity in places
        if (etype, entity) in rows
    ]


def _printable(text: str) -> str:
    """Without what no query can hold: control characters and halves of characters."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)


def _query(words: Iterable[str], etypes: Collection[str] | None) -> str:
    # In quotes nothing a person types is an operator; a quote itself is written twice.
    quoted = " AND ".join('"' + word.replace('"', '""') + '" *' for word in words)
    query = f"words : ({quoted})"
    if etypes is not None:
        query += " AND mark : (" + " OR ".join(_mark(etype) for etype in etypes) + ")"
    return query


def _mark(etype: str) -> str:
    """A record type as a word nobody types, so that types are found by the index as well."""
    return "zqx" + re.sub("[^a-z]", "", etype)


def _rows_of(
    connection: Connection, registry: Registry, places: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Mapping[str, Any]]:
    by_type: dict[str, list[str]] = {}
    for etype, entity in places:
        by_type.setdefault(etype, []).append(entity)
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for etype, entities in by_type.items():
        record_type = registry.get(etype)
        if record_type is not None:
            for row in _records(connection, record_type, entities):
                found[etype, row["id"]] = row
    return found


def _hit(record_type: RecordType, entity: str, row: Mapping[str, Any], words: Iterable[str]) -> Hit:
    title = title_of(record_type, row)
    starts = [re.compile(r"(?<!\w)" + part) for word in words for part in re.findall(r"\w+", word)]
    for spec in record_type.searchable:
        text = row[spec.name]
        if text and spec.name not in record_type.about.title:
            compared = folded(text)
            places = [match.start() for start in starts if (match := start.search(compared))]
            if places:
                return Hit(record_type.name, entity, title, _around(text, compared, min(places)))
    return Hit(record_type.name, entity, title, "")


def _around(text: str, compared: str, place: int) -> str:
    """The words around a place in the compared form of a text."""
    if len(text) != len(compared):
        place = _place_in(text, place)
    start, end = max(0, place - CONTEXT), min(len(text), place + CONTEXT)
    if start:
        start = text.find(" ", start, place) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", place, end), place + 1) if " " in text[place:end] else end
    cut = " ".join(text[start:end].split())
    return ("… " if start else "") + cut + (" …" if end < len(text) else "")


def _place_in(text: str, place: int) -> int:
    reached = 0
    for index, character in enumerate(text):
        if reached >= place:
            return index
        reached += len(folded(character))
    return len(text)


def title_of(record_type: RecordType, row: Mapping[str, Any]) -> str:
    """A record's name in a list of mixed records, from its stored row: its title fields."""
    words = [_word(record_type.fields[name], row.get(name)) for name in record_type.about.title]
    return " ".join(word for word in words if word)


def _word(spec: FieldSpec, stored: Any) -> str:
    if stored is None:
        return ""
    if spec.kind is Kind.CHOICE:
        return code_list(spec.codes).label(stored)
    if spec.kind is Kind.DAY:
        return f"{date.fromisoformat(stored):%d/%m/%Y}"
    if spec.kind is Kind.MOMENT:
        return f"{moment_value(stored).astimezone(LONDON):%d/%m/%Y %H:%M}"
    return str(stored)


# --- filling ------------------------------------------------------------------------------


def catch_up(connection: Connection, registry: Registry, at_most: int = BATCH) -> int:
    """Index the records of the next `at_most` operations not yet looked at; returns how many.

    Call it in transactions of its own until it returns 0. What it has looked at is
    remembered in the vault, so an interruption loses nothing.
    """
    found = connection.exec_driver_sql(
        "select recv_no, etype, entity from op where recv_no > ? order by recv_no limit ?",
        (_looked_at(connection), at_most),
    ).all()
    if found:
        index_again(connection, registry, {entity: etype for _no, etype, entity in found})
        connection.exec_driver_sql(
            "insert or replace into local values (?,?)", (_WATERMARK, str(found[-1][0]))
        )
    return len(found)


def index_again(connection: Connection, registry: Registry, entities: Mapping[str, str]) -> None:
    """Bring the index up to date for these records (id to type): after an undo or a purge too."""
    by_type: dict[str, list[str]] = {}
    for entity, etype in entities.items():
        by_type.setdefault(etype, []).append(entity)
    fresh: list[tuple[int, str, str, str]] = []
    for etype, wanted in by_type.items():
        record_type = registry.get(etype)
        if record_type is not None and is_indexed(record_type):
            fresh += _words_of(connection, record_type, wanted)
    _drop(connection, entities)
    _add(connection, sorted(fresh))


def is_indexed(record_type: RecordType) -> bool:
    """Whether a type has words to find. Sealed ones never have."""
    return not record_type.sealed and bool(_indexed_fields(record_type))


def start_again(connection: Connection) -> None:
    """Empty the index; `catch_up` fills it anew."""
    connection.exec_driver_sql("insert into find(find) values ('delete-all')")
    connection.exec_driver_sql("delete from find_record")
    connection.exec_driver_sql("delete from local where name = ?", (_WATERMARK,))


def rewind(connection: Connection) -> None:
    """Forget that operations were looked at which an undo has taken out: numbers come again."""
    connection.exec_driver_sql(
        "update local set value = min(cast(value as integer),"
        " (select coalesce(max(recv_no), 0) from op)) where name = ?",
        (_WATERMARK,),
    )


def _looked_at(connection: Connection) -> int:
    found = connection.exec_driver_sql("select value from local where name = ?", (_WATERMARK,))
    return int(found.scalar_one_or_none() or 0)


def _indexed_fields(record_type: RecordType) -> dict[str, FieldSpec]:
    titles = (record_type.fields[name] for name in record_type.about.title)
    named = [spec for spec in titles if spec.kind in (Kind.TEXT, Kind.PROSE) and not spec.sealed]
    return {spec.name: spec for spec in (*named, *record_type.searchable)}


def _words_of(
    connection: Connection, record_type: RecordType, entities: list[str]
) -> list[tuple[int, str, str, str]]:
    """When changed, type, id and words of those records that are in view."""
    fields = _indexed_fields(record_type)
    return [
        (
            row["changed"],
            record_type.name,
            row["id"],
            folded("\n".join(str(row[name]) for name in fields if row[name])),
        )
        for row in _records(connection, record_type, entities)
    ]


def _records(
    connection: Connection, record_type: RecordType, entities: list[str]
) -> list[Mapping[str, Any]]:
    names = ["id", "changed", *{*_indexed_fields(record_type), *record_type.about.title}]
    columns = ",".join(f'"{name}"' for name in names)
    rows = connection.exec_driver_sql(
        f'select {columns} from "{record_type.name}"'  # noqa: S608
        " where id in (select value from json_each(?)) and not gone",
        (json.dumps(entities),),
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def _drop(connection: Connection, entities: Iterable[str]) -> None:
    rows = connection.exec_driver_sql(
        "select no from find_record where entity in (select value from json_each(?))",
        (json.dumps(list(entities)),),
    ).all()
    numbers = [(no,) for (no,) in rows]
    if numbers:
        connection.exec_driver_sql("delete from find where rowid = ?", numbers)
        connection.exec_driver_sql("delete from find_record where no = ?", numbers)


def _add(connection: Connection, fresh: list[tuple[int, str, str, str]]) -> None:
    """In order of their last change: the highest number is the newest, and found first."""
    if not fresh:
        return
    last = connection.exec_driver_sql("select coalesce(max(no), 0) from find_record").scalar_one()
    numbered = list(enumerate(fresh, start=last + 1))
    connection.exec_driver_sql(
        "insert into find_record values (?,?,?)",
        [(no, etype, entity) for no, (_changed, etype, entity, _words) in numbered],
    )
    connection.exec_driver_sql(
        "insert into find (rowid, words, mark) values (?,?,?)",
        [(no, words, _mark(etype)) for no, (_changed, etype, _entity, words) in numbered],
    )
