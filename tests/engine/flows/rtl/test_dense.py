"""Dense layers in Verilog against the golden model, and their cycles against the formula."""

import numpy as np
import pytest

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.flows.rtl.adders.digits import signed_digits
from engine.flows.rtl.adders.share import shared_adders
from engine.flows.rtl.errors import NotGeneratedError
from engine.flows.rtl.folding import Folding
from engine.network import Layer, Network
from engine.network.kinds import Activation, Dense, Input
from engine.precision import parse
from tests.engine.flows.rtl.running import assert_exact, built
from tests.samples import with_random_weights

TARGET = Target(board("pynq-z2"), 10.0)
# n_in, n_out, reuse factor, weight, accumulator, result, type behind a ReLU or ''
CASES = [
    (6, 4, 1, "ap_fixed<6,1>", "auto", "ap_fixed<12,4>", ""),
    (6, 4, 2, "ap_fixed<8,2>", "auto", "ap_fixed<8,4,AP_RND_CONV,AP_SAT>", "ap_ufixed<5,2,AP_RND,AP_SAT>"),
    (
        6,
        4,
        6,
        "ap_fixed<9,3>",
        "ap_fixed<14,5>",
        "ap_fixed<9,4,AP_RND,AP_WRAP>",
        "ap_fixed<6,3,AP_TRN_ZERO,AP_SAT_SYM>",
    ),
    (6, 4, 12, "ap_fixed<4,2>", "ap_fixed<9,5,AP_RND_CONV,AP_WRAP>", "ap_fixed<6,3,AP_RND_INF,AP_SAT_ZERO>", ""),
    (6, 4, 24, "ap_fixed<10,2>", "ap_fixed<11,5,AP_RND_ZERO>", "ap_fixed<7,4,AP_RND_MIN_INF,AP_SAT>", "ap_ufixed<4,4>"),
    (5, 7, 5, "ap_ufixed<5,1>", "auto", "ap_fixed<20,8>", ""),
    (16, 3, 4, "ap_fixed<6,1>", "ap_fixed<24,10>", "ap_ufixed<9,5,AP_RND,AP_SAT>", ""),
    (9, 5, 1, "ap_fixed<4,1>", "ap_fixed<8,4>", "ap_fixed<8,4,AP_RND,AP_SAT>", "ap_ufixed<6,3,AP_RND,AP_SAT>"),
    (3, 6, 1, "ap_ufixed<3,3>", "auto", "ap_fixed<20,12>", ""),
    (4, 2, 1, "ap_fixed<5,2>", "ap_fixed<9,5,AP_RND_CONV>", "ap_fixed<9,5>", ""),
    (1, 3, 3, "ap_fixed<7,2>", "auto", "ap_fixed<8,3>", "ap_fixed<9,4>"),
]


def branches(store):
    """Each case with an input and an output of its own, so that one compilation tries them all."""
    layers, settings = [], []
    for index, (n_in, n_out, reuse, weight, accum, result, relu) in enumerate(CASES):
        name = f"dense{index}"
        layers += [Layer(f"in{index}", Input(shape=(n_in,))), Layer(name, Dense(units=n_out), (f"in{index}",))]
        settings += [(name, "reuse_factor", reuse), (name, "strategy", "Resource"), (name, "weight", parse(weight))]
        settings += [(name, "result", parse(result)), (name, "bias", parse("ap_fixed<9,2>"))]
        if accum != "auto":
            settings.append((name, "accum", parse(accum)))
        if relu:
            layers.append(Layer(f"relu{index}", Activation(), (name,)))
            settings.append((f"relu{index}", "result", parse(relu)))
    design = Design("branches", with_random_weights(Network(tuple(layers)), store), TARGET)
    for name, key, value in settings:
        design = set_on_layers(design, (name,), key, value)
    return design


@pytest.mark.compiler
def test_dense_layers_are_bit_exact_in_the_cycles_foretold(store, tmp_path):
    assert_exact(*built(branches(store), store), tmp_path)


def test_a_folding_uses_as_many_multipliers_as_the_reuse_factor_says():
    folding = Folding.of(80, 24, 960)
    assert (folding.lanes, folding.rows, folding.steps, folding.passes) == (1, 2, 80, 12)
    assert folding.multipliers == 80 * 24 // 960
    with pytest.raises(ValueError, match="does not fold"):
        Folding.of(6, 4, 4)


def test_an_accumulator_that_saturates_is_refused_with_a_way_out(store):
    design = set_on_layers(branches(store), ("dense0",), "accum", parse("ap_fixed<8,2,AP_TRN,AP_SAT>"))
    with pytest.raises(NotGeneratedError, match="order of additions") as refused:
        built(design, store)
    assert refused.value.problem.layer == "dense0"
    assert "wrap" in refused.value.problem.remedy


def test_shared_adders_compute_the_matrix():
    random = np.random.default_rng(1)
    for shape in ((1, 1), (7, 3), (16, 24)):
        matrix = random.integers(-31, 32, shape) * (random.random(shape) < 0.7)
        graph = shared_adders(matrix)
        assert (graph.matrix() == matrix).all()
    digits = np.count_nonzero(signed_digits(matrix))
    assert len(graph.adders) < 0.7 * (digits - shape[1])  # as many as there are without sharing
