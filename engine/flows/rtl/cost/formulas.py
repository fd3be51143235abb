"""Look-up tables and flip-flops of a module: sums over what its Verilog holds, learned from the flow's own runs.

`python -m tests.benchmarks.rtl.fit` learns the weights from modules that Yosys mapped, one set for each kind of module,
and finds how far modules of shapes that it did not learn from lie from the sums: `resources/estimates/rtl.json`.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resources
from engine.estimate import Quantity
from engine.flows.rtl.cost.amounts import in_blocks, in_multiplier, tables
from engine.flows.rtl.cost.reading import (
    ADDERS,
    ALIKE,
    CHOICES,
    COMPARISONS,
    CONSTANT_ADDERS,
    FACTORS,
    FIXED,
    REGISTERS,
    SELECTORS,
    SUMS,
    WEIGHTS,
    ZEROED,
    Reading,
)
from engine.flows.rtl.synthesis.technology import Technology

FILE = Path(resources.__file__).parent / "estimates" / "rtl.json"
TABLES, WRITTEN, SOFT, MODULE = "constants", "memory", "small products", "control"
IN_MULTIPLIERS, IN_MEMORIES = "taken into multipliers", "taken into block memory"
FIXED_ADDERS, FIXED_SELECTORS = "adders of weights that stay the same", "selectors of weights that stay the same"
FIXED_REGISTERS = "registers of weights that stay the same"

CONSTANT, MULTIPLYING, SMALL, OTHER = "constant matrix", "multipliers", "small multipliers", "other"
"""Kinds of modules: sums by adders alone, by blocks that multiply, by multipliers of tables, and without weights."""

_LOGIC = (ADDERS, SELECTORS, CHOICES, ZEROED, COMPARISONS, WRITTEN, MODULE)
TERMS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "LUT": {
        CONSTANT: (*_LOGIC, CONSTANT_ADDERS),
        MULTIPLYING: (*_LOGIC, TABLES, SUMS),
        SMALL: (*_LOGIC, TABLES, FIXED_ADDERS, FIXED_SELECTORS),
        OTHER: (*_LOGIC, TABLES, SOFT, IN_MULTIPLIERS),
    },
    "FF": {
        CONSTANT: (REGISTERS, MODULE),
        MULTIPLYING: (REGISTERS, MODULE, IN_MULTIPLIERS, FACTORS, SUMS, IN_MEMORIES, FIXED_REGISTERS, ALIKE),
        SMALL: (REGISTERS, MODULE, IN_MEMORIES, FIXED_REGISTERS, ALIKE),
        OTHER: (REGISTERS, MODULE, IN_MULTIPLIERS, IN_MEMORIES),
    },
}
"""What a sum of each resource is made of; registers and adders beside multipliers and memories go into them."""
FLOOR = 20
"""Cells that a module may be off whatever its size: errors are relative to the count and these."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Weights by term, and the interval as factors on the sum; `modules` taught it, the largest of `largest` cells."""

    weights: Mapping[str, float]
    low: float
    high: float
    modules: int
    largest: int

    def of(self, terms: Mapping[str, float], resource: str) -> Quantity:
        """The sum with its interval, its terms and its reason."""
        parts = tuple((name, weight * terms[name]) for name, weight in self.weights.items() if terms[name])
        value = max(sum(amount for _, amount in parts), 0.0)
        low, high = (max((value + FLOOR) * factor - FLOOR, 0.0) for factor in (self.low, self.high))
        return Quantity(value, min(low, value), high, " ".join(filter(None, self._reasons(value, resource))), parts)

    def _reasons(self, value: float, resource: str) -> tuple[str, ...]:
        return (
            f"What the Verilog holds, weighted as {self.modules} modules of its kind taught that Yosys mapped.",
            f"It is larger than all of them: up to {self.largest:,}." if value > self.largest else "",
            _RULE[resource],
        )


_RULE = {"LUT": "Placement puts two small tables into one, so a placed design shows fewer.", "FF": ""}


def kind(reading: Reading, technology: Technology) -> str:
    """Which modules a module is like."""
    if reading.amounts[CONSTANT_ADDERS]:
        return CONSTANT
    if not reading.amounts[WEIGHTS]:
        return OTHER
    return MULTIPLYING if any(in_multiplier(pair, technology) for pair in reading.products) else SMALL


def terms(reading: Reading, technology: Technology) -> dict[str, float]:
    """What sums are made of. Yosys puts no registers and adders into the multipliers of UltraScale+."""
    amounts = reading.amounts
    inside = [memory for memory in reading.memories if not in_blocks(memory, technology)]
    hard = Counter({pair: number for pair, number in reading.products.items() if in_multiplier(pair, technology)})
    soft = reading.products - hard
    taking = hard if technology is not Technology.XCUP else Counter[tuple[int, int]]()
    fixed = amounts[FIXED] / max(amounts[WEIGHTS], 1)
    names = (REGISTERS, ADDERS, CONSTANT_ADDERS, SELECTORS, CHOICES, ZEROED, COMPARISONS)
    return {
        **{name: float(amounts[name]) for name in names},
        **{name: float(amounts[name] if taking else 0) for name in (FACTORS, SUMS)},
        FIXED_ADDERS: fixed * amounts[ADDERS],
        FIXED_SELECTORS: fixed * amounts[SELECTORS],
        FIXED_REGISTERS: fixed * amounts[REGISTERS],
        ALIKE: float(amounts[ALIKE]),
        TABLES: float(sum(tables(memory, technology) for memory in inside if memory.fixed)),
        WRITTEN: float(sum(tables(memory, technology) for memory in inside if not memory.fixed)),
        SOFT: float(sum(left * right * number for (left, right), number in soft.items())),
        MODULE: 1.0,
        IN_MULTIPLIERS: float(sum((left + right) * number for (left, right), number in taking.items())),
        IN_MEMORIES: float(sum(memory.bits for memory in reading.memories if in_blocks(memory, technology))),
    }


@cache
def formulas(technology: Technology) -> Mapping[str, Mapping[str, Formula]]:
    """By resource and kind; empty for a technology that was not learned.

    UltraScale+ has the tables and the formulas of 7 series: of 43 modules that Yosys mapped for it, 41 lay in their
    intervals of LUT, and 41 in those of FF.
    """
    learned = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    alike = learned.get(Technology.XC7.value, {}) if technology is Technology.XCUP else {}
    found = learned.get(technology.value, alike)
    return {resource: {name: Formula(**entry) for name, entry in kinds.items()} for resource, kinds in found.items()}


@cache
def digest() -> str:
    """Tells one set of formulas from another."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:12] if FILE.exists() else "none"
