"""Types are read in hls4ml's and AMD's spelling and printed back exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.precision import AUTO, FixedType, Overflow, PrecisionError, Rounding, parse


@st.composite
def types(draw):
    """Types that the value class accepts."""
    width = draw(st.integers(1, 128))
    signed = draw(st.booleans())
    overflow = draw(st.sampled_from([mode for mode in Overflow if signed or mode is not Overflow.WRAP_SM]))
    rounding, bits = draw(st.sampled_from(Rounding)), draw(st.integers(0, width))
    return FixedType(width, draw(st.integers(-64, 192)), signed, rounding, overflow, bits)


@given(types())
def test_what_is_printed_reads_back_as_the_same_type(kind):
    assert parse(str(kind)) == kind
    assert str(parse(str(kind))) == str(kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ap_fixed<16,6>", FixedType(16, 6)),
        ("fixed<16,6>", FixedType(16, 6)),
        ("ap_ufixed<8, 0, AP_RND, AP_SAT>", FixedType(8, 0, False, Rounding.RND, Overflow.SAT)),
        ("ufixed<8,0,rnd,sat_sym>", FixedType(8, 0, False, Rounding.RND, Overflow.SAT_SYM)),
        ("ap_fixed<8,-2,AP_RND_CONV,AP_WRAP,2>", FixedType(8, -2, True, Rounding.RND_CONV, Overflow.WRAP, 2)),
        ("ap_int<8>", FixedType(8, 8)),
        ("uint<3>", FixedType(3, 3, False)),
        ("ac_fixed<8,3,false,AC_RND,AC_SAT>", FixedType(8, 3, False, Rounding.RND, Overflow.SAT)),
        ("ac_fixed<8,3>", FixedType(8, 3)),
        ("ac_int<4,0>", FixedType(4, 4, False)),
        (" AUTO ", AUTO),
    ],
)
def test_every_spelling_is_understood_and_kept(text, kind):
    assert parse(text) == kind
    assert str(parse(text)) == (text.strip() if kind != AUTO else "auto")


def test_the_spelling_goes_as_soon_as_the_type_changes():
    assert str(parse("fixed<16,6>").changed(width=18)) == "ap_fixed<18,6>"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("float", "is not a type"),
        ("ap_fixed<16>", "number of integer bits"),
        ("ap_fixed<16,6,AP_RND,AP_SAT,1,2>", "too many"),
        ("ap_fixed<16,6,AP_MAYBE>", "'AP_MAYBE' is no rounding mode"),
        ("ap_fixed<16,6,AP_RND,AP_MAYBE>", "'AP_MAYBE' is no overflow mode"),
        ("ap_fixed<sixteen,6>", "'sixteen' is not a whole number"),
        ("ap_fixed<0,0>", "1 to 1024 bits"),
        ("ap_fixed<2000,6>", "1 to 1024 bits"),
        ("ap_fixed<8,9999>", "beyond what can be computed"),
        ("ap_fixed<8,-9999>", "beyond what can be computed"),
        ("ap_ufixed<8,3,AP_RND,AP_WRAP_SM>", "needs a sign"),
        ("ap_fixed<8,3,AP_RND,AP_WRAP,9>", "saturation bits"),
        ("ap_int<8,AP_RND>", "nothing else"),
        ("ac_ufixed<8,3>", "ac_fixed<..., false>"),
        ("ap_fixed<8,3", "is not a type"),
        ("", "is not a type"),
    ],
)
def test_what_is_no_type_says_why_and_shows_what_would_do(text, reason):
    with pytest.raises(PrecisionError, match=reason) as caught:
        parse(text)
    assert "ap_fixed<16,6>" in str(caught.value)


@given(st.text(max_size=30))
def test_any_text_is_a_type_or_a_typed_error(text):
    try:
        parse(text)
    except PrecisionError as error:
        message = str(error)
    else:
        return
    assert "is not a type" in message


@given(types())
def test_range_and_step_follow_from_the_bits(kind):
    values = kind.minimum, kind.maximum
    assert kind.step == 2.0 ** (kind.integer - kind.width)
    symmetric = kind.signed and kind.overflow is Overflow.SAT_SYM
    assert (values[1] - values[0]) / kind.step == (
        2**kind.width - 1 - symmetric if kind.width < 53 else pytest.approx(2.0**kind.width)
    )
    assert kind.minimum <= 0 <= kind.maximum


def test_chips_show_the_shortest_form():
    assert (FixedType(8, 3).short, FixedType(8, 0, False).short, AUTO.short) == ("8,3", "u8,0", "auto")
