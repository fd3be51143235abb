"""Job functions that run Yosys; run by real workers."""

from engine.flows.rtl.synthesis import Module, Source, Technology, synthesise_all
from engine.jobs.reporter import Reporter

_QUOTIENTS = 200


def map_one_short_one_long(reporter: Reporter) -> None:
    """Report when the short one is done; the long one then has a minute to go."""
    short = "module short(input a, output y);\n  assign y = ~a;\nendmodule\n"
    quotients = "\n".join(
        f"  always @(posedge clk) y[{index}] <= ^(a[{index} +: 16] / b[{index} +: 16]);" for index in range(_QUOTIENTS)
    )
    ports = f"input clk, input [{_QUOTIENTS + 16}:0] a, b, output reg [{_QUOTIENTS - 1}:0] y"
    long = f"module long({ports});\n{quotients}\nendmodule\n"
    modules = [Module(name, name, (Source(name, text),)) for name, text in (("short", short), ("long", long))]
    synthesise_all(
        modules,
        Technology.GOWIN,
        reporter.folder,
        at_once=2,
        told=lambda name, _outcome, _fraction: reporter.phase(f"{name} is done"),
    )
