"""The head of a page: its heading, a quieter sentence beside or under it, and acts at the right.

Guarantees that long headings and big text move below instead of being clipped.
"""

from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oost_desktop.views.widgets.flow_layout import FlowLayout
from oost_desktop.views.widgets.styled import label


class PageHead(QWidget):
    """A heading (level 1) with a sub-title. `stacked` puts the sub-title under it."""

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        *,
        stacked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = label(title, "title", wrap=True)
        self._subtitle = label(subtitle, "muted", wrap=True)
        self._row = FlowLayout(self, gap=14, row_gap=4)
        if stacked:
            self._row.add(self._stack(), 1)
        else:
            self._subtitle.setContentsMargins(QMargins(0, 4, 0, 0))
            self._row.add(self._title)
            self._row.add(self._subtitle)
            self._row.add_stretch()
        self.set_title(title)
        self.set_subtitle(subtitle)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_subtitle(self, subtitle: str) -> None:
        """Change the quieter sentence; empty hides it."""
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def title(self) -> str:
        """The heading as it is."""
        return self._title.text()

    def add_act(self, widget: QWidget) -> None:
        """Put a button or a choice at the right end."""
        self._row.add(widget)

    def _stack(self) -> QWidget:
        stack = QWidget()
        column = QVBoxLayout(stack)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._title)
        column.addWidget(self._subtitle)
        return stack
