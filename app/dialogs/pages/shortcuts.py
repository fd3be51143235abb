"""Shortcuts: every command with its keys, searched, changed, and put back."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QPushButton, QTableWidget, QTableWidgetItem

from app.commands import Command
from app.dialogs.pages.bindings import Binding, bindings
from app.dialogs.pages.key_editor import KeyEditor
from app.dialogs.pages.page import Page
from app.preferences import Preferences
from widgets import theme
from widgets.controls import DenseTable, SearchField

_COLUMNS = ("Command", "Menu", "Shortcut", "Note")


class ShortcutsPage(Page):
    """A table to choose a command from, and beneath it the field that takes its keys."""

    TITLE = "Shortcuts"
    ICON = "terminal"

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands
        self._bindings = bindings(commands, {})
        self.search = SearchField("Find a command or a key")
        self.reset_all = QPushButton("Reset all")
        self.table = self._make_table()
        self.editor = KeyEditor()
        self._lay_out()
        self._connect()

    def show_preferences(self, preferences: Preferences) -> None:
        """Show the shortcuts in force."""
        self._bindings = bindings(self._commands, preferences.shortcuts)
        self._fill()
        if self.table.rowCount():
            self.table.selectRow(max(self.table.currentRow(), 0))
        self._show_chosen()

    def applied_to(self, preferences: Preferences) -> Preferences:
        """With the shortcuts as chosen; those of commands that are not shown here are kept."""
        shown = {row.id for row in self._bindings.rows}
        others = {key: keys for key, keys in preferences.shortcuts.items() if key not in shown}
        return replace(preferences, shortcuts=others | self._bindings.overrides())

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.current().space(3))
        top.addWidget(self.search, 1)
        top.addWidget(self.reset_all)
        self.column.setSpacing(theme.current().space(4))
        self.column.addLayout(top)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.editor)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.reset_all.clicked.connect(self._reset_all)
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.table.activated.connect(lambda: self.editor.keys.setFocus(Qt.FocusReason.OtherFocusReason))
        self.editor.chosen.connect(self._set_keys)
        self.editor.take_over.connect(self._take_over)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS))
        table.setHorizontalHeaderLabels(list(_COLUMNS))
        table.setAccessibleName("Commands and their shortcuts")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setMinimumHeight(140)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        DenseTable(table)
        return table

    def _fill(self) -> None:
        self.table.setRowCount(len(self._bindings.rows))
        for place, row in enumerate(self._bindings.rows):
            self._fill_row(place, row)
        self._filter()

    def _fill_row(self, place: int, row: Binding) -> None:
        sharing = self._bindings.sharing(row.id)
        native = QKeySequence(row.keys).toString(QKeySequence.SequenceFormat.NativeText)
        cells = (row.title, row.menu, native, _note(row, sharing))
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            if column == len(cells) - 1 and sharing:
                item.setIcon(theme.icon("warning", "warning"))
            self.table.setItem(place, column, item)

    def _filter(self) -> None:
        typed = self.search.text().strip().lower()
        for place in range(self.table.rowCount()):
            cells = [self.table.item(place, column) for column in range(len(_COLUMNS))]
            found = any(typed in cell.text().lower() for cell in cells if cell is not None)
            self.table.setRowHidden(place, not found)

    def _chosen(self) -> Binding | None:
        items = self.table.selectedItems()
        return self._bindings[items[0].data(Qt.ItemDataRole.UserRole)] if items else None

    def _show_chosen(self) -> None:
        row = self._chosen()
        self.editor.show_binding(row, self._bindings.sharing(row.id) if row else ())
        self.reset_all.setEnabled(bool(self._bindings.overrides()))

    def _set_keys(self, keys: str) -> None:
        row = self._chosen()
        if row is not None:
            self._bindings = self._bindings.with_keys(row.id, keys)
            self._changed_by_user()

    def _take_over(self) -> None:
        """Leave the keys to the chosen command alone."""
        row = self._chosen()
        if row is not None:
            for other in self._bindings.sharing(row.id):
                self._bindings = self._bindings.with_keys(other.id, "")
            self._changed_by_user()

    def _reset_all(self) -> None:
        self._bindings = self._bindings.all_reset()
        self._changed_by_user()

    def _changed_by_user(self) -> None:
        self._fill()
        self._show_chosen()
        self.changed.emit()


def _note(row: Binding, sharing: tuple[Binding, ...]) -> str:
    if sharing:
        return "also " + ", ".join(other.title for other in sharing)
    if row.changed:
        return f"was {row.default}" if row.default else "was none"
    return ""
