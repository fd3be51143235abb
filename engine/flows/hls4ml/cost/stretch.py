"""Stretching stated doubt by what was learned of it."""

from engine.estimate import Cost, stretched
from engine.flows.hls4ml.cost.corrections import Factors


def stretched_cost(cost: Cost, widths: Factors) -> Cost:
    """A cost whose intervals hold as often as they say, for networks never seen."""
    if not widths:
        return cost
    return Cost(
        lut=stretched(cost.lut, widths.get("LUT", 1.0)),
        ff=stretched(cost.ff, widths.get("FF", 1.0)),
        dsp=stretched(cost.dsp, widths.get("DSP", 1.0)),
        bram18=stretched(cost.bram18, widths.get("BRAM18", 1.0)),
        uram=cost.uram,
        latency=stretched(cost.latency, widths.get("latency", 1.0)),
        interval=stretched(cost.interval, widths.get("interval", 1.0)),
    )
