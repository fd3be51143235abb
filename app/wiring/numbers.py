"""The wires of the numbers: budget, charts, strip of edits, status."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu

from app.main_window import MainWindow
from app.presenters.accuracy import KEY, accuracy_view, explain_accuracy
from app.presenters.outline import OutlinePresenter
from app.presenters.simulated import simulated_speed
from app.rest import BESIDE_MS
from engine.advice import Finding, Fix, Suggestion, first_changes, fullest, misses
from widgets.budget import (
    LABELS,
    AccuracyView,
    BudgetView,
    Figure,
    Simulated,
    WhyPopover,
    budget_view,
    edits_view,
    explain,
    where_view,
)
from widgets.inspector import AdviceRow


def wire_numbers(window: MainWindow) -> None:
    """Connect whatever shows what the design costs."""
    _Numbers(window)


class _Numbers(QObject):
    """Keeps budget, charts and status up to date with the live numbers."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._space, self._panels = window, window.workspace, window.panels
        self._popover = WhyPopover(window)
        self._outline = OutlinePresenter()
        self._answers = self._worked_out()
        self._beside = QTimer(self, singleShot=True, interval=BESIDE_MS)
        self._beside.timeout.connect(self.show_parts)
        self._beside.timeout.connect(self.show_sitting)
        live = self._space.live
        live.estimated.connect(self.show_estimate)
        live.advised.connect(self.show_findings)
        self._space.simulated.changed.connect(self.show_estimate)
        self._space.simulated.changed.connect(window.commands.refresh)
        self._space.accuracy.changed.connect(self.show_accuracy)
        self._space.sitting.changed.connect(lambda: self._follow(self.show_sitting))
        budget, where, edits = self._panels.budget, self._panels.where, self._panels.edits
        budget.explain_requested.connect(self._explain)
        budget.suggestions_requested.connect(self._suggest)
        budget.fix_requested.connect(self._apply_first_fix)
        self._panels.findings.fix_hovered.connect(self._preview)
        self._panels.inspector.advice_hovered.connect(self._preview_advice)
        edits.go_to.connect(self._space.document.undo_stack.setIndex)
        where.hovered.connect(lambda name: self._space.selection.hover(name or None))
        where.clicked.connect(lambda name: self._space.selection.set([name]))
        self._popover.action_clicked.connect(window.commands.run)
        self._popover.layer_clicked.connect(lambda name: self._space.selection.set([name]))
        self.show_estimate()
        self.show_findings()
        self.show_sitting()

    def show_estimate(self) -> None:
        """Bars and canvas move with every event of a drag; what stands beside them follows."""
        self.show_budget()
        self._space.view.refresh()
        self._window.status.show_design(self._space.document.design, self._space.live.estimate)
        self._follow(self.show_parts)

    def _follow(self, show: Callable[[], None]) -> None:
        """At once, except under a hand: then some times a second, between the frames that the hand waits for."""
        if not self._space.document.gesture_number:
            show()
        elif not self._beside.isActive():
            self._beside.start()

    def show_parts(self) -> None:
        """What each layer takes: stacks and outline."""
        live, space = self._space.live, self._space
        self._panels.where.set_view(where_view(live.estimate, live.safe_share))
        self._panels.outline.set_rows(self._outline.rows(space.document.design.network, space.view.model))

    def show_budget(self) -> None:
        """What the design costs, and what its answers are worth."""
        view = self._budget()
        self._panels.budget.set_view(view)
        self._panels.budget_header.set_view(view)

    def show_accuracy(self) -> None:
        """What the newest comparison says: worked out once, shown with every estimate."""
        self._answers = self._worked_out()
        self.show_budget()

    def show_findings(self) -> None:
        """What follows when the hand rests."""
        findings = self._space.live.findings
        self._panels.findings.set_findings(findings)
        self._window.status.show_findings(findings)
        self.show_estimate()

    def show_sitting(self) -> None:
        """The strip of edits."""
        sitting = self._space.sitting
        view = edits_view(tuple(sitting.points), sitting.current)
        self._panels.edits.set_view(view)
        self._panels.edits_header.set_detail(view.detail)

    def _budget(self) -> BudgetView:
        live = self._space.live
        return budget_view(
            live.estimate,
            live.before,
            self._space.document.design.requirement,
            live.safe_share,
            self._first_fix(),
            simulated=self._run(),
            accuracy=self._accuracy(),
        )

    def _preview(self, fix: Fix | None) -> None:
        """Show in the bars what a fix would do, with today's numbers as the ghost; None: no more."""
        self._panels.budget.set_view(self._foreseen(fix) or self._budget())

    def _preview_advice(self, row: AdviceRow | None) -> None:
        self._preview(row.payload if row is not None and isinstance(row.payload, Fix) else None)

    def _foreseen(self, fix: Fix | None) -> BudgetView | None:
        """The budget after a fix; None where there is none, or it cannot be applied any more."""
        if fix is None:
            return None
        live, design = self._space.live, self._space.document.design
        try:
            estimate = live.flow.estimate(fix.edit(design), self._space.document.tensors)
        except ValueError:
            return None
        accuracy = replace(self._accuracy(), stale=True)
        return budget_view(estimate, live.estimate, design.requirement, live.safe_share, accuracy=accuracy)

    def _run(self) -> Mapping[Figure, Simulated]:
        simulated = self._space.simulated
        return simulated_speed(simulated.simulation, self._space.live.estimate, stale=simulated.stale)

    def _accuracy(self) -> AccuracyView:
        return replace(self._answers, stale=True) if self._space.accuracy.stale else self._answers

    def _worked_out(self) -> AccuracyView:
        return accuracy_view(self._space.accuracy, self._space.document.design.network)

    def _first_fix(self) -> Finding | None:
        return next((finding for finding in self._space.live.findings if finding.fix and finding.resource), None)

    def _apply_first_fix(self) -> None:
        finding = self._first_fix()
        if finding is not None and finding.fix is not None:
            self._space.edits.apply(finding.fix.text, finding.fix.edit)

    def _explain(self, key: str) -> None:
        estimate, budget = self._space.live.estimate, self._panels.budget
        if estimate.refusal:
            return
        if key == KEY:
            found = explain_accuracy(self._space.accuracy, self._space.document.design.network)
        else:
            found = explain(estimate, key, LABELS.get(key, key.capitalize()), simulated=self._run())
        self._popover.show_for(found, budget.column_of(key))

    def _suggest(self) -> None:
        """A menu of what to change first; Fit to board comes before it where the design is too slow, else behind."""
        space = self._space
        estimate, design = space.live.estimate, space.document.design
        worst, slow = fullest(estimate), misses(design.requirement, estimate)
        found = first_changes(design, estimate, space.live.flow, space.document.tensors, 6)
        saved = space.fifos.saved_blocks() if worst == "BRAM18" else 0
        menu = QMenu(self._window)
        fit = self._window.commands.action("network.fit")
        if slow:
            menu.addAction(fit)
        if saved > 0:
            label = f"FIFO depths as needed  ·  −{saved:,} {LABELS[worst]}, same latency and rate"
            menu.addAction(label, space.fifos.set_needed)
        for resource, changes in groupby(found, key=lambda each: each.resource):
            self._offer(menu, resource, changes)
        if not (found or saved > 0 or slow):
            menu.addAction(f"No suggestion that saves {LABELS[worst]}").setEnabled(False)
            menu.addAction(fit)
        menu.exec(self._panels.budget.mapToGlobal(self._panels.budget.rect().center()))
        menu.deleteLater()

    def _offer(self, menu: QMenu, resource: str, changes: Iterable[Suggestion]) -> None:
        """Add edits under what they are ranked by."""
        label = LABELS.get(resource, "")
        menu.addSeparator()
        menu.addAction(f"By {label} saved" if label else f"By {resource} gained").setEnabled(False)
        for each in changes:
            text = f"{each.title}  ·  {f'{each.saved} {label}'.strip()}, {each.detail}"
            menu.addAction(text, partial(self._space.edits.apply, each.fix.text, each.fix.edit))
