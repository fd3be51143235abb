"""One network on one board, the flows beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from app.asker import Asker
from app.dialogs.layout import fit, padded, words
from app.presenters.comparison import refusals, rows, titles
from engine.design import Design
from engine.project.codec import design_to_json
from engine.search.comparison import USUAL, Column, Folded
from engine.search.proposer import proposer_command
from widgets.controls import RealField, Segment, SegmentedControl, TextTable

if TYPE_CHECKING:
    from app.main_window import MainWindow

_WORKING = "Estimating and evaluating each flow…"
_LOST = "The comparison stopped, perhaps for lack of memory. Try again."
_SAID = "Estimates of logic synthesis for all flows, so that their numbers mean the same."
_RATES = (1.0, 999_999_999.0)
_HOW = (Segment(Folded.AS_SET, "As set"), Segment(Folded.FITTED, "Fit each"), Segment(Folded.AT_RATE, "At a rate"))


class CompareDialog(QDialog):
    """Not modal. Works in a process of its own, which ends with the dialog."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Compare flows")
        self._space = window.workspace
        self._asked: Design | None = None
        self._outdated = False
        self.folded = SegmentedControl(_HOW, "Folding", parent=self)
        self.folded.set_value(Folded.AS_SET)
        self.rate = RealField(*_RATES, unit="/s")
        self.table = TextTable("Flows", ("",))
        self.words = words("", "dense", "secondary")
        self.shut = QPushButton("Close")
        self.asker = Asker(lambda: proposer_command(), self)
        self._compose()
        self._connect()
        self.ask()
        fit(self, 820, 440)

    def ask(self) -> None:
        """Compare the design as it is; while a comparison is under way, the newest goes next."""
        if self.asker.busy:
            self._outdated = True
            return
        space = self._space
        self._asked, self._outdated = space.document.design, False
        self.words.setText(_WORKING)
        flows = dict.fromkeys((*USUAL, self._asked.target.flow))
        self.asker.ask(
            {
                "design": design_to_json(self._asked),
                "tensors": str(space.document.tensors.folder),
                "level": space.live.level.value,
                "rate": self.rate.value(),
                "flows": list(flows),
                "folded": self.folded.value,
            }
        )

    def _compose(self) -> None:
        column, head, foot = padded(self), QHBoxLayout(), QHBoxLayout()
        self.rate.setDecimals(0)
        self.rate.setKeyboardTracking(False)
        self.rate.setAccessibleName("Inferences per second")
        self.rate.setEnabled(False)
        self.rate.setValue(max(self._space.live.estimate.rate.value, _RATES[0]))
        head.addWidget(self.folded)
        head.addWidget(self.rate)
        head.addStretch(1)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.shut)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.folded.selected.connect(self._choose)
        self.rate.valueChanged.connect(lambda _value: self.ask())
        self.asker.answered.connect(self._take)
        self.asker.lost.connect(lambda: self._show_nothing(_LOST))
        self.shut.clicked.connect(self.close)
        self._space.document.undo_stack.indexChanged.connect(lambda _index: self.ask())

    def _choose(self, folded: str) -> None:
        self.rate.setEnabled(folded == Folded.AT_RATE)
        self._show_nothing(_WORKING)
        self.ask()

    def _take(self, found: dict[str, Any]) -> None:
        if self._outdated:
            self.ask()
        elif "refusal" in found:
            self._show_nothing(found["refusal"])
        elif self._asked is not None:
            columns = [Column(**each) for each in found["columns"]]
            self.table.set_rows(rows(columns, self._asked.target.board), titles(columns))
            self.words.setText("\n".join([_SAID, *refusals(columns)]))

    def _show_nothing(self, why: str) -> None:
        self.table.set_rows((), ("",))
        self.words.setText(why)

    def done(self, result: int) -> None:
        """The process ends with the dialog, closed or left with Escape."""
        self.asker.close()
        super().done(result)
