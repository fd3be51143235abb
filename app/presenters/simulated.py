"""What a simulated run says beside the estimate."""

from collections.abc import Mapping

from engine.advice import hanging
from engine.dataflow import Simulation
from engine.design import Target
from widgets.budget import Figure, Simulated


def simulated_speed(simulation: Simulation | None, target: Target, *, stale: bool) -> Mapping[Figure, Simulated]:
    """Latency, interval and rate of the run; nothing where there is none."""
    if simulation is None:
        return {}
    run = simulation.run
    if run.latency is None or run.interval is None:
        why = "The simulated run hangs: " + " ".join(hanging(each) for each in run.circle)
        return {"latency": Simulated(None, why, stale), "rate": Simulated(None, why, stale)}
    latency = (
        "There are two latencies: C synthesis charges each pixel that a convolution reads as one that it writes; "
        f"a run, simulated word by word, takes {run.latency:,} cycles"
    )
    rate = f"Simulated word by word, one inference follows another every {run.interval:,} cycles"
    return {
        "latency": Simulated(run.latency * target.clock_ns / 1000, latency, stale),
        "interval": Simulated(run.interval, rate, stale),
        "rate": Simulated(1e9 / (run.interval * target.clock_ns), rate, stale),
    }
