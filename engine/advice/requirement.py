"""Whether an edit would take from the design what its user asked for."""

from engine.advice.words import per_second, time_text
from engine.design import Requirement
from engine.estimate import Estimate


def breaks(wanted: Requirement, before: Estimate, after: Estimate) -> str:
    """How an edit breaks the requirement, or takes a design further from it, in words; '' where it does not."""
    latency, rate = after.latency_us.value, after.rate.value
    if wanted.max_latency_us is not None and latency > max(wanted.max_latency_us, before.latency_us.value):
        return f"too slow: {_of_latency(latency, wanted.max_latency_us)}"
    if wanted.min_rate is not None and rate < min(wanted.min_rate, before.rate.value):
        return f"too slow: {_of_rate(rate, wanted.min_rate)}"
    return ""


def misses(wanted: Requirement, estimate: Estimate) -> bool:
    """Whether a design is slower than its user asked for."""
    return bool(missed(wanted, estimate))


def is_late(wanted: Requirement, estimate: Estimate) -> bool:
    """Whether it is the latency that is missed; else it is the rate, or nothing."""
    return wanted.max_latency_us is not None and estimate.latency_us.value > wanted.max_latency_us


def missed(wanted: Requirement, estimate: Estimate) -> str:
    """What is missed, beside what was asked for: `1.03 of 1 µs`, `4.2 M/s of 5 M/s`; '' where nothing is."""
    if wanted.max_latency_us is not None and estimate.latency_us.value > wanted.max_latency_us:
        return _of_latency(estimate.latency_us.value, wanted.max_latency_us)
    if wanted.min_rate is not None and estimate.rate.value < wanted.min_rate:
        return _of_rate(estimate.rate.value, wanted.min_rate)
    return ""


def _of_latency(latency: float, bound: float) -> str:
    """Both in one unit where they have the same."""
    value, unit = time_text(latency).split()
    wanted = time_text(bound)
    return f"{value} of {wanted}" if wanted.endswith(f" {unit}") else f"{value} {unit} of {wanted}"


def _of_rate(rate: float, bound: float) -> str:
    return f"{per_second(rate)} of {per_second(bound)}"
