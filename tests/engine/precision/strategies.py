"""Types and numbers to try them on."""

from hypothesis import strategies as st

from engine.precision import FixedType, Overflow, Rounding


@st.composite
def fixed_types(draw, widest=20):
    """Types of up to `widest` bits in all modes."""
    width = draw(st.integers(1, widest))
    signed = draw(st.booleans())
    overflow = draw(st.sampled_from([mode for mode in Overflow if signed or mode is not Overflow.WRAP_SM]))
    bits = draw(st.integers(0, width)) if "WRAP" in overflow else 0
    return FixedType(width, draw(st.integers(-8, 24)), signed, draw(st.sampled_from(Rounding)), overflow, bits)


NUMBERS = st.one_of(
    st.floats(-1e6, 1e6),
    st.integers(-4000, 4000).map(lambda n: n / 16),
    st.floats(allow_nan=False, allow_infinity=False),
)
"""Of any size, and many that are exactly half-way between two values of a type."""
