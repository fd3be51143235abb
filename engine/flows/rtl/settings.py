"""Which settings each layer has in the open flow: hls4ml's types and tables, and the reuse factor."""

from dataclasses import replace

from engine.design import PARALLELIZATION_FACTOR, REUSE_FACTOR, STRATEGY, Design, Value
from engine.flows.flow import SettingSpec
from engine.flows.hls4ml.choices import CONV_IMPLEMENTATION, Choice
from engine.flows.hls4ml.rules import folds, legal_reuse_factors
from engine.flows.hls4ml.settings import specs
from engine.network import Layer

HLS_ONLY = (STRATEGY, PARALLELIZATION_FACTOR, CONV_IMPLEMENTATION)
"""Settings of hls4ml's code that mean nothing here: every layer is folded by its reuse factor, and streams."""


def own_specs(design: Design, layer: Layer, choice: Choice) -> tuple[SettingSpec, ...]:
    """The settings of a layer."""
    found = []
    for spec in specs(design, layer, choice, vitis=True):
        if spec.key == REUSE_FACTOR:
            legal = _reuse_factors(design, layer)
            found += [replace(spec, choices=legal, off=())] if legal else []
        elif spec.key not in HLS_ONLY:
            found.append(spec)
    return tuple(found)


def _reuse_factors(design: Design, layer: Layer) -> tuple[Value, ...]:
    """Those that fold all of a layer's matrices as asked, ascending; none for layers without products."""
    shapes = design.network.input_shapes(layer.name)
    each = [set(legal_reuse_factors(fold.n_in, fold.n_out)) for fold in folds(layer.op, shapes)] if shapes else []
    return tuple(sorted(set.intersection(*each))) if each else ()
