"""What a simulated run finds of FIFOs, and the edit that mends it."""

from dataclasses import replace

import pytest

from engine.advice import Severity, fifo_blocks, findings
from engine.boards import board
from engine.dataflow import simulation
from engine.design import Design, set_fifo_depths
from engine.flows.registry import flow
from engine.network import Layer, Network
from engine.network.kinds import Concatenate, Conv1D, Input
from tests.samples import small_resnet

FLOW = flow("vitis")
SKIP = "clone_stem_relu → add"


def run(design):
    return simulation(FLOW.streams(design))


def found(design):
    every = findings(design, FLOW.estimate(design, None), FLOW, None, 0.8, run(design))
    return [finding for finding in every if "hangs" in finding.title]


def test_a_run_to_the_end_is_no_finding():
    assert found(small_resnet()) == []


def test_a_short_skip_is_to_mend_and_its_fix_mends_it():
    short = set_fifo_depths(small_resnet(), {SKIP: 3})
    (finding,) = found(short)
    assert finding.severity is Severity.OVER
    assert f"'{SKIP}'" in finding.detail
    assert finding.layers[0] == "stem_relu"
    mended = finding.fix.edit(short)
    assert found(mended) == []
    assert run(mended).run.latency == run(small_resnet()).run.latency


def test_needed_depths_save_block_memory():
    built, needed = fifo_blocks(run(small_resnet()), FLOW)
    assert 0 < needed < built
    sized = set_fifo_depths(small_resnet(), dict(run(small_resnet()).sizing.depths))
    assert fifo_blocks(run(sized), FLOW) == (needed, needed)
    blocks = [FLOW.estimate(design, None).total.bram18.value for design in (small_resnet(), sized)]
    assert blocks[0] - blocks[1] == built - needed
    reasons = [FLOW.estimate(design, None).of("add").bram18.reason for design in (small_resnet(), sized)]
    assert [reason.rpartition(", ")[2] for reason in reasons] == ["as hls4ml makes them.", "as chosen."]


def test_joining_one_after_the_other_needs_the_second_whole():
    """Concatenated along the steps, all of one branch passes before the other may: that one waits, wherever it does."""
    layers = (
        Layer("x", Input(shape=(64, 2))),
        Layer("left", Conv1D(filters=2, padding="same"), ("x",)),
        Layer("right", Conv1D(filters=2, padding="same"), ("x",)),
        Layer("both", Concatenate(axis=0), ("left", "right")),
    )
    design = Design("joined", Network(layers), small_resnet().target)
    assert found(design) == []
    waiting = sum(depth for name, depth in run(design).sizing.depths if "right" in name)
    assert 50 <= waiting <= 64 + 6
    short = dict.fromkeys(("right → both", "zp1d_right → right", "clone_x → zp1d_right"), 2)
    assert found(set_fifo_depths(design, short))


def test_block_memory_over_the_board_is_freed_by_the_depths_a_run_needs():
    """FIFOs as long as a frame take what a run does not need."""
    design = small_resnet()
    design = replace(design, target=replace(design.target, board=board("cora-z7-07s")))
    design = set_fifo_depths(design, {fifo.name: 60_000 for fifo in run(design).fifos})
    simulated, estimate = run(design), FLOW.estimate(design, None)
    (finding,) = [each for each in findings(design, estimate, FLOW, None, 0.8, simulated) if each.resource == "BRAM18"]
    built, needed = fifo_blocks(simulated, FLOW)
    assert f"free {built - needed:,}" in finding.detail
    saved = estimate.total.bram18.value - FLOW.estimate(finding.fix.edit(design), None).total.bram18.value
    assert saved == pytest.approx(built - needed)
