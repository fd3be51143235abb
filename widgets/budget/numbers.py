"""How numbers are written: grouped, with a minus sign, three figures and the unit that suits them."""

from math import ceil, isfinite
from typing import NamedTuple

MINUS = "−"
_TIME = (("ns", 1e-3), ("µs", 1.0), ("ms", 1e3), ("s", 1e6))
_RATE = (("/s", 1.0), ("M/s", 1e6))
_CYCLES = (("cycles", 1.0), ("M cycles", 1e6))
_MANY_CYCLES = 1e8


class Unit(NamedTuple):
    """A unit and how many base units (µs, cycles, 1/s) it holds."""

    name: str
    factor: float


def grouped(value: float) -> str:
    """A whole number in groups of three digits, `12,345`."""
    return f"{value:,.0f}".replace("-", MINUS)


def signed(text: str, value: float) -> str:
    """The text of a magnitude with the sign of `value`, `+3,320` or `−11.5`."""
    return (MINUS if value < 0 else "+") + text


def percent(share: float) -> str:
    """A share as `77 %`: never 100 when it is not, nor 0 when something is there."""
    if not isfinite(share):
        return "over"
    hundredths = share * 100
    if 0 < hundredths < 1:
        return "<1 %"
    if hundredths > 100:
        return f"{ceil(hundredths - 1e-9):,} %" if hundredths < 101 else f"{hundredths:,.0f} %"
    return f"{min(round(hundredths), 100 if hundredths == 100 else 99)} %"


def figures(value: float, count: int = 3) -> str:
    """A value with `count` significant figures, whole and grouped from there on: `6.41`, `79.1`, `20,678`."""
    size = abs(value)
    decimals = max(count - 1, 0)
    while decimals and round(size, decimals) >= 10 ** (count - decimals):
        decimals -= 1
    return f"{value:,.{decimals}f}".replace("-", MINUS)


def unit_for(kind: str, value: float) -> Unit:
    """The unit in which a latency (µs), interval (cycles) or rate (1/s) reads best."""
    if kind == "interval":
        if value == 1:
            return Unit("cycle", 1.0)
        return Unit(*_CYCLES[value >= _MANY_CYCLES])
    units = _TIME if kind == "latency" else _RATE
    # What rounds up to 1,000 of a unit is 1 of the next.
    fitting = [unit for unit in units if value >= unit[1] * 0.9995]
    return Unit(*(fitting[-1] if fitting else units[0]))


def in_unit(kind: str, value: float, unit: Unit) -> str:
    """A value in a unit: cycles whole, others with three figures."""
    if kind == "interval" and unit.factor == 1:
        return grouped(value)
    return figures(value / unit.factor)


def with_unit(kind: str, value: float) -> str:
    """`79.1 µs`, `4,836 cycles`, `20,678 /s`."""
    unit = unit_for(kind, value)
    return f"{in_unit(kind, value, unit)} {unit.name}"


def bound_text(kind: str, value: float) -> str:
    """A requirement as it was typed, `100 µs` or `20,000 /s`: no zeros that nobody wrote."""
    unit = unit_for(kind, value)
    return f"{value / unit.factor:,.6g} {unit.name}"


def span(kind: str, low: float, high: float, unit: Unit) -> str:
    """`73 to 86 µs`: two figures, three where two do not tell the ends apart."""
    for count in (2, 3):
        ends = [figures(end / unit.factor, count) for end in (low, high)]
        if ends[0] != ends[1]:
            break
    return f"{ends[0]} to {ends[1]} {unit.name}"
