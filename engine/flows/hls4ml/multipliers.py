"""What Vitis HLS builds every product of, where the design says so: DSP slices or look-up tables."""

from pathlib import Path

from engine.design import MULTIPLIERS, Design
from engine.flows.hls4ml.errors import ConversionError
from engine.flows.problem import Problem

IMPLEMENTATIONS = {"dsp": "dsp", "lut": "fabric"}
"""Vitis HLS's words for them: `config_op mul -impl`."""
_BEFORE = "create_clock "


def command(design: Design) -> str:
    """The tool's command; empty where it is left to choose. Raises ConversionError where it cannot be."""
    asked = design.defaults.get(MULTIPLIERS)
    if asked is None:
        return ""
    if asked not in IMPLEMENTATIONS:
        raise ConversionError(
            [Problem("", f"Multipliers cannot be built of '{asked}'.", "Choose dsp or lut, or leave it to the tool.")]
        )
    if design.target.flow != "vitis":
        remedy = "Choose the flow vitis, or leave the multipliers to the tool."
        raise ConversionError([Problem("", "Only Vitis HLS is told what to build multipliers of.", remedy)])
    return f"config_op mul -impl {IMPLEMENTATIONS[str(asked)]}"


def tell_tool(line: str, folder: Path) -> None:
    """Put the command into the project's script, beside the tool's other settings."""
    script = folder / "build_prj.tcl"
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace(_BEFORE, f"{line}\n{_BEFORE}", 1), encoding="utf-8")
