"""The commands fit, fold and scoreboard: what they print, write and answer."""

import json

from app.cli.main import main
from engine.network import TensorStore
from engine.project import load_project


def test_the_scoreboard_as_json_and_as_projects(tmp_path, capsys):
    assert main(["scoreboard", "--json", "--out", str(tmp_path / "designs")]) == 0
    found = json.loads(capsys.readouterr().out)["designs"]
    cnv = next(each for each in found if each["design"] == "cnv_w1a1" and each["board"] == "pynq-z2")
    assert cnv["interval_cycles"] == 32_768
    assert abs(cnv["simulated_latency_us"] / cnv["measured_latency_us"] - 1) < 0.12
    assert len(list((tmp_path / "designs").iterdir())) == 8

    project = tmp_path / "designs" / "kws_w3a3-pynq-z2.codesign"
    folded = tmp_path / "folded.codesign"
    assert main(["fold", str(project), "--rate", "100000", "--json", "--out", str(folded)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["meets_rate"]
    assert answer["after"]["rate"] >= 100_000
    kept = load_project(folded, TensorStore(tmp_path / "tensors")).design
    changes = {(each["layer"], each["setting"]): each["after"] for each in answer["changes"]}
    assert all(kept.of_layer(layer).get(key) == value for (layer, key), value in changes.items())

    assert main(["estimate", str(project), "--json"]) == 0
    shared = json.loads(capsys.readouterr().out)["shared_engine"]
    assert shared["fits"]
    assert "PE" in shared["engine"]
    assert main(["compare", str(project), "--flows", "finn", "--json"]) == 0
    both = json.loads(capsys.readouterr().out)["schedules"]
    assert max(each["rate"] for each in both["shared_engine"] if each["fits"]) == shared["rate"]
    assert both["present"]["rate"] <= max(each["rate"] for each in both["dataflow"] if each["fits"])

    assert main(["fit", str(project), "--board", "zcu104"]) == 0
    assert "Fits the board." in capsys.readouterr().out


def test_a_rate_that_cannot_be_is_refused(tmp_path, capsys):
    assert main(["fold", str(tmp_path / "x.codesign"), "--rate", "0"]) == 2
    assert "above 0" in capsys.readouterr().err
