"""Element-wise functions and softmax in Verilog against the golden model, and their cycles against the formulas."""

import pytest

from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.flows.rtl.errors import NotGeneratedError
from engine.network import Layer, Network
from engine.network.kinds import LSTM, Activation, BatchNorm, Dense, Input, ParametricActivation, Softmax
from engine.precision import parse
from tests.engine.flows.rtl.running import assert_exact, assert_lint_clean, built, with_positive_variances
from tests.samples import with_random_weights

TARGET = Target(board("pynq-z2"), 10.0)
# function, shape, type of the input, of the result, further settings
FUNCTIONS = [
    (Activation("relu"), (6,), "ap_fixed<8,3>", "ap_ufixed<5,2,AP_RND,AP_SAT>", {}),
    (Activation("relu6"), (6,), "ap_fixed<9,5>", "ap_fixed<6,3,AP_RND,AP_SAT>", {}),
    (Activation("relu6"), (6,), "ap_ufixed<9,5>", "ap_fixed<5,4>", {}),
    (Activation("linear"), (6,), "ap_fixed<8,3>", "ap_fixed<5,2,AP_RND_CONV,AP_SAT_SYM>", {}),
    (Activation("binary_tanh"), (6,), "ap_fixed<8,3>", "ap_fixed<6,3>", {}),
    (Activation("ternary_tanh"), (6,), "ap_fixed<8,3>", "ap_fixed<6,3>", {}),
    (Activation("ternary_tanh"), (6,), "ap_ufixed<8,1>", "ap_int<2>", {}),
    (Activation("hard_sigmoid"), (6,), "ap_fixed<10,4>", "ap_fixed<8,1,AP_RND,AP_SAT>", {}),
    (Activation("hard_tanh"), (6,), "ap_ufixed<9,3>", "ap_fixed<8,1,AP_RND,AP_SAT>", {}),
    (Activation("hard_tanh"), (6,), "ap_fixed<9,3>", "ap_fixed<12,3>", {}),
    (ParametricActivation("thresholded_relu", alpha=0.6), (6,), "ap_fixed<8,3>", "ap_fixed<9,3>", {}),
    (ParametricActivation("leaky_relu", alpha=0.3), (6,), "ap_fixed<8,3>", "ap_fixed<9,3,AP_RND>", {}),
    (ParametricActivation("prelu"), (6,), "ap_fixed<8,3>", "ap_fixed<9,3>", {"param": "ap_fixed<7,1>"}),
    (ParametricActivation("prelu"), (2, 6), "ap_ufixed<8,3>", "ap_fixed<9,3>", {}),
    (BatchNorm(), (6,), "ap_fixed<8,3>", "ap_fixed<12,5,AP_RND,AP_SAT>", {"scale": "ap_fixed<7,2>"}),
    (BatchNorm(), (4, 3), "ap_ufixed<8,3>", "ap_fixed<9,5>", {"bias": "ap_fixed<20,3>"}),
    (Activation("sigmoid"), (6,), "ap_fixed<8,4>", "ap_fixed<9,2,AP_RND>", {"table": "ap_fixed<12,2>"}),
    (Activation("sigmoid"), (6,), "ap_fixed<16,6>", "ap_ufixed<6,1,AP_RND,AP_SAT>", {"table_size": 256}),
    (Activation("tanh"), (6,), "ap_fixed<18,4>", "ap_fixed<9,2>", {"table_size": 200}),
    (Activation("softplus"), (6,), "ap_ufixed<12,5>", "ap_fixed<9,4>", {"table_size": 64}),
    (Activation("softsign"), (6,), "ap_fixed<11,2>", "ap_fixed<9,2>", {"table_size": 512}),
    (ParametricActivation("elu", alpha=0.8), (6,), "ap_fixed<14,4>", "ap_fixed<12,4>", {"table_size": 128}),
    (Activation("selu"), (6,), "ap_fixed<14,4>", "ap_fixed<12,4,AP_RND_CONV,AP_SAT>", {"table_size": 128}),
    (Activation("selu"), (6,), "ap_fixed<8,4>", "ap_fixed<12,4>", {}),
    (Activation("selu"), (6,), "ap_ufixed<12,4>", "ap_fixed<12,5>", {"table_size": 256}),
]
SOFTMAXES = [
    ((5,), "ap_fixed<16,6>", "ap_fixed<16,6>", {}),
    ((1,), "ap_fixed<9,4>", "ap_ufixed<9,1>", {"table_size": 128}),
    ((3, 4), "ap_fixed<12,4>", "ap_ufixed<8,0,AP_RND,AP_SAT>", {"table_size": 256}),
    ((2,), "ap_ufixed<12,4>", "ap_fixed<18,4>", {"accum": "ap_fixed<12,3>", "table_size": 256}),
    ((6,), "ap_fixed<12,4>", "ap_fixed<18,4>", {"accum": "ap_ufixed<10,2,AP_RND,AP_SAT>", "table_size": 256}),
    ((4,), "ap_fixed<12,3>", "ap_fixed<12,4>", {"implementation": "latency", "table_size": 256}),
    ((2, 3), "ap_ufixed<12,3>", "ap_fixed<12,4>", {"implementation": "latency", "table_size": 256}),
    ((5,), "ap_fixed<12,3>", "ap_fixed<12,4>", {"implementation": "argmax"}),
    ((3, 2), "ap_ufixed<12,3>", "ap_ufixed<1,1>", {"implementation": "argmax"}),
    ((4,), "ap_fixed<12,4>", "ap_fixed<18,8>", {"implementation": "legacy", "table_size": 128}),
    ((3,), "ap_ufixed<8,3>", "ap_fixed<9,2,AP_RND>", {"implementation": "legacy", "table_size": 256}),
]
SOFTMAX_CASES = [(Softmax(), *case) for case in SOFTMAXES]


def branches(store, cases, reuse_factor):
    """Each case with an input and an output of its own; one dense layer sets the pace for all."""
    layers = [Layer("in_pace", Input(shape=(6,))), Layer("pace", Dense(units=4), ("in_pace",))]
    settings = [("pace", "reuse_factor", reuse_factor), ("pace", "strategy", "Resource")]
    for index, (op, shape, source, result, further) in enumerate(cases):
        name = f"f{index}"
        layers += [Layer(f"in{index}", Input(shape=shape)), Layer(name, op, (f"in{index}",))]
        settings += [(f"in{index}", "result", parse(source)), (name, "result", parse(result))]
        settings += [
            (name, key, parse(value) if str(value).startswith("ap_") else value) for key, value in further.items()
        ]
    network = with_positive_variances(with_random_weights(Network(tuple(layers)), store), store)
    design = Design("branches", network, TARGET)
    for name, key, value in settings:
        design = set_on_layers(design, (name,), key, value)
    return design


@pytest.mark.compiler
def test_functions_are_bit_exact_in_the_cycles_foretold(store, tmp_path):
    specification, hardware = built(branches(store, FUNCTIONS, 3), store)
    assert {block.gives.lanes for block in hardware.blocks} == {2, 4}
    assert_lint_clean(hardware, tmp_path)
    assert_exact(specification, hardware, tmp_path, frames=40)


@pytest.mark.compiler
def test_softmax_is_bit_exact_in_the_cycles_foretold(store, tmp_path):
    specification, hardware = built(branches(store, SOFTMAX_CASES, 1), store)
    assert_lint_clean(hardware, tmp_path)
    assert_exact(specification, hardware, tmp_path, frames=40)


@pytest.mark.compiler
@pytest.mark.proof
@pytest.mark.parametrize("reuse_factor", [1, 2, 6])
def test_functions_of_as_many_lanes_as_the_pace_asks_for(store, tmp_path, reuse_factor):
    assert_exact(*built(branches(store, FUNCTIONS, reuse_factor), store), tmp_path, frames=40)


def test_softmax_over_another_axis_is_refused_with_a_way_out(store):
    design = branches(store, [(Softmax(axis=0), (3, 4), "ap_fixed<12,4>", "ap_fixed<12,4>", {})], 1)
    with pytest.raises(NotGeneratedError, match="not the last") as refused:
        built(design, store)
    assert refused.value.problem.layer == "f0"


def test_exponentials_whose_order_of_additions_decides_are_refused(store):
    further = {"accum": "ap_fixed<8,2,AP_TRN,AP_SAT_ZERO>"}
    design = branches(store, [(Softmax(), (5,), "ap_fixed<12,4>", "ap_fixed<12,4>", further)], 1)
    with pytest.raises(NotGeneratedError, match="order of additions") as refused:
        built(design, store)
    assert "accumulator" in refused.value.problem.remedy


@pytest.mark.parametrize(
    ("op", "shape", "result", "reason"),
    [
        (LSTM(units=2), (3, 2), "ap_fixed<16,6>", "recurrent"),
        (Activation("relu"), (4,), "ap_fixed<12,4,AP_TRN,AP_WRAP,1>", "saturation bits"),
    ],
)
def test_what_cannot_be_built_is_named_with_what_is_possible(store, op, shape, result, reason):
    with pytest.raises(NotGeneratedError, match=reason) as refused:
        built(branches(store, [(op, shape, "ap_fixed<12,4>", result, {})], 1), store)
    assert refused.value.problem.layer == "f0"
    assert refused.value.problem.remedy


def test_an_input_that_is_an_output_is_a_wire(store):
    _, hardware = built(branches(store, [(Activation("linear"), (4,), "ap_fixed<8,3>", "ap_fixed<8,3>", {})], 1), store)
    assert hardware.outputs["f0"] == "in0"
    assert hardware.inputs["in0"].values == 4
