"""Modules to learn from: layers of many shapes, precisions and reuse factors, drawn from a stated seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from engine.boards import board
from engine.design import ACCUM, REUSE_FACTOR, Design, Target, set_on_layers
from engine.flows.hls4ml.rules import legal_reuse_factors
from engine.flows.rtl.block import Block
from engine.flows.rtl.draft import Drafter
from engine.network import Layer, Network
from engine.network.kinds import Activation, BatchNorm, Dense, Input, Softmax
from engine.precision import FixedType, Overflow, Rounding

MOST_MULTIPLIERS = 48
_MODES = ((Rounding.TRN, Overflow.WRAP), (Rounding.RND, Overflow.SAT), (Rounding.RND_CONV, Overflow.SAT))


@dataclass(frozen=True)
class Sample:
    """A module and its shape: modules of one shape are left out together."""

    shape: str
    block: Block


def samples(count: int, seed: int = 1, most: int = MOST_MULTIPLIERS) -> Iterator[Sample]:
    """So many layers, four of five of them dense, of `most` products at once; each brings its modules."""
    drawn = random.Random(seed)
    while count > 0:
        shape, design = _dense(drawn, most) if drawn.random() < 0.8 else _function(drawn)
        hardware = Drafter().draft(design, None).hardware
        if hardware is None:
            continue
        count -= 1
        yield from (Sample(shape, block) for block in hardware.blocks)


def _type(drawn: random.Random, low: int, high: int) -> FixedType:
    width = drawn.randint(low, high)
    rounding, overflow = drawn.choice(_MODES)
    return FixedType(width, drawn.randint(1, max(width // 2, 1)), rounding=rounding, overflow=overflow)


def _dense(drawn: random.Random, most: int) -> tuple[str, Design]:
    n_in, n_out = (drawn.choice((5, 8, 10, 16, 21, 24, 32, 48, 64, 80, 128)) for _ in range(2))
    few = [each for each in legal_reuse_factors(n_in, n_out) if each > 1 and n_in * n_out / each <= most]
    layers = [Layer("x", Input(shape=(n_in,))), Layer("dense", Dense(units=n_out), ("x",))]
    if drawn.random() < 0.6:
        layers.append(Layer("relu", Activation(), ("dense",)))
    design = _design(layers, drawn)
    weight = FixedType(drawn.choice((2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 12, 16)), 1)
    for key, value in (("weight", weight), ("result", _type(drawn, 6, 18)), (REUSE_FACTOR, drawn.choice(few))):
        design = set_on_layers(design, ("dense",), key, value)
    if drawn.random() < 0.3:
        design = set_on_layers(design, ("dense",), ACCUM, FixedType(drawn.randint(12, 24), 8))
    if "relu" in design.network:
        design = set_on_layers(design, ("relu",), "result", _type(drawn, 4, 12))
    return f"dense {n_in} {n_out}", design


def _function(drawn: random.Random) -> tuple[str, Design]:
    size = drawn.choice((5, 8, 10, 16, 32))
    op = drawn.choice((Softmax(), Activation(function="tanh"), Activation(function="sigmoid"), BatchNorm()))
    layers = [Layer("x", Input(shape=(size,))), Layer("function", op, ("x",))]
    return f"{op.KIND} {size}", _design(layers, drawn)


def _design(layers: list[Layer], drawn: random.Random) -> Design:
    target = Target(board("pynq-z2"), 10.0, "rtl", "io_stream")
    return set_on_layers(Design("sample", Network(tuple(layers)), target), ("x",), "result", _type(drawn, 4, 16))
