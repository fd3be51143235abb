"""Amounts with units, as people write them."""

import re
from collections.abc import Mapping

_AMOUNT = re.compile(r"\s*([0-9][0-9.,]*(?:e[+-]?\d+)?)\s*(\S*)\s*", re.IGNORECASE)


def parse_amount(text: str, units: Mapping[str, float]) -> float:
    """`1,500 ns` with the factors of its units; without a unit the one of factor 1. Raises ValueError."""
    match = _AMOUNT.fullmatch(text)
    default = next(unit for unit, factor in units.items() if factor == 1)
    unit = match[2] or default if match else ""
    if match is None or unit not in units:
        raise ValueError(f"Write a number and a unit: {', '.join(units)}.")
    value = float(match[1].replace(",", "")) * units[unit]
    if value <= 0:
        raise ValueError("It must be above zero.")
    return value


def format_amount(value: float, units: Mapping[str, float]) -> str:
    """The value in the largest unit that leaves at least one before the point."""
    fitting = [(factor, unit) for unit, factor in units.items() if value >= factor]
    factor, unit = max(fitting) if fitting else min((factor, unit) for unit, factor in units.items())
    return f"{value / factor:,.6g} {unit}"
