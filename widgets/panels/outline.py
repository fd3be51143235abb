"""The outline: layers in network order, in their blocks, with what each takes of the chosen resource."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import PanelHeader, SearchField

_ID = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One layer: its amount and share are texts, so that they are grouped as everywhere else."""

    id: str
    group: str
    kind: str
    amount: str = ""
    share: str = ""
    block: str = ""
    """Title of the block it stands in, '' for none."""
    label: str = ""
    """The name without what the block's title says already; '' for the whole name."""


class Outline(QWidget):
    """A tree of layers that selects with the canvas. `selected` carries layer ids after a user's choice."""

    selected = Signal(tuple)
    hovered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.header = PanelHeader("Outline")
        self._search = SearchField("Filter layers")
        self._search.hide()
        self._find = self.header.add_button("search", "Filter the outline")
        self._find.setCheckable(True)
        self._tree = _tree()
        self._model = QStandardItemModel(0, 3, self)
        self._tree.setModel(self._model)
        self._items: dict[str, QStandardItem] = {}
        self._rows: tuple[OutlineRow, ...] = ()
        self._quiet = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, self._search, self._tree):
            column.addWidget(widget)
        self._fit_columns()
        self._connect()

    def set_rows(self, rows: Iterable[OutlineRow]) -> None:
        """Show these layers; where only numbers changed the tree stays as it is."""
        new = tuple(rows)
        if not _same_structure(new, self._rows):
            self._rebuild(new)
        else:
            for row, before in zip(new, self._rows, strict=True):
                if row is not before and row != before:
                    self._write_numbers(row)
        self._rows = new
        self._fit_numbers()

    def set_selection(self, ids: Iterable[str]) -> None:
        """Select layers without saying so."""
        selection = QItemSelection()
        for name in ids:
            if name in self._items:
                index = self._items[name].index()
                selection.select(index, index.siblingAtColumn(2))
        self._quiet = True
        self._tree.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        if selection.indexes():
            self._tree.scrollTo(selection.indexes()[0])

    def _connect(self) -> None:
        self._tree.selectionModel().selectionChanged.connect(self._on_selection)
        self._tree.entered.connect(lambda index: self.hovered.emit(self._id(index)))
        self._search.textChanged.connect(self._filter)
        self._find.toggled.connect(self._show_search)
        theme.signals().changed.connect(self._retheme)

    def _retheme(self) -> None:
        """Take over icons and fonts."""
        self._fit_columns()
        self._rebuild(self._rows)
        self._fit_numbers()

    def _rebuild(self, rows: tuple[OutlineRow, ...]) -> None:
        self._quiet = True
        self._model.removeRows(0, self._model.rowCount())
        self._items.clear()
        blocks: dict[str, QStandardItem] = {}
        for row in rows:
            parent = self._block_item(blocks, row.block) if row.block else self._model.invisibleRootItem()
            parent.appendRow(self._layer_items(row))
        for row in rows:
            self._write_numbers(row)
        self._tree.expandAll()
        self._quiet = False

    def _block_item(self, blocks: dict[str, QStandardItem], title: str) -> QStandardItem:
        if title not in blocks:
            blocks[title] = _item(title)
            font = theme.current().font("dense", 600)
            blocks[title].setFont(font)
            self._model.appendRow([blocks[title], _item(""), _item("")])
        return blocks[title]

    def _layer_items(self, row: OutlineRow) -> list[QStandardItem]:
        name = _item(row.label or row.id)
        name.setToolTip(row.id)
        name.setIcon(theme.kind_icon(row.group, row.kind))
        name.setData(row.id, _ID)
        self._items[row.id] = name
        return [name, _number(), _number()]

    def _write_numbers(self, row: OutlineRow) -> None:
        item = self._items[row.id]
        parent = item.parent() or self._model.invisibleRootItem()
        for column, text in ((1, row.amount), (2, row.share)):
            parent.child(item.row(), column).setText(text)
        item.setData(f"{row.id}, {row.amount} {row.share}", Qt.ItemDataRole.AccessibleTextRole)

    def _on_selection(self) -> None:
        if self._quiet:
            return
        rows = self._tree.selectionModel().selectedRows()
        chosen = [name for index in rows for name in self._ids_under(index)]
        self.selected.emit(tuple(dict.fromkeys(chosen)))

    def _ids_under(self, index: QModelIndex) -> list[str]:
        if self._id(index):
            return [str(self._id(index))]
        return [str(self._id(self._model.index(row, 0, index))) for row in range(self._model.rowCount(index))]

    def _id(self, index: QModelIndex) -> str | None:
        value = index.siblingAtColumn(0).data(_ID)
        return str(value) if value else None

    def _show_search(self, shown: bool) -> None:
        self._search.setVisible(shown)
        if shown:
            self._search.setFocus()
        else:
            self._search.clear()

    def _filter(self, text: str) -> None:
        for name, item in self._items.items():
            parent = item.parent()
            index = parent.index() if parent else QModelIndex()
            self._tree.setRowHidden(item.row(), index, text.lower() not in name.lower())

    def _fit_columns(self) -> None:
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._longest = {1: 0, 2: 0}
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, 0)

    def _fit_numbers(self) -> None:
        """Widen the columns of numbers where one needs it. Qt would measure every row at each event of a drag."""
        header = self._tree.header()
        amounts = [(len(row.amount), row.id) for row in self._rows]
        shares = [(len(row.share), row.id) for row in self._rows]
        for column, lengths in ((1, amounts), (2, shares)):
            longest, name = max(lengths, default=(0, ""))
            if longest > self._longest[column]:
                self._longest[column] = longest
                index = self._items[name].index().siblingAtColumn(column)
                header.resizeSection(
                    column, max(self._tree.sizeHintForIndex(index).width(), header.sectionSize(column))
                )


def _tree() -> QTreeView:
    tree = QTreeView(headerHidden=True, uniformRowHeights=True)
    tree.setMouseTracking(True)
    tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    tree.setAccessibleName("Outline")
    tree.setIndentation(12)
    return tree


def _same_structure(rows: tuple[OutlineRow, ...], others: tuple[OutlineRow, ...]) -> bool:
    if len(rows) != len(others):
        return False
    pairs = zip(rows, others, strict=True)
    return all(a is b or (a.id, a.kind, a.block) == (b.id, b.kind, b.block) for a, b in pairs)


def _item(text: str) -> QStandardItem:
    return QStandardItem(text)


def _number() -> QStandardItem:
    item = _item("")
    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
