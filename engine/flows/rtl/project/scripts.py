"""What a project says of itself, and its scripts for Vivado."""

from collections.abc import Sequence

from engine.design import Target


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


def readme(name: str, target: Target, about: Sequence[str], more: str) -> str:
    """What lies in the folder; `more` is a line on what only some families have."""
    lines = "\n".join(about)
    return f"""\
{name}: a neural network as Verilog, for {target.board.name} ({target.board.part}), {target.clock_ns:g} ns

{lines}

rtl/            the top module, one module for each layer, and the small ones that they share
testbench/      a testbench with frames and what must come out of them
build.py        checks, simulates and maps it:   python build.py
synthesise.ys   what Yosys is told:              yosys -s synthesise.ys
lint.vlt        what Verilator is to pass over:  verilator --lint-only -Wall lint.vlt rtl/*.v
{more}

Values travel as words over valid and ready: a word is taken in a cycle in which both are high. A frame is sent in
C order, channels last; the first value of a word lies in its lowest bits.
"""


ON_VIVADO = "vivado.tcl      maps and places it with Vivado:  vivado -mode batch -source vivado.tcl"
ON_BOARD = """\
board/          a top that talks over the serial line, the board's pins, and host.py, which talks to it
                its bitstream:                   python build.py board"""
