"""Cycles of the units that only move, add or compare values.

Source: FINN, `fmpadding.py`, `streamingmaxpool.py`, `pool.py`, `globalaccpool.py`, `addstreams.py`,
`duplicatestreams.py`, `labelselect.py`, `upsampler.py`, each its `get_exp_cycles`. FINN counts no look-up tables for
them; the studio counts one for each bit that is added or compared at once, and for max pools what reports say.
"""


def padding_cycles(channels: int, pixels: int, simd: int) -> int:
    """One word of the padded picture a cycle."""
    return channels // simd * pixels


def max_pool_cycles(pixels_in: tuple[int, int], kernel: int) -> int:
    """All channels of a pixel at once: rows come in, and each row of results goes out behind its own."""
    rows, columns = pixels_in
    return rows * columns + rows // kernel * (columns // kernel)


def max_pool_luts(channels: int, bits: int) -> int:
    """Look-up tables of a max pool: a row of results waits while each pixel is compared (`tests/benchmarks/finn`)."""
    return 30 + 7 * channels // 2 if bits == 1 else 140 + 5 * channels * bits


def pool_cycles(channels: int, pixels_out: int, size: int, pe: int) -> int:
    """Every value of every window."""
    return channels // pe * size * pixels_out


def global_pool_cycles(channels: int, pixels_in: int, pe: int) -> int:
    """Every value once, then the sums."""
    return channels // pe * (pixels_in + 1)


def word_cycles(channels: int, pixels: int, pe: int) -> int:
    """Units that take a word and give a word: adding, duplicating, scaling."""
    return channels // pe * pixels


def label_cycles(labels: int, pe: int) -> int:
    """The largest of so many, `pe` at once, then the label itself."""
    return labels // pe + 1
