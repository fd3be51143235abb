"""Energy: one constant a board explains what MLPerf Tiny measured, and every number names what it follows from."""

import pytest

from engine.boards import all_boards, board
from engine.estimate import energy, energy_text, exactly
from engine.estimate.energy import DOUBT

# Results of MLPerf Tiny, open division: inferences per second and microjoules an inference, medians of the boards'
# own runs (v0.7 hls4ml-FINN; RN08: v1.0 hls4ml). Rates are those of the performance runs; on the Arty, AD08 and
# KWS were built anew for the power runs, which ran at the rates given here.
MEASURED = {
    "pynq-z2": {
        "AD08": (53_365, 30.0),
        "KWS-W3A3": (57_268, 30.7),
        "CNV-W1A1": (661.5, 2_530),
        "RN07": (36.60, 44_191),
        "RN08": (1 / 7.64e-3, 12_270),
    },
    "arty-a7-100t": {
        "AD08": (22_120, 98.4),
        "KWS-W3A3": (42_194, 53.7),
        "CNV-W1A1": (659.1, 3_419),
        "RN07": (30.14, 73_166),
    },
}
RUNS = [(name, model, *run) for name, runs in MEASURED.items() for model, run in runs.items()]


@pytest.mark.parametrize(("name", "model", "rate", "microjoules"), RUNS, ids=lambda each: str(each))
def test_a_boards_constant_gives_every_measured_energy_from_its_measured_time(name, model, rate, microjoules):
    found = energy(exactly(1e6 / rate), board(name)).microjoules
    assert found.value == pytest.approx(microjoules, rel=DOUBT)
    assert found.low <= microjoules <= found.high


@pytest.mark.parametrize("name", MEASURED)
def test_the_constant_is_the_one_that_is_least_wrong(name):
    watts = [rate * microjoules * 1e-6 for rate, microjoules in MEASURED[name].values()]
    least_wrong = 2 / (1 / min(watts) + 1 / max(watts))
    assert board(name).running_power.value == pytest.approx(least_wrong, abs=0.005)


def test_no_other_board_has_a_number_and_each_says_why():
    for each in all_boards():
        found = energy(exactly(10.0), each)
        assert (found.microjoules is not None) == (each.id in MEASURED)
        assert each.id in MEASURED or each.name in found.refusal
        assert each.id in MEASURED or found.in_words("latency") == found.refusal


def test_words_name_latency_constant_and_source():
    assert (
        energy(exactly(100.0), board("pynq-z2"))
        .in_words("latency of C synthesis")
        .startswith("Energy 168 µJ an inference: latency of C synthesis × 1.68 W (MLPerf Tiny")
    )


@pytest.mark.parametrize(("microjoules", "text"), [(44_190, "44.2 mJ"), (30, "30 µJ"), (0.84, "840 nJ"), (0, "0 nJ")])
def test_energies_are_written_as_people_write_them(microjoules, text):
    assert energy_text(microjoules) == text
