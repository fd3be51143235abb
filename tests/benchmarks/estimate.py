"""How fast an estimate follows an edit; also beside rule4ml's prediction, where that is installed apart.

rule4ml is GPL and needs TensorFlow and torch: it is never a dependency. CODESIGN_RULE4ML names the Python
interpreter of an environment that has it; without it only our own figures are measured.
Our times are of this thread's processor time: what else the computer does is not counted.
"""

import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, thread_time

import numpy as np

from engine.boards import board
from engine.design import RESULT, REUSE_FACTOR, STRATEGY, WEIGHT, Design, Settings, Target, set_default, set_on_layers
from engine.estimate import Axis, combinations, picks_of
from engine.flows.hls4ml.backends import BACKENDS
from engine.flows.hls4ml.flow import Hls4mlFlow
from engine.flows.registry import flow
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import Activation, Conv2D, Dense, Input
from engine.precision import FixedType
from tests.benchmarks.estimates.peer import PEER, alone
from tests.samples import jet_tagger, with_random_weights

Figure = tuple[str, float, str, float]

SETTINGS = 200_000
_PEER_SCRIPT = """
import time
import keras
from rule4ml.models.wrappers import MultiModelWrapper
inputs = keras.layers.Input(shape=(16,))
x = inputs
for units in (64, 32, 32):
    x = keras.layers.Dense(units, activation='relu')(x)
model = keras.Model(inputs, keras.layers.Dense(5, activation='softmax')(x))
model.build((None, 16))
estimator = MultiModelWrapper()
estimator.load_default_models()
chosen = {'strategy': 'latency', 'precision': 'ap_fixed<16, 6>', 'reuse_factor': 1}
one = {
    'hls_configs': {'board': 'pynq-z2', 'model': chosen},
    'hls4ml_versions': '1.1.0',
    'vivado_versions': '2020.1',
}
assert len(estimator.predict(model, **one)) == 1
waited, worked = [], []
for _ in range(9):
    start, before = time.perf_counter(), time.process_time()
    estimator.predict(model, **one)
    waited.append(time.perf_counter() - start)
    worked.append(time.process_time() - before)
print('SECONDS', sorted(waited)[4], sorted(worked)[4])
"""


def run() -> list[Figure]:
    """(name, value, unit, limit) of each figure."""
    with tempfile.TemporaryDirectory() as folder:
        store = TensorStore(Path(folder))
        dense, streamed = _chain(100, "io_parallel", store), _chain(100, "io_stream", store)
        figures = [
            ("estimate after a reuse factor, 100 dense layers", _drag(dense, store, _reuse), "ms", 1.0),
            ("estimate after a reuse factor, 100 streamed layers", _drag(streamed, store, _reuse), "ms", 1.0),
            ("estimate after a weight type, 100 dense layers", _drag(dense, store, _width), "ms", 1.0),
            ("estimate after a weight type, Latency", _drag(_latency(dense), store, _width), "ms", 1.0),
            ("first estimate, 100 dense layers", _first(dense, store), "ms", 100.0),
            ("one of 200,000 settings of the jet tagger", _swept(jet_tagger(store), store), "µs", 5.0),
        ]
        return figures + _beside_peer(store)


def _chain(count: int, io_type: str, store: TensorStore) -> Design:
    """Dense layers or convolutions with ReLUs between them, Resource, with weights."""
    streamed = io_type == "io_stream"
    layers = [Layer("x", Input(shape=(16, 16, 4) if streamed else (32,)))]
    while len(layers) < count:
        op = Conv2D(filters=4, padding="same") if streamed else Dense(units=32)
        name = f"l{len(layers)}"
        layers.append(Layer(name, op, (layers[-1].name,)))
        layers.append(Layer(f"{name}_relu", Activation(), (name,)))
    network = with_random_weights(Network(tuple(layers[:count])), store)
    design = Design("chain", network, Target(board("pynq-z2"), 10.0, "vitis", io_type))
    return set_default(design, STRATEGY, "resource")


def _latency(design: Design) -> Design:
    return set_default(design, STRATEGY, "latency")


def _reuse(design: Design, step: int) -> Design:
    return set_on_layers(design, ("l49",), REUSE_FACTOR, (2, 4, 12, 36)[step % 4])


def _width(design: Design, step: int) -> Design:
    """One layer's weights at another width, as while a handle is dragged; its result keeps its type."""
    fixed = set_on_layers(design, ("l49",), RESULT, FixedType(16, 6))
    return set_on_layers(fixed, ("l49",), WEIGHT, FixedType(4 + step % 23, 2))


def _drag(
    design: Design, store: TensorStore, edit: Callable[[Design, int], Design], clock: Callable[[], float] = thread_time
) -> float:
    """Median milliseconds of an edit and its estimate."""
    found, times = flow(design.target.flow), []
    found.estimate(design, store)
    for step in range(200):
        start = clock()
        found.estimate(edit(design, step), store)
        times.append(clock() - start)
    return median(times) * 1e3


def _first(design: Design, store: TensorStore) -> float:
    """Milliseconds of the first estimate of a network that nothing is known of."""
    start = thread_time()
    Hls4mlFlow(BACKENDS["vitis"]).estimate(design, store)
    return (thread_time() - start) * 1e3


def _swept(design: Design, store: TensorStore) -> float:
    """Microseconds for each setting of a sweep: 16 candidates of each dense layer, tables and all."""
    values = [
        ((REUSE_FACTOR, factor), (WEIGHT, FixedType(bits, 1))) for factor in (1, 2, 4, 8) for bits in (4, 6, 8, 12)
    ]
    candidates = tuple(map(Settings, values))
    axes = [Axis(f"fc{place}", candidates) for place in range(1, 5)]
    picks = picks_of(axes, np.random.default_rng(1).integers(0, combinations(axes), SETTINGS))
    start = thread_time()
    flow(design.target.flow).sweep(design, axes, store).totals(picks)
    return (thread_time() - start) / SETTINGS * 1e6


def _beside_peer(store: TensorStore) -> list[Figure]:
    """Our estimate of the jet tagger after an edit as a share of rule4ml's prediction of it in one configuration.

    Both in one thread: as one waits for them, which others slow down, and in processor time.
    """
    python = os.environ.get(PEER, "")
    if not python:
        return []
    command = [python, "-c", _PEER_SCRIPT]
    done = subprocess.run(command, env=alone(), capture_output=True, text=True, timeout=600, check=False)
    words = [line.split() for line in done.stdout.splitlines() if line.startswith("SECONDS")]
    if not words:
        raise RuntimeError(f"rule4ml made no prediction: {done.stderr[-500:]}")
    waited, worked = map(float, words[0][1:])
    found, design = [], jet_tagger(store)
    for kind, clock, theirs in (("waited for", perf_counter, waited), ("processor time", process_time, worked)):
        ours = _drag(design, store, lambda d, step: set_on_layers(d, ("fc2",), REUSE_FACTOR, 1 + step % 4), clock)
        found.append((f"estimate of the jet tagger over rule4ml's, {kind}", ours / theirs, "/ 1,000", 1.0))
    return found


if __name__ == "__main__":
    for name, value, unit, limit in run():
        print(f"{name:55} {value:10.3f} {unit:5} limit {limit:g}")
