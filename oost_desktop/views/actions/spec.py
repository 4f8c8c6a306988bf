"""What an action is: data, told once, read by buttons, the find box and the key sheet.

Knows nothing of Qt. Guarantees nothing about keys; the registry checks them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from oost_desktop.views.icons import Icon


@dataclass(frozen=True, slots=True)
class UiState:
    """What decides whether an action can be done now."""

    unlocked: bool = False
    role: str = ""
    page: str = ""


def always(_state: UiState) -> bool:
    """Can be done at any time, even locked."""
    return True


def unlocked(state: UiState) -> bool:
    """Can be done while the vault is open."""
    return state.unlocked


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing a person can do.

    `keys` are portable key sequences ("Ctrl+K"); the first is the one shown. `group` is its
    heading on the key sheet.
    """

    id: str
    text: str
    handler: Callable[[], None]
    icon: Icon | None = None
    keys: tuple[str, ...] = ()
    group: str = "Everywhere"
    enabled_when: Callable[[UiState], bool] = field(default=unlocked)
    findable: bool = True
