"""Pictures that several layers read, drawn at random: bit-exact in any rhythm, and never stopped for ever.

Most take the cycles foretold, a few are some per cent later: where a layer further behind lets words wait, it stops the
fork in front of its branch, which no formula says yet.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.flows.hls4ml.rules import folds, legal_reuse_factors
from engine.flows.rtl.simulate.run import Simulation
from engine.flows.rtl.timeline import timeline
from engine.network import Layer, Network
from engine.network.kinds import Concatenate, Input, Merge
from tests.engine.flows.rtl.running import built, expectation
from tests.engine.flows.rtl.test_branches import design_of
from tests.engine.flows.rtl.test_chain_proofs import ops

pytestmark = [pytest.mark.proof, pytest.mark.compiler]

_FIXED = {"result": "ap_fixed<10,5>", "table_size": 64}


@st.composite
def pictures(draw, prefix):
    """Some layers, each behind one of the last two before, or where two of the same extents meet."""
    size = st.integers(4, 6)
    known = {f"{prefix}_in": (draw(size), draw(size), draw(st.integers(1, 4)))}
    found = [(name, Input(shape=shape), (), {"result": "ap_fixed<8,4>"}) for name, shape in known.items()]
    for place in range(draw(st.integers(3, 7))):
        op, sources = draw(_behind(known))
        shapes = [known[source] for source in sources]
        name = f"{prefix}_l{place}x"
        found.append((name, op, sources, _FIXED | draw(_folded(op, shapes))))
        ins = [Layer(f"x{i}", Input(shape=shape)) for i, shape in enumerate(shapes)]
        known[name] = Network((*ins, Layer("y", op, tuple(each.name for each in ins)))).shapes["y"]
    return found


@st.composite
def _behind(draw, known):
    pairs = [(a, b) for a in known for b in known if a < b and known[a][:2] == known[b][:2]]
    alike = [(a, b) for a, b in pairs if known[a] == known[b]]
    kinds = ["op", "op", *(["add"] * 2 if alike else []), *(["concatenate"] if pairs else [])]
    match draw(st.sampled_from(kinds)):
        case "add":
            return Merge("add"), draw(st.sampled_from(alike))
        case "concatenate":
            return Concatenate(), draw(st.sampled_from(pairs))
    source = draw(st.sampled_from(list(known)[-2:]))
    return draw(ops(known[source])), (source,)


@st.composite
def _folded(draw, op, shapes):
    matrices = folds(op, tuple(shapes))
    if not matrices:
        return {}
    legal = legal_reuse_factors(matrices[0].n_in, matrices[0].n_out)
    return {"strategy": "Resource", "reuse_factor": draw(st.sampled_from(legal))}


@settings(max_examples=4, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(drawn=st.tuples(*(pictures(prefix) for prefix in "abcd")))
def test_pictures_that_several_layers_read_are_exact_and_never_stop(drawn, store, tmp_path_factory):
    specification, hardware = built(design_of(store, drawn, "io_stream"), store)
    codes, expected = expectation(specification, 4)
    simulation, foretold = Simulation(hardware, tmp_path_factory.mktemp("forks")), timeline(hardware)
    simulation.compile()
    for pauses in range(3):
        outcome = simulation.run(codes, cycles=40 * (foretold.latency + foretold.interval) + 1000, pauses=pauses)
        for layer, values in expected.items():
            assert (outcome.codes[layer] == values).all(), (layer, pauses)
