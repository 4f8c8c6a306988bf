"""What a bundle would do, for a person to read before it is applied. Values only, no database.

Ids, counts and words; the services put names to ids. Sentences count records of the field, never
operations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oost_desktop.models.registry import Registry
from oost_desktop.sync.visibility import pupil_of


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that clash: who wrote it on which device, and when (hybrid time)."""

    op_id: str
    user: str
    device: str
    time: int
    value: Any


@dataclass(frozen=True, slots=True)
class ClashSeen:
    """A field that this bundle makes clash. The shown value is the last of `sides`."""

    etype: str
    entity: str
    scope: str
    unit: str
    label: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that is kept aside: of which record, by whom, and why."""

    etype: str
    entity: str
    scope: str
    user: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What a bundle does to one pupil's file, or with `pupil` None to the service's own records.

    Counts are of records; `words` are phrases such as “4 new sessions”.
    """

    pupil: str | None
    new: int
    changed: int
    clashing: int
    late: int
    removed: int
    refused: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The whole answer of a check. `gap` is empty, or says that an earlier bundle is missing.

    `known`: nothing in the bundle is new here. `fresh`: it is the newest from its sender.
    `granted` and `revoked` are pupils whose files a laptop receives or locks.
    """

    device: str
    users: tuple[str, ...]
    no: int
    known: bool
    fresh: bool
    files: tuple[FileCheck, ...]
    clashes: tuple[ClashSeen, ...]
    refusals: tuple[Refusal, ...]
    gap: str
    granted: tuple[str, ...] = ()
    revoked: tuple[str, ...] = ()

    def total(self, what: str) -> int:
        """The sum over all files of one of their counts, by its name."""
        return sum(int(getattr(each, what)) for each in self.files)

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody has to look: a clash, late or refused work, a gap."""
        return bool(self.clashes or self.refusals or self.gap or self.total("late"))


class Counts:
    """Collects what happens to records, by scope and type."""

    def __init__(self) -> None:
        self._new: dict[tuple[str, str], int] = {}
        self._changed: dict[tuple[str, str], int] = {}
        self._removed: dict[tuple[str, str], int] = {}
        self._late: dict[str, set[str]] = {}
        self._refused: dict[str, int] = {}
        self._aside: dict[str, int] = {}

    def new(self, scope: str, etype: str) -> None:
        """A record that was not here."""
        self._new[scope, etype] = self._new.get((scope, etype), 0) + 1

    def changed(self, scope: str, etype: str) -> None:
        """A record that was here."""
        self._changed[scope, etype] = self._changed.get((scope, etype), 0) + 1

    def removed(self, scope: str, etype: str) -> None:
        """A record that goes out of view."""
        self._removed[scope, etype] = self._removed.get((scope, etype), 0) + 1

    def late(self, scope: str, entity: str) -> None:
        """A record written after the pupil was no longer its author's."""
        self._late.setdefault(scope, set()).add(entity)

    def refused(self, scope: str) -> None:
        """A change kept aside."""
        self._refused[scope] = self._refused.get(scope, 0) + 1

    def not_understood(self, scope: str) -> None:
        """A change of a type only a newer version knows; it is kept and passed on."""
        self._aside[scope] = self._aside.get(scope, 0) + 1

    def files(self, registry: Registry, clashes: tuple[ClashSeen, ...]) -> tuple[FileCheck, ...]:
        """Everything counted, one entry a file, the service's own records first."""
        clashing: dict[str, set[str]] = {}
        for clash in clashes:
            clashing.setdefault(clash.scope, set()).add(clash.entity)
        scopes = {scope for counted in (self._new, self._changed, self._removed)
                  for scope, _etype in counted}  # fmt: skip
        scopes |= {*self._late, *self._refused, *self._aside, *clashing}
        return tuple(
            self._file(registry, scope, len(clashing.get(scope, ())))
            for scope in sorted(scopes, key=lambda scope: (pupil_of(scope) is not None, scope))
        )

    def _file(self, registry: Registry, scope: str, clashing: int) -> FileCheck:
        new, changed, removed = (
            {etype: n for (found, etype), n in counted.items() if found == scope}
            for counted in (self._new, self._changed, self._removed)
        )
        late, refused = len(self._late.get(scope, ())), self._refused.get(scope, 0)
        words = [
            *_phrases(registry, new, "new "),
            *_phrases(registry, changed, "", " changed"),
            *_phrases(registry, removed, "", " removed"),
        ]
        if scope in self._aside:
            words.append(f"{self._aside[scope]} changes only a newer version understands")
        return FileCheck(
            pupil_of(scope),
            sum(new.values()),
            sum(changed.values()),
            clashing,
            late,
            sum(removed.values()),
            refused,
            tuple(words),
        )


def _phrases(
    registry: Registry, counted: Mapping[str, int], before: str, after: str = ""
) -> list[str]:
    return [
        f"{n} {before}{_named(registry, etype, n)}{after}" for etype, n in sorted(counted.items())
    ]


def _named(registry: Registry, etype: str, n: int) -> str:
    record_type = registry.of(etype)
    about = record_type.about
    name = about.singular if n == 1 else about.plural
    return f"{name} (sealed)" if record_type.sealed else name
