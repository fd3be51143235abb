"""Streamed layers one behind the other, each in a rhythm of its own: bit-exact in the cycles foretold to the last one.

A layer that lets words wait stops the one in front of it; where that would cost cycles there is a FIFO.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.flows.hls4ml.rules import folds, legal_reuse_factors
from engine.network import Layer, Network
from engine.network.kinds import Activation, Conv2D, DepthwiseConv2D, Input, Pad2D, Pool2D, UpSample2D
from engine.precision import parse
from tests.engine.flows.rtl.branching import Branch, branched
from tests.engine.flows.rtl.running import assert_exact, built

pytestmark = [pytest.mark.proof, pytest.mark.compiler]

_AT_ONCE = 6
_KERNELS = st.sampled_from([(1, 1), (2, 2), (3, 3), (1, 3)])
_LARGEST = 7


@st.composite
def ops(draw, shape):
    """One that goes on behind a picture of a shape."""
    found = [
        Activation("tanh"),
        DepthwiseConv2D(kernel=draw(_KERNELS), padding="same"),
        Conv2D(filters=draw(st.integers(1, 4)), kernel=draw(_KERNELS), padding="same"),
    ]
    if min(shape[:2]) >= 4:
        found += [Pool2D(draw(st.sampled_from(["max", "average"]))), Conv2D(filters=2, kernel=(3, 3))]
    if max(shape[:2]) < _LARGEST:
        found += [UpSample2D(), Pad2D(), Pad2D()]
    return draw(st.sampled_from(found))


@st.composite
def chains(draw):
    """Two to five layers, folded as they like."""
    size, channels = st.integers(4, 6), draw(st.integers(1, 4))
    first = shape = (draw(size), draw(size), channels)
    found, chosen = [], {}
    for place in range(draw(st.integers(2, 5))):
        op = draw(ops(shape))
        chosen[place] = {"result": parse("ap_fixed<10,5>"), "table_size": 64}
        matrices = folds(op, (shape,))
        if matrices:
            legal = legal_reuse_factors(matrices[0].n_in, matrices[0].n_out)
            chosen[place] |= {"strategy": "Resource", "reuse_factor": draw(st.sampled_from(legal))}
        found.append(op)
        shape = Network((Layer("x", Input(shape=shape)), Layer("y", op, ("x",)))).shapes["y"]
    return Branch(first, found, chosen)


@settings(max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(drawn=st.lists(chains(), min_size=_AT_ONCE, max_size=_AT_ONCE), seed=st.integers(0, 1000))
def test_layers_behind_each_other_take_the_cycles_foretold(drawn, seed, store, tmp_path_factory):
    specification, hardware = built(branched(store, drawn, seed=seed), store)
    assert_exact(specification, hardware, tmp_path_factory.mktemp("chain"), frames=4)
