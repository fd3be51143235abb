"""Where a tool runs and what it does: the last choices, as far as they hold now."""

import json

import pytest

from app.controllers.tool_runs import ToolRuns
from app.preferences import Preferences, load_preferences, save_preferences
from engine.computers import Computer
from engine.flows.registry import all_flows, flow
from tests.engine.flows.hls4ml.synthesis_jobs import BARE_PATH, STANDINS
from tests.samples import jet_tagger

BUILD, LAB = Computer("build-1", host="ada@build"), Computer("lab", host="lab")
BROKEN = Computer("broken", host="-x")


@pytest.fixture
def offer():
    return next(offer for offer in flow("vitis").jobs(jet_tagger()) if offer.action == "synthesise")


@pytest.fixture(params=[True, False], ids=["tool here", "no tool here"])
def tool_is_here(request, monkeypatch):
    monkeypatch.setenv("PATH", f"{STANDINS}:{BARE_PATH}" if request.param else BARE_PATH)
    return request.param


def runs(**preferences):
    return ToolRuns(lambda: Preferences(**preferences))


def test_without_other_computers_it_runs_here_or_says_the_next_step(offer, tool_is_here):
    tools = runs()
    assert tools.computer(offer) is None
    assert tools.why_not(offer) == (
        ""
        if tool_is_here
        else "Vitis HLS was not found; name its folder in Preferences, Tools, or a computer that has it"
    )


def test_a_tool_that_is_missing_here_runs_on_the_first_sound_computer(offer, tool_is_here):
    tools = runs(computers=(BROKEN, BUILD, LAB))
    assert tools.computer(offer) == (None if tool_is_here else BUILD)
    assert tools.why_not(offer) == ""


def test_the_computer_last_chosen_stays_chosen_while_it_is_there(offer, tool_is_here):
    chosen = {"synthesis_place": "lab"}
    assert runs(computers=(BUILD, LAB), **chosen).computer(offer) == LAB
    assert runs(computers=(BUILD,), **chosen).computer(offer) == (None if tool_is_here else BUILD)
    assert runs(computers=(BUILD, Computer("lab", host="-x")), **chosen).computer(offer) in (None, BUILD)


def test_a_job_here_is_told_the_paths_one_elsewhere_how_to_get_there(offer, monkeypatch):
    monkeypatch.setenv("PATH", f"{STANDINS}:{BARE_PATH}")
    paths = {"vitis": str(STANDINS)}
    steps = ("export", "of another flow")
    here = runs(tool_paths=paths, synthesis_steps=steps)
    assert here.arguments(offer) == {"tool_paths": paths, "export": True}
    assert here.words(offer) == "C synthesis and IP export on this computer"
    both = runs(synthesis_steps=("export", "logic_synthesis"))
    assert both.words(offer) == "C synthesis, logic synthesis and IP export on this computer"
    there = runs(tool_paths=paths, computers=(BUILD,), synthesis_place="build-1")
    assert there.arguments(offer) == {"remote": BUILD.remote()}
    assert there.words(offer) == "C synthesis on build-1"


def test_what_was_not_there_is_found_when_looked_for_again(offer, monkeypatch):
    monkeypatch.setenv("PATH", BARE_PATH)
    tools = runs()
    assert tools.here(offer) is None
    monkeypatch.setenv("PATH", f"{STANDINS}:{BARE_PATH}")
    assert tools.here(offer) is None
    tools.look_again()
    assert tools.here(offer) == STANDINS / "vitis-run"


def test_every_flow_offers_its_steps_with_words():
    for each in all_flows():
        if each.id == "finn":  # it builds nothing
            continue
        (found,) = [offer.steps for offer in each.jobs(jet_tagger()) if offer.action == "synthesise"]
        assert [step.key for step in found if step.always][-1:] == ["synthesis" if each.id == "rtl" else "c_synthesis"]
        assert all(step.label and step.help and step.time for step in found)
        assert ("export" in {step.key for step in found}) == (each.id in ("vitis", "vivado", "vivado_accelerator"))


def test_computers_are_kept_in_the_preferences(tmp_path):
    path = tmp_path / "preferences.json"
    kept = Preferences(computers=(BUILD, LAB), synthesis_steps=("export",), synthesis_place="lab")
    save_preferences(path, kept)
    assert load_preferences(path) == kept
    data = json.loads(path.read_text())
    data["computers"] = [{"name": "x", "host": "h", "port": True}, 3, {"host": "nameless"}]
    path.write_text(json.dumps(data))
    assert load_preferences(path).computers == (Computer("x", host="h"),)
