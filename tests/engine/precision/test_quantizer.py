"""Quantisers: the types they imply hold what they yield, and their defining properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.precision import Overflow, Rounding
from engine.precision.quantize import apply_quantizer, cast
from engine.precision.quantizer import Quantizer, QuantizerKind

VALUES = arrays(np.float32, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=st.floats(-40, 40, width=32))
BITS = st.integers(1, 12)


@st.composite
def quantizers(draw):
    """Quantisers whose scale is 1."""
    kind = draw(st.sampled_from(QuantizerKind))
    powers = kind in (QuantizerKind.POWER_OF_TWO, QuantizerKind.RELU_POWER_OF_TWO)
    slope = draw(st.sampled_from((0.0, 0.25, 1.0))) if "relu" in kind else 0.0
    return Quantizer(
        kind,
        bits=draw(st.integers(2 if slope or powers else 1, 6 if powers else 12)),
        integer=draw(st.integers(0, 6)),
        signed=draw(st.booleans()),
        symmetric=draw(st.booleans()),
        threshold=draw(st.sampled_from((None, 0.2, 3.0))),
        slope=slope,
        real=draw(st.booleans()),
        maximum=draw(st.sampled_from((None, 0.5, 4.0))),
        quadratic=draw(st.booleans()),
        floor=draw(st.booleans()),
    )


@given(VALUES, quantizers())
def test_the_type_of_a_quantiser_holds_every_value_it_yields(values, quantizer):
    quantised = apply_quantizer(values, quantizer)
    assert quantised.shape == values.shape
    assert quantised.dtype == np.float32
    np.testing.assert_array_equal(cast(quantised, quantizer.type()), quantised)
    np.testing.assert_array_equal(cast(quantised, quantizer.storage_type()), quantised)


@given(VALUES, quantizers().filter(lambda q: q.kind in (QuantizerKind.BITS, QuantizerKind.RELU) and not q.slope))
def test_casting_to_the_type_is_quantising(values, quantizer):
    """Rounding and saturation of the type are those of the quantiser, up to the sign that a ReLU drops."""
    if quantizer.kind is QuantizerKind.BITS and quantizer.bits == quantizer.signed:
        return  # one bit: the sign only, which rounding does not give
    reached = np.maximum(values, 0) if quantizer.kind is QuantizerKind.RELU or not quantizer.signed else values
    np.testing.assert_array_equal(cast(reached, quantizer.type()), apply_quantizer(values, quantizer))


@given(VALUES, st.integers(2, 10), st.sampled_from(("auto", "auto_po2")))
def test_found_scales_give_each_channel_a_symmetric_grid(values, bits, alpha):
    quantised = apply_quantizer(values, Quantizer(QuantizerKind.BITS, bits, symmetric=True, alpha=alpha))
    assert np.isfinite(quantised).all()
    np.testing.assert_array_equal(
        apply_quantizer(-values, Quantizer(QuantizerKind.BITS, bits, symmetric=True, alpha=alpha)), -quantised
    )
    for channel in quantised.T:
        assert len(np.unique(np.abs(channel))) <= 2 ** (bits - 1)


def test_types_carry_the_modes_and_constants_do_without():
    bits = Quantizer(QuantizerKind.BITS, 8, 2)
    assert (bits.type().rounding, bits.type().overflow) == (Rounding.RND_CONV, Overflow.SAT)
    assert str(bits.storage_type()) == "ap_fixed<8,3>"
    assert str(Quantizer(QuantizerKind.RELU, 6, 6).type()) == "ap_ufixed<6,6,AP_RND_CONV,AP_SAT>"
    assert str(Quantizer(QuantizerKind.BITS, 1).type()) == "ap_fixed<2,2>"
    assert Quantizer(QuantizerKind.BITS, 8, symmetric=True).type().overflow is Overflow.SAT_SYM


def test_a_quantiser_without_a_type_says_so():
    with pytest.raises(ValueError, match="1 to 1024 bits"):
        Quantizer(QuantizerKind.POWER_OF_TWO, 16).type()


def test_known_values():
    relu = Quantizer(QuantizerKind.RELU, 4, 2)
    assert apply_quantizer([-1, 0.1, 0.125, 0.375, 5], relu).tolist() == [0, 0, 0, 0.5, 3.75]
    leaky = Quantizer(QuantizerKind.RELU, 4, 2, slope=0.25)
    assert apply_quantizer([-100, -2, 1], leaky).tolist() == [-1, -0.5, 1]
    assert apply_quantizer([-2, 0, 2], Quantizer(QuantizerKind.BINARY, 1)).tolist() == [-1, 1, 1]
    assert apply_quantizer([-2, 0.2, 2], Quantizer(QuantizerKind.TERNARY, 2)).tolist() == [-1, 0, 1]
    assert apply_quantizer([-3, 0.3], Quantizer(QuantizerKind.POWER_OF_TWO, 4)).tolist() == [-4, 0.25]
    assert apply_quantizer([-9, 0.5, 9], Quantizer(QuantizerKind.TANH, 3)).tolist() == [-1, 0.5, 0.75]
