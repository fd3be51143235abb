"""Modules to learn from: layers of many kinds, shapes, precisions and reuse factors, drawn from a stated seed."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import prod

import numpy as np

from engine.boards import board
from engine.design import ACCUM, REUSE_FACTOR, WEIGHT, Design, Target, set_on_layers
from engine.emulate.exact.stage import Specification
from engine.flows.hls4ml.exact.errors import NoExactModelError
from engine.flows.hls4ml.exact.lower import Lowering
from engine.flows.hls4ml.rules import folds, legal_reuse_factors
from engine.network import Layer, Network, Op, TensorRef, TensorStore
from engine.network.kinds import (
    Activation,
    BatchNorm,
    Concatenate,
    Conv1D,
    Conv2D,
    Dense,
    DepthwiseConv1D,
    DepthwiseConv2D,
    GlobalPool,
    Input,
    Merge,
    Pad2D,
    ParametricActivation,
    Pool1D,
    Pool2D,
    Softmax,
    UpSample2D,
)
from engine.network.tensors import Array
from engine.precision import FixedType, Overflow, Rounding

MOST_MULTIPLIERS = 48
_MODES = ((Rounding.TRN, Overflow.WRAP), (Rounding.RND, Overflow.SAT), (Rounding.RND_CONV, Overflow.SAT))
_MOST_TERMS = 700
"""Weights of a matrix of reuse factor 1 at most."""


@dataclass(frozen=True)
class Sample:
    """A small design to be mapped; samples of one `shape` are left out of learning together."""

    kind: str
    shape: str
    specification: Specification


def sample(seed: str, kinds: str = "", most: int = MOST_MULTIPLIERS) -> Sample:
    """The design of a seed, with products for `most` multipliers; of all kinds, or of those of one name."""
    drawn = random.Random(seed)
    while True:
        found = _drawn(drawn, seed, kinds, most)
        if found is not None:
            return found


def _drawn(drawn: random.Random, seed: str, kinds: str, most: int) -> Sample | None:
    """A design, or none where these values make none."""
    names = [kinds] if kinds else list(_KINDS)
    kind = drawn.choices(names, [_KINDS[name][0] for name in names])[0]
    shape, ops = _KINDS[kind][1](drawn)
    if kind in _PACED and drawn.random() < 0.7:
        ops = [Dense(units=shape[-1]), *ops]
    layers = _layers(shape, ops, drawn)
    network = Network(tuple(layers))
    if any(each is None or prod(each) < 1 for each in network.shapes.values()):
        return None
    design: Design | None = Design("sample", network, Target(board("pynq-z2"), 10.0, "rtl", "io_stream"))
    for layer in layers:
        design = _settled(design, layer, drawn, most, unrolled=kind.startswith("unrolled"))
        if design is None:
            return None
    weights = _Weights(drawn.randrange(1 << 30), drawn.uniform(0.1, 0.5), drawn.choice((0, 0, 0.3, 0.5, 0.75, 0.9)))
    try:
        specification = Lowering(weights).lower(_with_weights(design))
    except NoExactModelError:
        return None
    return Sample(kind, f"{kind} {' '.join(map(str, (*shape, *network.shapes[layers[-1].name])))}", specification)


def _layers(shape: tuple[int, ...], ops: list[Op], drawn: random.Random) -> list[Layer]:
    """Operations one after the other, or one of two inputs that reads two branches of the same."""
    layers = [Layer("x", Input(shape=shape))]
    for op in ops:
        before = layers[-1].name
        name = f"layer{len(layers)}"
        if isinstance(op, Merge | Concatenate):
            layers.append(Layer(f"{name}_branch", Activation(), (before,)))
            layers.append(Layer(name, op, (before, f"{name}_branch")))
        else:
            layers.append(Layer(name, op, (before,)))
            if isinstance(op, Dense | Conv1D | Conv2D) and drawn.random() < 0.6:
                layers.append(Layer(f"{name}_relu", Activation(), (name,)))
    return layers


def _settled(design: Design, layer: Layer, drawn: random.Random, most: int, unrolled: bool) -> Design | None:
    """Types and reuse factor of one layer; none where no reuse factor gives few enough products at once."""
    chosen: dict[str, object] = {"result": _type(drawn, 4, 16)}
    found = folds(layer.op, design.network.input_shapes(layer.name) or ())
    if found:
        width = drawn.choice((2, 3, 4, 5, 6, 6, 7, 8, 9, 10, 12, 16))
        chosen = {"result": _type(drawn, 6, 18), WEIGHT: FixedType(min(width, 8) if unrolled else width, 1)}
        n_in, n_out = found[0].n_in, found[0].n_out
        legal = [1] if unrolled else [each for each in legal_reuse_factors(n_in, n_out) if each > 1]
        few = [each for each in legal if found[0].products / each <= (_MOST_TERMS if unrolled else most)]
        if not few:
            return None
        chosen[REUSE_FACTOR] = drawn.choice(few)
        if drawn.random() < (0.1 if unrolled else 0.3):
            chosen[ACCUM] = FixedType(drawn.randint(12, 24), 8)
    for key, value in chosen.items():
        design = set_on_layers(design, (layer.name,), key, value)
    return design


def _type(drawn: random.Random, low: int, high: int) -> FixedType:
    width = drawn.randint(low, high)
    rounding, overflow = drawn.choice(_MODES)
    return FixedType(width, drawn.randint(1, max(width // 2, 1)), rounding=rounding, overflow=overflow)


class _Weights(TensorStore):
    """Makes up weights: normally distributed with a spread, a share of them 0."""

    def __init__(self, seed: int, spread: float, zeros: float) -> None:
        self._seed, self._spread, self._zeros = seed, spread, zeros

    def get(self, ref: TensorRef) -> Array:
        """The same for the same reference."""
        random = np.random.default_rng([self._seed, *map(ord, ref.digest)])
        values = random.normal(0, self._spread, ref.shape)
        if len(ref.shape) == 1:
            return (np.abs(values) + 0.1).astype(np.float32)
        return np.where(random.random(ref.shape) < self._zeros, 0, values).astype(np.float32)


def _with_weights(design: Design) -> Design:
    layers = []
    for layer in design.network.layers:
        shapes = layer.op.weight_shapes(design.network.input_shapes(layer.name) or ())
        weights = tuple((role, TensorRef(f"{layer.name} {role}", shape)) for role, shape in shapes.items())
        layers.append(replace(layer, weights=weights))
    return replace(design, network=Network(tuple(layers)))


_Drawn = tuple[tuple[int, ...], list[Op]]
_FUNCTIONS = ("tanh", "sigmoid", "elu", "hard_sigmoid", "relu", "linear", "softsign")


def _dense(drawn: random.Random) -> _Drawn:
    n_in, n_out = (drawn.choice((5, 8, 10, 16, 21, 24, 32, 48, 64, 80, 128)) for _ in range(2))
    return (n_in,), [Dense(units=n_out)]


def _small_dense(drawn: random.Random) -> _Drawn:
    n_in, n_out = (drawn.choice((4, 5, 8, 10, 12, 16, 20, 24, 32, 48, 64)) for _ in range(2))
    return (n_in,), [Dense(units=n_out)]


def _picture(drawn: random.Random) -> tuple[int, ...]:
    return (*(drawn.choice((6, 8, 9, 12, 16, 24, 32)) for _ in range(2)), drawn.choice((1, 2, 3, 4, 6, 8, 12, 16, 32)))


def _row(drawn: random.Random) -> tuple[int, ...]:
    return (drawn.choice((8, 12, 16, 24, 50, 64)), drawn.choice((1, 2, 3, 4, 6, 8, 16)))


def _windows(drawn: random.Random) -> dict[str, object]:
    size, step = drawn.choice((1, 2, 3, 3, 3, 5)), drawn.choice((1, 1, 1, 2))
    return {"kernel": (size, size), "strides": (step, step), "padding": drawn.choice(("same", "valid"))}


def _windows_1d(drawn: random.Random) -> dict[str, object]:
    return {name: value if name == "padding" else value[:1] for name, value in _windows(drawn).items()}  # type: ignore[index]


def _filters(drawn: random.Random) -> int:
    return drawn.choice((2, 3, 4, 6, 8, 12, 16, 24, 32))


def _conv2d(drawn: random.Random) -> _Drawn:
    return _picture(drawn), [Conv2D(filters=_filters(drawn), **_windows(drawn))]


def _conv1d(drawn: random.Random) -> _Drawn:
    return _row(drawn), [Conv1D(filters=_filters(drawn), **_windows_1d(drawn))]


def _depthwise(drawn: random.Random) -> _Drawn:
    if drawn.random() < 0.3:
        return _row(drawn), [DepthwiseConv1D(**_windows_1d(drawn))]
    return _picture(drawn), [DepthwiseConv2D(**_windows(drawn))]


def _pool(drawn: random.Random) -> _Drawn:
    mode, size = drawn.choice(("max", "average")), drawn.choice((2, 2, 2, 3, 4))
    step = drawn.choice((size, size, size, 1, 2))
    if drawn.random() < 0.25:
        return _row(drawn), [Pool1D(mode=mode, pool=(size,), strides=(step,))]
    return _picture(drawn), [Pool2D(mode=mode, pool=(size, size), strides=(step, step))]


def _global_pool(drawn: random.Random) -> _Drawn:
    return _picture(drawn), [GlobalPool(mode=drawn.choice(("max", "average")))]


def _merge(drawn: random.Random) -> _Drawn:
    operation = drawn.choice(("add", "add", "subtract", "multiply", "average", "maximum", "minimum"))
    op = Concatenate() if drawn.random() < 0.25 else Merge(operation=operation)
    return (_picture(drawn) if drawn.random() < 0.5 else (drawn.choice((5, 8, 16, 32)),)), [op]


def _function(drawn: random.Random) -> _Drawn:
    ops = (BatchNorm(), BatchNorm(), ParametricActivation(), Activation(function=drawn.choice(_FUNCTIONS)))
    return (drawn.choice((5, 8, 10, 16, 32)),), [drawn.choice((*ops, ops[-1], ops[-1]))]


def _softmax(drawn: random.Random) -> _Drawn:
    return (drawn.choice((3, 4, 5, 6, 8, 10, 12, 16, 20, 32)),), [Softmax()]


def _moved(drawn: random.Random) -> _Drawn:
    return _picture(drawn), [drawn.choice((Pad2D(), UpSample2D()))]


def _two_dense(drawn: random.Random) -> _Drawn:
    middle = drawn.choice((8, 16, 24, 32))
    return (drawn.choice((8, 16, 24, 32)),), [Dense(units=middle), Dense(units=drawn.choice((4, 5, 8, 16)))]


_KINDS: dict[str, tuple[float, Callable[[random.Random], _Drawn]]] = {
    "dense": (0.2, _dense),
    "two dense": (0.07, _two_dense),
    "unrolled dense": (0.12, _small_dense),
    "conv2d": (0.15, _conv2d),
    "unrolled conv2d": (0.05, _conv2d),
    "conv1d": (0.05, _conv1d),
    "unrolled conv1d": (0.03, _conv1d),
    "depthwise": (0.08, _depthwise),
    "pool": (0.07, _pool),
    "global pool": (0.03, _global_pool),
    "merge": (0.06, _merge),
    "function": (0.05, _function),
    "softmax": (0.03, _softmax),
    "moved": (0.01, _moved),
}
"""How often each is drawn, and what draws it."""
_PACED = ("pool", "global pool", "merge", "function", "softmax", "moved")
"""Kinds with as many values a word as keep up: behind a folded layer few, alone all of a frame."""
