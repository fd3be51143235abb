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
    return {
        "latency": Simulated(latency, _why(takes, reported), stale, reported),
        "interval": Simulated(run.interval, _why(gives, reported), stale, reported),
        "rate": Simulated(rate, _why(gives, reported), stale, reported),
    }


def _why(hardware: str, reported: str) -> str:
    """Which of the two figures is which, and why they differ."""
    run = f"The hardware itself {hardware}, simulated word by word"
    if not reported:
        return run
    counts = f"{reported} reports that, as it charges each pixel that a convolution reads as one that it writes"
    return f"{counts}. {run}. Hold reports against the first figure, measurements on a board against the second"
