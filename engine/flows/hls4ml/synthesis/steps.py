"""The commands that build a project, as hls4ml's own `build` would give them, but without a shell around them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from engine.flows.hls4ml.backends import Backend


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted besides C synthesis."""

    logic_synthesis: bool = False
    export: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One command, run in the project's folder, and what to call it meanwhile."""

    command: tuple[str, ...]
    phase: str


def steps(backend: Backend, tool: str, project: str, wishes: Wishes) -> tuple[Step, ...]:
    """The commands for a back end; `tool` is the executable's path where it will run, `project` the top function."""
    return _STEPS[backend.flow](tool, project, wishes)


def prepare(backend: Backend, folder: Path, wishes: Wishes) -> None:
    """Write the options into the project where the tool reads them from a file."""
    if backend.flow == "vitis":
        lines = "".join(f"    {name} {value}\n" for name, value in _options(wishes).items())
        (folder / "build_opt.tcl").write_text(f"array set opt {{\n{lines}}}\n", encoding="utf-8")


def _options(wishes: Wishes) -> dict[str, int]:
    """hls4ml's options of build_prj.tcl. Emulation does what its C simulation would."""
    off = dict.fromkeys(("reset", "csim", "cosim", "validation", "fifo_opt"), 0)
    return off | {"synth": 1, "export": int(wishes.export), "vsynth": int(wishes.logic_synthesis)}


def _vitis(tool: str, project: str, wishes: Wishes) -> tuple[Step, ...]:
    run = ("--mode", "hls", "--tcl") if PurePath(tool).stem == "vitis-run" else ("-f",)
    return (Step((tool, *run, "build_prj.tcl"), "Starting Vitis HLS"),)


def _vivado(tool: str, project: str, wishes: Wishes) -> tuple[Step, ...]:
    options = " ".join(f"{name}={value}" for name, value in _options(wishes).items())
    return (Step((tool, "-f", "build_prj.tcl", options), "Starting Vivado HLS"),)


def _catapult(tool: str, project: str, wishes: Wishes) -> tuple[Step, ...]:
    options = " ".join(f"{name}={value}" for name, value in _options(wishes).items())
    script = f'set ::argv "{options}"'
    return (Step((tool, "-product", "ultra", "-shell", "-f", "build_prj.tcl", "-eval", script), "Running Catapult"),)


def _quartus(tool: str, project: str, wishes: Wishes) -> tuple[Step, ...]:
    more = ("QUARTUS_COMPILE=--quartus-compile",) if wishes.logic_synthesis else ()
    return (Step(("make", f"{project}-fpga", "LOGGING_1=-v", *more), "Running the Intel HLS compiler"),)


def _oneapi(tool: str, project: str, wishes: Wishes) -> tuple[Step, ...]:
    target = "fpga" if wishes.logic_synthesis else "report"
    return (
        Step(("cmake", "-S", ".", "-B", "build"), "Setting up the build"),
        Step(("cmake", "--build", "build", "--target", target), "Running the oneAPI compiler"),
    )


def _libero(tool: str, project: str, wishes: Wishes) -> tuple[Step, ...]:
    tasks = ["sw_compile", "hw", *(["rtl_synth"] if wishes.logic_synthesis else [])]
    return tuple(Step((tool, "-s", task), f"Running SmartHLS: {task}") for task in tasks)


_STEPS: dict[str, Callable[[str, str, Wishes], tuple[Step, ...]]] = {
    "vitis": _vitis,
    "vivado": _vivado,
    "vivado_accelerator": _vivado,
    "catapult": _catapult,
    "quartus": _quartus,
    "oneapi": _oneapi,
    "libero": _libero,
}
