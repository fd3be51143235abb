"""Commands that learn from own runs: a synthesis teaches, an estimate says so, a reset forgets."""

import json
import sys

import pytest

from app.cli.main import main
from app.folders import EXAMPLES
from app.own_runs import KeptRuns
from app.preferences import Preferences, save_preferences
from engine.calibration import NO_RUNS, add, read
from engine.flows.registry import flow
from engine.flows.taught import current, taught_by
from tests.engine.calibration.runs import run
from tests.engine.flows.hls4ml.synthesis_jobs import STANDINS, search_path

JET = str(EXAMPLES / "jet_tagger.codesign")
TODAY = flow("vitis").estimator


def words(capsys, *arguments):
    assert main([str(each) for each in arguments]) == 0
    return capsys.readouterr().out


def total(capsys, *options):
    return json.loads(words(capsys, "estimate", JET, "--flow", "vitis", "--json", *options))


@pytest.mark.hls4ml
@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in tools are POSIX scripts")
def test_a_synthesis_teaches_the_next_estimate(places, capsys, monkeypatch):
    monkeypatch.setenv("PATH", search_path(STANDINS))
    monkeypatch.setenv("CODESIGN_STANDIN", "ok")
    before = total(capsys)
    assert before["own_runs"] == ""
    assert "No own runs yet" in words(capsys, "calibration")
    words(capsys, "synthesize", JET, "--flow", "vitis", "--steps", "logic-synthesis")
    assert {(each.tool, each.level.value) for each in read(places.own_runs)} == {
        ("Vitis HLS 2024.1", "C synthesis"),
        ("Vivado 2024.1", "logic synthesis"),
    }
    after = total(capsys)
    assert after["own_runs"] == "own runs of 1 network with Vitis HLS 2024.1"
    assert after["total"]["LUT"]["value"] != before["total"]["LUT"]["value"]
    assert total(capsys, "--as-shipped") == before
    assert "corrected by own runs of 1 network with Vitis HLS 2024.1" in words(
        capsys, "estimate", JET, "--flow", "vitis"
    )
    said = words(capsys, "calibration")
    assert "Vitis HLS 2024.1, C synthesis, 7 series: 1 run of 1 network" in said
    assert "Vivado 2024.1, logic synthesis, 7 series: 1 run of 1 network" in said
    # What is learned from is the estimate as shipped: learning does not feed on itself.
    words(capsys, "synthesize", JET, "--flow", "vitis")
    assert total(capsys)["total"] == after["total"]
    assert "2 runs forgotten." in words(capsys, "calibration", "--reset")
    assert total(capsys) == before
    assert "nothing to forget" in words(capsys, "calibration", "--reset")


@pytest.mark.hls4ml
@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in tools are POSIX scripts")
def test_a_failed_synthesis_teaches_nothing(places, monkeypatch):
    monkeypatch.setenv("PATH", search_path(STANDINS))
    monkeypatch.setenv("CODESIGN_STANDIN", "unroll")
    assert main(["synthesize", JET, "--flow", "vitis"]) == 1
    assert read(places.own_runs) == ()


def test_errors_are_told_before_and_after(places, capsys):
    for number in range(4):
        add(places.own_runs, run(number, 1500, estimator=TODAY))
    add(places.own_runs, run(5, 1500, estimator="of last year"))
    found = json.loads(words(capsys, "calibration", "--json"))
    assert (found["used"], found["outdated"]) == (True, 1)
    (tool,) = found["tools"]
    lut = tool["targets"]["LUT"]
    assert (tool["networks"], tool["in_use"], lut["n"]) == (4, True, 4)
    assert lut["error_own"] < lut["error_shipped"] == pytest.approx(100 * 500 / 1251)
    assert tool["runs"][0]["targets"]["LUT"]["own"] == 1000
    said = words(capsys, "calibration")
    assert "1 run of earlier estimators" in said
    save_preferences(places.preferences, Preferences(own_runs=False))
    assert "do not use own runs now" in words(capsys, "calibration")
    assert total(capsys)["own_runs"] == ""


def test_a_sweep_says_so_too(places, capsys):
    sweep = ("sweep", JET, "--flow", "vitis", "--reuse-factor", "2,4", "--layers", "fc1")
    before = json.loads(words(capsys, *sweep, "--json"))
    add(places.own_runs, run(0, 1500, estimator=TODAY))
    after = json.loads(words(capsys, *sweep, "--json"))
    assert (before["own_runs"], after["own_runs"]) == ("", "own runs of 1 network with Vitis HLS 2024.1")
    assert "Estimates are corrected by own runs of 1 network" in words(capsys, *sweep)


def test_kept_runs_tell_windows_what_changes(places, qtbot):
    wanted = [True]
    kept = KeptRuns(places.own_runs, lambda: wanted[0])
    said = []
    kept.changed.connect(lambda: said.append(kept.taught))
    assert taught_by(()).places == kept.taught.places == {}
    record = run(0, estimator=TODAY)
    kept.learn([record])
    (first,) = said
    assert kept.records == current(kept.records) == (record,)
    assert first is kept.taught
    kept.learn([record])
    assert len(said) == 1
    wanted[0] = False
    kept.follow_wish()
    kept.follow_wish()
    assert said[1:] == [NO_RUNS]
    wanted[0] = True
    kept.follow_wish()
    add(places.own_runs, run(1, estimator=TODAY))
    kept.read_again()
    assert len(said) == 4
    kept.forget()
    assert kept.records == ()
    assert kept.taught.places == {}
