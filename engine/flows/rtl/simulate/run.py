"""A design's Verilog, run cycle by cycle."""

from collections.abc import Mapping
from pathlib import Path

from engine.flows.rtl.build import Hardware
from engine.flows.rtl.simulate.bench import Array, Bench, Outcome, SimulationError
from engine.flows.rtl.top import output_port, sources
from engine.flows.rtl.verilog.names import identifier

__all__ = ["Outcome", "Simulation", "SimulationError"]


class Simulation:
    """A design compiled in a folder, to be run many times; inputs and outputs are by the user's layers."""

    def __init__(self, hardware: Hardware, folder: Path) -> None:
        self._inputs = {layer: identifier(layer) for layer in hardware.inputs}
        self._outputs = {layer: output_port(layer) for layer in hardware.outputs}
        inputs = {port: hardware.inputs[layer] for layer, port in self._inputs.items()}
        outputs = {port: hardware.gives(hardware.outputs[layer]) for layer, port in self._outputs.items()}
        self._bench = Bench(sources(hardware), hardware.name, inputs, outputs, folder)

    def compile(self) -> None:
        """Make the program. Raises SimulationError."""
        self._bench.compile()

    def run(self, inputs: Mapping[str, Array], *, cycles: int, pauses: int = 0) -> Outcome:
        """Feed frames, (frames, *shape) whole numbers by input layer. Raises SimulationError if not all come out."""
        fed = {port: inputs[layer] for layer, port in self._inputs.items()}
        outcome = self._bench.run(fed, cycles=cycles, pauses=pauses)
        return Outcome(
            {layer: outcome.codes[port] for layer, port in self._outputs.items()},
            {layer: outcome.cycles[port] for layer, port in self._outputs.items()},
        )
