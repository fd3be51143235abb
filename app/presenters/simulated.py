"""What a simulated run says beside the estimate."""

from collections.abc import Mapping

from engine.advice import hanging
from engine.advice.words import per_second, time_text
from engine.dataflow import Simulation
from engine.estimate import Estimate, Level
from widgets.budget import Figure, Simulated


def simulated_speed(simulation: Simulation | None, estimate: Estimate, *, stale: bool) -> Mapping[Figure, Simulated]:
    """Latency, interval and rate of the run beside those of an estimate; nothing where there is none."""
    if simulation is None:
        return {}
    run, clock = simulation.run, estimate.target.clock_ns
    if run.latency is None or run.interval is None:
        why = "The simulated run hangs: " + " ".join(hanging(each) for each in run.circle)
        return {"latency": Simulated(None, why, stale), "rate": Simulated(None, why, stale)}
    latency, rate = run.latency * clock / 1000, 1e9 / (run.interval * clock)
    reported = Level.C_SYNTHESIS if estimate.cycles_of == Level.C_SYNTHESIS else ""
    takes = f"takes {time_text(latency)}: {run.latency:,} cycles"
    gives = f"gives {per_second(rate)}: one inference follows another every {run.interval:,} cycles"
    takes = _why(takes, reported, estimate.total.latency.value / run.latency)
    gives = _why(gives, reported, estimate.total.interval.value / run.interval)
    return {
        "latency": Simulated(latency, takes, stale, reported),
        "interval": Simulated(run.interval, gives, stale, reported),
        "rate": Simulated(rate, gives, stale, reported),
    }


_ALIKE = 0.05
_MORE = ", as it charges each pixel that a convolution reads as one that it writes"
_LESS = ", as it counts all layers but the slowest one only until their first word"


def _why(hardware: str, reported: str, ratio: float) -> str:
    """Which of the two figures is which, and why they differ; `ratio` is what is reported over what was simulated."""
    run = f"The hardware itself {hardware}, simulated word by word"
    if not reported:
        return run
    cause = "" if abs(ratio - 1) < _ALIKE else _MORE if ratio > 1 else _LESS
    hold = "Hold reports against the first figure, measurements on a board against the second"
    return f"{reported} reports that{cause}. {run}. {hold}"
