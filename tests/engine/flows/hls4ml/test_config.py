"""hls4ml's configuration from a design and back."""

from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from engine.boards import board
from engine.design import (
    ACCUM,
    RESULT,
    REUSE_FACTOR,
    STRATEGY,
    WEIGHT,
    Design,
    Target,
    set_default,
    set_on_kind,
    set_on_layers,
)
from engine.flows.hls4ml.config import ConfigError, apply_config, config_yaml
from engine.flows.hls4ml.layer_config import layer_config
from engine.network import TensorStore
from engine.precision import parse
from engine.readers.read import read_model
from tests.samples import SHARED, jet_tagger, small_resnet

TINY = SHARED / "models/mlperf_tiny"


def test_types_that_nobody_chose_are_auto():
    config = yaml.safe_load(config_yaml(jet_tagger()))
    assert (config["Backend"], config["Part"], config["ClockPeriod"]) == ("Vitis", "xc7z020clg400-1", 10.0)
    assert config["HLSConfig"]["Model"]["Precision"] == {"default": "ap_fixed<16,6>"}
    assert config["HLSConfig"]["LayerName"]["fc1"] == {
        "Precision": {"weight": "ap_fixed<6,1>", "bias": "auto", "accum": "auto", "result": "auto"}
    }


CHOICES = st.lists(
    st.one_of(
        st.tuples(st.just(REUSE_FACTOR), st.integers(1, 64)),
        st.tuples(st.just(STRATEGY), st.sampled_from(["latency", "resource", "resource_unrolled"])),
        st.tuples(
            st.sampled_from([WEIGHT, RESULT, ACCUM]),
            st.sampled_from(["ap_fixed<8,3>", "ap_ufixed<5,1,AP_RND,AP_SAT>", "ap_int<4>"]).map(parse),
        ),
    ),
    max_size=6,
)


@given(st.sampled_from([jet_tagger(), small_resnet()]), CHOICES, st.data())
def test_a_design_comes_back_from_its_configuration(design, choices, data):
    layers = [layer.name for layer in design.network.layers if layer.op.GROUP in ("dense", "conv")]
    for key, value in choices:
        design = set_on_layers(design, (data.draw(st.sampled_from(layers)),), key, value)
    applied = apply_config(design, config_yaml(design))
    assert applied.notes == ()
    for name in design.network.order:  # 1 and Latency are what hls4ml takes anyway
        expected, found = layer_config(design, name), layer_config(applied.design, name)
        standard = {"ReuseFactor": 1, "Strategy": "Latency"}
        assert standard | found == standard | expected


def test_settings_of_kinds_and_defaults_come_back_in_effect():
    design = set_on_kind(small_resnet(), "conv2d", REUSE_FACTOR, 12)
    design = set_default(set_default(design, STRATEGY, "resource"), "precision", parse("ap_fixed<12,4>"))
    applied = apply_config(small_resnet(), config_yaml(design)).design
    assert applied.defaults.get(STRATEGY) == "resource"
    assert str(applied.defaults.get("precision")) == "ap_fixed<12,4>"
    assert applied.chosen("stem", REUSE_FACTOR).value == 12
    assert applied.chosen("conv1", REUSE_FACTOR).value == 4


def test_the_target_is_applied():
    text = "Backend: Vivado\nXilinxPart: XCKU115-flvb2104-2-i\nClockPeriod: 5\nIOType: io_stream\n"
    applied = apply_config(jet_tagger(), text)
    target = applied.design.target
    assert (target.flow, target.clock_ns, target.io_type, target.board.id) == ("vivado", 5.0, "io_stream", "pynq-z2")
    assert applied.notes == ("No board with the part XCKU115-flvb2104-2-i is known; the design stays on PYNQ-Z2.",)
    assert applied.design.layers == jet_tagger().layers  # it said nothing of layers


def test_a_known_part_or_board_is_taken():
    assert apply_config(jet_tagger(), "Part: xczu9eg-ffvb1156-2-e").design.target.board.id == "zcu102"
    assert apply_config(jet_tagger(), "convert: {board_name: zcu104}").design.target.board.id == "zcu104"


def test_a_configuration_without_auto_sets_types_for_all():
    applied = apply_config(jet_tagger(), "Model: {Precision: 'ap_fixed<10,4>', ReuseFactor: 4, Strategy: Resource}")
    design = applied.design
    assert layer_config(design, "fc1")["Precision"] == dict.fromkeys(
        ("weight", "bias", "accum", "result"), "ap_fixed<10,4>"
    )
    assert (design.defaults.get(REUSE_FACTOR), design.defaults.get(STRATEGY)) == (4, "resource")
    assert design.layers == ()  # the configuration replaces what was set before


def test_types_of_a_layer_fall_back_to_its_default_then_the_models():
    text = """
HLSConfig:
  Model: {Precision: {default: 'ap_fixed<9,3>'}}
  LayerType: {Dense: {Precision: {weight: 'ap_fixed<5,1>', result: auto}, ReuseFactor: 2}}
  LayerName: {fc2: {Precision: {default: 'ap_fixed<7,2>', accum: auto}}, relu1: {result_t: 'ap_ufixed<4,1>'}}
"""
    design = apply_config(jet_tagger(), text).design
    assert layer_config(design, "fc1")["Precision"] == {
        "weight": "ap_fixed<5,1>",
        "bias": "ap_fixed<9,3>",
        "accum": "ap_fixed<9,3>",
        "result": "auto",
    }
    assert layer_config(design, "fc2")["Precision"] == {
        "weight": "ap_fixed<5,1>",
        "bias": "ap_fixed<7,2>",
        "accum": "auto",
        "result": "auto",
    }
    assert layer_config(design, "relu1")["Precision"] == {"result": "ap_ufixed<4,1>"}
    assert layer_config(design, "fc3")["ReuseFactor"] == 2


def test_what_does_not_exist_here_is_listed():
    text = "LayerName: {fc1: {ReuseFactor: 2, Compression: true}, gone: {ReuseFactor: 2}}\nLayerType: {LSTM: {}}"
    applied = apply_config(jet_tagger(), text)
    assert applied.design.chosen("fc1", REUSE_FACTOR).value == 2
    assert applied.notes == (
        "LayerName.fc1: 'Compression' has no counterpart here and was left out.",
        "There are no layers gone here; what is said of them was left out.",
        "There is no layer of the class 'LSTM'.",
    )


def test_names_that_were_changed_for_c_are_found_again():
    network = jet_tagger().network
    renamed = replace(network.layers[1], name="a/b")
    layers = tuple(
        replace(layer, inputs=tuple("a/b" if source == "fc1" else source for source in layer.inputs))
        for layer in (network.layers[0], renamed, *network.layers[2:])
    )
    design = Design("d", type(network)(layers), jet_tagger().target)
    design = set_on_layers(design, ("a/b",), REUSE_FACTOR, 8)
    assert apply_config(replace(design, layers=()), config_yaml(design)).design == design


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [", "not YAML"),
        ("just words", "keys with values"),
        ("!!python/object/apply:os.system ['true']", "not YAML"),
        ("LayerName: {fc1: {ReuseFactor: many}}", "LayerName.fc1: reuse factor is 'many'"),
        ("LayerName: {fc1: {Precision: {weight: 8}}}", "LayerName.fc1.Precision.weight: a type is expected"),
        ("LayerName: {fc1: {Precision: {weight: fixed}}}", "LayerName.fc1.weight: 'fixed' is not a type"),
        ("ClockPeriod: fast", "ClockPeriod: a number"),
        ("IOType: io_serial", "not io_parallel or io_stream"),
        ("Model: 3", "In Model, keys with values"),
    ],
)
def test_what_is_no_configuration_is_refused_with_its_place(text, words):
    with pytest.raises(ValueError, match=words):
        apply_config(jet_tagger(), text)


def test_config_errors_are_design_errors_that_the_window_words():
    with pytest.raises(ConfigError):
        apply_config(jet_tagger(), "[]")


@pytest.mark.skipif(not TINY.is_dir(), reason="the shared models are not here")
def test_the_configurations_of_mlperf_tiny(tmp_path):
    network = read_model(TINY / "ad08.h5", TensorStore(tmp_path)).network
    design = Design("ad08", network, Target(board("arty-a7-100t"), 5.0))
    design = apply_config(design, (TINY / "ad08_hls4ml_config.yml").read_text()).design
    applied = apply_config(design, (TINY / "ad08_pynq.yml").read_text())
    design = applied.design
    assert len(applied.notes) == 1
    assert (design.target.board.id, design.target.clock_ns, design.target.io_type) == ("pynq-z2", 10.0, "io_stream")
    assert design.target.flow == "vivado_accelerator"
    assert design.chosen("q_dense_batchnorm", REUSE_FACTOR).value == 144
    assert design.chosen("q_dense_batchnorm_2", REUSE_FACTOR).value == 8
    assert str(design.chosen("q_dense_batchnorm", WEIGHT).value) == "ap_fixed<13,7>"
    assert str(design.chosen("q_activation", RESULT).value) == "ap_ufixed<7,6>"


@pytest.mark.skipif(not TINY.is_dir(), reason="the shared models are not here")
def test_the_configuration_of_rn07(tmp_path):
    network = read_model(TINY / "rn07.h5", TensorStore(tmp_path)).network
    design = Design("rn07", network, Target(board("arty-a7-100t"), 5.0))
    applied = apply_config(design, (TINY / "rn07_pynq.yml").read_text())
    assert applied.design.target.clock_ns == 6.67
    assert str(applied.design.chosen("q_conv2d_batchnorm", ACCUM).value) == "ap_fixed<17,7>"
    assert "q_dense_linear" in applied.notes[0]
