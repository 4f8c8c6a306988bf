"""Several laptops in memory that write one record, and an oracle that knows who saw what.

The oracle never looks at `pred`: it compares the sets of operations each writer had.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from oost_desktop import canonical
from oost_desktop.models import RECORDS
from oost_desktop.store import hlc
from oost_desktop.store.fold import element_sources, fold, replaced_by, standing_writes
from oost_desktop.store.operations import (
    DELETED,
    EVERYTHING,
    Intent,
    Op,
    OpKind,
    Stamp,
    write,
)

PUPIL = RECORDS.of("pupil")
ENTITY = "e" * 32
SCOPE = "p:" + ENTITY
REGISTERS = ("note", "nc_year", "address")  # a text, a number, and a group of two fields
NOW_MS = 1_795_000_000_000


@dataclass
class Laptop:
    """One replica. `skew` is how wrong its clock is, in milliseconds."""

    world: "World"
    name: str
    skew: int = 0
    ops: dict[str, Op] = field(default_factory=dict)
    latest: int = 0
    seq: int = 0

    def _do(self, kind: OpKind, set_: Mapping[str, Any], pred: Mapping[str, list[str]]) -> Op:
        self.seq += 1
        self.world.now += 1000
        wall = self.world.now + self.skew
        self.latest = hlc.tick(self.latest, wall)
        stamp = Stamp("o", self.name, "i", f"user {self.name}", f"{self.name}{self.seq}", wall)
        intent = Intent(
            "pupil", ENTITY, SCOPE, kind, set_, {u: ids for u, ids in pred.items() if ids}
        )
        op = write(stamp, intent, self.seq, self.latest)
        self.world.seen[op.op_id] = frozenset(self.ops)
        self.world.ops[op.op_id] = op
        self.ops[op.op_id] = op
        return op

    def _heads(self, unit: str) -> list[str]:
        return [op.op_id for op in fold(PUPIL, list(self.ops.values())).heads[unit]]

    def create(self, **set_: Any) -> Op:
        return self._do(OpKind.CREATE, set_, {})

    def write(self, unit: str, wire: Any, kind: OpKind = OpKind.SET) -> Op:
        return self._do(kind, {unit: wire}, {unit: self._heads(unit)} if self.ops else {})

    def add(self, word: str) -> Op:
        return self._do(OpKind.SET, {"allergies": {"add": [word]}}, {})

    def take(self, word: str) -> Op:
        sources = element_sources("allergies", self.ops.values()).get(word, [])
        return self._do(OpKind.SET, {"allergies": {"rem": [[word, sources]]}}, {})

    def remove(self) -> Op:
        ops = list(self.ops.values())
        seen = sorted(standing_writes(ops, replaced_by(ops)))
        pred = {DELETED: self._heads(DELETED), EVERYTHING: seen}
        return self._do(OpKind.DELETE, {DELETED: True}, pred)

    def restore(self) -> Op:
        return self._do(OpKind.UNDELETE, {DELETED: False}, {DELETED: self._heads(DELETED)})

    def hear(self, other: "Laptop") -> None:
        """Receive everything another laptop has."""
        self.take_in(other.ops.values())

    def take_in(self, ops: Iterable[Op]) -> None:
        for op in ops:
            self.ops[op.op_id] = op
            # As `sync/intake.py` does: a clock more than a day ahead is not followed.
            if op.hlc >> 16 <= self.world.now + self.skew + hlc.DAY_MS:
                self.latest = max(self.latest, op.hlc)

    def row(self) -> Mapping[str, Any]:
        return fold(PUPIL, list(self.ops.values())).row

    def clashing(self) -> set[str]:
        return {clash.unit for clash in fold(PUPIL, list(self.ops.values())).clashes}


@dataclass
class World:
    """All laptops, every operation ever made, and what its writer had seen."""

    now: int = NOW_MS
    ops: dict[str, Op] = field(default_factory=dict)
    seen: dict[str, frozenset[str]] = field(default_factory=dict)

    def laptops(self, *names: str, **skews: int) -> list[Laptop]:
        return [Laptop(self, name, skews.get(name, 0)) for name in names]

    # --- the oracle ---

    def maximal(self, unit: str, among: Iterable[str]) -> set[str]:
        """Writes of a register that no other write of it among these has seen."""
        writers = [op_id for op_id in among if unit in self.ops[op_id].set_]
        seen_by_writers = {earlier for op_id in writers for earlier in self.seen[op_id]}
        return set(writers) - seen_by_writers

    def shown(self, unit: str, among: Iterable[str]) -> Any:
        heads = [self.ops[op_id] for op_id in self.maximal(unit, among)]
        latest = max(heads, key=lambda op: (op.hlc, op.op_id), default=None)
        return None if latest is None else latest.set_[unit]

    def clashing(self, unit: str, among: Iterable[str]) -> bool:
        heads = self.maximal(unit, among)
        return len({canonical.dumps(self.ops[op_id].set_[unit]) for op_id in heads}) > 1

    def elements(self, among: Iterable[str]) -> set[str]:
        """Words with an addition that no removal of that word has seen."""
        there = list(among)
        standing = set()
        for op_id in there:
            for word in self.ops[op_id].set_.get("allergies", {}).get("add", []):
                removals = [other for other in there if self._takes(other, word)]
                if not any(op_id in self.seen[other] for other in removals):
                    standing.add(word)
        return standing

    def _takes(self, op_id: str, word: str) -> bool:
        taken = self.ops[op_id].set_.get("allergies", {}).get("rem", [])
        return any(element == word for element, _sources in taken)
