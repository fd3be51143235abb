"""The example networks as Verilog, softmax and skips included, against the golden model."""

from pathlib import Path

import numpy as np
import pytest

import resources
from engine.flows.rtl.simulate.run import Simulation
from engine.flows.rtl.timeline import timeline
from engine.opening import open_file
from tests.engine.flows.rtl.running import assert_lint_clean, built, expectation

EXAMPLES = Path(resources.__file__).parent / "examples"


@pytest.mark.compiler
@pytest.mark.proof
@pytest.mark.parametrize(("name", "frames"), [("jet_tagger", 200), ("digits_cnn", 10), ("digits_resnet", 10)])
def test_an_example_is_bit_exact_at_its_pace_and_in_the_latency_foretold(name, frames, store, tmp_path):
    specification, hardware = built(open_file(EXAMPLES / f"{name}.codesign", store).design, store)
    assert_lint_clean(hardware, tmp_path)
    codes, expected = expectation(specification, frames)
    simulation, foretold = Simulation(hardware, tmp_path), timeline(hardware)
    simulation.compile()
    limit = 4 * frames * (foretold.latency + foretold.interval)
    for pauses in (0, 3):
        outcome = simulation.run(codes, cycles=limit, pauses=pauses)
        for layer, values in expected.items():
            assert np.array_equal(outcome.codes[layer], values), (layer, pauses)
            ends = outcome.cycles[layer].reshape(frames, -1)[:, -1]
            if not pauses:
                assert ends[0] == foretold.latency
                assert ends[-1] - ends[-2] == foretold.interval
