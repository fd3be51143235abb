"""Which open tools have been compiled on this computer, and where that is kept: it can all be made again."""

from functools import lru_cache
from hashlib import sha1
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

import resources
from engine.environment.open_tools import OpenTool

SHIPPED = Path(resources.__path__[0]) / "compiled"
"""Tools that an installer brings along compiled; not there where the studio runs from an environment of its own."""


def cache_folder() -> Path:
    """The user's folder for compiled tools and results of synthesis; it may be removed at any time."""
    return Path(user_cache_path("codesign-studio", appauthor=False))


def compiled_folder() -> Path:
    """Where the tools are compiled to. What one release of wasmtime compiled, another cannot load."""
    return cache_folder() / "webassembly" / f"wasmtime-{version('wasmtime')}"


def machine_code(tool: OpenTool) -> Path:
    """The folder below which a tool's machine code is looked for: the installer's where that brings it."""
    return SHIPPED if mark(tool, SHIPPED).exists() else compiled_folder()


def is_compiled(tool: OpenTool) -> bool:
    """Whether a tool is installed and needs no compiling any more: a moment, without reading its program."""
    return bool(tool.version) and (not tool.wasm or mark(tool, machine_code(tool)).exists())


def mark(tool: OpenTool, folder: Path) -> Path:
    """Is below `folder` once this version of a tool has been compiled there."""
    return folder / tool.module / f"{tool.wasm}-{tool.version}"


def program(tool: OpenTool) -> Path:
    """A tool's WebAssembly."""
    spec = find_spec(tool.module)
    return Path(str(spec and spec.origin)).parent / tool.wasm


def compiled_file(tool: OpenTool, folder: Path) -> Path:
    """A tool's machine code below `folder`, where the package's own runtime looks for it."""
    state = program(tool).stat()
    return folder / tool.module / tool.wasm / _digest(program(tool), state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=16)
def _digest(file: Path, size: int, changed: int) -> str:
    """The name that YoWASP's runtime gives a program; `size` and `changed` only tell one content from another."""
    return sha1(file.read_bytes(), usedforsecurity=False).hexdigest()
