"""Where a layer is built: what of target and tool the formulas ask for."""

from dataclasses import dataclass

from engine.boards import Family
from engine.design import Target
from engine.flows.hls4ml.backends import BACKENDS


@dataclass(frozen=True, slots=True)
class Site:
    """Tool, device family, clock period in ns, and interface."""

    vitis: bool
    series7: bool
    clock_ns: float
    stream: bool

    @property
    def tool(self) -> str:
        """The tool by name, for reasons."""
        return "Vitis HLS" if self.vitis else "Vivado HLS"

    def doubt(self, vivado: float, vitis: float) -> float:
        """Relative doubt of a formula: as measured with Vivado HLS, or carried over to Vitis HLS."""
        return vitis if self.vitis else vivado


def site_of(target: Target) -> Site:
    """The site of a target."""
    vitis = BACKENDS[target.flow.replace("-", "_")].name == "Vitis"
    series7 = target.board.family is Family.SERIES_7
    return Site(vitis, series7, target.clock_ns, target.io_type == "io_stream")
