"""Records for tests, with figures of their own."""

from dataclasses import replace

from engine.calibration import Record
from engine.estimate import Level

RECORD = Record(
    flow="vitis",
    tool="Vitis HLS 2024.1",
    level=Level.C_SYNTHESIS,
    family="7-series",
    network="n0",
    design="d0",
    name="jet",
    when="2026-01-01T00:00:00+00:00",
    estimator="today",
    estimated=(("LUT", (1000.0, 800.0, 1250.0)), ("DSP", (40.0, 40.0, 40.0))),
    reported=(("LUT", 1200.0), ("DSP", 40.0)),
)


def run(number, lut=1200.0, network=None, estimate=1000.0, **fields):
    """The n-th run, of a network of its own unless told otherwise."""
    return replace(
        RECORD,
        network=network or f"n{number}",
        design=f"d{number}",
        when=f"2026-01-{number + 1:02}T00:00:00+00:00",
        estimated=(("LUT", (estimate, 0.8 * estimate, 1.25 * estimate)), *RECORD.estimated[1:]),
        reported=(("LUT", lut), *RECORD.reported[1:]),
        **fields,
    )
