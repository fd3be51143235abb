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
    assert 2 <= skip["needed"] <= skip["depth"] == skip["words"] == skip["most"] == 64
    assert all(row["bram18_needed"] <= row["bram18"] for row in fifos.values() if row["needed"] <= row["depth"])
    assert {row["layer"] for row in found["layers"]} >= {"stem", "block1_add", "softmax"}


def test_the_table_ends_with_latency_interval_and_energy(capsys):
    assert main(["simulate", RESNET, "--board", "pynq-z2"]) == 0
    printed = capsys.readouterr().out
    assert "clone_stem_relu → block1_add" in printed
    latency, interval, energy = printed.splitlines()[-3:]
    assert latency.startswith("Latency ")
    assert interval.startswith("One inference every ")
    assert "latency of this run × 1.68 W (MLPerf Tiny" in energy


def test_a_slower_layer_makes_a_slower_run(capsys):
    cycles = []
    for factor in ("1", "144"):
        assert main(["simulate", RESNET, "--set", f"block1_conv1.reuse_factor={factor}", "--json"]) == 0
        cycles.append(json.loads(capsys.readouterr().out)["latency_cycles"])
    assert cycles[1] > 1.5 * cycles[0]


def test_parallel_designs_are_refused_with_what_to_do(capsys):
    assert main(["simulate", JET, "--io", "io_parallel"]) == 2
    assert "Choose io_stream" in capsys.readouterr().err


def fifos(capsys, *options):
    assert main(["simulate", RESNET, *options, "--json"]) in (0, 1)
    found = json.loads(capsys.readouterr().out)
    return found, {row["name"]: row["depth"] for row in found["fifos"]}


def test_one_fifo_too_short_is_a_deadlock_with_its_circle(capsys):
    assert main(["simulate", RESNET, "--fifo", "clone_stem_relu->block1_add=5"]) == 1
    printed = capsys.readouterr().out
    assert "Deadlock: 'clone_stem_relu' waits for room in 'clone_stem_relu → block1_add'" in printed
    found, depths = fifos(capsys, "--fifo", "clone_stem_relu->block1_add=5")
    assert depths["clone_stem_relu → block1_add"] == 5
    assert found["latency_cycles"] is None
    assert found["circle"][0] == "clone_stem_relu"


def test_needed_depths_cost_no_cycle_and_save_blocks(capsys):
    built, _ = fifos(capsys)
    sized, depths = fifos(capsys, "--fifo", "needed")
    assert sized["latency_cycles"] == built["latency_cycles"]
    assert sized["interval_cycles"] <= built["interval_cycles"]
    assert all(row["depth"] == row["needed"] for row in sized["fifos"])
    assert sum(row["bram18"] for row in sized["fifos"]) < sum(row["bram18"] for row in built["fifos"])
    assert depths["clone_stem_relu → block1_add"] <= 64


def test_needed_depths_show_in_the_estimate(capsys):
    blocks = []
    for options in ([], ["--fifo", "needed"]):
        assert main(["estimate", RESNET, *options, "--json"]) == 0
        blocks.append(json.loads(capsys.readouterr().out)["total"]["BRAM18"]["value"])
    assert blocks[1] < blocks[0]


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("stem->stem_relu=x", "WRITER->READER=WORDS"),
        ("stem->stem_relu=²", "WRITER->READER=WORDS"),
        ("stem->add=4", "nearest one is"),
        ("stem->stem_relu=0", "one word"),
    ],
)
def test_bad_depths_are_refused(wish, words, capsys):
    assert main(["simulate", RESNET, "--fifo", wish]) == 2
    assert words in capsys.readouterr().err
