"""Reports in the formats of Catapult, SmartHLS and Intel's HLS compiler, composed with figures of the project's own."""

import json


def catapult(rows, total, clock=5.0):
    """`rtl.rpt`; rows of (process, operations, latency, throughput), the total without its name."""
    width = max(len(name) for name, *_ in rows)
    lines = [_process(name, *figures, width) for name, *figures in [*rows, ("Design Total:", *total)]]
    head = f"  {'Process':<{width}} Real Operation(s) count Latency Throughput Reset Length II Comments \n"
    rule = f"  {'-' * width} ----------------------- ------- ---------- ------------ -- --------\n"
    return f"""-- Version:                      2024.2/1140372 Production Release

Processes/Blocks in Design
{head}{rule}{"".join(lines)}{"  "}
Clock Information
  Clock Signal Edge   Period Sharing Alloc (%) Uncertainty Used by Processes/Blocks
  ------------ ------ ------ ----------------- ----------- ------------------------
  clk          rising {clock:6.3f}             20.00    0.000000 {rows[0][0]}

Area Scores
                    Post-Scheduling     Post-DP & FSM   Post-Assignment
  ----------------- ----------------- ----------------- -----------------
  Total Area Score:   1560.2            1588.5            1586.4
"""


def _process(name, operations, latency, throughput, width):
    return f"  {name:<{width}} {operations:>23} {latency:>7} {throughput:>10} {1:>12} {0:>2}          \n"


def libero(*, timing=True, resources=True, simulation=True):
    """`summary.results.rpt`, of a run of all steps or of some."""
    line = "=" * 66
    calls = _box(
        ("Top-Level Name", "Number of calls", "Call Latency (min/max/avg)", "Call II (min/max/avg)"),
        [("toy_top", "1,200", "31 / 1,045 / 33.00", "4 / 8 / 4.01")],
    )
    clock = _box(
        ("Clock Domain", "Target Period", "Target Fmax", "Worst Slack", "Period", "Fmax"),
        [("clk", "10.000 ns", "100.000 MHz", "3.500 ns", "6.500 ns", "153.846 MHz")],
    )
    used = _box(
        ("Resource Type", "Used", "Total", "Percentage"),
        [
            ("Fabric + Interface 4LUT*", "1200 + 312 = 1512", "299544", "0.50"),
            ("Fabric + Interface DFF*", "800 + 312 = 1112", "299544", "0.37"),
            ("I/O Register", "0", "1536", "0.00"),
            ("User I/O", "0", "512", "0.00"),
            ("uSRAM", "5", "2772", "0.18"),
            ("LSRAM", "3", "952", "0.32"),
            ("Math", "4", "924", "0.43"),
        ],
    )
    later = "N/A. Please run '{}' to obtain the result.\n"
    return f"""{line}
=====  Summary Report for RTL Simulation and FPGA Synthesis  =====
{line}

Project name: toy
FPGA Vendor: MICROSEMI
Device Family: PolarFire
Device: MPF300TS-1FCG1152I

Table of Contents
  1. Simulation Result
  2. Timing Result of HLS-generated IP Core
  3. Resource Usage of HLS-generated IP Core


====== 1. Simulation Result ======

{calls if simulation else later.format("SW/HW Co-Simulation")}
====== 2. Timing Result of HLS-generated IP Core (top-level module: toy_top) ======

{clock if timing else later.format("Synthesize Hardware to FPGA")}
====== 3. Resource Usage of HLS-generated IP Core (top-level module: toy_top) ======

{used if resources else later.format("Synthesize Hardware to FPGA")}
"""


def _box(head, rows):
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+\n"
    lines = ["| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) + " |\n" for row in rows]
    title = "| " + " | ".join(cell.ljust(w) for cell, w in zip(head, widths, strict=True)) + " |\n"
    return rule + title + rule + "".join(lines) + rule


AREA = {
    "columns": ["", "ALUTs", "FFs", "RAMs", "DSPs", "MLABs"],
    "debug_enabled": 1,
    "total_percent": [5, 3, 2, 1, 1, 1],
    "total": [4100, 7300.5, 12, 20, 3],
    "name": "Kernel System",
    "max_resources": [854400, 1708800, 2713, 1518, 0],
    "functions": [{"name": "toy", "resources": []}],
}
SIMULATED = {"functions": [{"name": "toy", "data": ["10", "41,45,42", "7,9,8"]}]}
FITTED = {
    "quartusFitClockSummary": {"nodes": [{"name": "toy", "clock": "250.00"}]},
    "quartusFitResourceUsageSummary": {
        "nodes": [
            {"name": "toy", "alm": "900.0", "reg": "1800", "dsp": "18", "ram": "8", "mlab": "1"},
            {"name": "Quartus Fit Summary", "alm": "1100.5", "reg": "2100", "dsp": "20", "ram": "10", "mlab": "2"},
        ]
    },
}
NOT_FITTED = {
    "quartusFitClockSummary": {"nodes": [{"name": "toy", "clock": "TBD"}]},
    "quartusFitResourceUsageSummary": {"nodes": [{"name": "toy", "alm": "TBD", "reg": "TBD", "dsp": "TBD"}]},
}


def intel_hls(folder, area=AREA, simulated=SIMULATED, fit=FITTED):
    """`report_data.js`, `verification_data.js` and `quartus_data.js`."""
    folder.mkdir(parents=True, exist_ok=True)
    files = '[{"index":0, "path":"toy.cpp", "content":"octal \\012 escapes are no JSON"}]'
    loops = json.dumps({"columns": ["Pipelined", "II"], "functions": []}, indent=2)
    text = f"var loopsJSON={loops}\n;var areaJSON={json.dumps(area, indent=2)}\n;var fileJSON={files};"
    (folder / "report_data.js").write_text(text)
    (folder / "verification_data.js").write_text(f"var verifJSON={json.dumps(simulated)};\n")
    (folder / "quartus_data.js").write_text(f"var quartusJSON={json.dumps(fit)};\n")
