"""The project's part of hls4ml's configuration: back end, part, clock, interface, and what the writer shall do."""

from pathlib import Path
from typing import Any

from engine.design import Design
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.hls4ml.errors import ConversionError
from engine.flows.hls4ml.names import free_identifier, identifier, identifiers
from engine.flows.problem import Problem

# Parts that hls4ml takes by default where the board's own is of another vendor.
_FOREIGN_PARTS = {"quartus": "Arria10", "oneapi": "Agilex7", "libero": "MPF300"}
_UNCERTAINTY = {"vitis": "27%", "vivado": "12.5%", "vivado_accelerator": "12.5%"}


def project_config(design: Design, folder: Path) -> dict[str, Any]:
    """Everything of hls4ml's configuration but `HLSConfig`, as values YAML knows."""
    target = design.target
    backend = BACKENDS.get(target.flow)
    if backend is None:
        remedy = f"Choose one of {', '.join(BACKENDS)}."
        raise ConversionError([Problem("", f"'{target.flow}' is not a flow of hls4ml.", remedy)])
    config: dict[str, Any] = {
        "OutputDir": str(folder),
        "ProjectName": project_name(design),
        "Backend": backend.name,
        "Version": "1.0.0",
        "Part": target.board.part if backend.is_amd else _FOREIGN_PARTS[target.flow],
        "ClockPeriod": target.clock_ns,
        "IOType": target.io_type,
        "WriterConfig": {"Namespace": None, "WriteWeightsTxt": True, "WriteTar": False, "TBOutputStream": "both"},
    }
    if target.flow in _UNCERTAINTY:
        config["ClockUncertainty"] = _UNCERTAINTY[target.flow]
    return config | _extras(design)


def project_name(design: Design) -> str:
    """The top function's name: the design's, made an identifier that no layer has."""
    used = {name.lower() for name in identifiers(design.network.order).values()}
    return free_identifier(identifier(design.name), used)


def _extras(design: Design) -> dict[str, Any]:
    """What single back ends ask for besides."""
    match design.target.flow:
        case "vivado_accelerator":
            precision = {"Input": "float", "Output": "float"}
            shell = {"Interface": "axi_stream", "Driver": "python", "Precision": precision}
            return {"AcceleratorConfig": {"Board": design.target.board.id, **shell}}
        case "catapult":
            return {"Technology": "fpga", "FIFO": None}
        case "oneapi":
            return {"HyperoptHandshake": False}
        case "libero":
            return {"FPGAFamily": "PolarFire", "Board": "hw_only"}
        case _:
            return {}
