"""The wires of the table of layers: which comparison it shows, and the layers it shares with the canvas."""

from PySide6.QtCore import QObject

from app.main_window import MainWindow
from app.presenters.traces import is_comparison, live_traces_view, traces_view
from engine.jobs.view import JobView
from widgets.traces import TracesView


def wire_traces(window: MainWindow) -> None:
    """Connect the table of layers."""
    _Traces(window)


class _Traces(QObject):
    """Shows what is evaluated at once, or an emulation: asked for, or just ended while the table is in sight."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._space, self._table = window, window.workspace, window.panels.traces
        self._job: JobView | None = None
        space, table = self._space, self._table
        space.runs.layers_requested.connect(self._show_live)
        space.accuracy.changed.connect(self._refresh)
        window.panels.jobs.layers_requested.connect(self._show_job)
        space.runs.finished.connect(self._follow)
        # When the hand rests: telling designs apart takes longer than a frame.
        space.live.advised.connect(self._refresh)
        window.docks.dock("traces").visibilityChanged.connect(lambda shown: self._refresh() if shown else None)
        table.selected.connect(space.selection.set)
        table.hovered.connect(space.selection.hover)
        table.go_to.connect(self._go_to)
        table.copied.connect(lambda: window.say("Copied the table as text", "ok"))
        space.selection.changed.connect(lambda: table.set_selection(space.selection.names))
        space.selection.hover_changed.connect(lambda name: table.set_hovered(name or ""))

    def _show_live(self) -> None:
        self._job = None
        self._window.docks.show("traces")
        self._refresh()

    def _show_job(self, job_id: str) -> None:
        self._job = self._space.runs.find(job_id)
        self._window.docks.show("traces")
        self._refresh()

    def _follow(self, view: JobView) -> None:
        if is_comparison(view) and self._table.isVisible():
            self._job = view
            self._refresh()

    def _refresh(self) -> None:
        if not self._table.isVisible():
            return
        view = self._live() if self._job is None else self._emulated(self._job)
        if view != self._table.view:
            self._table.set_view(view)
            self._table.set_selection(self._space.selection.names)

    def _live(self) -> TracesView:
        live = self._space.accuracy
        return live_traces_view(live.comparison, live.refusal, self._space.document.design.network, live.stale)

    def _emulated(self, job: JobView) -> TracesView:
        return traces_view(job, self._space.document.design.network, self._space.runs.edits_since(job))

    def _go_to(self, layer: str) -> None:
        if layer in self._space.document.design.network:
            self._space.selection.set([layer])
            self._window.canvas.center_on(layer)
