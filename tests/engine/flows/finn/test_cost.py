"""FINN's cost functions: the golden values of FINN's own tests, notebooks and published foldings."""

import pytest

from engine.flows.finn.cost import matrix, memory, streams, thresholds, window
from engine.flows.finn.cost.matrix import Build, Folding, Matrix, Memory, Multipliers, Ram

EMBEDDED = Build(Memory.EMBEDDED)


def test_the_matrix_unit_of_finns_own_test_of_estimates():
    """`test_res_estimate.py`: 4×4, two bits each, PE and SIMD 1."""
    small = Matrix(4, 4, 1, 2, 2, True)
    in_dsps = Build(Memory.EMBEDDED, multipliers=Multipliers.DSP)
    assert matrix.luts(small, Folding(), EMBEDDED).total == 317
    assert matrix.luts(small, Folding(), Build()).total == 315
    assert matrix.luts(small, Folding(), in_dsps).total == 313
    assert matrix.dsps(small, Folding(), in_dsps) == 1
    assert matrix.dsps(small, Folding(), EMBEDDED) == 0


def test_the_cybersecurity_network_of_finns_notebook():
    """600-64-64-64-1, two bits: the first layer sets the rate until it is folded less, then the second one does."""
    first, second = Matrix(600, 64, 1, 2, 1, False), Matrix(64, 64, 1, 2, 2, False)
    assert matrix.cycles(first, Folding()) == 38_400
    assert matrix.weight_blocks(first, Folding(), Build()) == 5
    assert matrix.block_efficiency(first, Folding(), Build()) == pytest.approx(0.83, abs=0.005)
    assert matrix.cycles(first, Folding(2, 5)) == 3_840
    assert matrix.cycles(second, Folding()) == 4_096


CNV = [
    # inputs, outputs, pixels, PE, SIMD, cycles
    (27, 64, 900, 16, 3, 32_400),
    (576, 64, 784, 32, 32, 28_224),
    (576, 128, 144, 16, 32, 20_736),
    (1_152, 128, 100, 16, 32, 28_800),
    (1_152, 256, 9, 4, 32, 20_736),
    (2_304, 256, 1, 1, 32, 18_432),
    (256, 512, 1, 1, 4, 32_768),
    (512, 512, 1, 1, 8, 32_768),
    (512, 10, 1, 5, 1, 1_024),
]


def test_cnv_w1a1_in_the_folding_submitted_to_mlperf_tiny():
    layers = [(Matrix(mw, mh, v, 1, 1, False), Folding(pe, simd), cycles) for mw, mh, v, pe, simd, cycles in CNV]
    assert [matrix.cycles(layer, folding) for layer, folding, _ in layers] == [cycles for *_, cycles in layers]
    assert max(cycles for *_, cycles in layers) == 32_768
    assert sum(cycles for *_, cycles in layers) == 215_888
    assert sum(layer.weights for layer, *_ in layers) == 1_542_848


def test_depthwise_units_multiply_each_channel_by_itself():
    depthwise = Matrix(9, 32, 100, 4, 4, False, depthwise=True)
    assert matrix.cycles(depthwise, Folding(pe=8, simd=3)) == 32 * 9 * 100 // 24


def test_memories_of_weights():
    layer = Matrix(64, 64, 1, 4, 4, False)
    wide = Folding(pe=8, simd=8)
    assert matrix.weight_blocks(layer, wide, Build(ram=Ram.DISTRIBUTED)) == 0
    assert matrix.memory_luts(layer, wide, Build(ram=Ram.DISTRIBUTED)) == 256
    assert matrix.weight_ultra(layer, wide, Build(ram=Ram.ULTRA)) == 4
    assert matrix.weight_blocks(layer, wide, Build(Memory.EXTERNAL)) == 0
    # 64 words: embedded ones stay in look-up tables.
    assert matrix.weight_blocks(layer, wide, EMBEDDED) == 0
    assert matrix.weight_blocks(layer, Folding(), EMBEDDED) == 1


def test_finns_verilog_packs_four_products_into_a_dsp():
    layer = Matrix(64, 64, 1, 4, 4, False)
    packed = Build(multipliers=Multipliers.DSP, rtl=True)
    assert matrix.dsps(layer, Folding(8, 16), packed) == 32
    counted = matrix.luts(layer, Folding(8, 16), packed)
    in_hls = matrix.luts(layer, Folding(8, 16), Build(multipliers=Multipliers.DSP))
    assert counted.products == 0
    assert counted.adders == in_hls.adders > 0
    assert 0 < counted.control < in_hls.control


@pytest.mark.parametrize(
    ("words", "bits", "blocks"),
    [
        (16_384, 1, 1),
        (16_385, 1, 2),
        (8_192, 2, 1),
        (4_096, 3, 1),
        (2_048, 9, 1),
        (1_024, 18, 1),
        (512, 36, 1),
        (513, 36, 2),
    ],
)
def test_block_memories_have_the_shapes_of_a_ramb18(words, bits, blocks):
    assert memory.block_rams(words, bits) == blocks


def test_windows_hold_kernel_and_stride_rows():
    """CNV's second window: 30×30 of 64 binary channels, 3×3."""
    second = window.Window((30, 30), (28, 28), (3, 3), (1, 1), (1, 1), 64, 1)
    assert window.cycles(second, 32) == 30 * 3 * 2 + 28 * max(28 * 9 * 2, 30 * 2)
    assert window.luts(second, 32, Ram.DISTRIBUTED) == 300 + 4 * 32
    assert window.blocks(second, 32, Ram.DISTRIBUTED) == 0
    assert window.blocks(second, 32, Ram.AUTO) == 4
    assert window.ultra(second, 32, Ram.ULTRA) == 4
    assert second.reach == 63


def test_a_window_over_one_axis():
    steps = window.Window((1, 100), (1, 98), (1, 3), (1, 1), (1, 1), 8, 8)
    assert window.cycles(steps, 4) == 1 + 98 * 3 * 2
    assert steps.reach == 3


def test_fifos_of_shift_registers_and_of_blocks():
    assert streams.fifo_luts(32, 8) == 2 * 5 + 4
    assert streams.fifo_blocks(256, 8) == 0
    assert (streams.fifo_luts(300, 8), streams.fifo_blocks(300, 8)) == (18, 1)


def test_converters_meet_at_the_least_common_multiple():
    assert streams.converter_luts(8, 8) == 0
    assert streams.converter_luts(8, 32) == 2 + 32
    assert streams.converter_luts(32, 8) == 2 + 8
    assert streams.converter_luts(6, 8) == (2 + 24) + (2 + 8)


def test_thresholds_searched_in_stages():
    assert thresholds.cycles(64, 100, 4) == 1_600
    assert thresholds.luts(64, 1, 20, 4) == 4 * 10 + 20 * (1 + 2 + 4 + 8)
    assert thresholds.blocks(64, 1, 20, 4) == 0
    # Stages of 1,024 to 8,192 words.
    assert thresholds.blocks(64, 1, 20, 8) == 2 + 4 + 8 + 16
