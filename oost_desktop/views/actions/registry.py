"""Builds one QAction for each `ActionSpec` and keeps them for whoever shows them.

Guarantees that no two actions share a key and that no key is a Ctrl+Alt chord (AltGr
on British and Welsh keyboards types letters with it). Decides nothing about pages.
"""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from oost_desktop.errors import BugError
from oost_desktop.views.actions.spec import ActionSpec, UiState
from oost_desktop.views.icons import icon


class ActionRegistry(QObject):
    """The actions of one window. Add them before the window is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._taken: dict[str, str] = {}
        self._state = UiState()

    def add(self, *specs: ActionSpec) -> None:
        """Take actions in. Raises `BugError` on a repeated id or key."""
        for spec in specs:
            if spec.id in self._specs:
                raise BugError(f"Two actions are called {spec.id}.")
            for key in _portable(spec.keys):
                self._take(key, spec.id)
            self._specs[spec.id] = spec
            self._actions[spec.id] = self._build(spec)

    def specs(self) -> tuple[ActionSpec, ...]:
        """All actions, in the order they were added."""
        return tuple(self._specs.values())

    def action(self, id_: str) -> QAction:
        """The one QAction of an id. Raises `KeyError` for an unknown id."""
        return self._actions[id_]

    def spec(self, id_: str) -> ActionSpec:
        """The declaration of an id. Raises `KeyError` for an unknown id."""
        return self._specs[id_]

    def actions(self) -> tuple[QAction, ...]:
        """All QActions, for a window to own their keys."""
        return tuple(self._actions.values())

    def groups(self) -> dict[str, tuple[ActionSpec, ...]]:
        """Actions by the heading they stand under, headings in the order first used."""
        found: dict[str, list[ActionSpec]] = {}
        for spec in self._specs.values():
            found.setdefault(spec.group, []).append(spec)
        return {group: tuple(specs) for group, specs in found.items()}

    def attach(self, window: QWidget) -> None:
        """Let this window hear the keys."""
        window.addActions(list(self._actions.values()))

    def refresh(self, state: UiState) -> None:
        """Enable what can be done in this state and disable the rest."""
        self._state = state
        for id_, spec in self._specs.items():
            self._actions[id_].setEnabled(spec.enabled_when(state))

    def state(self) -> UiState:
        """The state last told."""
        return self._state

    def trigger(self, id_: str) -> bool:
        """Do it, if it can be done now."""
        action = self._actions[id_]
        if action.isEnabled():
            action.trigger()
            return True
        return False

    def key_text(self, id_: str) -> str:
        """The key as it is written on this computer's keyboard, or ""."""
        spec = self._specs[id_]
        if spec.keys:
            return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        return ""

    def _take(self, key: str, id_: str) -> None:
        if "Ctrl+Alt" in key or "Alt+Ctrl" in key:
            raise BugError(f"The action {id_} uses Ctrl+Alt, which types letters.")
        holder = self._taken.setdefault(key, id_)
        if holder != id_:
            raise BugError(f"The actions {holder} and {id_} share the key {key}.")

    def _build(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.id)
        if spec.icon is not None:
            action.setIcon(icon(spec.icon))
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setEnabled(spec.enabled_when(self._state))
        action.triggered.connect(_Caller(spec, action).call)
        return action


class _Caller(QObject):
    """Calls a handler without the `checked` that `triggered` sends along."""

    def __init__(self, spec: ActionSpec, parent: QObject) -> None:
        super().__init__(parent)
        self._handler = spec.handler

    def call(self) -> None:
        """Do it."""
        self._handler()


def _portable(keys: Iterable[str]) -> tuple[str, ...]:
    portable = QKeySequence.SequenceFormat.PortableText
    return tuple(QKeySequence(key).toString(portable) for key in keys)
