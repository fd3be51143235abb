"""Numbers as the inspector writes them: grouped, with a true minus sign, powers of two where they are shorter."""

from math import ceil, floor, log2, log10

from engine.design import Value

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LARGE, _SMALL = 1e5, 1e-4
_MILLION = 1e6
_CHOICES = {
    "latency": "Latency",
    "resource": "Resource",
    "resource_unrolled": "Unrolled",
    "distributed_arithmetic": "Distributed",
    "lut": "LUT",
    "dsp": "DSP",
    "relu": "ReLU",
    "relu6": "ReLU 6",
    "selu": "SELU",
    "elu": "ELU",
    "leaky_relu": "Leaky ReLU",
    "thresholded_relu": "Thresholded ReLU",
    "prelu": "PReLU",
}


def grouped(value: float) -> str:
    """A whole number with groups of three: `9,216`, `−4`."""
    return f"{value:,.0f}".replace("-", "−")


def figure(value: float) -> str:
    """A number with four significant digits: `3.969`, `0.03125`, `−4`; powers of two where it is very long."""
    if value == 0:
        return "0"
    if abs(value) >= _LARGE or abs(value) < _SMALL:
        return _as_power(value)
    digits = max(3 - floor(log10(abs(value))), 0)
    text = f"{value:,.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def at_most(value: float) -> str:
    """The same for an upper limit, never above it: `31.99` for 32 less a small step."""
    if value <= 0 or value >= _LARGE or value < _SMALL:
        return figure(value)
    digits = max(3 - floor(log10(value)), 0)
    near = round(value, digits)
    # 31.9995 would round to 32, the first value that is out of range; 3.96875 to 3.969, which misleads nobody.
    return figure(near if near < 2 ** ceil(log2(value)) else floor(value * 10**digits) / 10**digits)


def rounded(value: float) -> str:
    """A number with three significant digits, for the ends of intervals: `13,000`, `5.78 M`."""
    size = abs(value)
    digits = 2 - floor(log10(size)) if size >= 1000 else 0
    near = round(value, digits)
    return f"{near / _MILLION:.3g} M" if _MILLION <= abs(near) < 1000 * _MILLION else grouped(near)


def percent(share: float) -> str:
    """A share of 0 to 1: `27 %`, `9.6 %`, `0 %`, `under 0.1 %`."""
    if 0 < share < 0.001:
        return "under 0.1 %"
    decimals = 1 if 0 < share < 0.0995 else 0
    return f"{share * 100:.{decimals}f} %"


def power(exponent: int) -> str:
    """`2⁻³`."""
    return f"2{str(exponent).translate(_SUPERSCRIPTS)}"


def extents(numbers: tuple[int, ...]) -> str:
    """A shape or kernel for a field: `8 × 8 × 1`."""
    return " × ".join(str(number).replace("-", "−") for number in numbers)


def plural(count: int, word: str) -> str:
    """`1 bit`, `3 bits`, `9,216 legal values`."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def choice_label(value: Value) -> str:
    """How a choice of a setting reads: `Unrolled`, `Yes`, `Line buffer`, `1,024`."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        return figure(value) if isinstance(value, float) else grouped(value)
    text = str(value)
    return _CHOICES.get(text.lower()) or text.replace("_", " ").capitalize()


def _as_power(value: float) -> str:
    """The nearest power of two: exact for steps and lower limits, and for upper limits all but the step."""
    exponent = round(log10(abs(value)) / log10(2))
    return ("−" if value < 0 else "") + power(exponent)
