"""The back ends of hls4ml that the studio offers as flows: their names, tools and limits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backend:
    """One back end. `tool` is the command that synthesises; '' where `compiler` alone is known."""

    flow: str
    """Id of the flow, as in `Target.flow`."""
    name: str
    """hls4ml's name."""
    label: str
    tool: str
    compiler: str
    """What compiles the generated C++ for emulation."""
    is_amd: bool
    """Whether it builds for AMD parts; the others use a part of their own vendor."""
    tool_id: str
    """Id of the tool in `engine.environment`."""


BACKENDS = {
    backend.flow: backend
    for backend in (
        Backend("vitis", "Vitis", "Vitis HLS", "vitis-run", "g++", True, "vitis"),
        Backend("vivado", "Vivado", "Vivado HLS", "vivado_hls", "g++", True, "vivado_hls"),
        Backend(
            "vivado_accelerator", "VivadoAccelerator", "Vivado Accelerator", "vivado_hls", "g++", True, "vivado_hls"
        ),
        Backend("catapult", "Catapult", "Catapult HLS", "catapult", "g++", True, "catapult"),
        Backend("quartus", "Quartus", "Intel HLS", "i++", "g++", False, "quartus"),
        Backend("oneapi", "oneAPI", "Intel oneAPI", "icpx", "icpx", False, "oneapi"),
        Backend("libero", "Libero", "SmartHLS (Libero)", "shls", "shls", False, "libero"),
    )
}

ACCELERATOR_BOARDS = frozenset({"pynq-z2", "zcu102", "alveo-u50", "alveo-u200", "alveo-u250", "alveo-u280"})
"""Boards that VivadoAccelerator of hls4ml 1.3 has a shell for; its ids are ours."""
