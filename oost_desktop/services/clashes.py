"""Clashes: two people changed the same field without seeing each other, and somebody decides.

Both values, both authors and times are shown; nothing is thrown away whatever is chosen, because
a decision is one more operation that says what it replaced, and why.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from oost_desktop.clock import LONDON
from oost_desktop.errors import UserError
from oost_desktop.models import RECORDS, RecordType
from oost_desktop.models.fields import FieldSpec, Kind
from oost_desktop.models.problems import Problem
from oost_desktop.models.registry import field_problems
from oost_desktop.models.values import Value, fits, from_wire, to_wire
from oost_desktop.services.desk import Desk, InvalidError, errors_of
from oost_desktop.services.record_words import RecordWords
from oost_desktop.store import history
from oost_desktop.store.history import ClashSide, RecordClash
from oost_desktop.store.hlc import moment_of
from oost_desktop.store.operations import Op, OpKind, read_own
from oost_desktop.store.projection import stored_ops

MOST_SETTLED = 200
_TEXT = (Kind.TEXT, Kind.PROSE)
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a text; `differs` if the other side does not have it."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that stand against each other. `words` is the whole value as shown."""

    op_id: str
    where: str
    who: str
    when: datetime
    when_words: str
    words: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class OpenClash:
    """A clash to settle. `record` is "session of Thursday 12 November", `label` the field's.

    `values` are the fields to write anew, as a form would hold them.
    """

    etype: str
    entity: str
    unit: str
    pupil: str
    record: str
    label: str
    sides: tuple[Side, ...]
    can_keep_both: bool
    may_settle: bool
    fields: tuple[FieldSpec, ...]
    values: Mapping[str, Value]

    @property
    def heading(self) -> str:
        """Rhys al-Hassan · session of Thursday 12 November · “What we covered”."""
        return " · ".join(part for part in (self.pupil, self.record, f"“{self.label}”") if part)


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep one side, by its operation."""

    op_id: str


@dataclass(frozen=True, slots=True)
class KeepBoth:
    """Keep both texts, one after the other, the older first."""


@dataclass(frozen=True, slots=True)
class WriteNew:
    """Write a new value for every field of the register, by name."""

    values: Mapping[str, Any]


Choice = Keep | KeepBoth | WriteNew


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision that was taken: on what, what stands now, by whom, when and why."""

    etype: str
    entity: str
    pupil: str
    record: str
    label: str
    words: str
    who: str
    when: datetime
    why: str


def count(desk: Desk) -> int:
    """How many clashes wait."""
    with desk.vault.read() as connection:
        return len(_waiting(connection))


def open_clashes(desk: Desk) -> list[OpenClash]:
    """Every clash that waits, with both sides side by side."""
    found: list[OpenClash] = []
    with desk.vault.read() as connection:
        names = RecordWords(connection, desk.today)
        by_record: dict[tuple[str, str], set[str]] = {}
        for etype, entity, unit in _waiting(connection):
            by_record.setdefault((etype, entity), set()).add(unit)
        for (etype, entity), units in by_record.items():
            record_type = RECORDS.of(etype)
            found.extend(
                _open(desk, names, record_type, entity, clash)
                for clash in history.clashes(connection, RECORDS, etype, entity)
                if clash.unit in units
            )
    return found


def settle(
    desk: Desk, etype: str, entity: str, unit: str, choice: Choice, why: str | None = None
) -> None:
    """Decide. Raises UserError if it has been settled, InvalidError if the value cannot stand."""
    record_type = RECORDS.of(etype)
    with desk.vault.act(desk.actor) as work:
        waiting = history.clashes(work.connection, RECORDS, etype, entity)
        clash = next((each for each in waiting if each.unit == unit), None)
        if clash is None:
            raise UserError("This has been settled already.", "Look at what stands there now.")
        wire = _wire(work.connection, record_type, entity, clash, choice)
        work.settle(etype, entity, unit, wire, why=why or None)


def settled(desk: Desk) -> list[Settled]:
    """The latest decisions, newest first."""
    with desk.vault.read() as connection:
        names = RecordWords(connection, desk.today)
        bodies = connection.exec_driver_sql(
            "select body from op where kind = ? and status = 'applied' and body is not null"
            " order by recv_no desc limit ?",
            (OpKind.RESOLVE.value, MOST_SETTLED),
        ).scalars()
        return [decision for body in bodies for decision in _settled(names, read_own(body))]


def _waiting(connection: Connection) -> list[tuple[str, str, str]]:
    """Clashes of records in view, of types this version knows."""
    rows = connection.exec_driver_sql(
        "select etype, entity, unit from clash order by entity, unit"
    ).all()
    found: list[tuple[str, str, str]] = []
    for etype, entity, unit in rows:
        record_type = RECORDS.get(etype)
        if record_type is None:
            continue
        table = record_type.table
        query = table.select().where(table.c.id == entity, table.c.gone.is_(False))
        if connection.execute(query.with_only_columns(table.c.id)).first() is not None:
            found.append((etype, entity, unit))
    return found


def _open(
    desk: Desk, names: RecordWords, record_type: RecordType, entity: str, clash: RecordClash
) -> OpenClash:
    specs = record_type.units[clash.unit]
    pupil, record = names.record(record_type.name, entity)
    distinct = _distinct(clash.sides)
    words = [names.unit(specs, side.value) for side in distinct]
    places = _places(desk, names, distinct)
    sides = tuple(
        Side(
            side.op_id,
            place,
            names.who(side.user),
            side.when,
            _when(side.when),
            text,
            spans(text, words[0] if number else words[-1]),
        )
        for number, (side, place, text) in enumerate(zip(distinct, places, words, strict=True))
    )
    return OpenClash(
        record_type.name,
        entity,
        clash.unit,
        pupil,
        record,
        " and ".join(clash.labels),
        sides,
        len(specs) == 1 and specs[0].kind in _TEXT,
        desk.person.role in record_type.about.writers,
        specs,
        _as_values(specs, distinct[-1].value),
    )


def _distinct(sides: Sequence[ClashSide]) -> list[ClashSide]:
    """One side for each value; where several say the same, the first who said it."""
    found: list[ClashSide] = []
    for side in sides:
        if all(side.value != other.value for other in found):
            found.append(side)
    return found


def _places(desk: Desk, names: RecordWords, sides: Sequence[ClashSide]) -> list[str]:
    """On the laptop, at the office; whose laptop, where two laptops disagree."""
    found = []
    for side in sides:
        if side.device == desk.vault.place.device:
            found.append("At the office" if desk.at_office else "On this laptop")
        else:
            found.append("On the laptop" if side.user in names.tutors else "At the office")
    if len(set(found)) == len(found):
        return found
    return [
        f"On {names.staff.get(side.user) or 'a'}’s laptop" if place == "On the laptop" else place
        for side, place in zip(sides, found, strict=True)
    ]


def _as_values(specs: Sequence[FieldSpec], value: Any) -> Mapping[str, Value]:
    if not specs[0].register:
        return {specs[0].name: value}
    return dict(value) if isinstance(value, Mapping) else {}


def _when(when: datetime) -> str:
    local = when.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%b}, {local:%H:%M}"


def spans(text: str, other: str) -> tuple[Span, ...]:
    """A text in runs that the other text has too and runs that it has not, word by word."""
    ours, theirs = _TOKENS.findall(text), _TOKENS.findall(other)
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    found = []
    for tag, _i1, _i2, start, end in matcher.get_opcodes():
        if start < end:
            found.append(Span("".join(ours[start:end]), tag != "equal"))
    return tuple(found)


def _wire(
    connection: Connection,
    record_type: RecordType,
    entity: str,
    clash: RecordClash,
    choice: Choice,
) -> Any:
    specs = record_type.units[clash.unit]
    match choice:
        case Keep(op_id):
            ops = stored_ops(connection, [entity])[entity]
            sides = {side.op_id for side in clash.sides}
            kept = next((op for op in ops if op.op_id == op_id and op_id in sides), None)
            if kept is None:
                raise UserError("This has changed meanwhile.", "Look at both values again.")
            return kept.set_[clash.unit]
        case KeepBoth():
            return _checked_wire(specs, {specs[0].name: _joined(specs, clash)})
        case WriteNew(values):
            return _checked_wire(specs, values)


def _joined(specs: Sequence[FieldSpec], clash: RecordClash) -> str:
    if len(specs) != 1 or specs[0].kind not in _TEXT:
        raise UserError("Only texts can both be kept.", "Keep one, or write a new value.")
    between = "\n\n" if specs[0].kind is Kind.PROSE else "; "
    ordered = sorted(_distinct(clash.sides), key=lambda side: (side.when, side.op_id))
    return between.join(str(side.value) for side in ordered if side.value)


def _checked_wire(specs: Sequence[FieldSpec], values: Mapping[str, Any]) -> Any:
    found: list[Problem] = []
    for spec in specs:
        found += field_problems(spec, values.get(spec.name))
    if errors_of(found):
        raise InvalidError(errors_of(found))
    if not specs[0].register:
        return to_wire(specs[0], values.get(specs[0].name))
    parts = {spec.name: to_wire(spec, values.get(spec.name)) for spec in specs}
    return {name: wire for name, wire in parts.items() if wire is not None} or None


def _settled(names: RecordWords, op: Op) -> list[Settled]:
    record_type = RECORDS.get(op.etype)
    if record_type is None:
        return []
    pupil, record = names.record(op.etype, op.entity)
    found = []
    for unit, wire in op.set_.items():
        specs = record_type.units.get(unit)
        if specs is None:
            continue
        value = _value(specs, wire)
        found.append(
            Settled(
                op.etype,
                op.entity,
                pupil,
                record,
                " and ".join(spec.label for spec in specs),
                names.unit(specs, value),
                names.who(op.user),
                moment_of(op.hlc),
                op.why or "",
            )
        )
    return found


def _value(specs: Sequence[FieldSpec], wire: Any) -> Any:
    if not specs[0].register:
        return from_wire(specs[0], wire) if fits(specs[0], wire) else None
    parts = wire if isinstance(wire, dict) else {}
    return {
        spec.name: from_wire(spec, parts.get(spec.name))
        for spec in specs
        if fits(spec, parts.get(spec.name))
    }
