"""What an operation out of a bundle may do: who it claims to be, and whether its author may.

A false identity refuses the whole bundle: its maker is lying or broken. An honest operation that
its author had no right to write, or whose values do not fit their fields, is kept aside: stored,
not folded, not passed on, and told of. A concern is never kept aside for want of a right.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from oost_desktop.errors import RefusedError
from oost_desktop.models.base import Role, Scope
from oost_desktop.models.fields import FieldSpec, Rule
from oost_desktop.models.registry import RecordType, Registry
from oost_desktop.models.values import fit_of
from oost_desktop.store.hlc import DAY_MS
from oost_desktop.store.operations import DELETED, SEALED, Op, OpKind
from oost_desktop.store.projection import APPLIED
from oost_desktop.sync.visibility import pupil_of, pupil_scope

UNKNOWN_TYPE = "unknown_type"
QUARANTINED = "quarantined"
LATE, REFUSED, CLOCK = "late", "refused", "clock"  # kinds of remark
_ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Author:
    """Whose operations a tutor's bundle may hold: one device, its people, the scopes it has.

    `current`: scopes it should hold today. `ever`: scopes it was ever given.
    """

    device: str
    roles: Mapping[str, Role]
    current: frozenset[str]
    ever: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """An operation's status, and what to remark: pairs of a kind and words."""

    status: str
    remarks: tuple[tuple[str, str], ...] = ()


_FINE = Verdict(APPLIED)
_NOT_KNOWN = Verdict(UNKNOWN_TYPE)


class Judge:
    """Judges operations for one vault. `author` is None for the office's stream."""

    def __init__(self, registry: Registry, org: str, now_ms: int, author: Author | None) -> None:
        self._registry = registry
        self._checks = {each.name: fits_of(each) for each in registry}
        self._org = org
        self._latest = (now_ms + DAY_MS) << 16
        self._author = author

    def identify(self, op: Op) -> None:
        """Raise RefusedError if an operation is not by whom the bundle is from."""
        author = self._author
        if op.org != self._org:
            raise RefusedError("This bundle holds changes of another service.")
        if author is not None and (op.device != author.device or op.user not in author.roles):
            raise RefusedError("This bundle holds changes that its sender did not make.")
        if len(op.entity) != _ID_LENGTH:
            raise RefusedError("This bundle holds a change to nothing.")

    def is_suspect(self, op: Op) -> bool:
        """Whether the clock that stamped an operation was more than a day ahead of ours."""
        return op.hlc > self._latest

    def verdict(self, op: Op) -> Verdict:
        """What becomes of an identified operation."""
        record_type = self._registry.get(op.etype)
        suspect = self.is_suspect(op)
        if record_type is None:
            return _NOT_KNOWN
        reason = self._objection(record_type, op)
        if reason is not None:
            return Verdict(QUARANTINED, ((REFUSED, reason),))
        author = self._author
        is_late = author is not None and self._is_late(author, op.scope)
        if not is_late and not suspect:
            return _FINE
        remarks = []
        if is_late:
            remarks.append((LATE, "Written after this pupil was no longer allocated."))
        if suspect:
            remarks.append((CLOCK, "The laptop's clock was more than a day ahead."))
        return Verdict(APPLIED, tuple(remarks))

    def _objection(self, record_type: RecordType, op: Op) -> str | None:
        author = self._author
        if author is not None:
            if author.roles[op.user] not in record_type.about.writers:
                return f"Only the office may change {record_type.about.plural}."
            if not record_type.sealed and not self._was_given(author, op.scope):
                return "This pupil was never allocated to its author."
        if not belongs(record_type, op):
            return "It does not belong to the file it came in."
        label = misfit(record_type, self._checks[op.etype], op)
        return None if label is None else f"“{label}” is not of the right kind."

    @staticmethod
    def _was_given(author: Author, scope: str) -> bool:
        return pupil_of(scope) is None or scope in author.current or scope in author.ever

    @staticmethod
    def _is_late(author: Author, scope: str) -> bool:
        return pupil_of(scope) is not None and scope not in author.current


def belongs(record_type: RecordType, op: Op) -> bool:
    """Whether an operation is in the scope its record type and its pupil call for."""
    scope = record_type.about.scope
    if scope is not Scope.PUPIL:
        return op.scope == scope.value
    if record_type.name == "pupil":
        return op.scope == pupil_scope(op.entity)
    pupil = op.set_.get("pupil")
    if op.scope == Scope.OFFICE.value:
        return record_type.sealed and pupil is None
    if pupil_of(op.scope) is None:
        return False
    return op.scope == pupil_scope(pupil) if type(pupil) is str else op.kind != OpKind.CREATE


Fit = Callable[[Any], bool]


def fits_of(record_type: RecordType) -> dict[str, Fit]:
    """For each unit of a record type, whether a value fits its columns."""
    return {
        DELETED: _is_flag,
        SEALED: _is_object if record_type.sealed else _is_nothing,
        **{unit: _fit_of(specs) for unit, specs in record_type.units.items()},
    }


def misfit(record_type: RecordType, checks: Mapping[str, Fit], op: Op) -> str | None:
    """The label of the first field whose value its column cannot hold, or None.

    Fields this version does not know are left for the one that does.
    """
    for unit, wire in op.set_.items():
        if wire is not None and unit in checks and not checks[unit](wire):
            specs = record_type.units.get(unit)
            return specs[0].label if specs else record_type.about.singular
    if op.pred and not _preds_are_ids(op.pred):
        return record_type.about.singular
    return None


def _fit_of(specs: tuple[FieldSpec, ...]) -> Fit:
    first = specs[0]
    if first.rule is Rule.SET:
        return _is_set_change
    if not first.register:
        return fit_of(first)
    parts = [(spec.name, fit_of(spec)) for spec in specs]

    def fits_group(wire: Any) -> bool:
        if type(wire) is not dict:
            return False
        for name, fit in parts:
            part = wire.get(name)
            if part is not None and not fit(part):
                return False
        return True

    return fits_group


def _is_flag(wire: Any) -> bool:
    return type(wire) is bool


def _is_object(wire: Any) -> bool:
    return type(wire) is dict


def _is_nothing(_wire: Any) -> bool:
    return False


def _is_set_change(wire: Any) -> bool:
    if type(wire) is not dict:
        return False
    added, removed = wire.get("add", []), wire.get("rem", [])
    return (
        type(added) is list
        and all(type(word) is str for word in added)
        and type(removed) is list
        and all(
            type(pair) is list
            and len(pair) == 2
            and type(pair[0]) is str
            and type(pair[1]) is list
            and all(type(op_id) is str for op_id in pair[1])
            for pair in removed
        )
    )


def _preds_are_ids(pred: Mapping[str, list[Any]]) -> bool:
    return all(
        type(op_id) is str and len(op_id) == _ID_LENGTH
        for named in pred.values()
        for op_id in named
    )


def named_by(op: Op) -> list[str]:
    """Every operation id that an operation names as replaced or seen."""
    named = [op_id for op_ids in op.pred.values() for op_id in op_ids]
    for wire in op.set_.values():
        if type(wire) is dict and "rem" in wire:
            named += [op_id for _word, op_ids in wire["rem"] for op_id in op_ids]
    return named
