"""The first use of a WebAssembly tool compiles it: done ahead, one at a time, and never half."""

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from engine.environment.compiled import compiled_file, compiled_folder, is_compiled, mark, program
from engine.environment.open_tools import OpenTool
from engine.environment.parts import added_by
from engine.flows.rtl.tools.errors import OpenToolError, Trouble
from engine.flows.rtl.tools.lock import locked
from engine.flows.rtl.tools.process import start

_APART = ".compiling-"
Told = Callable[[str, float], None]
"""Is given what is being done, in plain words, and how far all of it is, 0 to 1."""


def prepare(tools: Sequence[OpenTool], told: Told = lambda _text, _fraction: None) -> None:
    """Compile those of the tools that have not been yet; Yosys takes about 30 s of computing and 1.7 GB.

    Whoever comes while another compiles waits for its result. Raises OpenToolError.
    """
    for tool in tools:
        if not tool.version:
            remedy = added_by("`make setup-all` installs it, or the extra `open` of the package.")
            raise OpenToolError(Trouble.MISSING, f"{tool.title} is not installed. {remedy}")
    waiting = [tool for tool in tools if not is_compiled(tool)]
    sizes = [program(tool).stat().st_size for tool in waiting]
    for place, tool in enumerate(waiting):
        told(f"Preparing {tool.title} for its first use", sum(sizes[:place]) / sum(sizes))
        with locked(compiled_folder() / "lock"):
            if not compiled_file(tool, compiled_folder()).exists():
                _compile(tool, compiled_folder())
            mark(tool, compiled_folder()).touch()


def _compile(tool: OpenTool, folder: Path) -> None:
    """Have the tool compiled in a folder of its own, then put the result in place as a whole."""
    for left in folder.glob(f"{_APART}*"):
        # By one that was killed: who holds the lock compiles alone.
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=_APART) as name:
        apart = Path(name)
        try:
            start(tool, ["--version"], apart, "compile.log", apart)
        except OpenToolError:
            # Some know no such option; they are compiled before they say so.
            if not compiled_file(tool, apart).exists():
                raise
        target = compiled_file(tool, folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(compiled_file(tool, apart), target)
