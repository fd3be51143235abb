"""The published values that FINN's formulas give: how far each is off, which must be nothing at all."""

from engine.boards import board
from engine.design import Design
from engine.flows.finn.cost import matrix
from engine.flows.finn.cost.matrix import Build, Folding, Matrix, Memory, Multipliers
from engine.flows.finn.planner import Planner
from engine.flows.finn.set_folding import matrix_folding
from engine.flows.registry import flow
from engine.scoreboard.finn_designs import cnv_w1a1, kws_w3a3
from engine.search import by_rule
from tests.benchmarks._table import Row

_CNV = (32_400, 28_224, 20_736, 28_800, 20_736, 18_432, 32_768, 32_768, 1_024)
_KWS = (392, 256, 256, 384)
_FIVE = ((30, 1, 1, 16_384), (1e5, 16, 1, 1_024), (1e7, 8, 128, 16))
"""Frames a second, SIMD, PE and cycles of 128 × 128 four-bit weights at 5 ns."""
_LAYER = Matrix(128, 128, 1, 4, 4, False)


def run() -> list[Row]:
    """Rows of name, deviation, unit and limit."""
    return [*_unit(), *_cybersecurity(), *_submitted(), *_rates()]


def _unit() -> list[Row]:
    small = Matrix(4, 4, 1, 2, 2, True)
    lut, dsp = (Build(Memory.EMBEDDED, multipliers=each) for each in Multipliers)
    return [
        _exact("MVAU 4×4, two bits: 317 LUT", matrix.luts(small, Folding(), lut).total, 317),
        _exact("the same in DSPs: 313 LUT", matrix.luts(small, Folding(), dsp).total, 313),
        _exact("and 1 DSP", matrix.dsps(small, Folding(), dsp), 1),
    ]


def _cybersecurity() -> list[Row]:
    first = Matrix(600, 64, 1, 2, 1, False)
    efficiency = round(100 * matrix.block_efficiency(first, Folding(), Build()))
    return [
        _exact("cybersecurity 600×64: 38,400 cycles", matrix.cycles(first, Folding()), 38_400),
        _exact("at PE 2, SIMD 5: 3,840", matrix.cycles(first, Folding(2, 5)), 3_840),
        _exact("5 BRAM18", matrix.weight_blocks(first, Folding(), Build()), 5),
        _exact("83 % of them used", efficiency, 83),
    ]


def _submitted() -> list[Row]:
    cnv, kws = cnv_w1a1(board("pynq-z2")), kws_w3a3(board("pynq-z2"))
    units = [unit for unit in Planner().build(cnv).plan.units if unit.matrix is not None]
    return [
        *_each("CNV-W1A1", cnv, _CNV),
        _exact("CNV-W1A1: interval of 32,768", flow("finn").estimate(cnv, None).total.interval.value, 32_768),
        _exact("CNV-W1A1: 1,542,848 weights", sum(unit.matrix.weights for unit in units if unit.matrix), 1_542_848),
        *_each("KWS-W3A3", kws, _KWS),
        _exact(
            "KWS-W3A3 at 200,000/s by FINN's rule: no change", len(by_rule(kws, flow("finn"), None, 2e5).changes), 0
        ),
    ]


def _each(title: str, design: Design, said: tuple[int, ...]) -> list[Row]:
    """The cycles of each layer with products."""
    layers = [each for each in flow("finn").estimate(design, None).layers if each.name.startswith(("conv", "fc"))]
    found = [each.cost.interval.value for each in layers]
    return [
        _exact(f"{title}, {name.name}: {n:,} cycles", got, n) for name, got, n in zip(layers, found, said, strict=True)
    ]


def _rates() -> list[Row]:
    rows = []
    for rate, simd, pe, cycles in _FIVE:
        folding = matrix_folding(_LAYER, 1e9 / (rate * 5))
        rows.append(_exact(f"128×128 at {rate:,.0f}/s: SIMD {simd}", folding.simd, simd))
        rows.append(_exact(f"128×128 at {rate:,.0f}/s: PE {pe}", folding.pe, pe))
        rows.append(_exact(f"128×128 at {rate:,.0f}/s: {cycles:,} cycles", matrix.cycles(_LAYER, folding), cycles))
    return rows


def _exact(name: str, found: float, said: float) -> Row:
    """How far a figure is off."""
    return name, abs(found - said), "off", 0.0
