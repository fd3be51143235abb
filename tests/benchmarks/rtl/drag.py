"""How fast the open flow's estimate follows an edit of one layer: values that are new, and those that came before.

Times are of this thread's processor time; beside them, as a ratio, what hls4ml's estimator takes for the same edits.
"""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import thread_time

from engine.design import RESULT, REUSE_FACTOR, WEIGHT, Design, set_default, set_on_layers
from engine.flows.registry import flow
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import Activation, Conv2D, Input
from engine.precision import FixedType
from engine.project import load_project
from tests.benchmarks._table import ROOT, Row
from tests.benchmarks.rtl.parts.designs import TARGET
from tests.samples import with_random_weights

_EXAMPLE = "resources/examples/image_classification.codesign"
_FRAME = 16.0
"""Milliseconds between two pictures of a screen."""
_KNOWN = 1.0
"""The same for a value that was there before, at 100 layers: what hls4ml's estimator may take."""
_EDITS = 20
Edit = Callable[[Design], Design]


def run() -> list[Row]:
    """Rows of name, value, unit and limit."""
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder))
        example, chain = load_project(ROOT / _EXAMPLE, store).design, _chain(100, store)
        return [
            *_rows("image classification, weights of conv4", example, store, _widths("conv4")),
            *_rows("image classification, reuse factor of conv4", example, store, _factors(example, "conv4")),
            *_rows("100 streamed layers, weights of one", chain, store, _widths("l49"), _KNOWN),
            *_rows("100 streamed layers, reuse factor of one", chain, store, _factors(chain, "l49"), _KNOWN),
        ]


def _rows(name: str, design: Design, store: TensorStore, edits: list[Edit], known: float = _FRAME) -> list[Row]:
    """Times of values that are new and of those that were there, and their shares."""
    ours, theirs = (
        _times(replace(design, target=replace(design.target, flow=id)), store, edits) for id in ("rtl", "vitis")
    )
    return [
        (f"{name}: a new value", median(ours[0]), "ms", _FRAME),
        (f"{name}: the slowest of {len(edits)} new values", max(ours[0]), "ms", None),
        (f"{name}: one that was there before", median(ours[1]), "ms", known),
        (f"{name}: a new value, over hls4ml's estimate", median(ours[0]) / median(theirs[0]), "", None),
        (f"{name}: one that was there before, over hls4ml's estimate", median(ours[1]) / median(theirs[1]), "", None),
    ]


def _times(design: Design, store: TensorStore, edits: list[Edit]) -> tuple[list[float], list[float]]:
    """Milliseconds of edits that are new, and of the same once more."""
    found = flow(design.target.flow)
    found.estimate(design, store)
    times = []
    for edit in [*edits, *edits]:
        start = thread_time()
        found.estimate(edit(design), store)
        times.append((thread_time() - start) * 1e3)
    return times[: len(edits)], times[len(edits) :]


def _widths(layer: str) -> list[Edit]:
    """Weights of another width; the result keeps its type."""
    return [partial(_with_width, layer=layer, width=4 + step) for step in range(_EDITS)]


def _with_width(design: Design, layer: str, width: int) -> Design:
    typed = set_on_layers(design, (layer,), RESULT, FixedType(16, 6))
    return set_on_layers(typed, (layer,), WEIGHT, FixedType(width, 2))


def _factors(design: Design, layer: str) -> list[Edit]:
    """The reuse factors that a layer may have."""
    folded = replace(design, target=replace(design.target, flow="rtl"))
    legal = next(spec.choices for spec in flow("rtl").settings(folded, layer) if spec.key == REUSE_FACTOR)
    return [partial(_with_factor, layer=layer, factor=factor) for factor in legal]


def _with_factor(design: Design, layer: str, factor: int) -> Design:
    return set_on_layers(design, (layer,), REUSE_FACTOR, factor)


def _chain(count: int, store: TensorStore) -> Design:
    """Convolutions with ReLUs between them."""
    layers = [Layer("x", Input(shape=(16, 16, 4)))]
    while len(layers) < count:
        name = f"l{len(layers)}"
        layers.append(Layer(name, Conv2D(filters=4, padding="same"), (layers[-1].name,)))
        layers.append(Layer(f"{name}_relu", Activation(), (name,)))
    network = with_random_weights(Network(tuple(layers[:count])), store)
    return set_default(Design("chain", network, TARGET), REUSE_FACTOR, 36)
