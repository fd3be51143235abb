"""The generated C++ made into a library: by hls4ml's own script, or, where there is no g++, by another compiler."""

import os
import re
import shlex
import shutil
import sys
from pathlib import Path

from engine.environment import compiler_environment, program_compiler, without_compiler
from engine.flows.hls4ml.backends import BACKENDS
from engine.jobs.errors import JobError
from engine.jobs.reporter import Reporter

_QUIET = "build_quiet.sh"
_USUAL = "g++"

_WITHOUT = "Without it, the accuracy in the budget, Compare layer by layer and `evaluate` are bit-exact too."
_MODELLED = ("vitis", "vivado")
"""Back ends of which that is true."""
_ADVICE = {
    "icpx": "Install Intel oneAPI with its FPGA support and source its setvars.sh before starting the studio.",
    "shls": "Install Microchip's Libero SoC with SmartHLS and put shls on the PATH.",
}
_SETTING = re.compile(r"^(\w+)=(.*)$", re.MULTILINE)
# Complex numbers of fixed-point types, which nothing here uses and which no library but g++'s own has room for.
_NO_COMPLEX = ("-D__AP_INT_SPECIAL_H__", "-D__AP_FIXED_SPECIAL_H__")


def has_compiler(flow: str) -> bool:
    """Whether what this flow's code needs to be compiled is installed."""
    compiler = BACKENDS[flow].compiler
    return bool(program_compiler()) if compiler == _USUAL else shutil.which(compiler) is not None


def check_compiler(flow: str) -> None:
    """Raise JobError where what this flow's code needs to be compiled is not installed."""
    if has_compiler(flow):
        return
    compiler = BACKENDS[flow].compiler
    advice = _ADVICE.get(compiler) or without_compiler()
    missing = f"Emulation needs the compiler {compiler}, which was not found. {advice}"
    raise JobError(f"{missing} {_WITHOUT}" if flow in _MODELLED else missing)


def compile_project(reporter: Reporter, folder: Path, project: str) -> Path:
    """Compile a written project; return the library. What the compiler says goes to the log."""
    script = (folder / "build_lib.sh").read_text("utf-8")
    if f"CC={_USUAL}" in script and shutil.which(_USUAL) is None:
        _compile(reporter, folder, dict(_SETTING.findall(script)))
    else:
        _run_script(reporter, folder, script)
    found = sorted((folder / "firmware").glob(f"{project}-*.so"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise JobError("The compiler ended well but left no library; the log may say why.")
    return found[-1]


def _run_script(reporter: Reporter, folder: Path, script: str) -> None:
    reporter.phase("Compiling")
    # The fixed-point headers that hls4ml ships make g++ warn thousands of times.
    (folder / _QUIET).write_text(script.replace("-fPIC", "-fPIC -w", 1), "utf-8")
    # Some back ends' scripts go on after an error.
    reporter.run(["bash", "-e", _QUIET], cwd=folder)


def _compile(reporter: Reporter, folder: Path, settings: dict[str, str]) -> None:
    """Do what the script does, which needs bash and g++, by the compiler there is."""
    compiler, project = program_compiler(), settings["PROJECT"]
    reporter.phase("Compiling; the first time takes a minute or two" if len(compiler) > 1 else "Compiling")
    headers = shlex.split(os.path.expandvars(settings["INCFLAGS"].strip('"')))
    weights = f'-DWEIGHTS_DIR="{(folder / "firmware" / "weights").as_posix()}"'
    flags = ["-w", "-O3", "-std=c++17", "-shared", *(() if sys.platform == "win32" else ("-fPIC",)), *_NO_COMPLEX]
    files = [f"firmware/{project}.cpp", f"{project}_bridge.cpp"]
    library = f"firmware/{project}-{settings['LIB_STAMP']}.so"
    command = [*compiler, *flags, *headers, weights, *files, "-o", library]
    reporter.run(command, cwd=folder, env=compiler_environment())
