"""The two designs built with FINN, as submitted: layers, bits and folding; untrained.

Source: github.com/mlcommons/tiny_results_v0.7, open/hls4ml-finn/code (folding file of CNV-W1A1, build script of
KWS-W3A3, which asks for 200,000 pictures a second).
"""

from dataclasses import replace

from engine.boards import Board
from engine.design import PE, SIMD, Design, Settings, Target
from engine.flows.finn.choices import WINDOW_RAM
from engine.network import Layer, Network, Op
from engine.network.kinds import Activation, BatchNorm, Conv2D, Dense, Flatten, Input, Pool2D, Softmax
from engine.precision import FixedType
from engine.precision.quantizer import Quantizer, QuantizerKind

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
    chain = _Chain((32, 32, 3))
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
    return chain.design(CNV, Target(board, clock_ns, "finn", "io_stream"))


def kws_w3a3(board: Board, clock_ns: float = 10.0) -> Design:
    """490 values of a spectrum in twelve words, three bits a weight and an activation."""
    chain = _Chain((490,))
    for units, pe, simd in _KWS_DENSE[:-1]:
        chain.product(Dense(units=units, use_bias=False), _THREE, pe, simd)
        chain.step(Activation(function="relu"), _THREE_UP)
    units, pe, simd = _KWS_DENSE[-1]
    chain.product(Dense(units=units, use_bias=False), _THREE, pe, simd)
    return chain.design(KWS, Target(board, clock_ns, "finn", "io_stream"))


class _Chain:
    """Layers one behind the other, numbered by what they are."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._layers = [Layer("samples", Input(shape=shape))]
        self._counts: dict[str, int] = {}
        self._settings: dict[str, Settings] = {"samples": Settings((("result", _PIXEL),))}

    def add(self, stem: str, op: Op, *quantizers: tuple[str, Quantizer]) -> str:
        """A layer behind the last one; its name."""
        self._counts[stem] = self._counts.get(stem, 0) + 1
        layer = Layer(f"{stem}{self._counts[stem]}", op, (self._layers[-1].name,))
        self._layers.append(replace(layer, quantizers=quantizers))
        return layer.name

    def product(self, op: Op, quantizer: Quantizer, pe: int, simd: int) -> None:
        """A layer with weights, folded."""
        name = self.add("conv" if isinstance(op, Conv2D) else "fc", op, ("kernel", quantizer))
        windowed = ((WINDOW_RAM, "distributed"),) if isinstance(op, Conv2D) else ()
        self._settings[name] = Settings(tuple(sorted(((PE, pe), (SIMD, simd), *windowed))))

    def step(self, op: Op, quantizer: Quantizer) -> None:
        """Batch norm and activation: thresholds of the layer in front."""
        self.add("norm", BatchNorm())
        self.add("step", op, ("result", quantizer))

    def design(self, name: str, target: Target) -> Design:
        """The whole network; a softmax at its end stands for the label."""
        self.add("label", Softmax())
        return Design(name, Network(tuple(self._layers)), target, layers=tuple(sorted(self._settings.items())))
