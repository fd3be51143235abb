"""The undo history as a list: every edit by its name; choosing one goes back or forth to it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette, QUndoStack
from PySide6.QtWidgets import QStackedLayout, QStyledItemDelegate, QStyleOptionViewItem, QUndoView, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import EmptyState, PanelHeader

_Index = QModelIndex | QPersistentModelIndex


class HistoryPanel(QWidget):
    """For a dock: `header` is its title bar. Follows the stack and moves it."""

    def __init__(self, stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self.header = PanelHeader("History")
        self.list = QUndoView(stack)
        self.list.setEmptyLabel("As opened")
        self.list.setCleanIcon(theme.icon("save"))
        self.list.setAccessibleName("History of edits")
        self.list.setAccessibleDescription("Choose a line to go back or forth to it. A disk marks what the file holds.")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._delegate = _Delegate(stack, self.list)
        self.list.setItemDelegate(self._delegate)
        self._empty = EmptyState("history", "No edits yet", "Every edit gets a line here. Choose one to go back to it.")
        self._lay_out()
        stack.indexChanged.connect(self._follow)
        stack.cleanChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        count, undone = self._stack.count(), self._stack.count() - self._stack.index()
        self._pages.setCurrentIndex(1 if count else 0)
        self.header.set_count(str(count) if count else "")
        self.header.set_detail(f"{undone} undone" if undone else "")
        self.list.viewport().update()

    def _lay_out(self) -> None:
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(pages, 1)


class _Delegate(QStyledItemDelegate):
    """Edits that were undone are in quieter text with an arrow; every line keeps room for a mark."""

    def __init__(self, stack: QUndoStack, parent: QWidget) -> None:
        super().__init__(parent)
        self._stack = stack

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Mark what redo would bring back."""
        super().initStyleOption(option, index)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        if index.row() > self._stack.index():
            quiet = "text.tertiary"
            option.icon = option.icon if not option.icon.isNull() else theme.icon("redo", quiet)
            option.palette.setColor(QPalette.ColorRole.Text, theme.current().color(quiet))
