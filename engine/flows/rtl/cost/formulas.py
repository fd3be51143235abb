"""Look-up tables and flip-flops of a module: sums over what its Verilog holds, learned from the flow's own runs.

`python -m tests.benchmarks.rtl.fit` maps modules with Yosys, learns the weights, and finds how far modules of shapes
that it did not learn from lie from the sums. It writes `resources/estimates/rtl.json`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resources
from engine.estimate import Quantity
from engine.flows.rtl.cost.amounts import in_blocks, tables
from engine.flows.rtl.cost.reading import ADDERS, COMPARISONS, REGISTERS, SELECTORS, Reading
from engine.flows.rtl.synthesis.technology import Technology

FILE = Path(resources.__file__).parent / "estimates" / "rtl.json"
TABLES, WRITTEN, SOFT, MODULE = "constants", "memory", "small products", "control"
IN_MULTIPLIERS, IN_MEMORIES = "taken into multipliers", "taken into block memory"
TERMS = {
    "LUT": (ADDERS, SELECTORS, COMPARISONS, TABLES, WRITTEN, SOFT, MODULE, IN_MULTIPLIERS),
    "FF": (REGISTERS, MODULE, IN_MULTIPLIERS, IN_MEMORIES),
}
"""What a sum of each resource is made of; registers and adders beside multipliers and memories go into them."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Weights by term, and the interval as factors on the sum; `modules` taught it."""

    weights: Mapping[str, float]
    low: float
    high: float
    modules: int

    def of(self, terms: Mapping[str, float], resource: str) -> Quantity:
        """The sum with its interval, its terms and its reason."""
        parts = tuple((name, weight * terms[name]) for name, weight in self.weights.items())
        value = max(sum(amount for _, amount in parts), 0.0)
        reason = f"What the Verilog holds, weighted as {self.modules} modules taught that Yosys mapped."
        return Quantity(value, value * self.low, value * self.high, f"{reason} {_RULE[resource]}".strip(), parts)


_LEARNED_PRODUCTS = 48
"""Products at once in the largest modules that were learned from; none was a matrix of constant adders."""
_STRUCTURE = {
    "LUT": ({ADDERS: 1.0, TABLES: 1.0, WRITTEN: 1.0, SELECTORS: 0.34, COMPARISONS: 0.2}, (0.5, 1.2)),
    "FF": ({REGISTERS: 1.0}, (0.4, 1.1)),
}
"""Tables for each bit of what the Verilog holds, and how far they may be off: multipliers may take much of it in.

Yosys for 7 series took 0.86 of the tables and 0.99 of the flip-flops of the public jet tagger at reuse factor 1, and
0.4 of the flip-flops of a published design of 272 multipliers; other families have not been held against it.
"""


def is_learned(reading: Reading) -> bool:
    """Whether the formulas were taught by modules of this kind and size."""
    products = sum(reading.products.values())
    constant_matrix = not products and reading.amounts[ADDERS] > 2 * reading.amounts[SELECTORS]
    return products <= _LEARNED_PRODUCTS and not constant_matrix


def structure(terms: Mapping[str, float], resource: str) -> Quantity:
    """What a module holds, bit by bit: for those that no formula was taught of."""
    weights, (low, high) = _STRUCTURE[resource]
    parts = tuple((name, weight * terms[name]) for name, weight in weights.items())
    value = sum(amount for _, amount in parts)
    reason = (
        "No module of its kind or size taught the formula: a table for each bit added, a flip-flop for each bit kept."
    )
    return Quantity(value, value * low, value * high, reason, parts)


_RULE = {"LUT": "Placement puts two small tables into one, so a placed design shows fewer.", "FF": ""}


def terms(reading: Reading, technology: Technology) -> dict[str, float]:
    """What sums are made of."""
    inside = [memory for memory in reading.memories if not in_blocks(memory, technology)]
    return {
        **{name: float(reading.amounts[name]) for name in (REGISTERS, ADDERS, SELECTORS, COMPARISONS)},
        TABLES: float(sum(tables(memory, technology) for memory in inside if memory.fixed)),
        WRITTEN: float(sum(tables(memory, technology) for memory in inside if not memory.fixed)),
        SOFT: float(sum(left * right * number for (left, right), number in reading.soft.items())),
        MODULE: 1.0,
        IN_MULTIPLIERS: float(sum((left + right) * number for (left, right), number in reading.products.items())),
        IN_MEMORIES: float(sum(memory.bits for memory in reading.memories if in_blocks(memory, technology))),
    }


@cache
def formulas(technology: Technology) -> Mapping[str, Formula]:
    """By resource; empty for a technology that has not been learned. UltraScale+ has the tables of 7 series."""
    learned = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    alike = learned.get(Technology.XC7.value, {}) if technology is Technology.XCUP else {}
    found = learned.get(technology.value, alike)
    return {
        resource: Formula(entry["weights"], entry["low"], entry["high"], entry["modules"])
        for resource, entry in found.items()
    }


@cache
def digest() -> str:
    """Tells one set of formulas from another."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:12] if FILE.exists() else "none"
