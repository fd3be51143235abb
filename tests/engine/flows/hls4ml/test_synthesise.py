"""The synthesise job through the real queue, with stand-in tools that behave like the vendors'."""

import sys
from dataclasses import replace

import pytest

from engine.design import STRATEGY
from engine.estimate import Tier
from engine.flows.hls4ml.failures import applied, load
from engine.flows.registry import flow
from engine.jobs.errors import JobError
from engine.jobs.runner import JobRunner
from engine.jobs.state import JobState
from tests.engine.flows.hls4ml.synthesis_jobs import (
    ENTRY,
    PATIENCE,
    STANDINS,
    SynthesisHere,
    log_of,
    run_job,
    synthesis_spec,
)
from tests.engine.jobs.job_support import alive, wait_until
from tests.samples import jet_tagger, small_resnet
from tests.standins.composed import fifo_of_layer, oneapi, part_of_layer

pytestmark = [
    pytest.mark.hls4ml,
    pytest.mark.skipif(sys.platform == "win32", reason="the stand-in tools are POSIX scripts"),
]


@pytest.fixture
def runner(tmp_path):
    with JobRunner(tmp_path / "jobs") as runner:
        yield runner


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The job's function in this process."""
    folder = tmp_path / "job"
    folder.mkdir()
    return SynthesisHere(folder, monkeypatch)


def refusal(here, *arguments, **options):
    """Why a job failed."""
    with pytest.raises(JobError) as caught:
        here(*arguments, **options)
    return str(caught.value)


def with_flow(design, flow):
    """The same design for another flow."""
    return replace(design, target=replace(design.target, flow=flow))


def linked(folder, *names):
    """A folder with some of the stand-ins only."""
    folder.mkdir()
    for name in names:
        (folder / name).symlink_to(STANDINS / ("vivado" if name == "vivado_lab" else name))
    return folder


def figures(number, fifos=0):
    """What the stand-in reports for hls4ml's layer of a number, with its FIFOs."""
    part = part_of_layer(number, "m")
    bram, dsp, ff, lut, uram = part.resources
    _, fifo_bram, fifo_ff, fifo_lut = fifo_of_layer(number, "f")
    return {
        "LUT": lut + fifos * fifo_lut,
        "FF": ff + fifos * fifo_ff,
        "DSP": dsp,
        "BRAM18": bram + fifos * fifo_bram,
        "URAM": uram,
        "latency": part.latency,
        "interval": part.interval,
    }


def test_the_flow_offers_this_job():
    offers = {offer.action: offer for offer in flow("vitis").jobs(jet_tagger())}
    assert (offers["synthesise"].entry, offers["synthesise"].off) == (ENTRY, "")


def test_figures_of_every_layer_come_back(runner, store):
    view = run_job(runner, synthesis_spec(store, jet_tagger(store)))
    assert (view.state, view.reason) == (JobState.DONE, "")
    result = view.result
    assert (result["tool"], result["tier"]) == ("Vitis HLS 2024.1", Tier.C_SYNTHESIS)
    names = ("fc1", "relu1", "fc2", "relu2", "fc3", "relu3", "fc4", "softmax")
    assert result["layers"] == {name: figures(number) for number, name in enumerate(names, start=2)}
    loose = {"LUT": 23, "FF": 17, "DSP": 0, "BRAM18": 0, "URAM": 0}
    sums = {name: sum(figures(number)[name] for number in range(2, 10)) + loose[name] for name in loose}
    assert result["totals"] == sums | {"latency": 41, "interval": 9}
    assert result["summary"].startswith(f"C synthesis (Vitis HLS 2024.1): {sums['LUT']:,} LUT, ")
    assert "latency 41 cycles (0.41 µs), interval 9 cycles" in result["summary"]
    assert (result["clock_target"], result["clock_estimate"]) == (10.0, 7.3)
    assert result["notes"] == []
    assert view.metric("tool") == "Vitis HLS 2024.1"
    assert "C SIMULATION" not in log_of(view)


def test_inserted_layers_and_streams_count_to_the_layer_they_serve(here, store):
    result = here(store, small_resnet(store))
    layers = result["layers"]
    assert set(layers) == {"stem", "stem_relu", "conv1", "conv1_relu", "conv2", "add", "pool", "classifier"}
    stem = [figures(2, fifos=1), figures(12, fifos=1)]
    assert layers["stem"]["LUT"] == sum(row["LUT"] for row in stem)
    relu = [figures(3, fifos=1), figures(11, fifos=2)]
    assert layers["stem_relu"]["LUT"] == sum(row["LUT"] for row in relu)
    assert layers["classifier"] == figures(10)
    (report,) = result["reports"]
    assert sum(module["figures"]["LUT"] for module in report["modules"]) + 23 == result["totals"]["LUT"]


def test_logic_synthesis_is_a_report_of_its_own(here, store):
    result = here(store, jet_tagger(store), logic_synthesis=True, export=True)
    assert [report["tier"] for report in result["reports"]] == [Tier.C_SYNTHESIS, Tier.LOGIC_SYNTHESIS]
    assert result["tier"] == Tier.C_SYNTHESIS
    assert result["reports"][1]["totals"] == {"LUT": 1234, "FF": 2345, "DSP": 17, "BRAM18": 7, "URAM": 0}
    assert "Logic synthesis (Vivado 2024.1): 1,234 LUT" in result["summary"]
    assert (here.folder / "project" / "jet_tagger_prj" / "solution1" / "impl" / "export.zip").is_file()


@pytest.mark.parametrize("flow", ["vivado", "vivado_accelerator"])
def test_vivado_hls_is_told_in_its_own_way(here, store, flow):
    result = here(store, with_flow(jet_tagger(store), flow))
    assert result["tool"] == "Vivado HLS 2020.1"
    assert result["layers"]["fc1"] == figures(2)


def test_phases_name_the_layer_and_progress_never_falls(runner, store):
    seen = []
    runner.subscribe(lambda view: seen.append((view.phase, view.progress)))
    spec = synthesis_spec(
        store, jet_tagger(store), environment={"CODESIGN_STANDIN_PAUSE": "0.02"}, logic_synthesis=True
    )
    run_job(runner, spec)
    phases = list(dict.fromkeys(phase for phase, _ in seen))
    expected = (
        "Looking for the tool",
        "Converting",
        "C synthesis: reading the code",
        "C synthesis: scheduling fc2 (3 of 9)",
        "C synthesis: writing softmax (8 of 9)",
        "Logic synthesis: mapping to cells",
        "Reading the reports",
    )
    places = [phases.index(phase) for phase in expected if phase in phases]
    # Under load some views in between are left out, never the order.
    assert places == sorted(places)
    assert len(places) >= 4
    fractions = [fraction for _, fraction in seen if fraction is not None]
    assert fractions == sorted(fractions)


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("memory", "The tool ran out of memory and was ended. Close other programs"),
        ("licence", "The tool found no licence for this part"),
        ("unknown", "Vitis HLS 2024.1 ended with exit code 3. It said: ERROR: [ODD 1-1] The moon is full."),
        ("silent", "Vitis HLS 2024.1 ended without a report. The log may say why."),
        ("broken", "A report of Vitis HLS 2024.1 cannot be read. jet_tagger_csynth.xml: line "),
    ],
)
def test_failures_say_why_and_what_to_do(here, store, ending, reason):
    assert refusal(here, store, jet_tagger(store), ending).startswith(reason)


def test_a_failure_that_an_edit_mends_leaves_that_edit(runner, store):
    design = jet_tagger(store)
    view = run_job(runner, synthesis_spec(store, design, "unroll"))
    assert view.reason.startswith("The tool refused to unroll the loop Product1: the layer 'fc1' asks for")
    explanation = load(view.folder)
    assert explanation.id == "unroll_limit"
    mended = applied(explanation.fixes[0], design)
    assert mended.of_layer("fc1").get(STRATEGY) == "resource"


def test_a_clock_that_will_not_be_met_is_noted(here, store):
    (note,) = here(store, jet_tagger(store), "timing")["notes"]
    assert note["id"] == "timing"
    assert list(note["fixes"]) == [{"key": "clock_ns", "value": 12.5, "layer": "", "label": "Set the clock to 12.5 ns"}]


@pytest.mark.parametrize("ending", ["hang", "stubborn"])
def test_cancel_leaves_no_process(runner, store, tmp_path, ending):
    pids = tmp_path / "pids"
    spec = synthesis_spec(store, jet_tagger(store), ending, environment={"CODESIGN_STANDIN_PIDS": str(pids)})
    job = runner.submit(spec)
    wait_until(runner, job.id, lambda view: "scheduling" in view.phase or view.state.is_final)
    processes = [int(word) for word in pids.read_text().split()]
    assert len(processes) == 2
    assert alive(processes) == processes
    runner.cancel(job.id)
    view = runner.wait(job.id, PATIENCE)
    assert (view.state, view.reason) == (JobState.CANCELLED, "")
    assert alive(processes) == []
    assert (view.folder / "project" / "build_prj.tcl").is_file()


def test_no_tool_is_said_before_anything_is_converted(runner, store):
    view = run_job(runner, synthesis_spec(store, jet_tagger(store), tools=None))
    assert view.state is JobState.FAILED
    assert view.reason.startswith(
        "Vitis HLS was not found on this computer. Install it, name its folder in Preferences"
    )
    assert not (view.folder / "project").exists()


@pytest.mark.parametrize("named", [STANDINS, STANDINS / "vitis_hls"])
def test_a_named_place_is_used(here, store, named, capfd):
    assert here(store, jet_tagger(store), tools=None, tool_paths={"vitis": str(named)})["tier"] == Tier.C_SYNTHESIS
    assert f"$ {STANDINS}/vitis" in capfd.readouterr().err


def test_a_named_place_without_the_tool_is_not_replaced_by_another(here, store, tmp_path):
    reason = refusal(here, store, jet_tagger(store), tool_paths={"vitis": str(tmp_path)})
    assert reason.startswith(f"Vitis HLS was not found at {tmp_path} on this computer. Name the folder that holds")


def test_another_release_on_the_path_does_not_hide_the_named_one(here, store, tmp_path, capfd):
    old = linked(tmp_path / "old", "vitis_hls")
    here(store, jet_tagger(store), tool_paths={"vitis": str(old)})
    assert f"$ {old}/vitis_hls -f build_prj.tcl" in capfd.readouterr().err


def test_the_lab_edition_is_recognised(here, store, tmp_path):
    reason = refusal(here, store, jet_tagger(store), tools=linked(tmp_path / "bin", "vivado_lab"))
    assert "Only the Lab Edition is installed, which programs boards and cannot synthesise" in reason


def test_where_vivado_hls_is_missing_vitis_is_pointed_to(here, store, tmp_path):
    design = with_flow(jet_tagger(store), "vivado")
    reason = refusal(here, store, design, tools=linked(tmp_path / "bin", "vitis_hls"))
    assert "Vitis HLS is there, so choose the flow Vitis HLS instead." in reason


def test_logic_synthesis_without_vivado_is_refused_at_once(here, store, tmp_path):
    tools = linked(tmp_path / "bin", "vitis_hls")
    reason = refusal(here, store, jet_tagger(store), tools=tools, logic_synthesis=True)
    assert reason.startswith("Logic synthesis needs Vivado, which was not found on this computer.")


def test_an_unknown_flow_is_refused(here, store):
    reason = refusal(here, store, with_flow(jet_tagger(store), "magic"))
    assert reason.startswith("'magic' is not a flow of hls4ml. Choose one of vitis, ")


KERNELS = (
    ("JetTagger", "_ZTS9JetTagger", (50, 60, 1, 0, 0, 0), 40, 1),
    ("bias_t)", "_ZN4nnet14dense_resourceI7input_t12fc1_result_t7config2EEvv", (300, 400, 5, 1, 2, 9), 210, 4),
)


def test_intels_compiler_is_built_with_cmake(here, store, tmp_path):
    oneapi(tmp_path / "written", KERNELS, fit=False)
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "icpx").write_text("#!/bin/sh\n")
    place = "build/jet_tagger.report.prj/reports/resources/json"
    (tools / "cmake").write_text(
        f'#!/bin/sh\necho "cmake $*"\n[ "$1" = -S ] || {{ mkdir -p {place}; cp {tmp_path}/written/* {place}; }}\n'
    )
    for tool in tools.iterdir():
        tool.chmod(0o755)
    result = here(store, with_flow(jet_tagger(store), "oneapi"), tools=tools)
    assert result["tool"] == "Intel oneAPI"
    assert result["layers"] == {
        "fc1": {"LUT": 300, "FF": 400, "DSP": 5.5, "RAM": 5, "MLAB": 2, "latency": 210, "interval": 4}
    }
    assert result["totals"]["LUT"] == 350
