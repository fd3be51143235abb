"""Reports in the formats of the vendors' tools, composed by the project with figures of its own.

Plain standard library: the stand-in tools use it outside of the project's environment.
"""

import json
from dataclasses import dataclass
from pathlib import Path

RESOURCES = ("BRAM_18K", "DSP", "FF", "LUT", "URAM")
AVAILABLE = {"BRAM_18K": 280, "DSP": 220, "FF": 106400, "LUT": 53200, "URAM": 0}


@dataclass(frozen=True)
class Part:
    """One module of the top function; resources in the order BRAM_18K, DSP, FF, LUT, URAM."""

    module: str
    resources: tuple
    latency: int = 0
    interval: int = 1

    @property
    def instance(self):
        return f"grp_{self.module}_fu_{100 + len(self.module)}"


@dataclass(frozen=True)
class Synthesis:
    """What a report is about."""

    top: str = "toy"
    tool: str = "Vitis HLS"
    version: str = "2024.1"
    device: str = "xc7z020-clg400-1"
    clock: float = 10.0
    reached: float = 7.3
    latency: str = "41"
    interval: str = "9"
    parts: tuple = ()
    fifos: tuple = ()
    """(name, BRAM_18K, FF, LUT) each."""
    loose: tuple = (0, 0, 17, 23, 0)
    """What the top function takes besides."""

    @property
    def is_vitis(self):
        return self.tool == "Vitis HLS"

    @property
    def dsp(self):
        return "DSP" if self.is_vitis else "DSP48E"

    def totals(self):
        rows = [self.loose, *(part.resources for part in self.parts)]
        rows += [(bram, 0, ff, lut, 0) for _, bram, ff, lut in self.fifos]
        return dict(zip(RESOURCES, (sum(column) for column in zip(*rows, strict=True)), strict=True))


def part_of_layer(number, module):
    """The figures that the stand-in tools give to the module of hls4ml's layer of a number."""
    resources = (number % 3, 2 * number, 100 + number, 200 + 10 * number, 0)
    return Part(module, resources, latency=number, interval=1 if number % 2 else 7)


def fifo_of_layer(number, name):
    """The figures that the stand-in tools give to a FIFO behind that layer."""
    return (name, 1, 10 + number, 20 + number)


def csynth_xml(run):
    """`<top>_csynth.xml`."""
    totals = run.totals()
    names = {name: run.dsp if name == "DSP" else name for name in RESOURCES}
    used = "\n".join(f"<{names[name]}>{totals[name]}</{names[name]}>" for name in RESOURCES)
    there = "\n".join(f"<{names[name]}>{AVAILABLE[name]}</{names[name]}>" for name in RESOURCES)
    ports = "\n".join(
        f"<RtlPorts>\n<name>{name}</name>\n<Object>{run.top}</Object>\n<Dir>in</Dir>\n<Bits>1</Bits>\n</RtlPorts>"
        for name in ("ap_clk", "ap_rst", "ap_start")
    )
    return f"""<profile>

<ReportVersion>
<Version>{run.version}</Version>
</ReportVersion>

<UserAssignments>
<unit>ns</unit>
<ProductFamily>zynq</ProductFamily>
<Part>{run.device}</Part>
<TopModelName>{run.top}</TopModelName>
<TargetClockPeriod>{run.clock:.2f}</TargetClockPeriod>
<ClockUncertainty>{run.clock * 0.125:.2f}</ClockUncertainty>
</UserAssignments>

<PerformanceEstimates>
<PipelineType>dataflow</PipelineType>
<SummaryOfTimingAnalysis>
<unit>ns</unit>
<EstimatedClockPeriod>{run.reached:.3f}</EstimatedClockPeriod>
</SummaryOfTimingAnalysis>
<SummaryOfOverallLatency>
<unit>clock cycles</unit>
<Best-caseLatency>{run.latency}</Best-caseLatency>
<Average-caseLatency>{run.latency}</Average-caseLatency>
<Worst-caseLatency>{run.latency}</Worst-caseLatency>
<Interval-min>{run.interval}</Interval-min>
<Interval-max>{run.interval}</Interval-max>
</SummaryOfOverallLatency>
</PerformanceEstimates>

<AreaEstimates>
<Resources>
{used}
</Resources>
<AvailableResources>
{there}
</AvailableResources>
</AreaEstimates>

<InterfaceSummary>
{ports}
</InterfaceSummary>

</profile>
"""


def box(header, *groups, indent=""):
    """A boxed table, a rule below each group of rows; the header's rows have cells (text, columns they span)."""
    flat = [text for text, _ in header[-1]]
    body = [row for group in groups for row in group]
    widths = [max(len(str(cell)) for cell in column) + 2 for column in zip(flat, *body, strict=True)]
    for row in header[:-1]:
        column = 0
        for text, span in row:
            widths[column] += max(len(text) + 3 - span - sum(widths[column : column + span]), 0)
            column += span
    rule = indent + "+" + "+".join("-" * width for width in widths) + "+"
    lines = [rule, *(_head(indent, row, widths) for row in header), rule]
    for group in groups:
        lines += [*(_line(indent, row, widths) for row in group), rule]
    return "\n".join(lines)


def _head(indent, row, widths):
    column, cells = 0, []
    for text, span in row:
        cells.append(text.center(sum(widths[column : column + span]) + span - 1))
        column += span
    return indent + "|" + "|".join(cells) + "|"


def _line(indent, row, widths):
    cells = [
        str(row[0]).ljust(widths[0]),
        *(str(cell).rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
    ]
    return indent + "|" + "|".join(cells) + "|"


def single(*texts):
    """A header row without spans."""
    return [(text, 1) for text in texts]


def csynth_rpt(run):
    """`<top>_csynth.rpt`."""
    line = "=" * 64
    text = f"""

{line}
== {run.tool} Report for '{run.top}'
{line}
* Date:           Mon Jan  5 10:20:30 2026

* Version:        {run.version} (Build 1234567 on Mon Jan 05 10:20:30 MST 2026)
* Project:        {run.top}_prj
* Solution:       solution1
* Product family: zynq
* Target device:  {run.device}


{line}
== Performance Estimates
{line}
{_performance(run)}

        * Loop:
        N/A



{line}
== Utilization Estimates
{line}
{_area(run)}

    * Expression:
    N/A



{line}
== Interface
{line}
* Summary:
{box([single("RTL Ports", "Dir", "Bits", "Protocol")], [("ap_clk", "in", 1, "ap_ctrl_hs")])}

"""
    return text.replace(":\n", ": \n")


_SPANS = [("Latency (cycles)", 2), ("Latency (absolute)", 2), ("Interval", 2), ("Pipeline", 1)]
_EDGES = ("min", "max", "min", "max", "min", "max", "Type")


def _performance(run):
    timing = (f"{run.clock:.2f} ns", f"{run.reached:.3f} ns", f"{run.clock * 0.125:.2f} ns")
    clock = box([single("Clock", "Target", "Estimated", "Uncertainty")], [("ap_clk", *timing)], indent="    ")
    cycles = (run.latency, run.latency, "1.000 us", "1.000 us", run.interval, run.interval, "dataflow")
    rows = [
        (p.instance, p.module, p.latency, p.latency, "50.000 ns", "50.000 ns", p.interval, p.interval, "none")
        for p in run.parts
    ]
    head = [[("", 1), ("", 1), *_SPANS], single("Instance", "Module", *_EDGES)]
    return f"""+ Timing:
    * Summary:
{clock}

+ Latency:
    * Summary:
{box([_SPANS, single(*_EDGES)], [cycles], indent="    ")}

    + Detail:
        * Instance:
{box(head, rows, indent="        ") if rows else "        N/A"}"""


def _area(run):
    totals = run.totals()
    columns = tuple(run.dsp if name == "DSP" else name for name in RESOURCES)
    share = (100 * totals[name] // AVAILABLE[name] if AVAILABLE[name] else 0 for name in RESOURCES)
    summary = box(
        [single("Name", *columns)],
        [("DSP", *"-----"), ("Expression", "-", "-", 0, 2, "-"), ("Register", *"-----")],
        [("Total", *totals.values())],
        [("Available", *AVAILABLE.values())],
        [("Utilization (%)", *share)],
    )
    instances = [(part.instance, part.module, *part.resources) for part in run.parts]
    total = ("Total", "", *(sum(part.resources[i] for part in run.parts) for i in range(5)))
    detail = box([single("Instance", "Module", *columns)], instances, [total], indent="    ")
    return f"""* Summary:
{summary}

+ Detail:
    * Instance:
{detail if instances else "    N/A"}

    * {run.dsp}:
    N/A

    * Memory:
    N/A

    * FIFO:
{_fifos(run.fifos) if run.fifos else "    N/A"}"""


def _fifos(fifos):
    head = [single("Name", "BRAM_18K", "FF", "LUT", "URAM", "Depth", "Bits", "Size:D*B")]
    rows = [(name, bram, ff, lut, "-", 64, 16, 1024) for name, bram, ff, lut in fifos]
    total = ("Total", *(sum(fifo[i] for fifo in fifos) for i in (1, 2, 3)), 0, 64, 16, 1024)
    return box(head, rows, [total], indent="    ")


def utilisation(top="toy", lut=1234, ff=2345, dsp=17, tiles="3.5", uram=None, state="Synthesized", version="2024.1"):
    """`vivado_synth.rpt`; with URAM for parts that have some."""
    modern = uram is not None
    slices = "CLB" if modern else "Slice"
    head = single("Site Type", "Used", "Fixed", "Prohibited", "Available", "Util%")
    logic = box(
        [head],
        [
            (f"{slices} LUTs*", lut, 0, 0, 53200, "2.32"),
            ("  LUT as Logic", lut, 0, 0, 53200, "2.32"),
            (f"{slices} Registers", ff, 0, 0, 106400, "2.20"),
        ],
    )
    memory = [("Block RAM Tile", tiles, 0, 0, 140, "2.50"), ("  RAMB18", 7, 0, 0, 280, "2.50")]
    if modern:
        memory.append(("URAM", uram, 0, 0, 96, "1.00"))
    device = "xczu7ev-ffvc1156-2-e" if modern else "7z020clg400-1"
    return f"""Copyright 1986-2022 Xilinx, Inc. All Rights Reserved.
{"-" * 80}
| Tool Version : Vivado v.{version} (lin64) Build 1234567 Mon Jan  5 10:20:30 MST 2026
| Date         : Mon Jan  5 10:20:30 2026
| Host         : host
| Command      : report_utilization -file vivado_synth.rpt
| Design       : {top}
| Device       : {device}
| Design State : {state}
{"-" * 80}

Utilization Design Information

1. {slices} Logic
{"-" * 14}

{logic}
* Warning! The Final LUT count, after physical optimizations and full implementation, is typically lower.


2. Memory
---------

{box([head], memory)}


3. DSP
------

{box([head], [("DSPs", dsp, 0, 0, 220, "7.73"), ("  DSP48E1 only", dsp, "", "", "", "")])}


9. Instantiated Netlists
------------------------

{box([single("Ref Name", "Used")], [])}
"""


def oneapi(folder, kernels, packing=2, fit=True):
    """summary.ndjson, loop_attr.ndjson and quartus.ndjson.

    `kernels`: (name, symbol, (ALUT, FF, RAM, DSP, MLAB, fractional DSP), latency, interval) each.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sums = [sum(kernel[2][i] for kernel in kernels) for i in range(6)]
    columns = ["Kernel Name", "ALUTs ", "FFs  ", "RAMs ", "DSPs ", "MLABs", "Frac. DSPs"]
    lines = [{"name": "Kernel Summary", "summary_type": "performanceSummary", "columns": ["Kernel Name"]}]
    lines += [
        {"name": name, "compiler_name": symbol, "parent": "performanceSummary", "data": ["Single work-item"]}
        for name, symbol, *_ in kernels
    ]
    table = {"name": "Estimated Resource Usage", "summary_type": "estimatedResources", "columns": columns}
    lines.append(table | {"dsp_packing_factor": packing})
    lines += [{"name": name, "parent": "estimatedResources", "data": list(data)} for name, _, data, *_ in kernels]
    lines.append({"name": "Kernel Subtotal", "parent": "estimatedResources", "data": sums})
    lines.append({"name": "Total", "parent": "estimatedResources", "data": sums})
    available = ["974400", "1948800", "7110", "4510", "24360", "0"]
    lines.append({"name": "Available", "parent": "estimatedResources", "data": available})
    _write_lines(folder / "summary.ndjson", lines)
    loops = [{"name": "loop_attributes", "id": 900, "nodes": list(range(1, len(kernels) + 1))}]
    for index, (name, _, _, latency, interval) in enumerate(kernels, start=1):
        loops.append({"name": name, "id": index, "type": "kernel", "children": [100 + index, 200 + index]})
        loops.append({"name": f"{name}.B0", "id": 100 + index, "af": "480.00", "ii": "1", "lt": "17.000000"})
        loops.append(
            {"name": f"{name}.B1", "id": 200 + index, "af": "400.00", "ii": str(interval), "lt": f"{latency}.0"}
        )
    _write_lines(folder / "loop_attr.ndjson", loops)
    if fit:
        _write_fit(folder / "quartus.ndjson")


def _write_fit(path):
    whole = {"type": "system", "id": 1000, "name": "Quartus Fitter: Device Image"}
    figures = {"alm": "812.5", "alut": "1300", "reg": "2600", "dsp": "11", "ram": "5", "mlab": "3"}
    clock = {"name": "Clock Frequency (MHz)", "type": "system", "id": 1000, "clock fmax": "500.00", "clock": "500.00"}
    value = {
        "quartusFitClockSummary": {"nodes": [clock]},
        "quartusFitResourceUsageSummary": {"nodes": [whole | figures]},
    }
    path.write_text(json.dumps(value))


def _write_lines(path, values):
    Path(path).write_text("".join(f"{json.dumps(value)}\n" for value in values))
