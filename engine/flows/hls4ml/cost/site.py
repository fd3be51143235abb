"""Where a layer is built: what of target and tool the formulas ask for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from engine.boards import Family
from engine.design import Target
from engine.estimate import Level, Quantity
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.hls4ml.cost.corrections import NONE, PART_GROUPS, VITIS, VIVADO, Book, Corrections, Factors

DSP, LUT = "dsp", "lut"

_UNCERTAINTY = {VIVADO: 0.125, VITIS: 0.27}
"""Share of the clock period that hls4ml has each tool keep in reserve."""


@dataclass(frozen=True, slots=True)
class Site:
    """Tool, device family, clock period in ns, and interface; the level that is foretold and what was learned of it."""

    vitis: bool
    series7: bool
    clock_ns: float
    stream: bool
    slowness: float = 1.0
    """Delays over those of the parts that the formulas were fitted on: speed grade 2, small 7 series parts."""
    level: Level = Level.C_SYNTHESIS
    corrections: Corrections = NONE
    multipliers: str = ""
    """What every product was asked to be built of, `dsp` or `lut`; empty: as the tool chooses."""

    @property
    def tool(self) -> str:
        """The tool by name, for reasons."""
        return VITIS if self.vitis else VIVADO

    @property
    def budget_ns(self) -> float:
        """What of the clock period the tool fills with logic."""
        return self.clock_ns * (1 - _UNCERTAINTY[self.tool])

    def asked(self, multipliers: str) -> "Site":
        """The site where products are built of what was asked for."""
        return replace(self, multipliers=multipliers) if self.vitis and multipliers in (DSP, LUT) else self

    def doubt(self, vivado: float, vitis: float) -> float:
        """Relative doubt of a formula: as measured with Vivado HLS, or carried over to Vitis HLS."""
        return vitis if self.vitis else vivado

    def lut(self, terms: Mapping[str, float], below: float, above: float, why: str = "") -> Quantity:
        """Look-up tables: the sum of the terms as corrected, with relative doubt."""
        return _sum(terms, self.corrections.lut, self.corrections.lut_else, below, above, why)

    def ff(self, terms: Mapping[str, float], below: float, above: float, why: str = "") -> Quantity:
        """Flip-flops: the sum of the terms as corrected, with relative doubt."""
        return _sum(terms, self.corrections.ff, self.corrections.ff_else, below, above, why)


def _sum(
    terms: Mapping[str, float], factors: Factors, otherwise: float, below: float, above: float, why: str
) -> Quantity:
    corrected = [(name, amount * factors.get(name, otherwise)) for name, amount in terms.items()]
    value: float = 0
    for _, amount in corrected:
        value += amount
    return Quantity(value, value * (1 - below) if below < 1 else 0.0, value * (1 + above), why, tuple(corrected))


def site_of(target: Target, level: Level, book: Book) -> Site:
    """The site of a target."""
    vitis = BACKENDS[target.flow.replace("-", "_")].name == "Vitis"
    series7 = target.board.family is Family.SERIES_7
    corrections = book.of(level, VITIS if vitis else VIVADO, part_group(target))
    stream, slowness = target.io_type == "io_stream", slowness_of(target.board.part)
    return Site(vitis, series7, target.clock_ns, stream, slowness, level, corrections)


@cache
def slowness_of(part: str) -> float:
    """About 15 % a speed grade; the logic of Kintex-7, Virtex-7 and of Zynq-7000 from 7030 up is a third faster.

    The latter from three designs on xc7vx690t and xc7z100; grades as AMD's data sheets have adders.
    """
    grade = re.search(r"-([1-3])L?V?(?:-|$|[A-Z]$)", part)
    fast = re.match(r"xc7(k|v|z0(3|4)|z1)", part)
    return (0.65 if fast else 1.0) * {"1": 1.15, "3": 0.87}.get(grade[1] if grade else "", 1.0)


def part_group(target: Target) -> str:
    """Parts whose logic is alike: one of PART_GROUPS."""
    return PART_GROUPS[0] if target.board.family is Family.SERIES_7 else PART_GROUPS[1]
