"""Reports composed by the project, in the formats of the tools, read back."""

import json

import pytest

from engine.estimate import Tier
from engine.flows.hls4ml.reports import (
    LayerIndex,
    Module,
    Report,
    ReportError,
    project_layers,
    project_reports,
    read_csynth,
    read_fit,
    read_oneapi,
    read_utilisation,
    report_to_json,
)
from engine.flows.hls4ml.reports.report import together
from tests.standins.composed import Part, Synthesis, csynth_rpt, csynth_xml, oneapi, utilisation

DENSE, RELU = "dense_resource_ap_fixed_8_2_5_3_0_ap_fixed_16_6_5_3_0_config2_s", "relu_ap_fixed_relu_config3_s"
PARTS = (
    Part(DENSE, (3, 8, 900, 1200, 0), latency=11, interval=9),
    Part(RELU, (0, 0, 64, 128, 0), latency=1, interval=1),
    Part("clone_stream_ap_fixed_ap_fixed_64_s", (0, 0, 5, 6, 0), latency=66, interval=66),
    Part("Block_entry_proc", (0, 0, 2, 3, 0)),
)
FIFOS = (("layer2_out_V_data_0_V_U", 1, 10, 20), ("layer2_out_V_data_1_V_U", 1, 10, 20), ("layer11_cpy1_U", 0, 7, 8))
TOTALS = {"LUT": 23 + 1200 + 128 + 6 + 3 + 48, "FF": 17 + 900 + 64 + 5 + 2 + 27, "DSP": 8, "BRAM18": 5, "URAM": 0}
KINDS = [("Vivado HLS", "2020.1"), ("Vitis HLS", "2021.1"), ("Vitis HLS", "2024.1")]


def synthesis(tool="Vitis HLS", version="2024.1", **more):
    return Synthesis(tool=tool, version=version, parts=PARTS, fifos=FIFOS, **more)


def write(folder, run, *, xml=True, text=True):
    """The reports of a run, where read_csynth looks for them."""
    if xml:
        (folder / f"{run.top}_csynth.xml").write_text(csynth_xml(run))
    if text:
        (folder / f"{run.top}_csynth.rpt").write_text(csynth_rpt(run))
    return folder


@pytest.mark.parametrize(("tool", "version"), KINDS)
@pytest.mark.parametrize(("xml", "text"), [(True, True), (True, False), (False, True)])
def test_totals_of_c_synthesis_stand_in_either_file(tmp_path, tool, version, xml, text):
    report = read_csynth(write(tmp_path, synthesis(tool, version), xml=xml, text=text), "toy")
    assert (report.tier, report.tool, report.version) == (Tier.C_SYNTHESIS, tool, version)
    assert report.part == "xc7z020-clg400-1"
    assert (report.clock_target, report.clock_estimate) == (10.0, 7.3)
    assert dict(report.totals) == TOTALS | {"latency": 41, "interval": 9}
    assert dict(report.available) == {"LUT": 53200, "FF": 106400, "DSP": 220, "BRAM18": 280, "URAM": 0}
    assert bool(report.modules) == text


@pytest.mark.parametrize(("tool", "version"), KINDS)
def test_modules_carry_area_and_speed_and_a_stream_is_one_module(tmp_path, tool, version):
    modules = {
        each.name: dict(each.figures) for each in read_csynth(write(tmp_path, synthesis(tool, version)), "toy").modules
    }
    assert modules[DENSE] == {"LUT": 1200, "FF": 900, "DSP": 8, "BRAM18": 3, "URAM": 0, "latency": 11, "interval": 9}
    assert modules["layer2_out"] == {"LUT": 40, "FF": 20, "BRAM18": 2}
    assert modules["layer11_cpy1"] == {"LUT": 8, "FF": 7, "BRAM18": 0}
    assert list(modules)[:4] == [part.module for part in PARTS]


def test_what_the_tool_leaves_open_is_left_out(tmp_path):
    run = synthesis(latency="?", interval="undef")
    for xml, text in ((True, False), (False, True)):
        (tmp_path / f"{xml}").mkdir()
        report = read_csynth(write(tmp_path / f"{xml}", run, xml=xml, text=text), "toy")
        assert dict(report.totals) == TOTALS


def test_the_old_form_of_the_latency_table_is_read(tmp_path):
    text = csynth_rpt(synthesis("Vivado HLS", "2018.3"))
    old = text.replace("+ Latency: ", "+ Latency (clock cycles): ").replace("Latency (cycles)", "    Latency     ")
    (tmp_path / "toy_csynth.rpt").write_text(old)
    assert dict(read_csynth(tmp_path, "toy").totals)["latency"] == 41


def test_bram_tiles_are_two_blocks_and_parts_without_ultraram_have_none(tmp_path):
    path = tmp_path / "vivado_synth.rpt"
    path.write_text(utilisation())
    report = read_utilisation(path)
    assert (report.tier, report.tool_and_version, report.part) == (
        Tier.LOGIC_SYNTHESIS,
        "Vivado 2024.1",
        "xc7z020clg400-1",
    )
    assert dict(report.totals) == {"LUT": 1234, "FF": 2345, "DSP": 17, "BRAM18": 7, "URAM": 0}
    path.write_text(utilisation(uram=12, state="Routed"))
    routed = read_utilisation(path)
    assert (routed.tier, dict(routed.totals)["URAM"]) == (Tier.PLACED_AND_ROUTED, 12)


KERNELS = (
    ("bias_t)", "_ZN4nnet14dense_resourceI7input_t7config2EEvv", (300, 400, 5, 1, 2, 9), 210, 4),
    ("bias_t)", "_ZN4nnet14dense_resourceI8layer3_t7config4EEvv", (30, 40, 0, 0, 1, 1), 99, 2),
    ("Toy", "_ZTS3Toy", (9, 8, 0, 0, 0, 0), 30, 1),
)


def test_intels_estimate_and_fit(tmp_path):
    oneapi(tmp_path, KERNELS)
    report, fit = read_oneapi(tmp_path), read_fit(tmp_path / "quartus.ndjson")
    assert (report.tier, report.tool) == (Tier.C_SYNTHESIS, "Intel oneAPI")
    assert dict(report.totals) == {"LUT": 339, "FF": 448, "DSP": 6, "RAM": 5, "MLAB": 3, "interval": 4}
    assert report.clock_estimate == 2.5
    by_name = {each.name: dict(each.figures) for each in report.modules}
    assert by_name["dense_resource<config2>"] == {
        "LUT": 300, "FF": 400, "DSP": 5.5, "RAM": 5, "MLAB": 2, "latency": 210, "interval": 4,
    }  # fmt: skip
    assert by_name["dense_resource<config4>"]["latency"] == 99
    assert by_name["Toy"]["LUT"] == 9
    assert fit.tier is Tier.PLACED_AND_ROUTED
    assert (dict(fit.totals)["ALM"], fit.clock_estimate) == (812.5, 2.0)


def test_a_fit_that_did_not_run_is_no_report(tmp_path):
    path = tmp_path / "quartus.ndjson"
    path.write_text('{"quartusFitResourceUsageSummary": {"nodes": [{"name": "x", "type": "system", "alm": "TBD"}]}}')
    assert read_fit(path) is None
    path.write_text("{}\n")
    assert read_fit(path) is None


CALLS = """
    nnet::dense<input_t, layer2_t, config2>(features, layer2_out, w2, b2); // fc1
    nnet::relu<layer2_t, layer3_t, relu_config3>(layer2_out, layer3_out); // relu1
    nnet::clone_stream<layer3_t, layer3_t, 64>(layer3_out, layer11_cpy1, layer11_cpy2); // clone_relu1
    nnet::transpose<layer3_t, layer4_t, config4>(layer3_out, layer4_out); // turn
"""


def test_modules_find_their_layers_by_number_or_as_the_only_one_of_a_function(tmp_path):
    (tmp_path / "firmware").mkdir()
    (tmp_path / "firmware" / "toy.cpp").write_text(CALLS)
    index = project_layers(tmp_path, "toy").renamed({"fc1": "First layer", "clone_relu1": "relu1"})
    report = index.assign(read_csynth(write(tmp_path, synthesis()), "toy"))
    assert {each.name: each.layer for each in report.modules} == {
        DENSE: "First layer",
        RELU: "relu1",
        "clone_stream_ap_fixed_ap_fixed_64_s": "relu1",
        "Block_entry_proc": "",
        "layer2_out": "First layer",
        "layer11_cpy1": "relu1",
    }
    layers = report.layers()
    assert layers["First layer"]["LUT"] == 1240
    assert (layers["relu1"]["LUT"], layers["relu1"]["interval"], layers["relu1"]["latency"]) == (142, 66, 66)


def test_two_modules_of_an_unnumbered_function_are_not_guessed():
    index = LayerIndex({}, {"clone_stream": "split"})
    modules = tuple(Module(f"clone_stream_ap_fixed_64_{ending}") for ending in ("1", "s"))
    report = Report(Tier.C_SYNTHESIS, "t", "1", "p", (), modules=modules)
    assert [each.layer for each in index.assign(report).modules] == ["", ""]
    assert index.layer("clone_streams") == ""


@pytest.mark.parametrize(
    ("module", "number"),
    [
        ("dense_latency_ap_fixed_ap_fixed_16_6_5_3_0_config8_0_0_0_0_0_0", 8),
        ("leaky_relu_array_array_LeakyReLU_config10_254", 10),
        ("conv_2d_cl_config2_mult_s", 2),
        ("dense_resource_stream<config12>", 12),
        ("layer7_out", 7),
    ],
)
def test_numbers_in_the_names_of_modules(module, number):
    assert LayerIndex({number: "it", 0: "zero"}).layer(module) == "it"


def test_parts_of_a_layer_are_put_together_as_the_estimate_does():
    fast = Module("a", figures=(("LUT", 1.0), ("latency", 2.0), ("interval", 1.0)))
    slow = Module("b", figures=(("LUT", 10.0), ("latency", 7.0), ("interval", 5.0)))
    assert together([fast, fast]) == {"LUT": 2.0, "latency": 4.0, "interval": 1.0}
    assert together([fast, slow]) == {"LUT": 11.0, "latency": 7.0, "interval": 5.0}


def test_all_reports_of_a_project_are_found_lowest_tier_first(tmp_path):
    reports = tmp_path / "toy_prj" / "solution1" / "syn" / "report"
    reports.mkdir(parents=True)
    write(reports, synthesis())
    (tmp_path / "vivado_synth.rpt").write_text(utilisation())
    (tmp_path / "firmware").mkdir()
    (tmp_path / "firmware" / "toy.cpp").write_text(CALLS)
    found = project_reports(tmp_path)
    assert [report.tier for report in found] == [Tier.C_SYNTHESIS, Tier.LOGIC_SYNTHESIS]
    assert list(found[0].layers()) == ["fc1", "relu1", "clone_relu1"]
    json.dumps([report_to_json(report) for report in found], allow_nan=False)


def test_a_shell_around_the_network_shows_the_networks_modules(tmp_path):
    reports = tmp_path / "toy_prj" / "solution1" / "syn" / "report"
    reports.mkdir(parents=True)
    write(reports, synthesis())
    write(
        reports, Synthesis(top="toy_axi", parts=(Part("toy", (5, 8, 10, 20, 0)), Part("Loop_1_proc", (0, 0, 1, 1, 0))))
    )
    (report,) = project_reports(tmp_path)
    assert dict(report.totals)["LUT"] == 20 + 1 + 23
    assert [each.name for each in report.modules][:2] == ["Loop_1_proc", DENSE]


def test_intels_reports_are_found_under_build(tmp_path):
    oneapi(tmp_path / "build" / "toy.report.prj" / "reports" / "resources" / "json", KERNELS)
    found = project_reports(tmp_path, LayerIndex({2: "fc1", 4: "fc2"}))
    assert [report.tool for report in found] == ["Intel oneAPI", "Quartus"]
    assert found[0].layers()["fc2"]["LUT"] == 30


def test_a_project_without_reports_has_none(tmp_path):
    assert project_reports(tmp_path) == ()


def test_a_missing_report_is_a_plain_error(tmp_path):
    with pytest.raises(ReportError, match=r"^toy_csynth\.xml cannot be read: No such file or directory\.$"):
        read_csynth(tmp_path, "toy")
