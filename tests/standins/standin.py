"""Stand-ins of AMD's tools for tests: phases, exit codes and report files like the real ones', and no synthesis.

Told what to do by the environment: CODESIGN_STANDIN names a way to end (see _ENDINGS; 'ok' by default), and
CODESIGN_STANDIN_PAUSE the seconds that each phase takes. The figures in the reports are made up by `composed`.
"""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from composed import Synthesis, csynth_rpt, csynth_xml, fifo_of_layer, part_of_layer, utilisation

CHILD = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
_CALL = re.compile(r"nnet::(\w+)<.*?(?:(\w*config(\d+)))?>\s*\(.*?(?:layer(\d+)_\w+)?(?:, [wb]\d+)*\);\s*// (\w+)")
_STREAM = re.compile(r"hls::stream<\w+> (layer(\d+)_\w+)\(")


def main(tool, arguments):
    """Be one of the tools; return the exit code."""
    say(f"NOTE: a stand-in of {tool} for tests; it synthesises nothing.")
    return vivado(arguments) if tool == "vivado" else hls(tool, arguments)


def hls(tool, arguments):
    """Vitis HLS or Vivado HLS on a project of hls4ml."""
    project = read_project()
    options = read_options(arguments)
    old = tool == "vivado_hls"
    run = synthesis(project, "Vivado HLS" if old else "Vitis HLS", "2020.1" if old else "2024.1")
    name = (
        "Vivado(TM) HLS - High-Level Synthesis from C, C++ and SystemC"
        if old
        else ("Vitis HLS - High-Level Synthesis from C, C++ and OpenCL")
    )
    say(
        f"****** {name} v{run.version} (64-bit)",
        "  **** SW Build 1 on Mon Jan 05 2026",
        "Sourcing Tcl script 'build_prj.tcl'",
    )
    say("ERROR: [HLS 200-101] config_array_partition: Unknown option '-maximum_size'.")
    if options.get("csim"):
        say("***** C SIMULATION *****")
    ending = _ENDINGS[os.environ.get("CODESIGN_STANDIN", "ok")]
    if options.get("synth"):
        code = c_synthesis(run, ending)
        if code is not None:
            return code
    if options.get("export"):
        say("***** EXPORT IP *****")
        write(Path(f"{run.top}_prj/solution1/impl/export.zip"), "an IP")
    if options.get("vsynth"):
        say("***** VIVADO SYNTHESIS *****")
        code = subprocess.run(["vivado", "-mode", "batch", "-source", "vivado_synth.tcl"], check=False).returncode
        if code:
            return 1
        say("***** VIVADO SYNTHESIS COMPLETED IN 0h0m1s *****")
    say("INFO: [HLS 200-112] Total elapsed time: 1 seconds; peak allocated memory: 1 MB.")
    return 0


def c_synthesis(run, ending):
    """C synthesis up to its reports; the exit code where it ends the run, else None."""
    say("***** C/RTL SYNTHESIS *****", f"INFO: [HLS 200-10] Analyzing design file 'firmware/{run.top}.cpp' ... ")
    pause()
    say("INFO: [HLS 200-111] Finished Source Code Analysis and Preprocessing: CPU user time: 1 seconds.")
    pause()
    code = ending(run)
    if code is not None:
        return code
    say("INFO: [HLS 200-10] Starting code transformations ...", "INFO: [HLS 200-10] Checking synthesizability ...")
    pause()
    say("INFO: [HLS 200-10] Starting hardware synthesis ...", f"INFO: [HLS 200-10] Synthesizing '{run.top}' ...")
    modules = [*(part.module for part in run.parts), run.top]
    for module in modules[:-1]:
        say(f"WARNING: [SYN 201-103] Legalizing function name '{module}<x>' to '{module}'.")
    for words in ("Implementing module", "Generating RTL for module"):
        for module in modules:
            say(f"INFO: [HLS 200-10] -- {words} '{module}' ")
            pause()
    reports = Path(f"{run.top}_prj/solution1/syn/report")
    write(reports / f"{run.top}_csynth.xml", csynth_xml(run))
    write(reports / f"{run.top}_csynth.rpt", csynth_rpt(run))
    say("INFO: [HLS 200-789] **** Estimated Fmax: 136.99 MHz", "***** C/RTL SYNTHESIS COMPLETED IN 0h0m1s *****")
    return None


def vivado(arguments):
    """Vivado's logic synthesis of what C synthesis wrote."""
    project = read_project()
    say("****** Vivado v2024.1 (64-bit)", f"Command: synth_design -top {project['project_name']}")
    for mark in ("Starting Synthesize", "Start Technology Mapping", "Start Writing Synthesis Report"):
        say(f"{mark} : Time (s): cpu = 00:00:01")
        pause()
    say("Command: opt_design -retarget")
    write(Path("vivado_synth.rpt"), utilisation(project["project_name"]))
    return 0


def synthesis(project, tool, version):
    """What the stand-in makes of a project: one module for each call of the top function."""
    top = project["project_name"]
    text = Path(f"firmware/{top}.cpp").read_text()
    parts = []
    for function, config, number, stream, _ in _CALL.findall(text):
        index = int(number or stream or 0)
        parts.append(part_of_layer(index, f"{function}_ap_fixed_ap_fixed_{config or 64}_s"))
    fifos = tuple(fifo_of_layer(int(number), f"{name}_U") for name, number in _STREAM.findall(text))
    clock = float(project["clock_period"])
    return Synthesis(top, tool, version, project["part"], clock, 0.73 * clock, parts=tuple(parts), fifos=fifos)


def read_project():
    """The variables of project.tcl."""
    return dict(re.findall(r'^set (\w+) "?([^"\n]*)"?$', Path("project.tcl").read_text(), re.MULTILINE))


def read_options(arguments):
    """Options from the command line (Vivado HLS) or from build_opt.tcl (Vitis HLS)."""
    assert "build_prj.tcl" in arguments, arguments
    given = dict(re.findall(r"(\w+)=(\d)", " ".join(arguments)))
    if not given:
        given = dict(re.findall(r"^\s+(\w+)\s+(\d)$", Path("build_opt.tcl").read_text(), re.MULTILINE))
    return {name: value == "1" for name, value in given.items()}


def say(*lines):
    """Print like the tool, at once."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def pause():
    """Take the time that a phase takes."""
    time.sleep(float(os.environ.get("CODESIGN_STANDIN_PAUSE", "0")))


def write(path, text):
    """Write a file, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _stop(*lines, code=1):
    def end(run):
        say(*(line.replace("CONFIG", _first_config(run)) for line in lines))
        return code

    return end


def _first_config(run):
    return next(part.module.split("_ap_fixed_")[-1].removesuffix("_s") for part in run.parts if "config" in part.module)


def _wait(run, *, stubborn):
    if stubborn:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE, start_new_session=stubborn)
    child.stdout.readline()
    write(Path(os.environ.get("CODESIGN_STANDIN_PIDS", "pids")), f"{os.getpid()} {child.pid}")
    say(f"INFO: [HLS 200-10] -- Implementing module '{run.top}' ")
    while True:
        signal.pause()


def _silent(run):
    os._exit(0)


def _broken(run):
    write(Path(f"{run.top}_prj/solution1/syn/report/{run.top}_csynth.xml"), csynth_xml(run)[:300])
    os._exit(0)


def _slow_clock(run):
    say(
        "WARNING: [HLS 200-871] Estimated clock period (9.100 ns) exceeds the target (target clock period: "
        f"{run.clock:.3f} ns, clock uncertainty: 2.700 ns, effective delay budget: {run.clock - 2.7:.3f} ns)."
    )


_ENDINGS = {
    "ok": lambda run: None,
    "timing": _slow_clock,
    "unroll": _stop(
        "ERROR: [XFORM 203-504] Stop unrolling loop 'Product1' (firmware/nnet_utils/nnet_dense_latency.h:37) in "
        "function 'nnet::dense_latency<ap_fixed<16, 6, 5, 3, 0>, ap_fixed<16, 6, 5, 3, 0>, CONFIG>' because it may "
        "cause large runtime and excessive memory usage due to increase in code size.",
        "ERROR: [HLS 200-70] Pre-synthesis failed.",
    ),
    "memory": _stop('rdiArgs.sh: line 164:   494 Killed                  "$RDI_PROG" "$@"', code=137),
    "licence": _stop("ERROR: [Common 17-345] A valid license was not found for feature 'Synthesis'."),
    "part": _stop("ERROR: [HLS 200-1023] Part 'xc7z020clg400-1' is not installed."),
    "unknown": _stop("ERROR: [ODD 1-1] The moon is full.", code=3),
    "silent": _silent,
    "broken": _broken,
    "hang": lambda run: _wait(run, stubborn=False),
    "stubborn": lambda run: _wait(run, stubborn=True),
}
