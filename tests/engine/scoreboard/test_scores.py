"""The four submitted designs: their settings, and what is simulated beside what was measured."""

import pytest

from engine.flows.registry import flow
from engine.scoreboard.measured import measurements
from engine.scoreboard.scores import score, scores, template


@pytest.fixture(scope="module")
def found():
    return {(each.measured.design, each.measured.board): each for each in scores()}


def test_there_are_four_designs_on_two_boards(found):
    assert len(found) == len(measurements()) == 8
    assert {board for _, board in found} == {"pynq-z2", "arty-a7-100t"}
    assert all(each.estimate.refusal == "" for each in found.values())
    assert not any(layer.weights for each in found.values() for layer in each.design.network.layers)


def test_ad08s_reuse_factors_are_clamped_as_hls4ml_clamps_them():
    design = template("ad08", "pynq-z2")
    resolve = flow(design.target.flow).resolve
    factors = [resolve(design, f"fc{n}", "reuse_factor").value for n in range(1, 7)]
    assert factors == [128, 144, 8, 144, 144, 144]
    assert flow(design.target.flow).estimate(design, None).total.dsp.value == 216


def test_rn07s_reuse_factors_are_clamped_as_hls4ml_clamps_them():
    design = template("rn07", "pynq-z2")
    names = [f"conv{n}" for n in range(1, 6)] + ["fc1"]
    factors = [flow(design.target.flow).resolve(design, name, "reuse_factor").value for name in names]
    assert factors == [96, 2048, 2048, 16384, 16384, 20480]


def test_simulated_latencies_of_the_convolutional_designs_are_those_measured(found):
    assert found["rn07", "pynq-z2"].deviation == pytest.approx(0, abs=0.05)
    assert found["cnv_w1a1", "pynq-z2"].deviation == pytest.approx(0, abs=0.12)


def test_short_runs_are_mostly_host_and_transfers(found):
    """17.5 µs of KWS and 18.7 µs of AD08 hold the host's part: the design itself takes less."""
    assert -0.6 < found["kws_w3a3", "pynq-z2"].deviation < 0
    assert -0.7 < found["ad08", "pynq-z2"].deviation < 0.1


def test_one_constant_a_board_gives_all_eight_energies(found):
    for each in found.values():
        assert abs(each.energy_deviation) < 0.08


def test_a_score_names_its_measurement():
    one = score(measurements()[0])
    assert (one.measured.title, one.measured.flow) == ("AD08", "hls4ml")
    assert one.measured.latency_us == pytest.approx(18.74, abs=0.01)
