"""One network on one board, the flows beside each other."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from app.asker import Asker
from app.dialogs.layout import fit, padded, words
from app.main_window import MainWindow
from app.presenters.comparison import refusals, rows, titles, under_way
from app.proposer import question
from engine.design import Design
from engine.search.comparison import USUAL, Column, Folded
from engine.search.proposer import proposer_command
from widgets.controls import RealField, Segment, SegmentedControl, TextTable

_LOST = "The comparison stopped, perhaps for lack of memory. Try again."
_STOPPED = "Stopped: the other flows are not compared."
_SAID = "Estimates of logic synthesis for all flows, so that their numbers mean the same."
_RATES = (1.0, 999_999_999.0)
_HOW = (Segment(Folded.AS_SET, "As set"), Segment(Folded.FITTED, "Fit each"), Segment(Folded.AT_RATE, "At a rate"))


class CompareDialog(QDialog):
    """Not modal. Works in a process of its own, flow by flow, which ends with the dialog."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Compare flows")
        self._space = window.workspace
        self._asked: Design | None = None
        self._left: list[str] = []
        self._columns: list[Column] = []
        self.folded = SegmentedControl(_HOW, "Folding", parent=self)
        self.folded.set_value(Folded.AS_SET)
        self.rate = RealField(*_RATES, unit="/s")
        self.table = TextTable("Flows", ("",))
        self.words = words("", "dense", "secondary")
        self.halt, self.shut = QPushButton("Stop"), QPushButton("Close")
        self.asker = Asker(lambda: proposer_command(), self)
        self._compose()
        self._connect()
        self.ask()
        fit(self, 820, 440)

    def ask(self) -> None:
        """Compare the design as it is, flow by flow; what was under way is left."""
        if self.asker.busy:
            self.asker.stop()
        self._asked, self._columns = self._space.document.design, []
        self._left = list(dict.fromkeys((*USUAL, self._asked.target.flow)))
        self._show()
        self._ask_next()

    def _ask_next(self) -> None:
        rate = self.rate.value()
        next_one = question(self._space, "compare", flows=self._left[:1], folded=self.folded.value, rate=rate)
        self.words.setText(under_way(self._left, len(self._columns), Folded(self.folded.value)))
        self.halt.show()
        self.asker.ask(next_one)

    def _compose(self) -> None:
        column, head, foot = padded(self), QHBoxLayout(), QHBoxLayout()
        self.rate.setDecimals(0)
        self.rate.setKeyboardTracking(False)
        self.rate.setAccessibleName("Inferences per second")
        self.rate.hide()
        self.rate.setValue(max(self._space.live.estimate.rate.value, _RATES[0]))
        head.addWidget(self.folded)
        head.addWidget(self.rate)
        head.addStretch(1)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.halt)
        foot.addWidget(self.shut)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.folded.selected.connect(self._choose)
        self.rate.valueChanged.connect(lambda _value: self.ask())
        self.asker.answered.connect(self._take)
        self.asker.lost.connect(lambda: self._end(_LOST))
        self.halt.clicked.connect(self._stop)
        self.shut.clicked.connect(self.close)
        self._space.document.undo_stack.indexChanged.connect(self._follow)

    def _choose(self, folded: str) -> None:
        self.rate.setVisible(folded == Folded.AT_RATE)
        self.ask()

    def _take(self, found: dict[str, Any]) -> None:
        if "refusal" in found:
            self._end(found["refusal"])
            return
        self._columns += [Column(**each) for each in found["columns"]]
        self._left = self._left[1:]
        self._show()
        if self._left:
            self._ask_next()
        else:
            self._end(_SAID)

    def _stop(self) -> None:
        self.asker.stop()
        self._end(_STOPPED)

    def _end(self, why: str) -> None:
        self.halt.hide()
        self.words.setText("\n".join([why, *refusals(self._columns)]))

    def _show(self) -> None:
        if self._asked is not None and self._columns:
            self.table.set_rows(rows(self._columns, self._asked.target.board), titles(self._columns))
        else:
            self.table.set_rows((), ("",))

    def _follow(self) -> None:
        """Not a lambda, which would outlive the dialog."""
        self.ask()

    def done(self, result: int) -> None:
        """The process ends with the dialog, closed or left with Escape."""
        self.asker.close()
        super().done(result)
