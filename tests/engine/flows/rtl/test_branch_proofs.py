"""Networks that fork and meet at random in Verilog: bit-exact in any rhythm, and never stopped for ever."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.flows.rtl.simulate.run import Simulation
from engine.flows.rtl.timeline import timeline
from engine.network import TensorStore
from engine.network.kinds import Activation, BatchNorm, Concatenate, Input, Merge, Softmax
from tests.engine.flows.rtl.running import assert_lint_clean, built, expectation
from tests.engine.flows.rtl.test_branches import dense, design_of

SHAPE = (8,)
REUSE_FACTORS = (1, 2, 8, 16, 32)
MERGED = ("add", "multiply", "maximum")


@st.composite
def layers(draw, name, known):
    """One layer behind some of the layers known."""
    source = st.sampled_from(known)
    match draw(st.sampled_from(["dense", "function", "norm", "softmax", "merge", "merge", "concatenate"])):
        case "dense":
            return [dense(name, draw(source), 8, draw(st.sampled_from(REUSE_FACTORS)))]
        case "function":
            return [(name, Activation(draw(st.sampled_from(["relu", "relu6", "hard_tanh"]))), (draw(source),), {})]
        case "norm":
            return [(name, BatchNorm(), (draw(source),), {})]
        case "softmax":
            return [(name, Softmax(), (draw(source),), {"table_size": 32})]
        case "merge":
            merged = Merge(draw(st.sampled_from(MERGED)))
            return [(name, merged, (draw(source), draw(source)), {"result": "ap_fixed<12,6>"})]
    joined = (f"{name}_joined", Concatenate(), (draw(source), draw(source)), {})
    return [joined, dense(name, joined[0], 8, draw(st.sampled_from([16, 32, 64])))]


@st.composite
def graphs(draw, prefix):
    """Some layers, each behind one or two of those before."""
    known = [f"{prefix}_in"]
    found = [(known[0], Input(shape=SHAPE), (), {})]
    for place in range(draw(st.integers(4, 8))):
        made = draw(layers(f"{prefix}_l{place}x", known))
        found += made
        known.append(made[-1][0])
    return found


@pytest.mark.compiler
@pytest.mark.proof
@settings(
    max_examples=4, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck), derandomize=True
)
@given(st.tuples(*(graphs(prefix) for prefix in "abcd")))
def test_networks_that_fork_at_random_never_stop(branches):
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder) / "tensors")
        specification, hardware = built(design_of(store, branches), store)
        assert_lint_clean(hardware, Path(folder))
        codes, expected = expectation(specification, 20)
        simulation, foretold = Simulation(hardware, Path(folder)), timeline(hardware)
        simulation.compile()
        for pauses in range(10):
            outcome = simulation.run(codes, cycles=100 * (foretold.latency + foretold.interval), pauses=pauses)
            for layer, values in expected.items():
                assert (outcome.codes[layer] == values).all(), (layer, pauses)
