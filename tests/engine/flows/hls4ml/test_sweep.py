"""Settings evaluated at once cost what estimates say of them one by one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.calibration import NO_RUNS, TARGETS, Own, OwnRuns
from engine.calibration.own import Correction
from engine.design import ACCUM, RESULT, REUSE_FACTOR, STRATEGY, WEIGHT, Settings, set_on_layers
from engine.estimate import QUANTITIES, Axis, Level, SweepError, combinations, picked, picks_of
from engine.flows.registry import flow
from engine.network import LayerNameError
from engine.precision import FixedType
from tests.engine.flows.hls4ml.generated import TYPES, designs
from tests.samples import jet_tagger, small_resnet

FEW = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def candidate(**keys):
    return Settings(tuple(sorted(keys.items())))


CANDIDATES = st.builds(
    lambda reuse, strategy, pixels, weight, accum: candidate(
        **{REUSE_FACTOR: reuse, STRATEGY: strategy, WEIGHT: weight, ACCUM: accum, "parallelization_factor": pixels}
    ),
    st.integers(1, 40),
    st.sampled_from(["latency", "resource", "resource_unrolled"]),
    st.integers(1, 9),
    TYPES,
    TYPES,
)


def assert_equal_to_estimates(design, axes, picks, tensors=None, level=Level.C_SYNTHESIS, own=NO_RUNS):
    its_flow = flow(design.target.flow).at(level, own)
    totals = its_flow.sweep(design, axes, tensors).totals(np.asarray(picks, np.intp).reshape(len(picks), len(axes)))
    for place, each in enumerate(picks):
        cost = its_flow.estimate(picked(design, axes, each), tensors).total
        for row, name in enumerate(QUANTITIES):
            one = {"latency": cost.latency, "interval": cost.interval}.get(name) or cost.resource(name)
            found = [array[row, place] for array in (totals.value, totals.low, totals.high)]
            assert found == pytest.approx([one.value, one.low, one.high], rel=1e-9, abs=1e-6), (name, each)


@given(designs(), st.data())
@FEW
def test_any_settings_of_any_design_cost_what_their_estimates_say(design, data):
    layers = st.sampled_from([layer.name for layer in design.network.layers])
    names = data.draw(st.lists(layers, unique=True, max_size=3))
    axes = [Axis(name, tuple(data.draw(st.lists(CANDIDATES, min_size=1, max_size=3)))) for name in names]
    pick = st.tuples(*(st.integers(0, len(axis.candidates) - 1) for axis in axes))
    picks = data.draw(st.lists(pick, min_size=1, max_size=5))
    try:
        assert_equal_to_estimates(design, axes, picks, level=data.draw(st.sampled_from(Level)))
    except SweepError:
        assume(False)


def reuse_and_width(layers, factors=(1, 2, 4, 8), bits=(4, 6, 8, 12)):
    """Each of these layers at each reuse factor and width of its weights."""
    values = [candidate(reuse_factor=factor, weight=FixedType(width, 1)) for factor in factors for width in bits]
    return [Axis(name, tuple(values)) for name in layers]


@pytest.mark.parametrize("strategy", ["latency", "resource", "resource_unrolled"])
@pytest.mark.parametrize("io_type", ["io_parallel", "io_stream"])
@pytest.mark.parametrize("flow_id", ["vitis", "vivado"])
@pytest.mark.parametrize("level", list(Level))
def test_a_jet_tagger_with_weights(store, strategy, io_type, flow_id, level):
    design = jet_tagger(store)
    design = replace(design, target=replace(design.target, flow=flow_id, io_type=io_type))
    design = set_on_layers(design, ("fc1", "fc2", "fc3", "fc4"), STRATEGY, strategy)
    axes = reuse_and_width(("fc1", "fc2", "fc3", "fc4"))
    picks = np.random.default_rng(1).integers(0, 16, (30, 4)).tolist()
    assert_equal_to_estimates(design, axes, picks, store, level)


def test_a_streamed_network_with_a_skip(store):
    design = replace(small_resnet(store), fifo_depths=(("conv1_relu → conv2", 7),))
    axes = reuse_and_width(("stem", "conv1", "conv2", "classifier"), factors=(1, 3, 9))
    picks = np.random.default_rng(2).integers(0, 12, (30, 4)).tolist()
    assert_equal_to_estimates(design, axes, picks, store)


@pytest.mark.parametrize("design", [jet_tagger(), small_resnet()], ids=["parallel", "stream"])
@pytest.mark.parametrize("stretch", [0.5, 1.0, 2.5])
def test_own_runs_correct_settings_as_they_correct_estimates(design, stretch):
    both = {(target, exact): Correction(1.2 + 0.1 * exact, stretch, 3) for target in TARGETS for exact in (True, False)}
    taught = OwnRuns({("vitis", Level.C_SYNTHESIS, "7-series"): Own("Vitis HLS 2024.1", 3, both)})
    assert flow("vitis").at(Level.C_SYNTHESIS, taught).estimate(design, None).own_runs
    axes = reuse_and_width([layer.name for layer in design.network.layers if layer.op.KIND in ("dense", "conv2d")])
    picks = np.random.default_rng(3).integers(0, 16, (20, len(axes))).tolist()
    assert_equal_to_estimates(design, axes, picks, own=taught)


def test_one_pipeline_and_layers_side_by_side_in_one_sweep():
    words = ("latency", "resource", "resource_unrolled")
    strategies = tuple(candidate(strategy=each, reuse_factor=2) for each in words)
    axes = [Axis("fc2", strategies), Axis("fc4", strategies)]
    assert_equal_to_estimates(jet_tagger(), axes, [(first, last) for first in range(3) for last in range(3)])


def test_no_layer_that_varies_is_the_design_as_it_is():
    assert_equal_to_estimates(jet_tagger(), [], [(), ()])


def test_all_combinations_are_numbered_in_order():
    axes = reuse_and_width(("fc1", "fc2"), factors=(1, 2), bits=(6,))
    assert combinations(axes) == 4
    assert picks_of(axes, np.arange(4)).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_more_settings_than_fit_the_cache_at_once_are_all_evaluated():
    axes = reuse_and_width(("fc1", "fc2", "fc3", "fc4"))
    picks = picks_of(axes, np.arange(20_000))
    sweep = flow("vitis").sweep(jet_tagger(), axes, None)
    last = sweep.totals(picks[-10:])
    assert np.array_equal(sweep.totals(picks).value[:, -10:], last.value)


def test_candidates_that_change_what_is_built_are_refused():
    """A result type of its own keeps a batch normalisation, or a linear activation, from being merged."""
    axes = [Axis("fc1", (candidate(reuse_factor=1), candidate(**{RESULT: FixedType(8, 3)})))]
    with pytest.raises(SweepError, match="'fc1' change which layers are built"):
        flow("vitis").sweep(jet_tagger(), axes, None)


def test_bad_axes_are_refused():
    its_flow, one = flow("vitis"), (candidate(reuse_factor=1),)
    with pytest.raises(LayerNameError, match="no layer 'fc9'"):
        its_flow.sweep(jet_tagger(), [Axis("fc9", one)], None)
    with pytest.raises(SweepError, match="no candidates"):
        its_flow.sweep(jet_tagger(), [Axis("fc1", ())], None)
    with pytest.raises(SweepError, match="varies once"):
        its_flow.sweep(jet_tagger(), [Axis("fc1", one), Axis("fc1", one)], None)
    with pytest.raises(SweepError, match="2 layers"):
        its_flow.sweep(jet_tagger(), [Axis("fc1", one), Axis("fc2", one)], None).totals(np.zeros((1, 3), np.intp))


def test_a_flow_without_an_estimator_says_so():
    design = jet_tagger()
    with pytest.raises(SweepError, match="no estimator for"):
        flow("catapult").sweep(replace(design, target=replace(design.target, flow="catapult")), [], None)
