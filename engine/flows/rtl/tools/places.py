"""Where the open flow keeps what can be made again: compiled tools and results of synthesis."""

from functools import lru_cache
from hashlib import sha1
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from engine.environment.open_tools import OpenTool


def cache_folder() -> Path:
    """The user's folder for both; it may be removed at any time."""
    return Path(user_cache_path("codesign-studio", appauthor=False))


def compiled_folder() -> Path:
    """Where the tools' machine code lies. What one release of wasmtime compiled, another cannot load."""
    return cache_folder() / "webassembly" / f"wasmtime-{version('wasmtime')}"


def compiled_file(tool: OpenTool, folder: Path) -> Path:
    """A tool's machine code below `folder`, where the package's own runtime looks for it."""
    spec = find_spec(tool.module)
    program = Path(str(spec and spec.origin)).parent / tool.wasm
    state = program.stat()
    return folder / tool.module / tool.wasm / _digest(program, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=16)
def _digest(program: Path, size: int, changed: int) -> str:
    """The name that YoWASP's runtime gives a program; `size` and `changed` only tell one content from another."""
    return sha1(program.read_bytes(), usedforsecurity=False).hexdigest()
