"""The two designs built with FINN, as submitted: layers, bits and folding; untrained.

Source: github.com/mlcommons/tiny_results_v0.7, open/hls4ml-finn/code (folding file of CNV-W1A1, build script of
KWS-W3A3, which asks for 200,000 pictures a second).
"""

from engine.boards import Board
from engine.design import PE, SIMD, Design, Target
from engine.flows.finn.choices import WINDOW_RAM
from engine.network import Op
from engine.network.kinds import Activation, BatchNorm, Conv2D, Dense, Flatten, Pool2D, Softmax
from engine.precision import FixedType
from engine.precision.quantizer import Quantizer, QuantizerKind
from engine.scoreboard.chain import Chain

CNV, KWS = "cnv_w1a1", "kws_w3a3"
_PIXEL = FixedType(8, 1)
"""Eight bits of a picture or spectrum, scaled to −1 up to 1."""
_BINARY = Quantizer(QuantizerKind.BINARY, bits=1, alpha=1.0)
_THREE = Quantizer(QuantizerKind.BITS, bits=3, alpha=1.0)
_THREE_UP = Quantizer(QuantizerKind.RELU, bits=3, integer=1)

_CNV_CONV = ((64, 16, 3), (64, 32, 32), (128, 16, 32), (128, 16, 32), (256, 4, 32), (256, 1, 32))
"""Filters, PE and SIMD of each convolution; pools stand behind the second and the fourth."""
_CNV_DENSE = ((512, 1, 4), (512, 1, 8), (10, 5, 1))
_KWS_DENSE = ((256, 32, 10), (256, 32, 8), (256, 32, 8), (12, 1, 8))


def cnv_w1a1(board: Board, clock_ns: float = 10.0) -> Design:
    """Pictures of 32×32×3 in ten classes, one bit a weight and an activation."""
    chain = _Finn((32, 32, 3), _PIXEL)
    for place, (filters, pe, simd) in enumerate(_CNV_CONV):
        chain.product(Conv2D(filters=filters, use_bias=False), _BINARY, pe, simd)
        chain.step(Activation(function="binary_tanh"), _BINARY)
        if place in (1, 3):
            chain.add("pool", Pool2D())
    chain.add("flatten", Flatten())
    for units, pe, simd in _CNV_DENSE[:-1]:
        chain.product(Dense(units=units, use_bias=False), _BINARY, pe, simd)
        chain.step(Activation(function="binary_tanh"), _BINARY)
    units, pe, simd = _CNV_DENSE[-1]
    chain.product(Dense(units=units, use_bias=False), _BINARY, pe, simd)
    chain.add("label", Softmax())
    return chain.design(CNV, Target(board, clock_ns, "finn", "io_stream"))


def kws_w3a3(board: Board, clock_ns: float = 10.0) -> Design:
    """490 values of a spectrum in twelve words, three bits a weight and an activation."""
    chain = _Finn((490,), _PIXEL)
    for units, pe, simd in _KWS_DENSE[:-1]:
        chain.product(Dense(units=units, use_bias=False), _THREE, pe, simd)
        chain.step(Activation(function="relu"), _THREE_UP)
    units, pe, simd = _KWS_DENSE[-1]
    chain.product(Dense(units=units, use_bias=False), _THREE, pe, simd)
    chain.add("label", Softmax())
    return chain.design(KWS, Target(board, clock_ns, "finn", "io_stream"))


class _Finn(Chain):
    """Layers of few bits; a softmax at their end stands for the label."""

    def product(self, op: Op, quantizer: Quantizer, pe: int, simd: int) -> None:
        """A layer with weights, folded."""
        name = self.add("conv" if isinstance(op, Conv2D) else "fc", op, ("kernel", quantizer))
        windowed = {WINDOW_RAM: "distributed"} if isinstance(op, Conv2D) else {}
        self.settle(name, **{PE: pe, SIMD: simd}, **windowed)

    def step(self, op: Op, quantizer: Quantizer) -> None:
        """Batch norm and activation: thresholds of the layer in front."""
        self.add("norm", BatchNorm())
        self.add("step", op, ("result", quantizer))
