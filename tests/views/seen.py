"""Everything a page says, whether it is on show or not: to eyes, screen readers and the pointer."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

_WORDS = (
    "text", "title", "toPlainText", "placeholderText", "toolTip", "statusTip", "whatsThis",
    "windowTitle", "accessibleName", "accessibleDescription", "currentText",
)  # fmt: skip
_ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.EditRole,
)  # fmt: skip


def words_of(root: QWidget) -> list[str]:
    """Every text of every widget and of every row of every table, hidden ones included."""
    found: list[str] = []
    for widget in (root, *root.findChildren(QWidget)):
        for name in _WORDS:
            said = getattr(widget, name, None)
            if callable(said):
                found.append(str(said()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += _cells(widget.model())
    return [words for words in found if words]


def visible_words(root: QWidget) -> list[str]:
    """The texts of widgets on show."""
    shown = [root, *(each for each in root.findChildren(QWidget) if each.isVisibleTo(root))]
    texts = (getattr(each, "text", None) for each in shown)
    return [words for words in (str(text()) for text in texts if callable(text)) if words]


def _cells(model: QAbstractItemModel) -> list[str]:
    found = []
    for row in range(model.rowCount(QModelIndex())):
        for column in range(model.columnCount(QModelIndex())):
            index = model.index(row, column)
            found += [str(model.data(index, role)) for role in _ROLES if model.data(index, role)]
    return found
