"""Designs that have a bit-exact model; after an edit of single layers, only these are looked at again."""

from collections.abc import Iterable
from dataclasses import replace

from engine.design import Design
from engine.flows.hls4ml.choices import CONV_IMPLEMENTATION, changed_layers, differ_in_layers_only
from engine.flows.hls4ml.exact.errors import OTHERWISE, NoExactModelError
from engine.flows.hls4ml.support import of_layers, problems
from engine.flows.labels import OPEN_FLOW
from engine.flows.problem import Problem
from engine.network import Layer
from engine.network.kinds import BatchNorm

_MODELLED = ("vitis", "vivado", OPEN_FLOW)


def in_hls4ml(design: Design) -> Design:
    """The design of the same arithmetic for a flow of hls4ml: Vitis in place of the open flow."""
    if design.target.flow != OPEN_FLOW:
        return design
    return replace(design, target=replace(design.target, flow="vitis"))


class Checker:
    """Checks designs one after the other."""

    def __init__(self) -> None:
        self._passed: Design | None = None

    def check(self, design: Design) -> None:
        """Raises NoExactModelError, naming the layer."""
        before = self._passed
        if before is not None and before.target is design.target and differ_in_layers_only(before, design):
            layers = _touched(design, changed_layers(before, design))
            _refuse(of_layers(in_hls4ml(design), layers))
        else:
            if design.target.flow not in _MODELLED:
                remedy = f"Choose Vitis or Vivado. {OTHERWISE}"
                reason = "There is a bit-exact model of two back ends and of the open flow only."
                raise NoExactModelError("", reason, remedy)
            layers = list(design.network.layers)
            _refuse(problems(in_hls4ml(design)))
        if design.target.io_type == "io_stream":
            for layer in layers:
                _check_window(design, layer)
        self._passed = design


def _touched(design: Design, changed: Iterable[str]) -> list[Layer]:
    """Changed layers, and the batch normalisations behind them: these may be melted into them."""
    network, found = design.network, dict[str, Layer]()
    todo = [name for name in changed if name in network]
    while todo:
        name = todo.pop()
        if name not in found:
            found[name] = network[name]
            todo += [each for each in network.consumers[name] if isinstance(network[each].op, BatchNorm)]
    return list(found.values())


def _refuse(found: tuple[Problem, ...]) -> None:
    if found:
        raise NoExactModelError(found[0].layer, found[0].reason, found[0].remedy)


def _check_window(design: Design, layer: Layer) -> None:
    """Encoded windows: hls4ml's own code checks, when it runs, that it can gather them."""
    if layer.op.GROUP not in ("conv", "pool"):
        return
    chosen = design.chosen(layer.name, CONV_IMPLEMENTATION)
    if chosen is None or str(chosen.value).lower() != "encoded":
        return
    if design.target.flow != "vivado":
        raise NoExactModelError(layer.name, "Vitis HLS builds line buffers only.", "Set its window to the line buffer.")
    if len(set(getattr(layer.op, "kernel", ()))) > 1 or len(set(getattr(layer.op, "strides", ()))) > 1:
        reason = "hls4ml encodes windows wrongly whose size or stride differs from axis to axis."
        raise NoExactModelError(layer.name, reason, "Set its window to the line buffer, or use equal ones.")
