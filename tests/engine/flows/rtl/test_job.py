"""The job that builds hardware: proof, counts layer by layer, and what it says where it cannot."""

import json
from dataclasses import replace

import pytest

from engine.boards import board
from engine.design import REUSE_FACTOR, WEIGHT, set_on_layers
from engine.estimate import Tier
from engine.flows.registry import flow
from engine.flows.rtl.draft import Drafter
from engine.flows.rtl.job import mapping
from engine.flows.rtl.job.hardware import RESULTS, build_hardware
from engine.flows.rtl.project.stubs import between
from engine.flows.rtl.synthesis import ResultCache
from engine.jobs.errors import JobError
from engine.network import Layer, Network
from engine.network.kinds import LSTM, Input
from engine.precision import FixedType
from engine.project import design_to_json
from tests.engine.flows.hls4ml.running import reporting
from tests.engine.flows.rtl.place.test_board import small_network
from tests.engine.flows.rtl.test_flow import folded_tagger, for_rtl
from tests.samples import jet_tagger, with_random_weights


@pytest.mark.yosys
@pytest.mark.compiler
def test_hardware_is_proved_and_counted_layer_by_layer(store, tmp_path, monkeypatch):
    monkeypatch.setattr(mapping, "user_cache", lambda: ResultCache(tmp_path / "cache"))
    design = set_on_layers(folded_tagger(store, 32), ("fc1", "fc2", "fc3", "fc4"), WEIGHT, FixedType(8, 1))
    design = set_on_layers(design, ("fc1", "fc2"), REUSE_FACTOR, 512)
    with reporting(tmp_path / "job") as reporter:
        found = build_hardware(reporter, design=design_to_json(design), tensors=str(store.folder))
    assert found["proof"] == {"frames": 20, "values": 100, "exact": True}
    assert found["tool"].startswith("Yosys 0.")
    assert {name: row["DSP"] for name, row in found["layers"].items()} == {"fc1": 2, "fc2": 4, "fc3": 32, "fc4": 5}
    assert found["totals"]["interval"] == 512
    assert found["totals"]["LUT"] > sum(row["LUT"] for row in found["layers"].values())
    assert [row["layers"][0] for row in found["timeline"]["modules"]] == ["fc1", "fc2", "fc3", "fc4"]
    assert (tmp_path / "job" / "project" / "rtl" / "network.v").is_file()
    assert json.loads((tmp_path / "job" / RESULTS).read_text())["totals"] == found["totals"]


def test_a_layer_that_cannot_be_built_ends_the_job_with_its_name(store, tmp_path):
    layers = (Layer("steps", Input(shape=(4, 3))), Layer("memory", LSTM(units=2), ("steps",)))
    network = with_random_weights(Network(layers), store)
    design = replace(for_rtl(jet_tagger()), network=network, layers=())
    with reporting(tmp_path / "job") as reporter, pytest.raises(JobError, match="'memory'"):
        build_hardware(reporter, design=design_to_json(design), tensors=str(store.folder))


def test_a_family_that_yosys_does_not_know_is_refused(store, tmp_path):
    design = folded_tagger(store)
    versal = replace(design, target=replace(design.target, board=board("vck190")))
    with reporting(tmp_path / "job") as reporter, pytest.raises(JobError, match="Choose another board"):
        build_hardware(reporter, design=design_to_json(versal), tensors=str(store.folder))


def test_the_top_alone_has_its_layers_as_boxes(store):
    text = between(Drafter().draft(folded_tagger(store), store).hardware)
    assert text.count("(* blackbox *) module") == 4
    assert "module network (" in text


@pytest.mark.yosys
def test_a_small_network_goes_on_to_its_board(store, tmp_path, monkeypatch):
    monkeypatch.setattr(mapping, "user_cache", lambda: ResultCache(tmp_path / "cache"))
    monkeypatch.setattr("engine.flows.rtl.job.hardware._proved", lambda *_: None)
    design = small_network(store, "icebreaker")
    with reporting(tmp_path / "job") as reporter:
        found = build_hardware(reporter, design=design_to_json(design), tensors=str(store.folder), place_and_route=True)
    logic, placed = found["reports"]
    assert (logic["tier"], placed["tier"]) == (Tier.LOGIC_SYNTHESIS, Tier.PLACED_AND_ROUTED)
    assert 0 < placed["clock_estimate"] < placed["clock_target"] == 40.0
    assert "Placed and routed on the iCEBreaker: up to" in found["summary"]
    board_folder = tmp_path / "job" / "project" / "board"
    assert {path.name for path in board_folder.iterdir()} == {
        "board.v",
        "design.bin",
        "host.py",
        "pins.pcf",
        "synthesise.ys",
    }
    assert found["bitstream"] == str(board_folder / "design.bin")


def test_without_a_compiler_the_simulation_says_what_is_missing(monkeypatch):
    monkeypatch.setattr("engine.flows.rtl.flow.program_compiler", lambda: ())
    (offer,) = [each for each in flow("rtl").jobs(for_rtl(jet_tagger())) if each.action == "synthesise"]
    assert "no C++ compiler was found, which is needed to prove every bit. Install g++" in offer.steps[0].help


def test_place_and_route_is_offered_where_an_open_tool_places():
    def steps(board_id):
        design = for_rtl(jet_tagger())
        placed = replace(design, target=replace(design.target, board=board(board_id)))
        return [step.key for offer in flow("rtl").jobs(placed) for step in offer.steps]

    assert "place_and_route" in steps("ulx3s-25f")
    assert "place_and_route" not in steps("pynq-z2")
