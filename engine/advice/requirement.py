"""Whether an edit would take from the design what its user asked for."""

from engine.advice.words import grouped, per_second
from engine.design import Requirement
from engine.estimate import Estimate


def breaks(wanted: Requirement, before: Estimate, after: Estimate) -> str:
    """How an edit breaks the requirement, or takes a design further from it, in words; '' where it does not."""
    latency, rate = after.latency_us.value, after.rate.value
    if wanted.max_latency_us is not None and latency > max(wanted.max_latency_us, before.latency_us.value):
        return f"too slow: {_figure(latency)} of {_figure(wanted.max_latency_us)} µs"
    if wanted.min_rate is not None and rate < min(wanted.min_rate, before.rate.value):
        return f"too slow: {per_second(rate)} of {per_second(wanted.min_rate)}"
    return ""


def misses(wanted: Requirement, estimate: Estimate) -> bool:
    """Whether a design is slower than its user asked for."""
    late = wanted.max_latency_us is not None and estimate.latency_us.value > wanted.max_latency_us
    return late or (wanted.min_rate is not None and estimate.rate.value < wanted.min_rate)


def _figure(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else grouped(value)
