"""The wires between a window's widgets and its workspace: who is told what, and who asks for what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMenu

from app.canvas_wiring import wire_canvas
from app.inspector_wiring import wire_inspector
from app.jobs_wiring import wire_jobs
from app.presenters.outline import OutlinePresenter
from app.presenters.simulated import simulated_speed
from app.traces_wiring import wire_traces
from engine.advice import Finding, Fix, fullest, suggestions
from widgets.budget import LABELS, Figure, Simulated, WhyPopover, budget_view, edits_view, explain, where_view

if TYPE_CHECKING:
    from app.main_window import MainWindow


def wire(window: MainWindow) -> None:
    """Connect everything and show the document for the first time."""
    _Numbers(window)
    _wire_lists(window)
    wire_canvas(window)
    wire_inspector(window)
    wire_jobs(window)
    wire_traces(window)
    _wire_window(window)


class _Numbers:
    """Keeps budget, charts and status up to date with the live numbers."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._space, self._panels = window, window.workspace, window.panels
        self._popover = WhyPopover(window)
        self._outline = OutlinePresenter()
        live = self._space.live
        live.estimated.connect(self.show_estimate)
        live.advised.connect(self.show_findings)
        self._space.simulated.changed.connect(self.show_estimate)
        self._space.simulated.changed.connect(window.commands.refresh)
        self._space.sitting.changed.connect(self.show_sitting)
        budget, where, edits = self._panels.budget, self._panels.where, self._panels.edits
        budget.explain_requested.connect(self._explain)
        budget.suggestions_requested.connect(self._suggest)
        budget.fix_requested.connect(self._apply_first_fix)
        edits.go_to.connect(self._space.document.undo_stack.setIndex)
        where.hovered.connect(lambda name: self._space.selection.hover(name or None))
        where.clicked.connect(lambda name: self._space.selection.set([name]))
        self._popover.layer_clicked.connect(lambda name: self._space.selection.set([name]))
        self.show_estimate()
        self.show_findings()
        self.show_sitting()

    def show_estimate(self) -> None:
        """Bars, stacks and canvas: everything that moves during a drag."""
        live, space = self._space.live, self._space
        view = budget_view(
            live.estimate,
            live.before,
            space.document.design.requirement,
            live.safe_share,
            self._first_fix(),
            simulated=self._run(),
        )
        self._panels.budget.set_view(view)
        self._panels.budget_header.set_view(view)
        self._panels.where.set_view(where_view(live.estimate, live.safe_share))
        space.view.refresh()
        self._panels.outline.set_rows(self._outline.rows(space.document.design.network, space.view.model))
        self._window.status.show_design(space.document.design, live.estimate)

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

    def _run(self) -> Mapping[Figure, Simulated]:
        simulated = self._space.simulated
        return simulated_speed(simulated.simulation, self._space.document.design.target, stale=simulated.stale)

    def _first_fix(self) -> Finding | None:
        return next((finding for finding in self._space.live.findings if finding.fix and finding.resource), None)

    def _apply_first_fix(self) -> None:
        finding = self._first_fix()
        if finding is not None and finding.fix is not None:
            self._space.edits.apply(finding.fix.text, finding.fix.edit)

    def _explain(self, key: str) -> None:
        estimate = self._space.live.estimate
        if not estimate.refusal:
            budget = self._panels.budget
            self._popover.show_for(
                explain(estimate, key, LABELS.get(key, key.capitalize()), simulated=self._run()),
                QRect(budget.mapToGlobal(budget.rect().topLeft()), budget.size()),
            )

    def _suggest(self) -> None:
        """A menu of the edits that save most of the fullest resource."""
        space = self._space
        estimate, design = space.live.estimate, space.document.design
        worst = fullest(estimate)
        found = suggestions(design, estimate, space.live.flow, space.document.tensors, worst, 6)
        menu = QMenu(self._window)
        menu.addSection(f"What to change first, by {LABELS[worst]} saved")
        for each in found:
            label = f"{each.title}  ·  −{each.saving:,.0f} {LABELS[worst]}, {each.detail}"
            menu.addAction(label, partial(space.edits.apply, each.fix.text, each.fix.edit))
        if not found:
            menu.addAction("No higher reuse factor saves any").setEnabled(False)
        menu.exec(self._panels.budget.mapToGlobal(self._panels.budget.rect().center()))
        menu.deleteLater()


def _wire_lists(window: MainWindow) -> None:
    space, panels = window.workspace, window.panels
    panels.layers.chosen.connect(lambda kind: space.edits.add(kind))
    panels.outline.selected.connect(space.selection.set)
    panels.outline.hovered.connect(space.selection.hover)
    panels.findings.layers_requested.connect(space.selection.set)
    panels.findings.fix_requested.connect(lambda fix: space.edits.apply(fix.text, fix.edit))
    panels.findings.fix_hovered.connect(lambda fix: _preview(window, fix))
    window.status.findings_requested.connect(lambda: space.show_panel("findings"))

    def show_selection() -> None:
        panels.outline.set_selection(space.selection.names)
        panels.where.set_selected(frozenset(space.selection.names))
        window.commands.refresh()

    space.selection.changed.connect(show_selection)
    space.selection.hover_changed.connect(lambda name: panels.where.set_hovered(name or ""))


def _preview(window: MainWindow, fix: Fix | None) -> None:
    """Show what a fix would do: its numbers in the bars, today's as the ghost."""
    space, live = window.workspace, window.workspace.live
    design, estimate, before = space.document.design, live.estimate, live.before
    if fix is not None:
        try:
            estimate, before = live.flow.estimate(fix.edit(design), space.document.tensors), live.estimate
        except ValueError:
            return
    window.panels.budget.set_view(budget_view(estimate, before, design.requirement, live.safe_share))


def _wire_window(window: MainWindow) -> None:
    space, document = window.workspace, window.workspace.document
    space.edits.refused.connect(lambda reason: window.say(reason, "danger"))
    space.files.failed.connect(lambda what, why: window.say(f"{what}: {why}", "danger"))
    space.files.saved.connect(lambda path: window.say("Saved", "ok"))
    space.files.saved.connect(lambda path: space.studio.remember_file(Path(path)))
    space.exports.budget = window.panels.budget
    space.exports.cancelled.connect(window.say)
    space.exports.failed.connect(lambda why: window.say(why, "danger"))
    space.exports.written.connect(lambda path: window.say(f"Written to {path}", "ok"))
    document.recovery_failed.connect(lambda why: window.say(f"Edits are not being recovered: {why}", "warning"))

    def follow() -> None:
        window.target_bar.show_design(document.design)
        window.status.show_edit(document.undo_stack.undoText())
        window.status.show_saved("Edited" if document.modified else "Saved" if document.path else "Not saved yet")
        window.update_title()
        window.commands.refresh()

    def follow_steps() -> None:
        """A drag is one step: between its first and its last event nothing here changes but words."""
        if not document.gesture_number:
            follow()

    document.undo_stack.indexChanged.connect(follow_steps)
    document.undo_stack.cleanChanged.connect(follow_steps)
    document.gesture_ended.connect(follow)
    document.file_changed.connect(follow)
    space.studio.preferences_changed.connect(window.take_preferences)
    follow()
