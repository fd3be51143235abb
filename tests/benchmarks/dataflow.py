"""How long the stream simulator takes: three inferences as built, and one with FIFOs that never fill up.

Times are of this thread's processor time: what else the computer does is not counted.
"""

import tempfile
from pathlib import Path
from statistics import median
from time import thread_time

from engine.boards import board
from engine.dataflow import simulation
from engine.design import Design, Target
from engine.flows.registry import flow
from engine.network import Layer, Network, TensorStore
from engine.network.kinds import Activation, Conv2D, Input
from engine.opening import open_file

Figure = tuple[str, float, str, float]

_RN07 = Path(__file__).parents[2] / "resources/examples/image_classification.codesign"


def run() -> list[Figure]:
    """(name, value, unit, limit) of each figure."""
    with tempfile.TemporaryDirectory() as folder:
        rn07 = open_file(_RN07, TensorStore(Path(folder))).design
        return [
            ("simulation of RN07's shape", _milliseconds(rn07, 5), "ms", 1000.0),
            ("simulation of 30 layers at 128 × 128 pixels", _milliseconds(_large(), 1), "ms", 20000.0),
        ]


def _large() -> Design:
    layers = [Layer("image", Input(shape=(128, 128, 3)))]
    for index in range(15):
        layers.append(Layer(f"conv{index}", Conv2D(filters=8, padding="same"), (layers[-1].name,)))
        layers.append(Layer(f"relu{index}", Activation(), (layers[-1].name,)))
    return Design("large", Network(tuple(layers)), Target(board("zcu104"), 5.0, "vitis", "io_stream"))


def _milliseconds(design: Design, times: int) -> float:
    """Median time of lowering, scheduling and simulating a design that nothing is known of."""
    found = []
    for _ in range(times):
        start = thread_time()
        simulation(flow(design.target.flow).streams(design))
        found.append(thread_time() - start)
    return median(found) * 1e3


if __name__ == "__main__":
    for name, value, unit, limit in run():
        print(f"{name:55} {value:10.3f} {unit:5} limit {limit:g}")
