"""Compiles Yosys ahead for every processor of this kind, so that a first hardware need not wait for that.

python packaging/machine_code.py FOLDER    run by package.sh in the environment that is frozen; Linux on x86-64 only
"""

import sys
from pathlib import Path

import wasmtime

from engine.environment.compiled import compiled_file, mark, program
from engine.environment.open_tools import YOSYS, OpenTool

ANY_PROCESSOR = "x86_64-unknown-linux-gnu"


def write(tool: OpenTool, folder: Path) -> None:
    """Put a tool's machine code below `folder`, where `engine.environment.compiled` looks for it."""
    target = compiled_file(tool, folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    module = wasmtime.Module(wasmtime.Engine(settings(ANY_PROCESSOR)), program(tool).read_bytes())
    target.write_bytes(module.serialize())
    # What this refuses, YoWASP's runtime would compile again.
    wasmtime.Module.deserialize_file(wasmtime.Engine(settings()), str(target))
    mark(tool, folder).touch()


def settings(target: str = "") -> wasmtime.Config:
    """As YoWASP's runtime sets them; without a target it is this computer with all that its processor can."""
    config = wasmtime.Config()
    config.wasm_exceptions = True
    if target:
        config.target = target
    return config


if __name__ == "__main__":
    write(YOSYS, Path(sys.argv[1]))
