"""Fit to board and meet the rate: what would change, before one step changes it."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from app.asker import Asker
from app.dialogs.layout import fit, padded, primary, words
from app.main_window import MainWindow
from app.presenters.proposal import change_rows, over_limit, total_rows, verdict
from app.proposer import question
from engine.design import Design, hardware
from engine.project.codec import design_from_json
from engine.search.proposer import proposer_command
from widgets import theme
from widgets.controls import RealField, Segment, SegmentedControl, TextTable

_LOOKING = "Looking for the best folding…"
_LOST = "The search stopped, perhaps for lack of memory. Try again."
_FIT, _RATE = "fit", "rate"
_RATES = (1.0, 999_999_999.0)
_TOTALS = 6
"""Rows of totals that show without scrolling."""


class FoldDialog(QDialog):
    """Not modal. The search runs in a process of its own, which ends with the dialog."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Fit to board")
        self._space = window.workspace
        self._asked: Design | None = None
        self._found: Design | None = None
        self._outdated = False
        segments = [Segment(_FIT, "Fit to board"), Segment(_RATE, "Meet a rate")]
        self.goal = SegmentedControl(segments, "Goal", parent=self)
        self.goal.set_value(_FIT)
        self.rate = RealField(*_RATES, unit="/s")
        self.changes = TextTable("Changes", ("Setting", "Now", "Then"))
        self.totals = TextTable("Totals", ("Estimate", "Now", "Then", "Limit"))
        self.words = words("", "dense", "secondary")
        self.apply, self.shut = primary("Apply"), QPushButton("Close")
        self.asker = Asker(lambda: proposer_command(), self)
        self._compose()
        self._connect()
        self.ask()
        fit(self, 560, 640)

    def aim_at_rate(self, rate: float | None = None) -> None:
        """Ask for a rate: this one, else the one required if there is one."""
        if rate is not None:
            self._set_rate(rate)
        self.goal.set_value(_RATE)
        self._choose(_RATE)

    def ask(self) -> None:
        """Look for a folding of the design as it is; while one is under way, the newest goes next."""
        refusal = self._space.live.estimate.refusal
        if refusal:
            self._show_nothing(refusal)
        elif self.asker.busy:
            self._outdated = True
        else:
            self._asked, self._outdated = self._space.document.design, False
            self._show_nothing(_LOOKING)
            rate = self.rate.value() if self.goal.value == _RATE else None
            self.asker.ask(question(self._space, "fold", level=self._space.live.level.value, rate=rate))

    def _compose(self) -> None:
        now = theme.current()
        column, head, foot = padded(self), QHBoxLayout(), QHBoxLayout()
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.rate.setDecimals(0)
        self.rate.setKeyboardTracking(False)
        self.rate.setAccessibleName("Inferences per second")
        self.rate.hide()
        head.addWidget(self.goal)
        head.addWidget(self.rate)
        head.addStretch(1)
        foot.addWidget(self.words, 1)
        for button in (self.shut, self.apply):
            foot.addWidget(button)
        self.totals.setFixedHeight(now.size("row") * (_TOTALS + 2))
        column.addLayout(head)
        column.addWidget(self.changes, 1)
        column.addWidget(self.totals)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.goal.selected.connect(self._choose)
        self.rate.valueChanged.connect(lambda _value: self.ask())
        self.asker.answered.connect(self._take)
        self.asker.lost.connect(lambda: self._show_nothing(_LOST))
        self.apply.clicked.connect(self._apply)
        self.shut.clicked.connect(self.close)
        self._space.document.undo_stack.indexChanged.connect(self._follow)

    def _choose(self, goal: str) -> None:
        self.rate.setVisible(goal == _RATE)
        if goal == _RATE and self.rate.value() == _RATES[0]:
            wanted = self._space.document.design.requirement.min_rate or self._space.live.estimate.rate.value
            self._set_rate(wanted)
        self.ask()

    def _set_rate(self, rate: float) -> None:
        self.rate.blockSignals(True)
        self.rate.setValue(rate)
        self.rate.blockSignals(False)

    def _take(self, found: dict[str, Any]) -> None:
        design = self._space.document.design
        if self._outdated or self._asked is None or hardware(self._asked) != hardware(design):
            self.ask()
        elif "refusal" in found:
            self._show_nothing(found["refusal"])
        else:
            self._show(design_from_json(found["design"]), found)

    def _show(self, design: Design, found: dict[str, Any]) -> None:
        self._found = design
        self.changes.set_rows(change_rows(found["changes"]))
        after = self._space.live.of(design)
        estimates = (self._space.live.estimate, after, design.requirement)
        self.totals.set_rows(total_rows(*estimates), missed=over_limit(*estimates))
        self.words.setText(verdict(design, found, after))
        self.apply.setEnabled(bool(found["changes"]))

    def _show_nothing(self, why: str) -> None:
        self._found = None
        self.changes.set_rows(())
        self.totals.set_rows(())
        self.words.setText(why)
        self.apply.setEnabled(False)

    def _apply(self) -> None:
        if self._found is None:
            return
        layers = self._found.layers
        name = f"Fit to {self._found.target.board.name}"
        if self.goal.value == _RATE:
            name = f"Folding for {self.rate.value():,.0f}/s"
        self._space.edits.apply(name, lambda present: replace(present, layers=layers))

    def _follow(self) -> None:
        """Not a lambda, which would outlive the dialog."""
        self.ask()

    def done(self, result: int) -> None:
        """The process ends with the dialog, closed or left with Escape."""
        self.asker.close()
        super().done(result)
