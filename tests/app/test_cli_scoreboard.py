"""The commands fit, fold and scoreboard: what they print, write and answer."""

import json

import pytest

from app.cli.main import main
from app.folders import EXAMPLES
from engine.network import TensorStore
from engine.onnx.model import read
from engine.project import load_project

JET = str(EXAMPLES / "jet_tagger.codesign")


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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fit", JET, "--board", "nonesuch"], "no board 'nonesuch'"),
        (["fit", JET, "--flow", "finn", "--board", "ulx3s-85f"], "for AMD parts only"),
        (["fold", JET, "--rate", "nan"], "above 0"),
        (["fold", JET, "--rate", "1000", "--folding", "x.json"], "--flow finn does"),
        (["estimate", JET, "--flow", "finn", "--set", "fc1.pe=7"], "legal values nearby are 1, 2, 4, 8"),
        (["export", JET, "--finn", "--out", "x.h5"], "FINN takes .onnx files"),
        (["compare", JET, "--flows", "finn,nonesuch"], "no flow 'nonesuch'"),
    ],
)
def test_bad_input_is_said_in_a_line(arguments, said, capsys):
    assert main(arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line


def test_the_model_for_finn_is_written_with_its_notes(tmp_path, capsys):
    assert main(["export", JET, "--flow", "finn", "--finn", "--out", str(tmp_path / "x.onnx")]) == 0
    assert "takes whole numbers, samples times 1024" in capsys.readouterr().err
    model = read((tmp_path / "x.onnx").read_bytes())
    assert {node.op_type for node in model.graph.nodes} <= {"MatMul", "MultiThreshold", "Mul", "Add"}


def test_a_rate_that_cannot_be_is_refused(tmp_path, capsys):
    assert main(["fold", str(tmp_path / "x.codesign"), "--rate", "0"]) == 2
    assert "above 0" in capsys.readouterr().err
