"""Descriptions of quantisers are read without evaluating them."""

import pytest

from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.readers import ModelFileError
from engine.readers.specs import SpecError, is_quantizer, read_spec, to_quantizer


def read(value, trained=False):
    return to_quantizer(read_spec(value, "here"), "here", trained)


@pytest.mark.parametrize(
    ("value", "quantizer"),
    [
        ("quantized_bits(8,2,alpha=1)", Quantizer(QuantizerKind.BITS, 8, 2, alpha=1)),
        ("quantized_bits", Quantizer(QuantizerKind.BITS)),
        (" quantized_bits( bits=6 , keep_negative=False )", Quantizer(QuantizerKind.BITS, 6, signed=False)),
        ("quantized_bits(4,0,0,True,'auto')", Quantizer(QuantizerKind.BITS, 4, symmetric=True, alpha="auto")),
        ("quantized_relu(6,2,negative_slope=0.25)", Quantizer(QuantizerKind.RELU, 6, 2, slope=0.25)),
        ("quantized_tanh(5,symmetric=True)", Quantizer(QuantizerKind.TANH, 5, symmetric=True)),
        ("quantized_sigmoid(7,use_real_sigmoid=1)", Quantizer(QuantizerKind.SIGMOID, 7, real=True)),
        ("binary(use_01=True,alpha=1)", Quantizer(QuantizerKind.BINARY, 1, signed=False, alpha=1)),
        ("ternary(threshold=0.2)", Quantizer(QuantizerKind.TERNARY, 2, threshold=0.2)),
        ("quantized_po2(4,2)", Quantizer(QuantizerKind.POWER_OF_TWO, 4, maximum=2)),
        (
            "quantized_relu_po2(6,quadratic_approximation=True,log2_rounding='floor')",
            Quantizer(QuantizerKind.RELU_POWER_OF_TWO, 6, quadratic=True, floor=True),
        ),
        (
            {"class_name": "quantized_bits", "config": {"bits": 12, "integer": 6, "symmetric": 0, "alpha": 1}},
            Quantizer(QuantizerKind.BITS, 12, 6, alpha=1),
        ),
    ],
)
def test_texts_and_objects_are_read(value, quantizer):
    assert read(value) == quantizer


def test_qkeras_finds_the_scale_of_trained_weights_that_have_none():
    assert read("quantized_bits(4,0)", trained=True).alpha == "auto_po2"
    assert read("quantized_bits(4,0)", trained=True).symmetric
    assert read("quantized_bits(4,0,alpha=1)", trained=True).alpha == 1
    assert read("quantized_relu(4,0)", trained=True).alpha == ""


@pytest.mark.parametrize(
    "value",
    [
        "quantized_bits(__import__('os').system('touch hacked'))",
        "quantized_bits((lambda: 8)())",
        "(lambda x: x)(8)",
        "os.system('x')",
        "quantized_bits(8,2,3,4,5,6,7,8,9,10,11,12)",
        "quantized_bits(8,",
        "[" * 900,
        "quantized_bits(" + "1" * 2000 + ")",
        "quantized_bits(8,2,alpha='autumn')",
        "quantized_bits(8,2,alpha=[1,2])",
        "quantized_bits(1,0,alpha='auto')",
        "quantized_bits(0,0)",
        "quantized_bits(8,2,qnoise_factor=0.5)",
        "quantized_bits(8,2,magic=3)",
        "quantized_relu(8,2,negative_slope=0.3)",
        "quantized_relu(8,2,use_sigmoid=1)",
        "quantized_po2(40)",
        "ternary(threshold=-1)",
        "bernoulli()",
        "quantized_ulaw(8)",
    ],
)
def test_what_is_no_supported_quantiser_is_refused_with_a_way_out(value, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SpecError) as caught:
        read(value)
    assert caught.value.remedy.endswith(".")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "value", [7, ["quantized_bits"], {"config": {}}, {"class_name": "quantized_bits", "config": 3}]
)
def test_what_is_no_description_at_all_is_damage(value):
    with pytest.raises(ModelFileError, match="here"):
        read(value)


def test_plain_functions_are_told_from_quantisers():
    assert not is_quantizer(read_spec("relu", ""))
    assert is_quantizer(read_spec("binary", ""))
    assert read_spec(None, "") is None
    assert read_spec({"class_name": "function", "config": "relu"}, "").name == "relu"
