"""Reports that lie in an hls4ml project's folder enter the ledger; none of them keeps it from being opened."""

import os
import shutil

import pytest

from engine.estimate import Tier, level_of
from engine.flows.hls4ml.adapter import build_graph, write_project
from engine.flows.registry import flow
from engine.network import TensorStore
from engine.opening import open_file
from engine.project import FOUND, Project, design_digest, figures_of, load_project, save_project
from tests.samples import SHARED, jet_tagger
from tests.standins.composed import Synthesis, csynth_rpt, csynth_xml, part_of_layer, utilisation

pytestmark = pytest.mark.hls4ml
REPORTS = SHARED / "reports"
WRITTEN = 1_700_000_000
DEVICE = "xc7z020-clg400-1"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project that hls4ml wrote for a jet tagger; no tool has run in it."""
    folder = tmp_path_factory.mktemp("whole")
    store = TensorStore(folder / "tensors")
    write_project(build_graph(jet_tagger(store), store, folder / "jet_tagger"))
    return folder / "jet_tagger"


@pytest.fixture
def folder(project, tmp_path):
    """A copy to put reports into."""
    return shutil.copytree(project, tmp_path / "jet", ignore=shutil.ignore_patterns("nnet_utils", "ap_types"))


def put(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (WRITTEN, WRITTEN))
    return path


def composed(folder, top="jet_tagger", project="jet_tagger", **changes):
    """Reports of C synthesis in the place where Vitis HLS leaves them."""
    parts = tuple(part_of_layer(number, f"dense_latency_ap_fixed_ap_fixed_config{number}_s") for number in (2, 4, 6, 8))
    run = Synthesis(**{"top": top, "device": DEVICE, "parts": parts} | changes)
    place = f"{project}_prj/solution1/syn/report/{top}_csynth"
    put(folder, f"{place}.xml", csynth_xml(run))
    put(folder, f"{place}.rpt", csynth_rpt(run))
    return run


def test_a_folder_without_reports_has_no_runs(folder, store):
    assert open_file(folder, store) == Project(open_file(folder, store).design)


def test_reports_enter_the_ledger(folder, store, tmp_path):
    run = composed(folder)
    put(folder, "vivado_synth.rpt", utilisation("jet_tagger"))
    opened = open_file(folder, store)
    assert opened.notes == ()
    synthesis, logic = opened.runs
    assert (synthesis.tier, logic.tier) == (Tier.C_SYNTHESIS, Tier.LOGIC_SYNTHESIS)
    assert (synthesis.tool, logic.tool) == ("Vitis HLS 2024.1", "Vivado 2024.1")
    assert dict(synthesis.totals)["LUT"] == run.totals()["LUT"]
    assert dict(dict(synthesis.layers)["fc1"])["LUT"] == part_of_layer(2, "").resources[3]
    assert set(dict(synthesis.layers)) == {"fc1", "fc2", "fc3", "fc4"}
    for each in opened.runs:
        assert (each.action, each.state, each.folder) == (FOUND, "done", str(folder))
        assert each.started == "2023-11-14T22:13:20+00:00"
        assert each.design == design_digest(opened.design)
        foretold = flow("vitis").at(level_of(each.tier)).estimate(opened.design, store)
        assert each.estimated == figures_of(foretold)
    save_project(tmp_path / "a.codesign", opened, store)
    assert load_project(tmp_path / "a.codesign", store) == opened


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: composed(folder, device="xcvu13p-flga2577-2-e"), "for the part xcvu13p"),
        (lambda folder: composed(folder, "other", "other"), "it is of 'other'"),
        (lambda folder: composed(folder, parts=(part_of_layer(77, "relu_config77_s"),)), "none of this network's"),
        (lambda folder: put(folder, "jet_tagger_prj/s/syn/report/jet_tagger_csynth.xml", "<profile"), "cannot be read"),
        (lambda folder: put(folder, "jet_tagger_prj/s/syn/report/jet_tagger_csynth.rpt", "no"), "cannot be read"),
    ],
)
def test_broken_and_foreign_reports_are_notes(folder, store, spoil, words):
    spoil(folder)
    put(folder, "vivado_synth.rpt", utilisation("jet_tagger"))
    opened = open_file(folder, store)
    assert [run.tier for run in opened.runs] == [Tier.LOGIC_SYNTHESIS]
    assert len(opened.notes) == 1
    assert words in opened.notes[0]


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the genuine reports are not at hand")
def test_genuine_reports_enter_the_ledger(store, tmp_path):
    """The reports of a streamed dense layer with its activation, on the project of one like it."""
    source, folder = REPORTS / "hls4ml_vivado_2020", tmp_path / "genuine"
    design = jet_tagger(store)
    write_project(build_graph(design, store, folder))
    place = folder / "jet_tagger_prj" / "solution1" / "syn" / "report"
    place.mkdir(parents=True)
    for ending in ("xml", "rpt"):
        shutil.copy(source / f"myproject_csynth.{ending}", place / f"jet_tagger_csynth.{ending}")
    shutil.copy(source / "vivado_synth.rpt", folder)
    opened = open_file(folder, store)
    assert opened.notes == ()
    assert [(run.tool, dict(run.totals)["DSP"]) for run in opened.runs] == [
        ("Vivado HLS 2020.1", 73),
        ("Vivado 2020.1", 66),
    ]
    assert dict(dict(opened.runs[0].layers)["fc1"])["LUT"] == 2134
