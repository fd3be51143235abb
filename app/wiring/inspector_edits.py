"""What the inspector asks for becomes edits."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from app.main_window import MainWindow
from engine.advice import Fix
from engine.design import REUSE_FACTOR, Design, Value, set_default, set_on_kind, set_on_layers
from engine.flows.reuse import legal_reuse_factors
from engine.network import NetworkError
from engine.precision import Precision
from engine.ranges.findings import ROLE_WORDS
from widgets.inspector import AdviceRow, NoteView


class InspectorEdits(QObject):
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
        inspector.advice_requested.connect(self._apply)
        inspector.note_requested.connect(self._apply)
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
        space.edits.apply(f"{ROLE_WORDS.get(role, role).capitalize()} of {place} to {value}", edit)

    def _set_param(self, parameter: str, value: Any) -> None:
        """Change a parameter of the selected layers; say beside it why it cannot be."""
        space, inspector = self._space, self._window.panels.inspector
        names = space.selection.names
        network = space.document.design.network
        try:
            with space.document.gesture():
                for name in names:
                    op = replace(network[name].op, **{parameter: value})
                    space.edits.set_op_or_raise(name, op, f"{parameter.replace('_', ' ').capitalize()} of {name}")
        except NetworkError as error:
            inspector.show_param_error(parameter, str(error))
        else:
            inspector.show_param_error(parameter, "")

    def _apply(self, asked: AdviceRow | NoteView) -> None:
        if isinstance(asked.payload, Fix):
            self._space.edits.apply(asked.payload.text, asked.payload.edit)
