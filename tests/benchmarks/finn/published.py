"""Designs whose hardware others built with FINN and reported layer by layer, as the studio would have them.

`reports.csv` holds what Vivado 2022 reported after synthesis of each layer: matrix unit with the window, padding, width
converters and FIFOs in front. Read from `post_synth_resources.json` of github.com/samufrank/finn-vs-vitisai
(results/finn/cnn_int8_qi_sweep), github.com/Ba1tu3han/Finn_Thesis (`cnv`) and github.com/akhilvasan/finn_cybsec;
transfers and shell are left out. PE and SIMD follow from their folding files and cycles.
"""

import csv
from pathlib import Path

from engine.boards import board
from engine.design import PE, SIMD, Design, Settings, Target, Value
from engine.network import Layer, Network, Op
from engine.network.kinds import Activation, Conv2D, Dense, Flatten, Input, Pool2D
from engine.precision import FixedType

RESOURCES = ("LUT", "FF", "BRAM18", "DSP")
FOLDINGS = {
    "cnn_8_16_fps200": ((1, 1), (1, 1)),
    "cnn_8_16_fps5000": ((1, 3), (4, 4)),
    "cnn_16_32_fps500": ((1, 1), (1, 6)),
    "cnn_16_32_fps3000": ((1, 9), (8, 4)),
    "cnn_32_64_fps500": ((1, 3), (8, 4)),
    "cnn_16_32_64_fps500": ((1, 1), (1, 6), (1, 6)),
    "cnn_16_32_64_fps1000": ((1, 3), (4, 4), (4, 4)),
    "cnv": ((1, 27), (8, 72), (2, 72), (4, 72), (1, 32), (2, 4), (1, 4), (1, 1)),
    "cybersecurity": ((16, 40), (1, 64), (1, 64), (1, 1)),
}
"""PE and SIMD of each layer with products."""

_BIT, _BYTE, _TWO = FixedType(1, 1, False), FixedType(8, 8, False), FixedType(2, 2, False)
_DSP: tuple[str, Value] = ("multipliers", "dsp")


def reports() -> dict[str, dict[str, tuple[float, ...]]]:
    """By design and layer what was reported, in the order of RESOURCES."""
    found: dict[str, dict[str, tuple[float, ...]]] = {}
    with Path(__file__).with_name("reports.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["design"], {})[row["layer"]] = tuple(float(row[name]) for name in RESOURCES)
    return found


def design(name: str) -> Design:
    """One of the published designs."""
    built = _Built(FOLDINGS[name])
    if name == "cnv":
        _cnv(built)
    elif name == "cybersecurity":
        _cybersecurity(built)
    else:
        _pictures(built, [int(word) for word in name.split("_fps")[0].split("_")[1:]])
    layers = tuple(sorted((layer, Settings(tuple(sorted(pairs.items())))) for layer, pairs in built.settings.items()))
    target = Target(board("pynq-z2"), 10.0, "finn", "io_stream")
    return Design(name, Network(tuple(built.layers)), target, layers=layers)


class _Built:
    """Layers one behind the other, and what is set on them."""

    def __init__(self, foldings: tuple[tuple[int, int], ...]) -> None:
        self.layers: list[Layer] = []
        self.settings: dict[str, dict[str, Value]] = {}
        self._foldings = iter(foldings)

    def add(self, name: str, op: Op, *pairs: tuple[str, Value]) -> None:
        """A layer behind the last one."""
        before = (self.layers[-1].name,) if self.layers else ()
        self.layers.append(Layer(name, op, before))
        self.settings[name] = dict(pairs)

    def product(self, name: str, op: Op, bits: int, *pairs: tuple[str, Value]) -> None:
        """A layer with weights of so many bits, folded."""
        pe, simd = next(self._foldings)
        window = (("window_ram_style", "distributed"),) if isinstance(op, Conv2D) else ()
        self.add(name, op, (PE, pe), (SIMD, simd), ("weight", FixedType(bits, bits)), *window, *pairs)


def _pictures(built: _Built, filters: list[int]) -> None:
    """MNIST, eight bits throughout, thresholds within the matrix units; the last pool only where there are two."""
    built.add("x", Input(shape=(28, 28, 1)), ("result", FixedType(8, 8)))
    for place, count in enumerate(filters, start=1):
        conv = Conv2D(filters=count, padding="same", use_bias=False)
        built.product(f"conv{place}", conv, 8, ("thresholds", "fused"), _DSP)
        built.add(f"step{place}", Activation(), ("result", _BYTE))
        if place < 3:
            built.add(f"pool{place}", Pool2D())


def _cnv(built: _Built) -> None:
    """CNV of one bit with one dense layer less; the first layer's products in DSPs."""
    built.add("x", Input(shape=(32, 32, 3)), ("result", FixedType(8, 8)))
    for place, count in enumerate((64, 64, 128, 128, 256, 256), start=1):
        in_dsps = (_DSP,) if place == 1 else ()
        built.product(f"conv{place}", Conv2D(filters=count, use_bias=False), 1, *in_dsps)
        built.add(f"step{place}", Activation(function="binary_tanh"), ("result", _BIT))
        if place in (2, 4):
            built.add(f"pool{place // 2}", Pool2D())
    built.add("flatten", Flatten())
    built.product("fc1", Dense(units=512, use_bias=False), 1)
    built.add("step7", Activation(function="binary_tanh"), ("result", _BIT))
    built.product("fc2", Dense(units=10, use_bias=False), 1)


def _cybersecurity(built: _Built) -> None:
    """600 bits in, two bits of weights and activations; all products but the first layer's in DSPs."""
    built.add("x", Input(shape=(600,)), ("result", _BIT))
    for place, units in enumerate((64, 64, 64, 1), start=1):
        in_dsps = (_DSP,) if place > 1 else ()
        built.product(f"fc{place}", Dense(units=units, use_bias=False), 2, *in_dsps)
        if place < 4:
            built.add(f"step{place}", Activation(), ("result", _TWO))
