"""How far FINN's figures are off: learned from the layers of published builds.

Nine builds with Vivado 2022, in 44 layers (`tests/benchmarks/finn/reports.csv` names their sources): nine in ten layers
took 0.55 to 1.95 times the look-up tables, and 0.57 to 2.3 times as many flip-flops as look-up tables are estimated.
Most of the blocks were FIFOs: FINN sizes those in front of matrix units by a run in which they never fill up.
"""

from collections.abc import Iterable

from engine.flows.finn.unit import Kind, Unit

Doubt = tuple[float, float]
"""Below and above, relative to the value."""

LUT_DOUBT: Doubt = (0.45, 1.0)
FF_DOUBT: Doubt = (0.45, 1.3)
LEARNED = "The interval is that of nine published builds, 44 layers."
FF_REASON = f"FINN has no formula for flip-flops: taken as one for each look-up table that is registered. {LEARNED}"
RAM_REASON = (
    "Memories of weights, windows and FIFOs, by words and widths. FINN's own sizing of FIFOs takes more where layers "
    f"have windows. {LEARNED}"
)
VERILOG_REASON = (
    "FINN gives no look-up tables for its Verilog: counted as adders and a little control, and they may be far fewer. "
    "One published build with it is known here, of one PE and SIMD."
)
_RAM, _RAM_BEHIND_WINDOW = (0.2, 1.2), (0.2, 10.0)


def ram_doubt(units: Iterable[Unit]) -> Doubt:
    """Of the blocks of a layer's units: those behind a window may have deep FIFOs in front."""
    return _RAM_BEHIND_WINDOW if any(unit.kind is Kind.WINDOW for unit in units) else _RAM
