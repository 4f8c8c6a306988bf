"""What one transaction changed, told once after it is committed.

Views decide for themselves what to refresh. There is no other event bus.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ChangeSet:
    """Ids by record type. `origin` is "here" for a local act, "import" for a bundle."""

    created: dict[str, frozenset[str]] = field(default_factory=dict)
    changed: dict[str, frozenset[str]] = field(default_factory=dict)
    removed: dict[str, frozenset[str]] = field(default_factory=dict)
    origin: str = "here"

    def touches(self, *etypes: str) -> bool:
        """Whether any record of these types was created, changed or removed."""
        touched = self.created.keys() | self.changed.keys() | self.removed.keys()
        return not touched.isdisjoint(etypes)


class ChangeFeed:
    """Delivers each committed `ChangeSet` to whoever asked, on the thread that committed."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[ChangeSet], None]] = []

    def subscribe(self, listener: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Listen; the returned function stops listening."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, changes: ChangeSet) -> None:
        """Tell every listener, in the order they came."""
        for listener in tuple(self._listeners):
            listener(changes)
