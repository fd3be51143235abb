"""Many settings of one network at once: tables of what each built layer may cost, and sums over them in arrays."""

from engine.flows.hls4ml.sweep.tabled import TabledSweep

__all__ = ["TabledSweep"]
