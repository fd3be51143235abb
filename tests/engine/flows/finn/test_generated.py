"""Generated networks: whatever is drawn is estimated, simulated and evaluated, or refused with a reason."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings

from engine.dataflow import simulate
from engine.design import set_on_layers
from engine.emulate.float_forward import forward
from engine.flows.finn.flow import FinnFlow
from engine.flows.finn.folding_file import apply_folding, folding_json
from engine.flows.finn.streamline.grid import NotWholeError
from engine.flows.finn.streamline.model import Streamlined
from engine.network import TensorStore
from engine.network.kinds import Activation, Input, ParametricActivation
from engine.precision import FixedType
from tests.engine.flows.hls4ml.generated import designs, with_weights

_FIRST = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking a network takes minutes."""


def few_bits(design):
    """On FINN, with results of few bits behind activations that have no quantiser."""
    names = tuple(
        layer.name
        for layer in design.network.layers
        if isinstance(layer.op, Input | Activation | ParametricActivation) and layer.quantizer("result") is None
    )
    design = replace(design, target=replace(design.target, flow="finn", io_type="io_stream"))
    return set_on_layers(design, names, "result", FixedType(5, 3))


@settings(max_examples=40, deadline=None, phases=_FIRST, suppress_health_check=list(HealthCheck))
@given(designs())
def test_every_network_is_estimated_or_refused(design):
    flow, design = FinnFlow(), few_bits(design)
    estimate = flow.estimate(design, None)
    for layer in design.network.layers:
        for spec in flow.settings(design, layer.name):
            found = flow.resolve(design, layer.name, spec.key)
            assert found is not None
            assert spec.kind == "precision" or found.value in spec.choices
    if estimate.refusal:
        assert flow.risks(design)
        return
    assert len(flow.lower(design)) >= 0
    run = simulate(flow.streams(design), 2)
    assert run.deadlock == ()
    assert estimate.total.latency.low <= estimate.total.latency.value <= estimate.total.latency.high
    assert apply_folding(design, folding_json(design)).notes == ()
    axes = flow.foldings(design)
    if axes:
        totals = flow.sweep(design, axes, None).totals(np.zeros((1, len(axes)), np.intp))
        assert np.isfinite(totals.value).all()


@settings(max_examples=40, deadline=None, phases=_FIRST, suppress_health_check=list(HealthCheck))
@given(design=designs())
def test_every_network_in_whole_numbers_has_the_float_ones_shapes(tmp_path_factory, design):
    store = TensorStore(tmp_path_factory.mktemp("tensors"))
    design = few_bits(design)
    design = replace(design, network=with_weights(design.network, store))
    try:
        model = Streamlined(design, store)
    except NotWholeError:
        return
    random = np.random.default_rng(1)
    data = {name: random.normal(0, 1, (4, *design.network.shapes[name])) for name in design.network.inputs}
    expected = forward(design.network, store, model.entered(data))
    found = model.values(data)
    for layer in design.network.layers:
        assert found[layer.name].shape == expected[layer.name].shape
