"""The wires of the inspector: what it shows of the selection, and the edits it asks for."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

from app.main_window import MainWindow
from app.presenters.inspector import Subject, inspector_view
from app.presenters.inspector.reuse import curve_costs, make_curve, reuse_before
from app.presenters.inspector.subject import Curve
from app.rest import CURVES_MS
from app.wiring.inspector_edits import InspectorEdits
from engine.advice import Suggestion, first_changes, misses, quicker
from engine.design import REUSE_FACTOR, Design, set_on_layers
from engine.estimate import Cost
from engine.flows.flow import BuiltLayer
from engine.flows.reuse import legal_reuse_factors

_SLICE_S = 0.004
"""Time of a frame that may go into work nobody waits for."""


def wire_inspector(window: MainWindow) -> None:
    """Connect the inspector."""
    _Shown(window)
    InspectorEdits(window)


class _Shown(QObject):
    """Keeps the inspector up to date."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._space, self._inspector = window.workspace, window.panels.inspector
        self._curve: Curve | None = None
        self._curve_of: tuple[object, ...] = ()
        self._legal: tuple[int, ...] = ()
        self._points: Iterator[Cost] = iter(())
        self._costs: list[Cost] = []
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._find_more)
        self._suggestions: tuple[Suggestion, ...] = ()
        self._suggested_for: tuple[str, ...] = ()
        self._built: tuple[BuiltLayer, ...] = ()
        self._before: int | None = None
        self._rest = QTimer(self, singleShot=True, interval=CURVES_MS)
        self._rest.timeout.connect(self._show_rest)
        self._space.document.changed.connect(self._follow)
        self._space.live.advised.connect(self._show)
        self._space.measured.changed.connect(self._show)
        self._space.selection.changed.connect(self._select)
        self._select()

    def _follow(self) -> None:
        if not self._inspector.busy:
            shown = self._inspector.view
            self._before = shown.reuse.value if shown.reuse is not None and len(shown.subject) == 1 else None
        self._show()
        self._rest.start()

    def _select(self) -> None:
        space = self._space
        self._before = reuse_before(space.document.design, space.selection.names, space.live.flow)
        self._show()
        self._rest.start()

    def _show(self) -> None:
        self._inspector.set_view(inspector_view(self._subject()))

    def _show_rest(self) -> None:
        if self._inspector.busy:
            self._rest.start()
            return
        space, design = self._space, self._space.document.design
        self._built = space.live.flow.lower(design)
        if len(space.selection.names) == 1:
            self._find_curve(design, space.selection.names[0])
        self._find_suggestions(design, space.selection.names)
        self._show()

    def _find_curve(self, design: Design, name: str) -> None:
        """Estimate the layer over all its reuse factors, unless nothing else about it has changed."""
        free = set_on_layers(design, (name,), REUSE_FACTOR, None)
        key = (name, free.network, free.target, free.defaults, free.kinds, free.layers)
        if key != self._curve_of:
            flow = self._space.live.flow
            self._curve_of, self._curve, self._costs = key, None, []
            self._legal = legal_reuse_factors(design, name, flow)
            self._points = curve_costs(design, name, flow, self._space.document.tensors)
        if self._curve is None:
            self._slices.start()

    def _find_more(self) -> None:
        """Work at the curve for a part of a frame; a hand at work comes first."""
        end = perf_counter() + _SLICE_S
        while not self._inspector.busy and perf_counter() < end:
            cost = next(self._points, None)
            if cost is None:
                self._end_curve()
                return
            self._costs.append(cost)
        if self._inspector.busy:
            self._slices.stop()

    def _end_curve(self) -> None:
        self._slices.stop()
        if self._costs:
            self._curve = make_curve(self._legal, self._costs)
            self._show()

    def _find_suggestions(self, design: Design, names: tuple[str, ...]) -> None:
        """For a single layer only what makes a design that is too slow quicker."""
        live, tensors = self._space.live, self._space.document.tensors
        self._suggested_for = names
        if live.estimate.refusal:
            self._suggestions = ()
        elif len(names) != 1:
            self._suggestions = first_changes(design, live.estimate, live.flow, tensors)
        elif misses(design.requirement, live.estimate):
            self._suggestions = quicker(design, live.estimate, live.flow, tensors, names, 1)
        else:
            self._suggestions = ()

    def _subject(self) -> Subject:
        space = self._space
        names = space.selection.names
        single = len(names) == 1
        mine = single and bool(self._curve_of) and self._curve_of[0] == names[0]
        # Those of the whole design hold for any selection but that of one layer.
        known = self._suggested_for == names or not (single or len(self._suggested_for) == 1)
        return Subject(
            space.document.design,
            self._before,
            names,
            space.live.flow,
            space.live.estimate,
            space.document.tensors,
            space.live.findings,
            self._suggestions if known else None,
            self._built,
            self._curve if mine else None,
            space.measured.ranges,
        )
