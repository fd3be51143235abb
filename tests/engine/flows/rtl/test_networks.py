"""Whole convolutional networks in Verilog against the golden model."""

from math import prod
from pathlib import Path

import pytest

import resources
from engine.boards import board
from engine.design import Design, Target, set_on_layers
from engine.opening.opening import open_file
from engine.readers.read import read_model
from tests.engine.flows.rtl.running import assert_exact, assert_lint_clean, built
from tests.samples import SHARED

MODELS = SHARED / "models"
EXAMPLES = Path(resources.__file__).parent / "examples"


@pytest.mark.compiler
def test_the_example_of_digits_is_bit_exact_in_the_cycles_foretold(store, tmp_path):
    specification, hardware = built(open_file(EXAMPLES / "digits_cnn.codesign", store).design, store)
    assert_lint_clean(hardware, tmp_path)
    assert_exact(specification, hardware, tmp_path)
    multipliers = {block.layers[0]: block.multipliers for block in hardware.blocks}
    assert multipliers["conv1"] == 9 * 8 // 9
    assert multipliers["conv2"] == 72 * 16 // 72


def one_multiplier_a_filter(design):
    """Reuse factors of as many cycles as a window, or a dense layer, has values."""
    for layer in design.network.layers:
        if layer.op.GROUP in ("conv", "dense"):
            n_in = design.network.input_shapes(layer.name)[0][-1] * prod(getattr(layer.op, "kernel", ()))
            design = set_on_layers(design, (layer.name,), "strategy", "Resource")
            design = set_on_layers(design, (layer.name,), "reuse_factor", n_in)
    return design


@pytest.mark.proof
@pytest.mark.compiler
@pytest.mark.skipif(not MODELS.is_dir(), reason="the shared models are not here")
@pytest.mark.parametrize(
    ("file", "frames", "interval"),
    [("hls4ml_examples/qkeras_mnist_cnn.json", 200, 11 * 11 * 144), ("mlperf_tiny/rn07.h5", 2, 32 * 32 * 512)],
)
def test_real_networks_are_bit_exact_in_the_cycles_foretold(file, frames, interval, store, tmp_path):
    network = read_model(MODELS / file, store).network
    design = Design("real", network, Target(board("pynq-z2"), 10.0, "vitis", "io_stream"))
    specification, hardware = built(one_multiplier_a_filter(design), store)
    assert_lint_clean(hardware, tmp_path)
    assert_exact(specification, hardware, tmp_path, frames)
    assert max(block.cycles for block in hardware.blocks) == interval
