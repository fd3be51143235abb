"""What the tools are told, and what their lines say of the progress."""

import pytest

from engine.environment import VENDOR_TOOLS
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.hls4ml.reports import LayerIndex
from engine.flows.hls4ml.synthesis.follow import Follower
from engine.flows.hls4ml.synthesis.steps import Wishes, prepare, steps
from tests.samples import SHARED

BOTH = Wishes(logic_synthesis=True, export=True)


@pytest.mark.parametrize(
    ("flow", "tool", "commands"),
    [
        ("vitis", "/x/vitis-run", ["/x/vitis-run --mode hls --tcl build_prj.tcl"]),
        ("vitis", "C:\\x\\vitis_hls.bat", ["C:\\x\\vitis_hls.bat -f build_prj.tcl"]),
        (
            "vivado",
            "/x/vivado_hls",
            ["/x/vivado_hls -f build_prj.tcl reset=0 csim=0 cosim=0 validation=0 fifo_opt=0 synth=1 export=1 vsynth=1"],
        ),
        ("quartus", "/x/i++", ["make toy-fpga LOGGING_1=-v QUARTUS_COMPILE=--quartus-compile"]),
        ("oneapi", "/x/icpx", ["cmake -S . -B build", "cmake --build build --target fpga"]),
        ("libero", "/x/shls", ["/x/shls -s sw_compile", "/x/shls -s hw", "/x/shls -s rtl_synth"]),
    ],
)
def test_commands(flow, tool, commands):
    assert [" ".join(step.command) for step in steps(BACKENDS[flow], tool, "toy", BOTH)] == commands


def test_every_flow_has_a_tool_and_commands():
    known = {tool.id for tool in VENDOR_TOOLS}
    for backend in BACKENDS.values():
        assert backend.tool_id in known
        assert steps(backend, "tool", "toy", Wishes())


def test_vitis_reads_its_options_from_a_file(tmp_path):
    prepare(BACKENDS["vitis"], tmp_path, Wishes(export=True))
    lines = (tmp_path / "build_opt.tcl").read_text().splitlines()
    assert lines[0] == "array set opt {"
    assert {"    csim 0", "    synth 1", "    export 1", "    vsynth 0"} < set(lines)


def follow(lines, layers=None, *, logic_synthesis=False):
    follower = Follower(layers or LayerIndex(), logic_synthesis=logic_synthesis)
    return follower, [moment for line in lines if (moment := follower.line(line))]


def test_a_run_without_known_lines_has_no_moments():
    assert follow(["hello", "INFO: [HLS 200-10] On os Ubuntu"])[1] == []


def test_modules_are_counted_and_named_by_their_layers():
    lines = [
        "WARNING: [SYN 201-103] Legalizing function name 'a<config2>' to 'a_config2_s'.",
        "INFO: [HLS 200-10] -- Implementing module 'a_config2_s' ",
        "INFO: [HLS 200-10] -- Implementing module 'toy' ",
        "INFO: [HLS 200-10] -- Generating RTL for module 'a_config2_s' ",
    ]
    _, moments = follow(lines, LayerIndex({2: "fc1"}))
    assert [moment.phase for moment in moments] == [
        "C synthesis: scheduling fc1 (1 of 2)",
        "C synthesis: scheduling toy (2 of 2)",
        "C synthesis: writing fc1 (1 of 2)",
    ]


@pytest.mark.skipif(not (SHARED / "reports").is_dir(), reason="the genuine logs are not at hand")
@pytest.mark.parametrize(
    ("folder", "tools", "modules", "logic"),
    [
        ("vitis_hls_2021", ["Vitis HLS 2021.1"], 5, False),
        ("vitis_hls_2024", ["Vitis HLS 2024.1", "Vivado 2024.1"], 6, True),
    ],
)
def test_genuine_logs_are_followed_from_end_to_end(folder, tools, modules, logic):
    text = (SHARED / "reports" / folder / "vitis_hls.log").read_text(errors="replace")
    layers = LayerIndex({number: f"layer {number}" for number in range(1, 9)})
    follower, moments = follow(text.splitlines(), layers, logic_synthesis=logic)
    assert follower.tools == tools
    phases = [moment.phase for moment in moments]
    assert f"C synthesis: scheduling layer 2 (1 of {modules})" in phases
    assert f"C synthesis: writing myproject ({modules} of {modules})" in phases
    assert phases[-1] == ("Logic synthesis: done" if logic else "C synthesis: done")
    fractions = [moment.fraction for moment in moments]
    assert fractions == sorted(fractions)
    assert (fractions[0] < 0.05, fractions[-1]) == (True, 1.0)
    assert len(set(phases)) > 12
