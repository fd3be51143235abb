"""Whole convolutional networks in Verilog against the golden model."""

from pathlib import Path

import pytest

import resources
from engine.opening.opening import open_file
from tests.engine.flows.rtl.running import assert_exact, assert_lint_clean, built

EXAMPLES = Path(resources.__file__).parent / "examples"


@pytest.mark.compiler
def test_the_example_of_digits_is_bit_exact_in_the_cycles_foretold(store, tmp_path):
    specification, hardware = built(open_file(EXAMPLES / "digits_cnn.codesign", store).design, store)
    assert_lint_clean(hardware, tmp_path)
    assert_exact(specification, hardware, tmp_path)
    multipliers = {block.layers[0]: block.multipliers for block in hardware.blocks}
    assert multipliers["conv1"] == 9 * 8 // 9
    assert multipliers["conv2"] == 72 * 16 // 72
