"""Buttons that stand for an action of the registry.

Guarantees that such a button does what the action does, and is enabled when the action is.
"""

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton


class _Follower(QObject):
    """Keeps a button in step with its action; lives and dies with the button."""

    def __init__(self, button: QAbstractButton, action: QAction) -> None:
        super().__init__(button)
        self._button = button
        self._action = action
        button.clicked.connect(self._on_clicked)
        action.changed.connect(self._on_changed)
        self._on_changed()

    def _on_clicked(self) -> None:
        self._action.trigger()

    def _on_changed(self) -> None:
        if shiboken6.isValid(self._button):
            self._button.setEnabled(self._action.isEnabled())
            self._button.setToolTip(self._action.toolTip())


def follow(button: QAbstractButton, action: QAction) -> None:
    """Let `button` trigger `action` from now on, and be enabled when it is."""
    _Follower(button, action)
