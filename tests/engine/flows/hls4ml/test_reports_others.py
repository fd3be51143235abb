"""Reports of Catapult, SmartHLS and Intel's HLS compiler, composed in their formats and read back."""

from dataclasses import replace

import pytest

from engine.estimate import Tier
from engine.flows.hls4ml.reports import (
    LayerIndex,
    ReportError,
    project_reports,
    read_catapult,
    read_intel_hls,
    read_intel_hls_fit,
    read_libero,
)
from engine.flows.hls4ml.synthesis.outcome import outcome
from tests.samples import jet_tagger
from tests.standins.composed import utilisation
from tests.standins.composed_others import AREA, NOT_FITTED, catapult, intel_hls, libero

PROCESSES = [
    ("/toy/nnet::dense<input_t,layer2_t,config2>/core", 512, 11, 9),
    ("/toy/nnet::relu<layer2_t,layer3_t,relu_config3>/core", 64, 1, 9),
    ("/toy/run", 2, -1, 1),
]
INDEX = LayerIndex({2: "fc1", 3: "relu1"})


def written(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_catapult_says_how_long_each_layer_takes(tmp_path):
    report = INDEX.assign(read_catapult(written(tmp_path / "rtl.rpt", catapult(PROCESSES, (578, 25, 9)))))
    assert (report.tier, report.tool_and_version) == (Tier.C_SYNTHESIS, "Catapult 2024.2")
    assert report.totals == (("latency", 25.0), ("interval", 9.0))
    assert report.clock_target == 5.0
    assert report.layers() == {"fc1": {"latency": 11, "interval": 9}, "relu1": {"latency": 1, "interval": 9}}
    assert report.modules[2].figures == (("interval", 1.0),)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda text: "nothing", "rtl.rpt: Processes/Blocks in Design: the table is missing."),
        (lambda text: text.replace("Design Total:", "Sum:"), "no row 'Design Total:'"),
        (lambda text: text.replace("     11 ", "   many "), "rtl.rpt: line 6, Latency: 'many' is not a number."),
        (lambda text: text.replace("----", "===="), "line 5: the columns of the table of processes cannot be told"),
    ],
)
def test_catapult_reports_that_are_refused(tmp_path, spoil, message):
    path = written(tmp_path / "rtl.rpt", spoil(catapult(PROCESSES, (578, 25, 9))))
    with pytest.raises(ReportError) as caught:
        read_catapult(path)
    assert message in str(caught.value)


def test_smarthls_after_placing_and_routing(tmp_path):
    report = read_libero(written(tmp_path / "summary.results.rpt", libero()))
    assert (report.tier, report.part) == (Tier.PLACED_AND_ROUTED, "MPF300TS-1FCG1152I")
    assert dict(report.totals) == {
        "LUT": 1512,
        "FF": 1112,
        "DSP": 4,
        "uSRAM": 5,
        "LSRAM": 3,
        "latency": 1045,
        "interval": 8,
    }
    assert dict(report.available)["LUT"] == 299544
    assert (report.clock_target, report.clock_estimate) == (10.0, 6.5)


def test_smarthls_after_synthesis_alone(tmp_path):
    report = read_libero(written(tmp_path / "summary.results.rpt", libero(timing=False, simulation=False)))
    assert report.tier is Tier.LOGIC_SYNTHESIS
    assert "latency" not in dict(report.totals)
    assert report.clock_estimate is None
    path = written(tmp_path / "summary.results.rpt", libero(timing=False, resources=False))
    assert read_libero(path) is None


def test_smarthls_reports_that_are_refused(tmp_path):
    path = written(tmp_path / "a.rpt", libero().replace("| Math ", "| Moth "))
    with pytest.raises(ReportError, match="no figure for DSP"):
        read_libero(path)
    written(path, libero().replace("1200 + 312 = 1512", "about 1512      "))
    with pytest.raises(ReportError, match="'about 1512' is not a number"):
        read_libero(path)
    written(path, "Forecast: rain")
    with pytest.raises(ReportError, match="the title of a SmartHLS report is missing"):
        read_libero(path)


@pytest.mark.parametrize("columns", [AREA["columns"], AREA["columns"][1:], ["ALUTs", "FFs", "RAMs", "DSPs"]])
def test_intel_hls(tmp_path, columns):
    intel_hls(tmp_path, AREA | {"columns": columns})
    report = read_intel_hls(tmp_path)
    assert report.tier is Tier.C_SYNTHESIS
    assert dict(report.totals) == {
        "LUT": 4100,
        "FF": 7300.5,
        "DSP": 20,
        "RAM": 12,
        "MLAB": 3,
        "latency": 45,
        "interval": 9,
    }
    assert dict(report.available)["DSP"] == 1518


def test_intel_hls_without_a_simulation_or_a_fit(tmp_path):
    intel_hls(tmp_path, simulated={}, fit=NOT_FITTED)
    assert "latency" not in dict(read_intel_hls(tmp_path).totals)
    assert read_intel_hls_fit(tmp_path) is None


def test_intel_hls_after_quartus(tmp_path):
    intel_hls(tmp_path)
    fit = read_intel_hls_fit(tmp_path)
    assert (fit.tier, fit.tool) == (Tier.PLACED_AND_ROUTED, "Quartus")
    assert dict(fit.totals) == {"FF": 2100, "DSP": 20, "ALM": 1100.5, "RAM": 10, "MLAB": 2}
    assert fit.clock_estimate == 4.0


def test_intel_hls_reports_that_are_refused(tmp_path):
    intel_hls(tmp_path)
    whole = (tmp_path / "report_data.js").read_text()
    for old, new, message in (
        ("var areaJSON", "var otherJSON", "areaJSON: the variable is missing"),
        ('"total": [', '"total": [[', "line 8, areaJSON: it is not JSON"),
        ("4100", '"many"', "line 8, total: 'many' is not a number"),
        ('"total": ', '"sum": ', "areaJSON: no figures under 'total'"),
    ):
        (tmp_path / "report_data.js").write_text(whole.replace(old, new))
        with pytest.raises(ReportError) as caught:
            read_intel_hls(tmp_path)
        assert message in str(caught.value)


def test_they_are_found_where_the_tools_leave_them(tmp_path):
    for version in (2, 10):
        solution = tmp_path / "toy_prj" / f"toy.v{version}"
        written(solution / "rtl.rpt", catapult(PROCESSES, (578, 20 + version, 9)))
    written(solution / "vivado_concat_v" / "utilization_synth.rpt", utilisation())
    written(tmp_path / "hls_output" / "reports" / "summary.results.rpt", libero())
    intel_hls(tmp_path / "toy-fpga.prj" / "reports" / "lib")
    found = [(report.tier, report.tool) for report in project_reports(tmp_path, INDEX)]
    assert found == [
        (Tier.C_SYNTHESIS, "Catapult"),
        (Tier.C_SYNTHESIS, "Intel HLS"),
        (Tier.LOGIC_SYNTHESIS, "Vivado"),
        (Tier.PLACED_AND_ROUTED, "Quartus"),
        (Tier.PLACED_AND_ROUTED, "SmartHLS"),
    ]
    newest = project_reports(tmp_path, INDEX)[0]
    assert dict(newest.totals)["latency"] == 30
    assert newest.layers()["fc1"]["latency"] == 11


@pytest.mark.parametrize(("flow", "place"), [("catapult", "project/toy_prj"), ("libero", "project/hls_output/reports")])
def test_a_tool_without_a_readable_report_says_where_to_look(flow, place):
    design = jet_tagger()
    design = replace(design, target=replace(design.target, flow=flow))
    said = outcome(design, (), "The tool", (), "toy")
    assert said["totals"] == {}
    assert said["summary"].startswith("The tool went through, but left no report that the studio can read.")
    assert place in said["summary"]


def test_a_report_without_resources_names_none(tmp_path):
    report = read_catapult(written(tmp_path / "rtl.rpt", catapult(PROCESSES, (578, 25, 9))))
    said = outcome(jet_tagger(), (report,), "Catapult", (), "toy")["summary"]
    assert said == "C synthesis (Catapult 2024.2): latency 25 cycles (0.125 µs), interval 9 cycles."
