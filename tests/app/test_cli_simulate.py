"""`codesign-studio simulate`."""

import json
from pathlib import Path

import pytest

from app.cli.main import main

EXAMPLES = Path(__file__).parents[2] / "resources/examples"
RESNET, JET = (str(EXAMPLES / f"{name}.codesign") for name in ("digits_resnet", "jet_tagger"))


def test_json_carries_latency_fifos_and_waits(capsys):
    assert main(["simulate", RESNET, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["tier"] == "simulated"
    assert 0 < found["first_output_cycles"] <= found["latency_cycles"]
    assert found["interval_cycles"] <= found["latency_cycles"]
    assert found["latency_us"] == pytest.approx(found["latency_cycles"] * found["clock_ns"] / 1000)
    assert found["deadlock"] == []
    fifos = {row["name"]: row for row in found["fifos"]}
    skip = fifos["clone_stem_relu → block1_add"]
    assert skip["cosim_max"] == skip["most"] - 1
    assert 2 <= skip["most"] <= skip["needed"] <= skip["depth"] == skip["words"] == 64
    assert all(row["bram18_needed"] <= row["bram18"] for row in fifos.values() if row["needed"] <= row["depth"])
    assert {row["layer"] for row in found["layers"]} >= {"stem", "block1_add", "softmax"}


def test_the_table_ends_with_latency_and_interval(capsys):
    assert main(["simulate", RESNET]) == 0
    printed = capsys.readouterr().out
    assert "clone_stem_relu → block1_add" in printed
    assert printed.splitlines()[-2].startswith("Latency ")
    assert printed.splitlines()[-1].startswith("One inference every ")


def test_a_slower_layer_makes_a_slower_run(capsys):
    cycles = []
    for factor in ("1", "144"):
        assert main(["simulate", RESNET, "--set", f"block1_conv1.reuse_factor={factor}", "--json"]) == 0
        cycles.append(json.loads(capsys.readouterr().out)["latency_cycles"])
    assert cycles[1] > 1.5 * cycles[0]


def test_parallel_designs_are_refused_with_what_to_do(capsys):
    assert main(["simulate", JET, "--io", "io_parallel"]) == 2
    assert "Choose io_stream" in capsys.readouterr().err
