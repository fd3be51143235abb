"""`codesign-studio ranges` and `fetch`: figures of every kind of number, types suggested, and refusals in words."""

import json

import numpy as np
import pytest

from app.cli.main import main
from app.folders import EXAMPLES

JET = str(EXAMPLES / "jet_tagger.codesign")


def test_every_layer_has_its_figures(capsys):
    assert main(["ranges", JET, "--samples", "50", "--set", "fc1.result=ap_fixed<8,2>", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    rows = {(row["layer"], row["role"]): row for row in found["ranges"]}
    assert found["samples"] == 50
    assert 0.1 < rows["fc1", "result"]["overflow"] < 1
    assert rows["fc2", "weight"]["overflow"] == 0
    assert {role for _, role in rows} == {"weight", "bias", "accum", "result"}


@pytest.mark.parametrize("method", ["trim", "min-max", "percentile", "mse", "exact"])
def test_types_are_suggested(method, capsys):
    assert main(["ranges", JET, "--samples", "20", "--suggest", method]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Ranges of 9 layers over 20 samples of jet_tagger.npz."
    assert said[1].endswith("Suggested")
    assert any(line.startswith("fc1") and "sums" in line and line.endswith(">") for line in said)


def test_public_sets_are_listed_and_unknown_ones_refused(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("CODESIGN_DATA", str(tmp_path))
    assert main(["fetch"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert any(line.startswith("cifar-10") and "170 MB" in line for line in listed)
    assert main(["fetch", "mnist"]) == 2
    assert "those known are cifar-10" in capsys.readouterr().err


def test_a_data_set_may_be_named(capsys):
    assert main(["evaluate", JET, "--data", "jets", "--samples", "200", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["data"], found["samples"]) == ("Jets, test split", 200)
    assert found["accuracy"]["hardware"] > 0.9
    assert main(["evaluate", JET, "--data", "jetz"]) == 2
    assert "data sets are" in capsys.readouterr().err
    assert main(["scan", JET, "--data", "qubits"]) == 2
    assert "Qubit traces have the shape 100×2; the network takes 16" in capsys.readouterr().err


BAD = {
    "nan.npz": ({"x": np.where(np.arange(64).reshape(4, 16) == 33, np.nan, 0)}, "Sample 2 of 'x' in nan.npz"),
    "shape.npz": ({"x": np.zeros((4, 9))}, "needs numbers of the shape samples×16"),
    "classes.npz": ({"x": np.zeros((4, 16)), "y": np.array([0, 1, 5, 2])}, "name class 5 for sample 2"),
    "halves.npz": ({"x": np.zeros((4, 16)), "y": np.full(4, 0.5)}, "no classes and no 5 values"),
    "none.npz": ({"x": np.zeros((0, 16))}, "holds no samples"),
}


@pytest.mark.parametrize("command", ["evaluate", "ranges", "scan"])
def test_bad_data_are_named_with_their_sample(command, tmp_path, capsys):
    for name, (arrays, words) in BAD.items():
        np.savez(tmp_path / name, **arrays)
        assert main([command, JET, "--data", str(tmp_path / name), "--json"]) == 2
        said = capsys.readouterr()
        assert words in said.err
        assert (said.out, said.err.count("\n")) == ("", 1)
