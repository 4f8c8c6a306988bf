"""Concerns: sealed as they are submitted, opened only by those they are sealed to.

Submitting writes one operation whose words nobody at this computer can read without the
safeguarding lead's key; the author's laptop keeps the content key until the lead has opened it
(and not at all where the service says so). Nothing that is missing ever blocks a concern.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from oost_desktop import canonical, ids, paths
from oost_desktop.errors import RefusedError, UserError
from oost_desktop.models import (
    RECORDS,
    Concern,
    ConcernAddendum,
    ConcernNotification,
    ConcernReceipt,
    Record,
)
from oost_desktop.models.fields import FieldSpec, Kind
from oost_desktop.models.values import from_wire, to_wire
from oost_desktop.security import sealing
from oost_desktop.security.sealing import SealingPrivateKey
from oost_desktop.security.secret import Secret
from oost_desktop.services import readers, settings
from oost_desktop.services.desk import Desk, InvalidError, errors_of
from oost_desktop.services.naming import PupilName, pupils, staff
from oost_desktop.store.operations import SEALED
from oost_desktop.store.projection import stored_ops

DSL_KEY = "dsl"


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """That a sealed note exists: about whom, by whom, when; never a word of it."""

    id: str
    pupil: PupilName | None
    author: str
    written_at: datetime
    opened_at: datetime | None
    can_read: bool


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """A concern as a reader sees it: its words, later words, and who was told."""

    id: str
    pupil: PupilName | None
    author: str
    written_at: datetime
    words: Mapping[str, Any]
    addenda: tuple[tuple[datetime, str, str], ...]
    notifications: tuple[Mapping[str, Any], ...]


def submit(desk: Desk, values: Mapping[str, Any]) -> str:
    """Seal and keep a concern. Raises InvalidError only if not one word was written."""
    found = errors_of(RECORDS.of(Concern).problems(values))
    if found:
        raise InvalidError(found)
    concern = _seal_and_keep(desk, Concern, values)
    _mark_outside(desk)
    return concern


def add_words(desk: Desk, concern: str, words: str) -> str:
    """Add later words to a concern, dated now."""
    return _seal_and_keep(desk, ConcernAddendum, _about(desk, concern) | {"words": words})


def tell(desk: Desk, concern: str, values: Mapping[str, Any]) -> str:
    """Write down that somebody has been told: whom, when, how, their reference."""
    found = errors_of(RECORDS.of(ConcernNotification).problems({**values, "concern": concern}))
    if found:
        raise InvalidError(found)
    told = _seal_and_keep(desk, ConcernNotification, _about(desk, concern) | dict(values))
    _mark_outside(desk)
    return told


def untold(desk: Desk) -> int:
    """How many concerns this person wrote and has told nobody of. Red until it is none."""
    with desk.vault.read() as connection:
        count: int = connection.exec_driver_sql(
            "select count(*) from local where name like 'untold:%' and value = ?",
            (desk.person.id,),
        ).scalar_one()
    return count


def _mark_outside(desk: Desk) -> None:
    # The lock screen must stay red after a restart, when nothing inside can be read. An empty
    # file says that something is untold: not what, of whom, or by whom.
    # The concern is kept already. Told that it failed, its author would submit it again; and
    # inside, what is untold stays red by `untold`, and the next act sets the mark right.
    with suppress(OSError, UserError):
        _match_mark(desk, desk.vault.folder / paths.UNTOLD_MARK)


def _match_mark(desk: Desk, mark: Path) -> None:
    with desk.vault.read() as connection:
        left = connection.exec_driver_sql(
            "select count(*) from local where name like 'untold:%'"
        ).scalar_one()
    if left:
        mark.touch(mode=0o600)
    else:
        mark.unlink(missing_ok=True)


def rows(desk: Desk, pupil: str | None = None) -> list[ConcernRow]:
    """Concerns whose existence this person may know of: their own; for the lead, all."""
    query = select(Concern.id, Concern.pupil, Concern.author, Concern.written_at).where(
        Concern.gone.is_(False)
    )
    if pupil is not None:
        query = query.where(Concern.pupil == pupil)
    if DSL_KEY not in desk.extras:
        query = query.where(Concern.author == desk.person.id)
    with desk.vault.read() as connection:
        names, people = pupils(connection, desk.today), staff(connection)
        opened = _opened(connection)
        own = _own_keys(connection)
        return [
            ConcernRow(
                entity,
                names.get(about or ""),
                people.get(author, ""),
                written_at,
                opened.get(entity),
                DSL_KEY in desk.extras or entity in own,
            )
            for entity, about, author, written_at in connection.execute(
                query.order_by(Concern.written_at.desc())
            )
            if written_at is not None
        ]


def read(desk: Desk, concern: str) -> OpenConcern:
    """Open a concern. The lead's reading is recorded, and its author's laptop will say so.

    Raises RefusedError for anybody it was not sealed to.
    """
    with desk.vault.read() as connection:
        words = _unseal(desk, connection, Concern, concern)
        names, people = pupils(connection, desk.today), staff(connection)
        about, author, written_at = connection.execute(
            select(Concern.pupil, Concern.author, Concern.written_at).where(Concern.id == concern)
        ).one()
        assert written_at is not None
        addenda = [
            (row.written_at, people.get(row.author, ""), later["words"])
            for row, later in _unsealed(desk, connection, ConcernAddendum, concern)
        ]
        notifications = [
            told for _row, told in _unsealed(desk, connection, ConcernNotification, concern)
        ]
    if DSL_KEY in desk.extras and author != desk.person.id:
        _acknowledge(desk, concern, about, author)
    return OpenConcern(
        concern,
        names.get(about or ""),
        people.get(author, ""),
        written_at,
        words,
        tuple(addenda),
        tuple(notifications),
    )


def forget_opened(desk: Desk) -> None:
    """Give up the keys to concerns the safeguarding lead has opened."""
    with desk.vault.write() as connection:
        connection.exec_driver_sql(
            "delete from own_key where entity in (select concern from concern_receipt)"
        )


def _about(desk: Desk, concern: str) -> dict[str, Any]:
    with desk.vault.read() as connection:
        row = connection.execute(select(Concern.pupil).where(Concern.id == concern)).one_or_none()
    if row is None:
        raise UserError("That concern is not in this caseload.")
    return {"pupil": row[0], "concern": concern}


def _seal_and_keep(desk: Desk, cls: type[Record], values: Mapping[str, Any]) -> str:
    record_type = RECORDS.of(cls)
    entity = ids.record_id(desk.clock.wall_ms())
    plain = {
        spec.name: _wire(spec, values[spec.name])
        for spec in record_type.fields.values()
        if spec.sealed and values.get(spec.name) not in (None, "", ())
    }
    shown = {spec.name: values.get(spec.name) for spec in record_type.stored}
    shown["written_at"] = desk.clock.now()
    with desk.vault.read() as connection:
        to = readers.of_concerns(connection)
        # Sealed to nobody yet, the author's key is the only one: it lets a lead in later.
        # Kept for re-reading only where the vault is one person's: at the office it is not.
        may_reread = settings.value_on(connection, "AUTHOR_REREAD") != "0" and not desk.at_office
        keeps_key = not to or may_reread
    sealed, content_key = sealing.seal(plain, _context(desk, entity, shown.get("pupil")), to)
    with desk.vault.act(desk.actor) as unit:
        unit.create(cls, shown, entity=entity, sealed=sealed.to_fields())
        if keeps_key:
            unit.connection.exec_driver_sql(
                "insert into own_key values (?,?)", (entity, content_key.reveal())
            )
        _remember_untold(unit.connection, desk.person.id, cls, entity, values)
    return entity


def _context(desk: Desk, entity: str, pupil: str | None) -> bytes:
    """What a sealed text belongs to: moved to another child or record, it does not open."""
    return canonical.dumps({"ent": entity, "org": desk.vault.place.org, "pupil": pupil or ""})


def _wire(spec: FieldSpec, value: Any) -> Any:
    return sorted(value) if spec.kind is Kind.TAGS else to_wire(spec, value)


def _unseal(desk: Desk, connection: Connection, cls: type[Record], entity: str) -> dict[str, Any]:
    record_type = RECORDS.of(cls)
    ops = stored_ops(connection, [entity]).get(entity, [])
    fields = next((op.set_[SEALED] for op in ops if SEALED in op.set_), None)
    if fields is None:
        raise RefusedError("There is no sealed note here.")
    sealed = sealing.Sealed.from_fields(fields)
    pupil = next((op.set_.get("pupil") for op in ops if SEALED in op.set_), None)
    context = _context(desk, entity, pupil)
    own = _own_keys(connection).get(entity)
    if DSL_KEY in desk.extras:
        key = SealingPrivateKey(desk.extras[DSL_KEY])
        plain = sealing.open_sealed(sealed, context, key)
    elif own is not None:
        plain = sealing.open_with_content_key(sealed, context, own)
    else:
        raise RefusedError(
            "This note is sealed.", "Only its author and the safeguarding lead can open it."
        )
    return {
        name: tuple(wire) if isinstance(wire, list) else from_wire(record_type.fields[name], wire)
        for name, wire in plain.items()
        if name in record_type.fields
    }


def _unsealed(
    desk: Desk, connection: Connection, cls: type[Record], concern: str
) -> list[tuple[Any, dict[str, Any]]]:
    table = RECORDS.of(cls).table
    found = connection.execute(
        table.select().where(table.c.concern == concern).order_by(table.c.written_at)
    )
    return [(row, _unseal(desk, connection, cls, row.id)) for row in found.all()]


def _own_keys(connection: Connection) -> dict[str, Secret]:
    rows_ = connection.exec_driver_sql("select entity, content_key from own_key")
    return {entity: Secret(key) for entity, key in rows_}


def _opened(connection: Connection) -> dict[str, datetime]:
    found = connection.execute(select(ConcernReceipt.concern, ConcernReceipt.opened_at))
    return {concern: opened_at for concern, opened_at in found if concern and opened_at}


def _acknowledge(desk: Desk, concern: str, pupil: str | None, author: str) -> None:
    with desk.vault.read() as connection:
        if concern in _opened(connection):
            return
    with desk.vault.act(desk.actor) as unit:
        unit.create(
            ConcernReceipt,
            {
                "pupil": pupil,
                "concern": concern,
                "for_author": author,
                "opened_at": desk.clock.now(),
            },
        )


def _remember_untold(
    connection: Connection, person: str, cls: type[Record], entity: str, values: Mapping[str, Any]
) -> None:
    # Outside the seal, because it must stay red on a locked screen; it says nothing of the child.
    if cls is ConcernNotification:
        connection.exec_driver_sql(
            "delete from local where name = ?", (f"untold:{values['concern']}",)
        )
    elif cls is Concern and not values.get("told_whom"):
        connection.exec_driver_sql(
            "insert or replace into local values (?,?)", (f"untold:{entity}", person)
        )
