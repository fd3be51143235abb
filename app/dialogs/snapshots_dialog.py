"""Snapshots side by side: a scatter and a table, in a window beside the design."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from app.dialogs.layout import above_foot, fit, foot, padded, words
from app.main_window import MainWindow
from app.presenters.snapshots import snapshots_view
from widgets.controls import EmptyState
from widgets.snapshots import COLUMNS, SnapshotScatter, SnapshotTable

_EMPTY = "A snapshot keeps the design with its weights and its figures. Take some, and see which no other one beats."
_FRONT = "Diamonds on the line: no other snapshot is as good for less."
_SELECT = "Select a snapshot first."


class SnapshotsDialog(QDialog):
    """Not modal: one goes on editing, and takes more of them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Snapshots")
        space = window.workspace
        self._snapshots, self._document = space.snapshots, space.document
        self.table, self.scatter, self.cost = SnapshotTable(), SnapshotScatter(), QComboBox()
        for name, title in COLUMNS[1:]:
            self.cost.addItem(title, name)
        self.cost.setAccessibleName("Cost")
        self.cost.setCurrentIndex(self.cost.findData("LUT"))
        self.empty = EmptyState("camera", "No snapshots yet", _EMPTY, "Take snapshot")
        self.source, self.over = words("", "dense", "secondary"), words("", wrap=False)
        self.take, self.restore = QPushButton("Take snapshot"), QPushButton("Restore")
        self.rename, self.remove = QPushButton("Rename…"), QPushButton("Remove")
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show()
        fit(self, 900, 620)

    def _connect(self) -> None:
        for signal in (self.take.clicked, self.empty.activated):
            signal.connect(self._snapshots.take)
        self.restore.clicked.connect(lambda: self._snapshots.restore(self.table.selected()))
        self.table.opened.connect(self._snapshots.restore)
        self.rename.clicked.connect(self._rename)
        self.remove.clicked.connect(lambda: self._snapshots.remove(self.table.selected()))
        self.cost.currentIndexChanged.connect(lambda _place: self.scatter.set_cost(self.cost.currentData()))
        self.table.chosen.connect(self._choose)
        self.scatter.chosen.connect(self.table.selectRow)
        self._document.snapshots_changed.connect(self._show)
        self._document.undo_stack.indexChanged.connect(self._show)

    def _show(self, *_index: object) -> None:
        view = snapshots_view(self._document.snapshots, self._document.design)
        self.over.setText(f"{view.quality.partition(',')[0]} over")
        self.scatter.set_view(view)
        self.table.set_view(view)
        self.source.setText(view.source)
        self._pages.setCurrentIndex(1 if view.rows else 0)

    def _choose(self, place: int) -> None:
        self.scatter.select(place)
        for button in (self.restore, self.rename, self.remove):
            button.setEnabled(place >= 0)
            button.setToolTip("" if place >= 0 else _SELECT)

    def _rename(self) -> None:
        place = self.table.selected()
        name, accepted = QInputDialog.getText(
            self, "Rename snapshot", "Name", text=self._document.snapshots[place].name
        )
        if accepted and name.strip():
            self._snapshots.rename(place, name.strip())

    def _lay_out(self) -> None:
        filled = QWidget()
        column, head = padded(filled), QHBoxLayout()
        head.addWidget(self.over)
        head.addWidget(self.cost)
        head.addStretch(1)
        head.addWidget(words(_FRONT, "dense", "secondary", wrap=False))
        column.addLayout(head)
        column.addWidget(self.scatter, 3)
        column.addWidget(self.table, 2)
        column.addWidget(self.source)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(filled)
        above_foot(self, self._pages, foot([self.remove, self.rename], [self.take, self.restore]))
