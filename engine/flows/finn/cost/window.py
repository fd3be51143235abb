"""The sliding window unit (FINN's ConvolutionInputGenerator): it repeats pixels so that each window stands in a row.

Source: FINN, `hls/convolutioninputgenerator_hls.py`; over one axis, its variant for 1D.
"""

from dataclasses import dataclass
from math import ceil

from engine.flows.finn.cost.matrix import Ram
from engine.flows.finn.cost.memory import table_luts

_CONTROL = 300
_BLOCK_SHAPES = ((512, 36), (1_024, 18), (2_048, 9), (4_096, 4), (8_192, 2))
_ULTRA_BITS, _ULTRA_WORDS = 64, 4_096


@dataclass(frozen=True, slots=True)
class Window:
    """Rows × columns of `channels` in, as many windows out; one axis has a single row."""

    pixels_in: tuple[int, int]
    pixels_out: tuple[int, int]
    kernel: tuple[int, int]
    strides: tuple[int, int]
    dilation: tuple[int, int]
    channels: int
    bits: int
    apart: bool = False
    """Whether what reads it takes each channel's windows apart, as depthwise units and pools do."""

    @property
    def over_one_axis(self) -> bool:
        """Whether it is a sequence."""
        return self.pixels_in[0] == 1 and self.kernel[0] == 1

    @property
    def reach(self) -> int:
        """Pixels that must have come in before the first window is whole."""
        rows, columns = (d * (k - 1) for k, d in zip(self.kernel, self.dilation, strict=True))
        return rows * self.pixels_in[1] + columns + 1

    def words(self, simd: int) -> int:
        """Words of a pixel."""
        return self.channels // simd


def cycles(window: Window, simd: int) -> int:
    """Clock cycles of one inference."""
    words, (_, width), (height_out, width_out) = window.words(simd), window.pixels_in, window.pixels_out
    size = window.kernel[0] * window.kernel[1]
    if window.over_one_axis:
        return 1 + width_out * size * words
    written, read = width_out * size * words, window.strides[1] * width * words
    return width * window.kernel[0] * window.dilation[0] * words + height_out * max(written, read)


def blocks(window: Window, simd: int, ram: Ram) -> int:
    """RAMB18 of the rows that wait: kernel + stride of them."""
    if ram not in (Ram.AUTO, Ram.BLOCK):
        return 0
    depth = _depth(window, simd)
    width = next((width for deepest, width in _BLOCK_SHAPES if depth <= deepest), 1)
    return _rows(window) * ceil(simd * window.bits / width)


def luts(window: Window, simd: int, ram: Ram) -> int:
    """Look-up tables: control, and the rows where they hold them."""
    held = _rows(window) * table_luts(_depth(window, simd), simd * window.bits) if ram is Ram.DISTRIBUTED else 0
    return _CONTROL + held


def ultra(window: Window, simd: int, ram: Ram) -> int:
    """UltraRAMs of the rows."""
    if ram is not Ram.ULTRA:
        return 0
    return _rows(window) * ceil(simd * window.bits / _ULTRA_BITS) * ceil(_depth(window, simd) / _ULTRA_WORDS)


def _rows(window: Window) -> int:
    return 1 if window.over_one_axis else window.kernel[0] + window.strides[0]


def _depth(window: Window, simd: int) -> int:
    """Words of a row; over one axis, of what of a window has passed."""
    if window.over_one_axis:
        return max((window.kernel[1] - 1) * window.words(simd), 1)
    return window.pixels_in[1] * window.words(simd)
