"""The wires of the inspector: what it shows of the selection, and the edits it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from app.presenters.inspector import Subject, inspector_view
from app.presenters.inspector.reuse import curve_costs, make_curve, reuse_before
from app.presenters.inspector.subject import Curve
from app.simulated import ADVICE_DELAY_MS
from engine.advice import Fix, Suggestion, fullest, suggestions
from engine.advice.reuse import legal_reuse_factors
from engine.design import REUSE_FACTOR, Design, Value, set_default, set_on_kind, set_on_layers
from engine.estimate import Cost
from engine.flows.flow import BuiltLayer
from engine.network import NetworkError
from engine.precision import Precision
from widgets.inspector import AdviceRow, NoteView

if TYPE_CHECKING:
    from app.main_window import MainWindow

_SLICE_S = 0.004
"""Time of a frame that may go into work nobody waits for."""
_REST_MS = ADVICE_DELAY_MS + 50
"""What takes more than a frame (curves, suggestions, the converter's layers) waits until the hand rests, and until
the findings that suggestions start from are those of the same design."""


def wire_inspector(window: MainWindow) -> None:
    """Connect the inspector."""
    _Shown(window)
    _Edits(window)


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
        self._built: tuple[BuiltLayer, ...] = ()
        self._before: int | None = None
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._show_rest)
        self._space.document.changed.connect(self._follow)
        self._space.live.advised.connect(self._show)
        self._space.selection.changed.connect(self._select)
        self._select()

    def _follow(self, before: Design, _after: Design) -> None:
        if not self._inspector.busy:
            self._remember(before)
        self._show()
        self._rest.start()

    def _select(self) -> None:
        self._remember(self._space.document.design)
        self._show()
        self._rest.start()

    def _remember(self, before: Design) -> None:
        space = self._space
        self._before = reuse_before(before, space.selection.names, space.live.flow)

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
        else:
            self._find_suggestions(design)
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

    def _find_suggestions(self, design: Design) -> None:
        live = self._space.live
        if live.estimate.refusal:
            self._suggestions = ()
        else:
            self._suggestions = suggestions(
                design, live.estimate, live.flow, self._space.document.tensors, fullest(live.estimate)
            )

    def _subject(self) -> Subject:
        space = self._space
        names = space.selection.names
        single = len(names) == 1
        mine = single and bool(self._curve_of) and self._curve_of[0] == names[0]
        return Subject(
            space.document.design,
            self._before,
            names,
            space.live.flow,
            space.live.estimate,
            space.document.tensors,
            space.live.findings,
            () if single else self._suggestions,
            self._built,
            self._curve if mine else None,
        )


class _Edits(QObject):
    """Turns what the inspector asks for into edits."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._space = window, window.workspace
        self._start = self._space.document.design
        inspector, space = window.panels.inspector, self._space
        inspector.gesture_started.connect(self._begin)
        inspector.gesture_finished.connect(space.document.end_gesture)
        inspector.gesture_cancelled.connect(space.document.cancel_gesture)
        inspector.precision_changed.connect(space.settings.set)
        inspector.reuse_changed.connect(lambda value: space.settings.set(REUSE_FACTOR, value))
        inspector.reuse_scaled.connect(self._scale_reuse)
        inspector.setting_changed.connect(space.settings.set)
        inspector.reset_requested.connect(space.settings.reset)
        inspector.spread_requested.connect(self._spread)
        inspector.param_changed.connect(self._set_param)
        inspector.advice_requested.connect(self._apply_advice)
        inspector.note_requested.connect(self._apply_note)
        inspector.layer_requested.connect(lambda name: space.selection.set([name]))
        inspector.layer_hovered.connect(lambda name: space.selection.hover(name or None))

    def _begin(self) -> None:
        self._start = self._space.document.design
        self._space.document.begin_gesture()

    def _scale_reuse(self, steps: int) -> None:
        """Move every selected layer by so many legal values from where the gesture began."""
        flow, names, start = self._space.live.flow, self._space.selection.names, self._start

        def edit(design: Design) -> Design:
            for name in names:
                legal = legal_reuse_factors(start, name, flow)
                now = flow.resolve(start, name, REUSE_FACTOR)
                if legal and now is not None and now.value in legal:
                    place = min(max(legal.index(int(str(now.value))) + steps, 0), len(legal) - 1)
                    design = set_on_layers(design, (name,), REUSE_FACTOR, legal[place])
            return design

        self._space.edits.apply(f"Scale reuse of {len(names)} layers", edit)

    def _spread(self, role: str, scope: str) -> None:
        """Write the layer's type to its kind or to the whole design; the layers' own settings of it give way."""
        space = self._space
        name = space.selection.names[0]
        found = space.live.flow.resolve(space.document.design, name, role)
        if found is None or not isinstance(found.value, Precision):
            return
        value: Value = found.value
        kind = space.document.design.network[name].op.KIND

        def edit(design: Design) -> Design:
            concerned = tuple(
                layer.name for layer in design.network.layers if scope == "default" or kind == layer.op.KIND
            )
            cleared = set_on_layers(design, concerned, role, None)
            if scope == "kind":
                return set_on_kind(cleared, kind, role, value)
            kinds = tuple((each, settings.with_(role, None)) for each, settings in cleared.kinds)
            return set_default(replace(cleared, kinds=kinds), role, value)

        place = "every layer" if scope == "default" else f"every {space.document.design.network[name].op.LABEL}"
        space.edits.apply(f"{role.capitalize()} {value} for {place}", edit)

    def _set_param(self, parameter: str, value: Any) -> None:
        """Change a parameter of the selected layers; say beside it why it cannot be."""
        space, inspector = self._space, self._window.panels.inspector
        names = space.selection.names
        network = space.document.design.network
        try:
            with space.document.gesture():
                for name in names:
                    op = replace(network[name].op, **{parameter: value})
                    space.edits.set_op_or_raise(name, op, f"{parameter.capitalize()} of {name}")
        except NetworkError as error:
            inspector.show_param_error(parameter, str(error))
        else:
            inspector.show_param_error(parameter, "")

    def _apply_advice(self, row: AdviceRow) -> None:
        if isinstance(row.payload, Fix):
            self._space.edits.apply(row.payload.text, row.payload.edit)

    def _apply_note(self, note: NoteView) -> None:
        if isinstance(note.payload, Fix):
            self._space.edits.apply(note.payload.text, note.payload.edit)
