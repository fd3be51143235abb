"""RunHistory: the table of runs above what the chosen ones said."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from widgets import theme
from widgets.controls import EmptyState
from widgets.runs.comparison import ComparisonPanel
from widgets.runs.model import HistoryView
from widgets.runs.table import RunTable


class RunHistory(QWidget):
    """Signals carry ids of runs; what they have to say of each other comes through `comparison`."""

    chosen = Signal(tuple)
    folder_requested = Signal(str)
    first_run_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table, self.comparison = RunTable(), ComparisonPanel()
        self.folder, self.copy = QPushButton("Open folder"), QPushButton("Copy table")
        self.empty = EmptyState(
            "history",
            "No runs yet",
            "Convert, Emulate and Synthesise in the Run menu; each run gets a line here, with what its reports said.",
            "Convert now",
        )
        self._pages = QStackedWidget()
        self._lay_out()
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self.folder_requested)
        self.folder.clicked.connect(lambda: self.folder_requested.emit(self.table.selected()[0]))
        self.copy.clicked.connect(self.table.copy)
        self.empty.activated.connect(self.first_run_requested)
        self._on_chosen(())

    def set_view(self, view: HistoryView) -> None:
        """Show these runs."""
        self.table.set_view(view)
        self._pages.setCurrentIndex(1 if view.runs else 0)

    def _on_chosen(self, ids: tuple[str, ...]) -> None:
        self.folder.setEnabled(len(ids) == 1)
        self.folder.setToolTip("" if len(ids) == 1 else "Off: select one run")
        self.copy.setToolTip("The selected runs, or all, as text that a spreadsheet takes (Ctrl+C)")
        self.chosen.emit(ids)

    def _lay_out(self) -> None:
        now = theme.current()
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(self.comparison)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 1)
        parts.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.setSpacing(now.space(3))
        foot.addStretch(1)
        foot.addWidget(self.copy)
        foot.addWidget(self.folder)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(now.space(5), now.space(5), now.space(5), now.space(4))
        column.setSpacing(now.space(4))
        column.addWidget(parts, 1)
        column.addLayout(foot)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(filled)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
