"""Estimates: complete, sound, monotone where hardware is, and the same whether kept between edits or made anew."""

from dataclasses import replace
from math import isfinite

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.boards import board
from engine.design import (
    ACCUM,
    REUSE_FACTOR,
    STRATEGY,
    Design,
    Target,
    set_default,
    set_on_kind,
    set_on_layers,
)
from engine.estimate import RESOURCES, Level, Tier
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.hls4ml.flow import Hls4mlFlow
from engine.flows.hls4ml.rules import legal_reuse_factors
from engine.flows.registry import flow
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import GRU, Activation, BatchNorm, Conv1D, Conv2D, Dense, Flatten, Input, Merge, Softmax
from engine.precision import FixedType, Overflow, Rounding, parse
from tests.engine.flows.hls4ml.generated import TYPES, designs, with_weights
from tests.samples import jet_tagger, small_resnet

AMD = ("vitis", "vivado", "vivado_accelerator")
MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def quantities(cost):
    return {**{name: cost.resource(name) for name in RESOURCES}, "latency": cost.latency, "interval": cost.interval}


def assert_sound(cost, where):
    for name, quantity in quantities(cost).items():
        assert all(map(isfinite, (quantity.value, quantity.low, quantity.high))), (where, name)
        assert 0 <= quantity.low <= quantity.value <= quantity.high, (where, name, quantity)
        assert quantity.reason or not quantity.high, (where, name)


@given(designs(flows=AMD))
@MANY
def test_every_layer_gets_sound_numbers_with_a_reason(design):
    estimate = flow(design.target.flow).estimate(design, None)
    assert estimate.tier is Tier.ESTIMATE
    assert not estimate.refusal
    for layer in estimate.layers:
        assert_sound(layer.cost, layer.name)
    assert_sound(estimate.total, "total")
    assert estimate.total.interval.value >= max(layer.cost.interval.value for layer in estimate.layers)


@given(designs(flows=AMD))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_layers_with_weights_get_sound_numbers_too(tmp_path_factory, design):
    store = TensorStore(tmp_path_factory.getbasetemp() / "weights")
    known = replace(design, network=with_weights(design.network, store))
    estimate = flow(design.target.flow).estimate(known, store)
    for layer in estimate.layers:
        assert_sound(layer.cost, layer.name)
        assert "unknown" not in layer.cost.lut.reason


@pytest.mark.parametrize("implementation", ["stable", "latency", "argmax", "legacy"])
@pytest.mark.parametrize("io_type", ["io_parallel", "io_stream"])
def test_every_softmax_is_estimated(implementation, io_type):
    assert_sound(cost(single(Softmax(), (10,), io_type=io_type, implementation=implementation)), implementation)


@given(designs(), st.lists(st.tuples(st.integers(0, 5), st.integers(1, 64), TYPES), max_size=4))
@MANY
def test_an_estimate_kept_between_edits_equals_one_made_anew(design, edits):
    kept = Hls4mlFlow(BACKENDS[design.target.flow])
    for place, factor, type in edits:
        kept.estimate(design, None)
        name = design.network.layers[place % len(design.network.layers)].name
        design = set_on_layers(set_on_layers(design, (name,), REUSE_FACTOR, factor), (name,), "result", type)
    assert kept.estimate(design, None) == Hls4mlFlow(BACKENDS[design.target.flow]).estimate(design, None)


@given(designs(flows=AMD), st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9), TYPES), max_size=4), st.data())
@MANY
def test_any_of_a_sittings_designs_may_be_estimated_next(design, edits, data):
    """Undo, another interface, settings of a kind and of the design, and the other level in between."""
    kept, sitting = Hls4mlFlow(BACKENDS[design.target.flow]), [design]
    for place, factor, type in edits:
        layer = design.network.layers[place % len(design.network.layers)]
        design = set_on_layers(design, (layer.name,), REUSE_FACTOR, factor)
        sitting += [design, set_on_layers(design, (layer.name,), REUSE_FACTOR, None)]
        sitting += [set_on_kind(design, layer.op.KIND, "result", type), set_default(design, ACCUM, type)]
    for each in data.draw(st.lists(st.sampled_from(sitting), max_size=8)):
        level = data.draw(st.sampled_from(Level))
        assert kept.at(level).estimate(each, None) == Hls4mlFlow(kept.backend).at(level).estimate(each, None)


def test_weights_that_arrive_later_are_counted(store):
    design = jet_tagger()
    before = flow("vivado").estimate(replace(design, target=replace(design.target, flow="vivado")), store)
    known = replace(design, network=with_weights(design.network, store))
    after = flow("vivado").estimate(replace(known, target=replace(design.target, flow="vivado")), store)
    assert "unknown" in before.of("fc1").lut.reason
    assert "non-zero weights" in after.of("fc1").lut.reason
    assert after.of("fc1").lut.high / after.of("fc1").lut.value < before.of("fc1").lut.high / before.of("fc1").lut.value


def single(op, shape, strategy="resource", io_type="io_parallel", **keys):
    """A design of one layer."""
    network = Network((Layer("x", Input(shape=shape)), Layer("layer", op, ("x",))))
    design = Design("single", network, Target(board("vu13p"), 5.0, "vivado", io_type))
    for key, value in {STRATEGY: strategy, **keys}.items():
        design = set_on_layers(design, ("layer",), key, value)
    return design


def cost(design):
    return flow(design.target.flow).estimate(design, None).of("layer")


@pytest.mark.parametrize(("weight", "takes"), [("ap_fixed<4,2>", True), ("ap_int<2>", False), ("ap_uint<1>", False)])
def test_weights_that_are_signs_take_no_dsp_slices(weight, takes):
    design = single(Dense(units=8), (16,), weight=parse(weight), accum=parse("ap_fixed<24,12>"))
    assert (cost(set_on_layers(design, ("layer",), REUSE_FACTOR, 8)).dsp.value > 0) is takes


@given(st.integers(2, 64), st.integers(1, 64), st.sampled_from(["io_parallel", "io_stream"]))
@MANY
def test_more_reuse_never_takes_more_dsps(n_in, n_out, io_type):
    factors = [factor for factor in legal_reuse_factors(n_in, n_out) if factor > 1]
    used = [cost(single(Dense(units=n_out), (n_in,), io_type=io_type, reuse_factor=f)).dsp.value for f in factors]
    assert used == sorted(used, reverse=True)


@given(st.integers(1, 6), st.integers(1, 12), st.sampled_from(["io_parallel", "io_stream"]))
@MANY
def test_more_reuse_never_takes_more_dsps_in_a_convolution(channels, filters, io_type):
    factors = [factor for factor in legal_reuse_factors(9 * channels, filters) if factor > 1]
    op, shape = Conv2D(filters=filters), (6, 6, channels)
    used = [cost(single(op, shape, io_type=io_type, reuse_factor=factor)).dsp.value for factor in factors]
    assert used == sorted(used, reverse=True)


@given(st.integers(2, 32), st.integers(2, 32), st.sampled_from(["io_parallel", "io_stream"]))
@MANY
def test_more_reuse_never_takes_fewer_cycles(n_in, n_out, io_type):
    factors = [factor for factor in legal_reuse_factors(n_in, n_out) if factor > 1]
    found = [cost(single(Dense(units=n_out), (n_in,), io_type=io_type, reuse_factor=f)) for f in factors]
    intervals = [each.interval.value for each in found]
    assert intervals == sorted(intervals)


@given(st.integers(1, 48), st.integers(1, 48), st.sampled_from(["latency", "resource"]), st.integers(1, 30))
@MANY
def test_a_wider_accumulator_never_takes_fewer_luts(n_in, n_out, strategy, width):
    widths = [FixedType(width + extra, 4) for extra in (0, 1, 7)]
    luts = [cost(single(Dense(units=n_out), (n_in,), strategy, reuse_factor=n_in, accum=w)).lut.value for w in widths]
    assert luts == sorted(luts)


@given(st.integers(2, 32))
@MANY
def test_a_wider_input_never_takes_fewer_luts_in_an_activation(width):
    narrow, wide = (
        cost(set_on_layers(single(Activation(), (8,)), ("x",), "result", FixedType(w, 2))).lut.value
        for w in (width, width + 3)
    )
    assert narrow <= wide


@pytest.mark.parametrize(("bits", "dsps"), [(2, 0), (4, 0), (8, 32), (16, 32)], ids=lambda value: str(value))
def test_products_of_few_bits_take_no_dsp(bits, dsps):
    """16-bit data on UltraScale+, sums of 16: none at 2 and 4 bits, one a multiplier at 8 and more."""
    types = {"weight": FixedType(bits, 1), "accum": FixedType(16, 6)}
    design = single(Dense(units=32), (64,), reuse_factor=64, **types)
    assert cost(design).dsp.value == dsps


@pytest.mark.parametrize(("reuse_factor", "dsps"), [(2, 512), (16, 64), (64, 32), (128, 16)])
def test_small_products_that_sums_take_whole_are_added_in_dsps(reuse_factor, dsps):
    """Each second product of a result; a result's only product is added to its sum."""
    types = {"weight": FixedType(4, 1), "accum": FixedType(24, 11)}
    design = single(Dense(units=32), (64,), reuse_factor=reuse_factor, **types)
    assert cost(design).dsp.value == dsps


@pytest.mark.parametrize(
    ("flow_id", "asked", "dsps"), [("vitis", "dsp", 32), ("vitis", "lut", 0), ("vivado", "dsp", 0)]
)
def test_vitis_hls_builds_multipliers_of_what_was_asked_for(flow_id, asked, dsps):
    types = {"weight": FixedType(4, 1), "accum": FixedType(16, 6)}
    design = set_default(single(Dense(units=32), (64,), reuse_factor=64, **types), "multipliers", asked)
    assert cost(replace(design, target=replace(design.target, flow=flow_id))).dsp.value == dsps


@pytest.mark.parametrize(("implementation", "blocks"), [("linebuffer", 0), ("encoded", 3)])
def test_an_encoded_window_waits_in_fifos(implementation, blocks):
    """Three values of 16 bits, 99 results: more than shift registers hold. The weights' memory is too small for one."""
    keys = {"reuse_factor": 12, "weight": FixedType(16, 6), "accum": FixedType(16, 6)}
    op = Conv1D(filters=16, kernel=(3,), strides=(2,), padding="valid")
    design = single(op, (200, 1), io_type="io_stream", conv_implementation=implementation, **keys)
    assert cost(design).bram18.value == blocks + cost(single(op, (200, 1), io_type="io_stream", **keys)).bram18.value


@pytest.mark.parametrize(("io_type", "dsps", "blocks"), [("io_stream", 1, 2), ("io_parallel", 10, 6)])
def test_a_streamed_softmax_shares_multipliers_and_tables(io_type, dsps, blocks):
    """Ten classes at reuse factor 64, as in a report of Vivado HLS."""
    found = cost(single(Softmax(), (10,), io_type=io_type, reuse_factor=64))
    assert (found.dsp.value, found.bram18.value) == (dsps, blocks)


@pytest.mark.parametrize(("reuse_factor", "cycles"), [(1, 221), (30, 821)])
def test_each_step_of_a_recurrent_layer_waits_for_its_products(reuse_factor, cycles):
    """Twenty steps of six values into twenty units, as in two reports for UltraScale+."""
    keys = {"reuse_factor": reuse_factor, "weight": FixedType(16, 6), "accum": FixedType(16, 6)}
    assert cost(single(GRU(units=20), (20, 6), **keys)).latency.value == cycles


def test_a_recurrent_layer_in_a_pipeline_ends_before_the_next_inference_starts():
    design = single(GRU(units=20), (20, 6), strategy="latency")
    found = flow(design.target.flow).estimate(design, None).total
    assert found.interval.value == found.latency.value + 1


TABLE = FixedType(18, 8)
SATURATED = FixedType(18, 8, True, Rounding.RND, Overflow.SAT)


@pytest.mark.parametrize(
    ("classes", "implementation", "table", "cycles"),
    [
        (5, "stable", TABLE, 3),
        (5, "stable", SATURATED, 4),
        (3, "stable", SATURATED, 2),
        (5, "latency", TABLE, 2),
    ],
)
def test_a_softmax_waits_for_two_tables_and_what_does_not_fit_between(classes, implementation, table, cycles):
    """As in nine reports of Vivado HLS for UltraScale+ at 5 ns: sums that saturate are no tree."""
    keys = {"implementation": implementation, "exp_table": table, "inv_table": table}
    found = cost(single(Softmax(), (classes,), io_type="io_parallel", **keys))
    assert found.latency.value == cycles


@pytest.mark.parametrize(("reuse_factor", "cycles"), [(2, 5), (4, 9), (8, 17)])
def test_a_streamed_softmax_goes_twice_over_its_classes(reuse_factor, cycles):
    """Eight classes at 5 ns, as in reports of Vivado HLS."""
    keys = {"reuse_factor": reuse_factor, "exp_table": SATURATED, "inv_table": SATURATED}
    assert cost(single(Softmax(), (8,), io_type="io_stream", **keys)).latency.value == cycles


def test_resource_dense_follows_its_exact_rules():
    """Interval = RF, latency = RF + 2, DSP = products / RF, weights in one memory of that width and depth."""
    design = single(Dense(units=64), (128,), reuse_factor=256, accum=FixedType(16, 6), result=FixedType(16, 6))
    found = cost(design)
    assert (found.interval.value, found.latency.value, found.dsp.value) == (256, 258, 32)
    assert found.bram18.value == 15  # 32 × 16 = 512 bits wide: 14 blocks of 36, and 8 bits in a fifteenth


AD08_WIDTHS = (72, 72, 8, 72, 72, 64)
AD08_ASKED = (144, 144, 8, 144, 144, 144)


def ad08():
    """The anomaly detector of MLPerf Tiny as it was submitted: 64-72-72-8-72-72-64, streamed, 10 ns."""
    layers = [Layer("x", Input(shape=(64,)))]
    for index, units in enumerate(AD08_WIDTHS):
        layers.append(Layer(f"fc{index}", Dense(units=units), (layers[-1].name,)))
        layers.append(Layer(f"relu{index}", Activation(), (layers[-1].name,)))
    design = Design("ad08", Network(tuple(layers[:-1])), Target(board("pynq-z2"), 10.0, "vivado", "io_stream"))
    design = set_default(set_default(design, STRATEGY, "resource"), ACCUM, parse("ap_fixed<16,8>"))
    design = set_default(set_on_layers(design, ("x",), "result", parse("ap_fixed<8,8>")), "weight", FixedType(13, 7))
    for index, asked in enumerate(AD08_ASKED):
        design = set_on_layers(design, (f"fc{index}",), REUSE_FACTOR, asked)
        if index < 5:
            design = set_on_layers(design, (f"relu{index}",), "result", parse("ap_ufixed<7,6>"))
    return design


def test_ad08_takes_216_of_220_dsps():
    design = ad08()
    found = flow("vivado")
    factors = [found.resolve(design, f"fc{index}", REUSE_FACTOR).value for index in range(6)]
    estimate = found.estimate(design, None)
    assert factors == [128, 144, 8, 144, 144, 144]
    assert [estimate.of(f"fc{index}").dsp.value for index in range(6)] == [36, 36, 72, 4, 36, 32]
    assert estimate.total.dsp.value == 216


def rn07(asked=16384):
    """The image classifier of MLPerf Tiny: five convolutions and a dense layer, streamed."""
    sizes = [(1, 32, 1), (4, 4, 1), (4, 32, 1), (4, 32, 4), (4, 32, 1)]
    layers = [Layer("x", Input(shape=(32, 32, 3)))]
    for index, (kernel, filters, stride) in enumerate(sizes):
        op = Conv2D(kernel=(kernel, kernel), filters=filters, strides=(stride, stride), padding="same")
        layers.append(Layer(f"conv{index}", op, (layers[-1].name,)))
        layers.append(Layer(f"relu{index}", Activation(), (layers[-1].name,)))
    layers += [Layer("flat", Flatten(), (layers[-1].name,)), Layer("dense", Dense(units=10), ("flat",))]
    design = Design("rn07", Network(tuple(layers)), Target(board("pynq-z2"), 10.0, "vivado", "io_stream"))
    return set_default(set_default(design, STRATEGY, "resource"), REUSE_FACTOR, asked)


def test_rn07_builds_the_reuse_factors_that_were_submitted():
    design, names = rn07(), [*(f"conv{index}" for index in range(5)), "dense"]
    found = [flow("vivado").resolve(design, name, REUSE_FACTOR) for name in names]
    assert [effective.value for effective in found] == [96, 2048, 2048, 16384, 16384, 20480]
    assert [effective.asked for effective in found] == [16384, 16384, 16384, None, None, 16384]


def test_rn07_is_charged_for_every_pixel_that_is_read():
    """conv3 reads 32 × 32 pixels at reuse 16,384 and writes 8 × 8: C synthesis counts the former, a run the latter."""
    estimate = flow("vivado").estimate(rn07(), None)
    slowest = estimate.of("conv3").interval
    assert estimate.slowest == "conv3"
    assert slowest.low <= 32 * 32 * (16384 + 9) <= slowest.high
    assert "64 are written, so a run takes about 1,05" in slowest.reason
    assert estimate.total.latency.value >= estimate.total.interval.value - 1


def test_streamed_layers_pay_for_their_fifos():
    design = small_resnet()
    streamed = flow("vivado").estimate(design, None).of("stem_relu")
    assert streamed.lut.value > 0
    assert streamed.interval.value >= 64


@pytest.mark.parametrize("name", ["oneapi", "quartus", "catapult", "libero"])
def test_a_backend_without_estimator_shows_no_number(name):
    design = jet_tagger()
    estimate = flow(name).estimate(replace(design, target=replace(design.target, flow=name)), None)
    assert "no estimator" in estimate.refusal
    assert estimate.layers == ()
    assert estimate.total.lut.high == 0


def test_an_amd_flow_refuses_other_parts_in_plain_words():
    design = jet_tagger()
    target = Target(board("ulx3s-85f"), 20.0, "vitis")
    why = flow("vitis").estimate(replace(design, target=target), None).refusal
    assert why == flow("vitis").refuses(board("ulx3s-85f"))
    assert "AMD parts only" in why
    assert "ECP5" in why


def test_an_empty_network_costs_nothing():
    design = Design("empty", Network(()), Target(board("pynq-z2"), 10.0))
    estimate = flow("vitis").estimate(design, None)
    assert estimate.layers == ()
    assert estimate.total.lut.value == 0
    assert estimate.rate.value == 0


def test_layers_behind_an_open_port_are_left_out():
    layers = (Layer("x", Input(shape=(8,))), Layer("a", Dense(units=4), ("x",)), Layer("b", Dense(units=4), ("",)))
    estimate = flow("vitis").estimate(Design("open", Network(layers), Target(board("pynq-z2"), 10.0)), None)
    assert [layer.name for layer in estimate.layers] == ["x", "a"]


def test_a_softmax_that_is_left_out_costs_nothing():
    network = Network((Layer("x", Input(shape=(8,))), Layer("s", Softmax(), ("x",))))
    design = Design("s", network, Target(board("pynq-z2"), 10.0))
    kept = flow("vitis").estimate(design, None).of("s").lut.value
    left = flow("vitis").estimate(set_on_layers(design, ("s",), "skip", True), None).of("s").lut.value
    assert kept > 0 == left


def test_look_up_tables_and_registers_say_what_they_add_up_to(store):
    estimate = flow("vivado").estimate(
        replace(jet_tagger(store), target=Target(board("pynq-z2"), 10.0, "vivado")), store
    )
    for layer in estimate.layers:
        for quantity in (layer.cost.lut, layer.cost.ff):
            assert sum(amount for _, amount in quantity.terms) == pytest.approx(quantity.value)
    fc1 = estimate.of("fc1").lut
    assert fc1.parts[0][1] == max(amount for _, amount in fc1.parts)
    assert f"{fc1.parts[0][0].capitalize()} {fc1.parts[0][1]:,.0f}" in fc1.summands
    assert "repositories" in estimate.total.lut.reason


def test_a_norm_that_a_step_melts_away_from_under_another_reader_is_estimated():
    layers = (
        Layer("x", Input(shape=(8,))),
        Layer("norm", BatchNorm(), ("x",)),
        Layer("step", Activation(function="binary_tanh"), ("norm",)),
        Layer("sum", Merge(), ("step", "norm")),
    )
    estimate = flow("vitis").estimate(Design("melted", Network(layers), Target(board("pynq-z2"), 10.0)), None)
    assert estimate.of("sum").lut.value > 0
