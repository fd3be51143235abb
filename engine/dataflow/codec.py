"""A simulation as JSON and back, for the process that makes it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from engine.dataflow.graph import Fifo, Kind
from engine.dataflow.needed import Simulation, Sizing
from engine.dataflow.outcome import Blocked, FifoUse, LayerUse, Outcome


def simulation_to_json(simulation: Simulation) -> dict[str, Any]:
    """Values that JSON knows."""
    return asdict(simulation)


def simulation_from_json(data: Mapping[str, Any]) -> Simulation:
    """What `simulation_to_json` wrote."""
    sizing = data["sizing"]
    depths = tuple((str(name), int(depth)) for name, depth in sizing["depths"])
    fifos = tuple(Fifo(**{**each, "kind": Kind(each["kind"])}) for each in data["fifos"])
    return Simulation(fifos, _outcome(data["run"]), Sizing(depths, _outcome(sizing["run"])))


def _outcome(data: Mapping[str, Any]) -> Outcome:
    return Outcome(
        data["first_output"],
        data["latency"],
        data["interval"],
        tuple(FifoUse(**each) for each in data["fifos"]),
        tuple(LayerUse(**each) for each in data["layers"]),
        tuple(Blocked(**each) for each in data["deadlock"]),
    )
