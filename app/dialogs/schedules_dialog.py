"""A unit for each layer, or one engine for all of them: rate over hardware."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPushButton

from app.asker import Asker
from app.dialogs.beside import show_beside
from app.dialogs.fold_dialog import FoldDialog
from app.dialogs.layout import fit, padded, words
from app.main_window import MainWindow
from app.presenters.schedules import read_point, rows, schedules_view, titles
from app.proposer import question
from engine.design import Design
from engine.search.proposer import proposer_command
from widgets import theme
from widgets.controls import TextTable
from widgets.schedules import COSTS, SchedulesPlot, SchedulesView, Way

_LOOKING = "Folding the design in many ways…"
_LOST = "The search stopped, perhaps for lack of memory. Try again."
_SAID = (
    "No other way of its schedule is as quick for less. One engine takes the layers in turn: as wide as the widest of "
    "them needs, one inference at a time (FINN-R); no flow here builds it. Click a point of a unit for each layer to "
    "fold the design for its rate."
)


class SchedulesDialog(QDialog):
    """Not modal. Works in a process of its own, which ends with the dialog."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Compare schedules")
        self._window, self._space = window, window.workspace
        self._asked: Design | None = None
        self._outdated = False
        self.cost = QComboBox()
        for name, title in COSTS:
            self.cost.addItem(title, name)
        self.cost.setAccessibleName("Cost")
        self.plot, self.table = SchedulesPlot(), TextTable("Schedules", ("",))
        self.words = words("", "dense", "secondary")
        self.shut = QPushButton("Close")
        self.asker = Asker(lambda: proposer_command(), self)
        self._compose()
        self._connect()
        self.ask()
        fit(self, 880, 660)

    def ask(self) -> None:
        """Look at the design as it is; while that is under way, the newest goes next."""
        if self.asker.busy:
            self._outdated = True
            return
        self._asked, self._outdated = self._space.document.design, False
        self.words.setText(_LOOKING)
        self.asker.ask(question(self._space, "schedules"))

    def _compose(self) -> None:
        column, head, foot = padded(self), QHBoxLayout(), QHBoxLayout()
        head.addWidget(words("Inferences a second over", wrap=False))
        head.addWidget(self.cost)
        head.addStretch(1)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.shut, 0, Qt.AlignmentFlag.AlignBottom)
        self.table.setFixedHeight(theme.current().size("row") * 5)
        column.addLayout(head)
        column.addWidget(self.plot, 1)
        column.addWidget(self.table)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.cost.currentIndexChanged.connect(lambda _place: self.plot.set_cost(self.cost.currentData()))
        self.plot.chosen.connect(self._fold)
        self.asker.answered.connect(self._take)
        self.asker.lost.connect(lambda: self._show_nothing(_LOST))
        self.shut.clicked.connect(self.close)
        self._space.document.undo_stack.indexChanged.connect(self._follow)

    def _take(self, found: dict[str, Any]) -> None:
        if self._outdated or self._asked is None:
            self.ask()
        elif "refusal" in found:
            self._show_nothing(found["refusal"])
        else:
            board = self._asked.target.board
            present = read_point(found["present"])
            dataflow, shared = (list(map(read_point, found[name])) for name in ("dataflow", "shared"))
            self.plot.set_view(schedules_view(present, dataflow, shared, board))
            self.table.set_rows(rows(present, dataflow, shared), titles(board))
            self.words.setText(_SAID)

    def _show_nothing(self, why: str) -> None:
        self.plot.set_view(SchedulesView())
        self.table.set_rows((), ("",))
        self.words.setText(why)

    def _fold(self, series: int, way: Way) -> None:
        """Only a folding of the layers can be set."""
        if series == 0:
            show_beside(self._window, FoldDialog).aim_at_rate(way.rate)

    def _follow(self) -> None:
        """Not a lambda, which would outlive the dialog."""
        self.ask()

    def done(self, result: int) -> None:
        """The process ends with the dialog, closed or left with Escape."""
        self.asker.close()
        super().done(result)
